"""Asynchronous requests that have been sent and not been asked for yet."""

from __future__ import annotations

import atexit
import itertools
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from tango._core.async_engine import Inbox, Operation
from tango._core.events import report
from tango._core.threads import EnsureOmniThread
from tango._pending import SLICE_SECONDS, Answer, Requests, do_again
from tango.enums import asyn_req_type, cb_sub_model
from tango.errors import AsynCall, AsynReplyNotArrived, make_error

# --- requests whose sender asks for the answer ---------------------------------------------------------------------------


@dataclass
class _Polled:
    kind: str
    sent: Requests
    answer: Answer


_numbers = itertools.count(1)


class PolledRequests:
    """Those of one connection, by number; they are forgotten with it."""

    def __init__(self) -> None:
        self._requests: dict[int, _Polled] = {}
        _all_polled.add(self)

    def __len__(self) -> int:
        return len(self._requests)

    def send(self, kind: str, operation: Operation | None) -> int:
        """Send a request.

        Parameters
        ----------
        kind
            What it is; `reply` must ask for the same.
        operation
            The request, see `Requests.send`.

        Returns
        -------
        int
            Its number.
        """
        sent = Requests()
        number = next(_numbers)
        self._requests[number] = _Polled(kind, sent, sent.send(operation))
        return number

    def reply(self, kind: str, number: int, timeout_ms: int | None, device: str) -> Any:
        """Return what a request gave, or raise what it failed with; then it is forgotten.

        Parameters
        ----------
        kind, number
            Which request.
        timeout_ms
            How long to wait: not at all (None), as long as it takes (0), or so many milliseconds.
        device
            Name of the device for messages.
        """
        polled = self._find(number)
        if polled.kind != kind:
            text = f"Incompatible request type: {number} is {polled.kind}, not {kind}"
            raise AsynCall(make_error("API_BadAsynReqType", text, "DeviceProxy"))
        seconds = 0.0 if timeout_ms is None else timeout_ms / 1000 if timeout_ms else None
        if not polled.sent.wait(polled.answer, seconds):
            text = f"Device {device}: Reply for asynchronous call (id = {number}) is not yet arrived"
            raise AsynReplyNotArrived(make_error("API_AsynReplyNotArrived", text, "DeviceProxy"))
        self._requests.pop(number, None)
        return polled.answer.get()

    def cancel(self, number: int) -> None:
        """Forget a request; it is not sent if it has not been sent yet."""
        self._find(number).sent.cancel()
        self._requests.pop(number, None)

    def cancel_all(self) -> None:
        """Forget all requests."""
        for number in list(self._requests):
            self.cancel(number)

    def _find(self, number: int) -> _Polled:
        if not hasattr(number, "__index__"):
            raise TypeError(f"an asynchronous request has a number, not {type(number).__name__} {number!r:.60}")
        polled = self._requests.get(number.__index__())
        if polled is None:
            text = f"Failed to find a asynchronous polling request with id = {number}"
            raise AsynCall(make_error("API_BadAsynPollId", text, "DeviceProxy"))
        return polled


_all_polled: WeakSet[PolledRequests] = WeakSet()


# --- requests with a callback --------------------------------------------------------------------------------------------


class _Callback:
    """A request with a callback, and the event that the callback gets; it keeps its connection alive."""

    def __init__(
        self,
        connection: Any,
        function: Callable[[Any], Any],
        event: Callable[[Any, BaseException | None], Any],
        arrived: deque[_Callback],
    ) -> None:
        self.connection = connection
        self.function = function
        self._make_event = event
        self._arrived = arrived
        self.event: Any = None

    def done(self) -> bool:
        return False

    def set_result(self, value: Any) -> None:
        self.event = self._make_event(value, None)
        self._arrived.append(self)

    def set_exception(self, error: BaseException) -> None:
        self.event = self._make_event(None, error)
        self._arrived.append(self)


class CallbackRequests:
    """Those of this process. By default callbacks run inside `fire`; in the push model a thread runs them."""

    def __init__(self) -> None:
        self._model = cb_sub_model.PULL_CALLBACK
        self._begin()

    def _begin(self) -> None:
        self._inbox = Inbox(do_again, watched=False)
        self._arrived: deque[_Callback] = deque()
        self._due: set[_Callback] = set()
        self._pusher: threading.Thread | None = None
        self._lock = threading.Lock()

    after_fork_in_child = _begin

    @property
    def model(self) -> cb_sub_model:
        """Who runs callbacks."""
        return self._model

    @model.setter
    def model(self, model: cb_sub_model) -> None:
        self._model = model
        if model == cb_sub_model.PUSH_CALLBACK:
            self._start_pusher()
        else:
            self._pusher = None  # it sees that it is no longer wanted

    def send(
        self,
        connection: Any,
        operation: Operation | None,
        function: Callable[[Any], Any],
        event: Callable[[Any, BaseException | None], Any],
    ) -> None:
        """Send a request.

        Parameters
        ----------
        connection
            Who sends it.
        operation
            The request; None if there is nothing to ask for.
        function
            The callback.
        event
            Makes what the callback gets, from what the request gave or from what it failed with.
        """
        callback = _Callback(connection, function, event, self._arrived)
        self._due.add(callback)
        try:
            if operation is None:
                callback.set_result([])
            else:
                self._inbox.submit(operation, callback, in_passing=False)  # the thread waits for the inbox
        except BaseException:
            self._due.discard(callback)
            raise
        if self._model == cb_sub_model.PUSH_CALLBACK:
            self._start_pusher()

    def pending(self, connection: Any = None) -> int:
        """Return how many callbacks have not run yet, those of one connection or all."""
        return len(self._of(connection))

    def _of(self, connection: Any) -> list[_Callback]:
        return [callback for callback in list(self._due) if connection is None or callback.connection is connection]

    def fire(self, connection: Any = None) -> None:
        """Run the callbacks whose answers have arrived, those of one connection or all."""
        self._inbox.drain()
        for callback in list(self._arrived):
            if connection is not None and callback.connection is not connection:
                continue
            with self._lock:
                try:
                    self._arrived.remove(callback)
                except ValueError:
                    continue  # another thread runs it
            self._due.discard(callback)
            try:
                callback.function(callback.event)
            except Exception as error:
                report(error, callback.function)

    def fire_all(self, timeout_ms: int, connection: Any = None) -> None:
        """Run callbacks until none is left, waiting for answers.

        Parameters
        ----------
        timeout_ms
            How long at most; 0 for as long as it takes.
        connection
            Whose callbacks; without it all.

        Raises
        ------
        AsynReplyNotArrived
            If answers are still missing then.
        """
        if isinstance(timeout_ms, bool) or not isinstance(timeout_ms, (int, float)):
            raise TypeError(f"a timeout is a number of milliseconds, not {type(timeout_ms).__name__} {timeout_ms!r:.60}")
        deadline = time.monotonic() + timeout_ms / 1000 if timeout_ms else None
        while True:
            self.fire(connection)
            missing = len(self._of(connection))
            if missing == 0:
                return
            left = SLICE_SECONDS if deadline is None else min(SLICE_SECONDS, deadline - time.monotonic())
            if left <= 0:
                text = f"Still {missing} reply(ies) for asynchronous callback call(s) to be received"
                raise AsynReplyNotArrived(make_error("API_AsynReplyNotArrived", text, "get_asynch_replies"))
            self._inbox.wait(left)

    # --- the push model ---

    def _start_pusher(self) -> None:
        with self._lock:
            if self._pusher is None:
                self._pusher = threading.Thread(target=self._push, name="tango-replies", daemon=True)
                self._pusher.start()

    def _push(self) -> None:
        me = threading.current_thread()
        with EnsureOmniThread():
            while self._pusher is me:
                self._inbox.wait(SLICE_SECONDS)
                if self._pusher is me:
                    self.fire()

    def close(self) -> None:
        """End the thread, if there is one; a callback that is running is waited for, three seconds at most."""
        pusher, self._pusher = self._pusher, None
        if pusher is not None and pusher is not threading.current_thread():
            pusher.join(3.0)


callbacks = CallbackRequests()
atexit.register(callbacks.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=callbacks.after_fork_in_child)


def pending_requests(kind: asyn_req_type, polled: PolledRequests | None = None, connection: Any = None) -> int:
    """Count requests that have been sent and whose answers nobody has had yet.

    Parameters
    ----------
    kind
        Which to count.
    polled, connection
        Those of one connection; without them those of the process.

    Returns
    -------
    int
        Their number.
    """
    kind = asyn_req_type(kind)
    tables = list(_all_polled) if polled is None else [polled]
    count = 0
    if kind != asyn_req_type.CALLBACK:
        count += sum(len(table) for table in tables)
    if kind != asyn_req_type.POLLING:
        count += callbacks.pending(connection)
    return count
