"""Green mode Gevent: work runs outside the hub, greenlets wait for it while others run.

What the core can run by itself goes to its engine; each hub has an inbox there. Everything else runs in a pool of native threads
that belongs to the hub.
"""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import ref

from tango._core.async_engine import Operation
from tango._core.events import Notice, report
from tango._inbox_watcher import new_inbox
from tango.enums import GreenMode
from tango.green import Listener, ServerRunner, in_place, plain_callback, sleep_until_event

if TYPE_CHECKING:
    from tango._core.events import Subscription

try:
    import gevent
    from gevent.event import AsyncResult
    from gevent.threadpool import ThreadPool
except ImportError as error:
    raise ImportError(
        f"{error}. The green mode Gevent needs gevent: install it (pip install gevent), or use another green mode, for "
        "example tango.asyncio"
    ) from error

try:
    from gevent._hub_local import get_hub_if_exists
except ImportError:  # a private name of gevent
    get_hub_if_exists = gevent.get_hub


EVENTS_IN_A_ROW = 64
"""So many events are handled at most before other greenlets get their turn."""


class GeventRunner:
    """Work runs outside the hub and greenlets wait for its result."""

    mode = GreenMode.Gevent
    default_wait = True
    takes_operations = True

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return the result after at most `timeout` seconds, or without `wait` an AsyncResult."""
        if wait and timeout is None and has_no_hub():
            # A thread without greenlets: there is nobody else who could run while it waits.
            return work()
        hub = calls_of(gevent.get_hub())
        result = Waiting(hub.hub) if wait else Result()
        if isinstance(work, Operation):
            hub.submit(work, result)
        else:
            hub.do(in_place(work), result)
        if not wait:
            return result
        try:
            return result.take(timeout)
        except BaseException:
            if isinstance(work, Operation):
                hub.forget(work)
            raise

    def at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        """Have the greenlet wait."""
        return method(*args, green_mode=self.mode, wait=True)

    def server(self) -> ServerRunner:
        """Have greenlets run the hooks."""
        from tango._gevent_server import GeventServer

        return GeventServer()

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Have each event handled by a greenlet of the present hub."""
        return HubListener(gevent.get_hub(), plain_callback(callback, self.mode))

    def await_event(self, subscription: Subscription, timeout: float | None) -> bool:
        """Have the greenlet wait."""
        if has_no_hub():
            return sleep_until_event(subscription, timeout)
        hub = calls_of(gevent.get_hub())
        notice, arrival = Notice(), Waiting(hub.hub)
        hub.expect(subscription, notice, arrival)
        try:
            arrived = False
            with gevent.Timeout(timeout, False):
                arrival.take(None)
                arrived = True
            return arrived
        finally:
            hub.forget(notice)


class HubListener(Listener):
    """Takes the events of one subscription into a hub.

    Parameters
    ----------
    hub
        The hub of this thread.
    callback
        What a greenlet calls there with each event.
    """

    def __init__(self, hub: Any, callback: Callable[[Any], Any]) -> None:
        self._calls = calls_of(hub)
        self._callback = callback
        self._subscription: ref[Any] = ref(self)

    def __call__(self, event: Any) -> None:
        """Take one event there, from any thread."""
        self._calls.call_soon(gevent.spawn, self._handle, event)

    def attach(self, subscription: Subscription) -> None:
        """Take all further events there."""
        self._subscription = ref(subscription)
        self._calls.call_soon(self._ask)

    def _handle(self, event: Any) -> None:
        try:
            self._callback(event)
        except Exception as error:
            report(error, self._callback)

    # --- what an inbox wants of a target ---

    def done(self) -> bool:
        """Tell whether nobody listens any more."""
        return self._subscription() is None

    def set_result(self, _: None) -> None:
        """Have greenlets handle what has come."""
        subscription = self._subscription()
        if subscription is not None:
            subscription.call_back(functools.partial(gevent.spawn, self._handle), EVENTS_IN_A_ROW)
            del subscription
            self._ask()

    def _ask(self) -> None:
        subscription = self._subscription()
        if subscription is not None and not subscription.closed:
            self._calls.expect(subscription, Notice(), self)


def has_no_hub() -> bool:
    """Tell whether this is a thread in which gevent has never been used.

    Returns
    -------
    bool
        False in the main thread.
    """
    return threading.current_thread() is not threading.main_thread() and get_hub_if_exists() is None


def end_hub() -> None:
    """End the hub of this thread, which then has to be one in which nothing runs any more."""
    hub = gevent.get_hub()
    calls: HubCalls | None = hub.__dict__.pop("_tango_calls", None)
    if calls is not None:
        calls.close()
    hub.join(timeout=1)  # from a hub that rests somewhere else nothing would ever be freed
    hub.destroy(destroy_loop=True)


class Waiting:
    """What one greenlet waits for.

    Afterwards it is empty, which a Result would not be: the hub rests in the frame that has woken the greenlet up, and keeps it.

    Parameters
    ----------
    hub
        The hub of this thread.
    """

    def __init__(self, hub: Any) -> None:
        self._hub = hub
        self._over = False
        self._value: Any = None
        self._error: BaseException | None = None
        self._greenlet: Any = None

    def done(self) -> bool:
        """Tell whether there is an outcome."""
        return self._over

    def set_result(self, value: Any) -> None:
        """Give it a value."""
        self._value = value
        self._wake()

    def set_exception(self, error: BaseException) -> None:
        """Give it an error."""
        self._error = error
        self._wake()

    def _wake(self) -> None:
        self._over = True
        if self._greenlet is not None:
            self._hub.loop.run_callback(self._switch)

    def _switch(self) -> None:
        greenlet = self._greenlet
        if greenlet is not None:
            greenlet.switch()

    def take(self, timeout: float | None) -> Any:
        """Wait for the outcome.

        Parameters
        ----------
        timeout
            How long, in seconds; then `gevent.Timeout` is raised.

        Returns
        -------
        object
            The value.
        """
        if not self._over:
            self._greenlet = gevent.getcurrent()
            try:
                with gevent.Timeout(timeout):
                    while not self._over:
                        self._hub.switch()
            finally:
                self._greenlet = None
        value, self._value = self._value, None
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
        finally:
            del error
        return value


class Result(AsyncResult):  # type: ignore[misc]
    """An AsyncResult that the engine's inbox can fill."""

    done = AsyncResult.ready

    def set_result(self, value: Any) -> None:
        """Give it a value."""
        self.set(value)


Target = Result | Waiting


class Outcome:
    """Work for gevent's thread pool, and what it gave: the pool prints errors, and its idle threads keep their last work.

    Parameters
    ----------
    work
        What to call.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work: Callable[[], Any] | None = work
        self._value: Any = None
        self._error: BaseException | None = None

    def __call__(self) -> Outcome:
        """Do the work, in a thread."""
        work, self._work = self._work, None
        try:
            self._value = work()  # type: ignore[misc]
        except BaseException as error:
            self._error = error
        return self

    def tell(self, result: Target) -> None:
        """Pass on what it gave, in the hub."""
        value, self._value = self._value, None
        error, self._error = self._error, None
        if error is None:
            result.set_result(value)
        else:
            result.set_exception(error)


class HubCalls:
    """What the calls of one hub need.

    Parameters
    ----------
    hub
        The hub.
    """

    def __init__(self, hub: Any) -> None:
        self.hub = hub
        self.inbox = new_inbox(self.do)
        self.pool = ThreadPool(100, hub=hub, idle_task_timeout=5)
        # It is active only while something is waited for: a hub does not end, nor know that nothing can happen any more,
        # while it has active watchers.
        self.watcher = hub.loop.io(self.inbox.fileno(), 1)
        # gevent's run_callback_threadsafe counts calls in the loop without a lock, while the loop counts, too: with many it may lose
        # count, and then the hub ends with LoopExit although greenlets wait.
        self._due: deque[tuple[Callable[..., Any], tuple[Any, ...]]] = deque()
        self._bell = hub.loop.async_(ref=False)
        self._bell.start(self._call_due)

    def call_soon(self, function: Callable[..., Any], *args: Any) -> None:
        """Have the hub call something; from any thread.

        Parameters
        ----------
        function
            What to call.
        *args
            Its arguments.

        Raises
        ------
        ValueError
            If the hub's loop has been destroyed.
        """
        self._due.append((function, args))
        self._bell.send()

    def _call_due(self) -> None:
        try:
            while self._due:
                function, args = self._due.popleft()
                function(*args)
        finally:
            if self._due:  # one has raised, which the hub reports
                self._bell.send()

    def submit(self, operation: Operation, result: Target) -> None:
        """Send a request.

        Parameters
        ----------
        operation
            The request.
        result
            Where its outcome goes.
        """
        self.inbox.submit(operation, result)
        self.watch()

    def expect(self, subscription: Subscription, notice: Notice, target: Target | HubListener) -> None:
        """Have something told when there is an event.

        Parameters
        ----------
        subscription, notice, target
            See `Subscription.tell`.
        """
        subscription.tell(self.inbox, notice, target)
        self.watch()

    def watch(self) -> None:
        """Watch the inbox if something is waited for."""
        if len(self.inbox) and not self.watcher.active:
            self.watcher.start(self.drain)

    def forget(self, operation: Operation) -> None:
        """Wait no longer for a request.

        Parameters
        ----------
        operation
            The request.
        """
        self.inbox.cancel(operation)
        self.rest()

    def drain(self) -> None:
        """Hand out the results that have come."""
        self.inbox.drain()
        self.rest()

    def close(self) -> None:
        """End the threads and watch no longer."""
        for watcher in (self.watcher, self._bell):
            watcher.stop()
            watcher.close()
        self.pool.kill()

    def rest(self) -> None:
        """Watch no longer if nothing is waited for."""
        if not len(self.inbox):
            self.watcher.stop()

    def do(self, work: Callable[[], Any], result: Target) -> None:
        """Have a thread do something.

        Parameters
        ----------
        work
            What to call.
        result
            Where its outcome goes.
        """
        self.pool.spawn(Outcome(work)).rawlink(lambda done: done.value.tell(result))


def calls_of(hub: Any) -> HubCalls:
    """Give what the calls of a hub need.

    Parameters
    ----------
    hub
        The hub of this thread.

    Returns
    -------
    HubCalls
        Made when the hub makes its first call; it hangs on the hub and ends with it.
    """
    calls: HubCalls | None = hub.__dict__.get("_tango_calls")
    if calls is None:
        calls = hub.__dict__["_tango_calls"] = HubCalls(hub)
    return calls
