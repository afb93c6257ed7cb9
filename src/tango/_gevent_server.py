"""A device server in green mode Gevent: greenlets of a hub run its hooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import gevent
from gevent.event import Event
from gevent.monkey import get_original

from tango._core.hook_call import HookCall, refuse_coroutine
from tango._core.threads import EnsureOmniThread
from tango._gevent_runner import end_hub, has_no_hub
from tango.enums import GreenMode

PATIENCE = 3.0
"""Seconds that the greenlets of a server have to end when the server has ended."""

# Those of the system, also where gevent has put its own in their place.
_get_ident = get_original("_thread", "get_ident")
_start_thread = get_original("_thread", "start_new_thread")


class GeventServer:
    """The hub of one server, in the thread that runs the server; cppTango has a thread of its own.

    Each hook is a greenlet of the hub. What devices start beside are greenlets too, and all of them end with the server.
    """

    mode = GreenMode.Gevent

    def __init__(self) -> None:
        self._hub: Any = None
        self._thread = 0
        self._open: dict[HookCall, Any] = {}
        self._greenlets: WeakSet[Any] = WeakSet()

    # --- life ---

    def serve(self, main: Callable[[], None]) -> None:
        """Let greenlets run until `main`, which serves the clients in another thread, is over.

        Parameters
        ----------
        main
            Returns when the server has ended.

        Raises
        ------
        Exception
            What `main` raises.
        """
        guest = not has_no_hub()
        hub = gevent.get_hub()
        over = Event()
        errors: list[BaseException] = []
        watcher = hub.loop.async_()

        def run() -> None:
            try:
                with EnsureOmniThread():
                    main()
            except BaseException as error:
                errors.append(error)
            finally:
                watcher.send()

        self._thread = _get_ident()
        self._hub = hub
        gevent.Greenlet.add_spawn_callback(self._note)
        try:
            watcher.start(over.set)
            _start_thread(run, ())
            over.wait()
        finally:
            watcher.stop()
            watcher.close()
            gevent.Greenlet.remove_spawn_callback(self._note)
            gevent.killall(list(self._greenlets), timeout=PATIENCE)
            self._hub = None
            for call in list(self._open):
                call.fail(_ended())
            if not guest:
                end_hub()
        if errors:
            raise errors.pop()

    def _note(self, greenlet: Any) -> None:
        if greenlet.parent is self._hub:
            self._greenlets.add(greenlet)

    # --- hooks ---

    def enter(self, work: Callable[[], Any]) -> Any:
        """Have a greenlet run a hook, for the calling thread, which waits.

        Parameters
        ----------
        work
            The hook.

        Returns
        -------
        object
            Its result.

        Raises
        ------
        RuntimeError
            If the hub has ended.
        TypeError
            If the hook is a coroutine function.
        Exception
            What the hook raises.
        """
        if _get_ident() == self._thread:
            return refuse_coroutine(work(), work, self.mode)
        call = HookCall(work)
        self._open[call] = None
        try:
            hub = self._hub
            if hub is None:
                raise _ended()
            hub.loop.run_callback_threadsafe(self._start, call)
            return call.wait()
        finally:
            del self._open[call]

    def _start(self, call: HookCall) -> None:
        self._open[call] = gevent.spawn(self._run, call)

    def _run(self, call: HookCall) -> None:
        try:
            result = refuse_coroutine(call.work(), call.work, self.mode)
        except BaseException as error:  # gevent would print them
            call.fail(error)
        else:
            call.succeed(result)


def _ended() -> RuntimeError:
    return RuntimeError("the hub of the device server has ended")
