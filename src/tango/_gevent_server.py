"""A device server in green mode Gevent: greenlets of a hub run its hooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import gevent
from gevent.event import Event
from gevent.monkey import get_original

from tango._core.device import mark_loop_thread
from tango._core.hook_call import HookCall, is_farewell, name_of, refuse_coroutine
from tango._core.threads import EnsureOmniThread
from tango._gevent_runner import HubCalls, Waiting, calls_of, end_hub, has_no_hub
from tango.enums import GreenMode

PATIENCE = 3.0
"""Seconds that hooks and greenlets have to end when the server ends."""
CHECK_SECONDS = 0.5
"""How often to look whether the server ends: cppTango does not tell, but waits for all hooks."""

# Those of the system, also where gevent has put its own in their place.
_get_ident = get_original("_thread", "get_ident")
_start_thread = get_original("_thread", "start_new_thread")


class GeventServer:
    """The hub of one server, in the thread that runs the server; cppTango has a thread of its own.

    Each hook is a greenlet of the hub. What devices start beside are greenlets too, and all of them end with the server.
    """

    mode = GreenMode.Gevent

    def __init__(self) -> None:
        self._calls: HubCalls | None = None
        self._thread = 0
        self._open: dict[HookCall, Any] = {}
        self._greenlets: WeakSet[Any] = WeakSet()

    # --- life ---

    def serve(self, main: Callable[[], None], is_ending: Callable[[], bool]) -> None:
        """Let greenlets run until `main`, which serves the clients in another thread, is over.

        Parameters
        ----------
        main
            Returns when the server has ended.
        is_ending
            Tells whether it has begun to end.

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

        self._calls = calls_of(hub)
        self._thread = _get_ident()
        mark_loop_thread(True)
        gevent.Greenlet.add_spawn_callback(self._note)
        try:
            watcher.start(over.set)
            _start_thread(run, ())
            while not over.wait(CHECK_SECONDS):
                if is_ending():
                    self._end_hooks(over)
        finally:
            watcher.stop()
            watcher.close()
            gevent.Greenlet.remove_spawn_callback(self._note)
            gevent.killall(list(self._greenlets), timeout=PATIENCE)
            mark_loop_thread(False)
            self._calls = None
            for call in list(self._open):
                call.fail(_ended())
            if not guest:
                end_hub()
        if errors:
            raise errors.pop()

    def _end_hooks(self, over: Event) -> None:
        """Kill the hooks of a server that ends, if they do not come to an end themselves."""
        hooks = {call: greenlet for call, greenlet in list(self._open.items()) if not is_farewell(call.work)}
        if not over.wait(PATIENCE):
            for call, greenlet in hooks.items():
                if call in self._open and greenlet is not None:
                    greenlet.kill(block=False)
        over.wait()

    def _note(self, greenlet: Any) -> None:
        if self._calls is not None and greenlet.parent is self._calls.hub:
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
            calls = self._calls
            if calls is None:
                raise _ended()
            try:
                calls.call_soon(self._start, call)
            except ValueError:  # the loop has been destroyed
                raise _ended() from None
            return call.wait()
        finally:
            del self._open[call]

    def leave(self, work: Callable[[], Any]) -> Any:
        """Run something outside the hub.

        Parameters
        ----------
        work
            What to call.

        Returns
        -------
        object
            Its result; other greenlets run meanwhile.
        """
        calls = self._calls
        if calls is None or _get_ident() != self._thread:
            return work()
        result = Waiting(calls.hub)
        calls.do(work, result)
        return result.take(None)

    def _start(self, call: HookCall) -> None:
        if self._calls is None:
            call.fail(_ended())
        else:
            self._open[call] = gevent.spawn(self._run, call)

    def _run(self, call: HookCall) -> None:
        try:
            result = refuse_coroutine(call.work(), call.work, self.mode)
        except gevent.GreenletExit:
            call.fail(RuntimeError(f"{name_of(call.work)} was killed"))
        except BaseException as error:  # gevent would print them
            call.fail(error)
        else:
            # Greenlets that the hook has spawned begin before the client hears of its result.
            gevent.get_hub().loop.run_callback(call.succeed, result)


def _ended() -> RuntimeError:
    return RuntimeError("the hub of the device server has ended")
