"""A device server in green mode Asyncio: an event loop runs its hooks."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import sys
import threading
import warnings
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, wait
from typing import Any

from tango._asyncio_runner import is_assigning
from tango._core.device import mark_loop_thread
from tango._core.hook_call import HookCall, function_of, is_farewell, name_of
from tango._core.threads import EnsureOmniThread
from tango._thread_pool import thread_pool
from tango.enums import GreenMode

PATIENCE = 3.0
"""Seconds that hooks and tasks have to end when the server ends."""
CHECK_SECONDS = 0.5
"""How often to look whether the server ends: cppTango does not tell, but waits for all hooks."""

_present_call: contextvars.ContextVar[HookCall | None] = contextvars.ContextVar("_present_call", default=None)
"""The hook that a task serves, or that has started it."""


class AsyncioServer:
    """The event loop of one server, in the thread that runs the server; cppTango has a thread of its own.

    Each hook is a task of the loop. What devices start beside are tasks too, and all of them end with the server.

    Raises
    ------
    RuntimeError
        If a loop runs in this thread already.
    """

    mode = GreenMode.Asyncio

    def __init__(self) -> None:
        if _running_loop() is not None:
            raise RuntimeError(
                "a device server in green mode Asyncio runs an event loop of its own, but this thread runs one already: run "
                "the server in another thread, for example by asyncio.to_thread"
            )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        # The loop itself keeps no task alive.
        self._open: dict[HookCall, asyncio.Task[None] | None] = {}
        self._left_alone: set[asyncio.Task[Any]] = set()
        self._warned: set[str] = set()

    # --- life ---

    def serve(self, main: Callable[[], None], is_ending: Callable[[], bool]) -> None:
        """Run a loop until `main`, which serves the clients in another thread, is over.

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
        loop = self._loop = asyncio.new_event_loop()
        self._thread = threading.get_ident()
        mark_loop_thread(True)
        outcome: Future[None] = Future()
        thread = threading.Thread(target=_run_main, args=(main, outcome), name="tango-server", daemon=True)
        try:
            asyncio.set_event_loop(loop)
            thread.start()
            loop.call_later(CHECK_SECONDS, self._check, loop, is_ending)
            over = asyncio.wrap_future(outcome, loop=loop)
            while not self._runs_until(loop, over):
                warnings.warn(
                    "code of a device has stopped the event loop of the server, which goes on; the command Kill of the server's "
                    "device, or a signal, ends it",
                    RuntimeWarning,
                    stacklevel=1,
                )
        finally:
            try:
                loop.run_until_complete(self._end_tasks())
            finally:
                asyncio.set_event_loop(None)
                loop.close()
                mark_loop_thread(False)
                self._give_up()
        thread.join()

    @staticmethod
    def _runs_until(loop: asyncio.AbstractEventLoop, over: asyncio.Future[None]) -> bool:
        """Run a loop; False if somebody has stopped it before its time."""
        try:
            loop.run_until_complete(over)
        except RuntimeError:
            if over.done() or loop.is_closed():
                raise
        return over.done()

    def _check(self, loop: asyncio.AbstractEventLoop, is_ending: Callable[[], bool]) -> None:
        """Cancel the hooks of a server that ends, if they do not come to an end themselves."""
        if not is_ending():
            loop.call_later(CHECK_SECONDS, self._check, loop, is_ending)
            return
        for call, task in list(self._open.items()):
            if task is not None and not is_farewell(call.work):
                loop.call_later(PATIENCE, task.cancel, "the device server ends")

    async def _end_tasks(self) -> None:
        """Cancel the tasks that are left and wait for them."""
        loop = asyncio.get_running_loop()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel("the device server has ended")
        if tasks:
            ended, stubborn = await asyncio.wait(tasks, timeout=PATIENCE)
            for task in ended:
                if not task.cancelled() and (error := task.exception()) is not None:
                    text = "a task of the device server failed while it was being cancelled"
                    loop.call_exception_handler({"message": text, "exception": error, "task": task})
            for task in stubborn:
                text = f"a task of the device server goes on {PATIENCE:g} s after it was cancelled: it is left behind"
                loop.call_exception_handler({"message": text, "task": task})
        await loop.shutdown_asyncgens()
        await loop.shutdown_default_executor()

    def _give_up(self) -> None:
        """Let go those threads of cppTango whose hooks the loop will never run."""
        for call in list(self._open):
            call.fail(_ended())

    # --- hooks ---

    def enter(self, work: Callable[[], Any]) -> Any:
        """Have the loop run a hook, for the calling thread, which waits.

        Parameters
        ----------
        work
            The hook; it may return something to be awaited.

        Returns
        -------
        object
            Its result.

        Raises
        ------
        RuntimeError
            If the loop has ended; or if the calling thread is that of the loop and the hook would have to wait for it.
        Exception
            What the hook raises.
        """
        loop = self._loop
        if threading.get_ident() == self._thread:
            return self._run_inline(work)
        call = HookCall(work)
        self._open[call] = None
        try:
            if loop is None:
                raise _ended()
            try:
                loop.call_soon_threadsafe(self._start, loop, call)
            except RuntimeError:
                raise _ended() from None
            return call.wait()
        finally:
            del self._open[call]

    def leave(self, work: Callable[[], Any]) -> Awaitable[Any]:
        """Run something outside the loop: in the thread that waits for the hook, or after that in another one.

        Parameters
        ----------
        work
            What to call.

        Returns
        -------
        Awaitable
            Of its result.
        """
        call = _present_call.get()
        result: Future[Any] = Future()
        if call is None or not call.errand(functools.partial(_run_into, work, result)):
            result = thread_pool().submit(work)
        return asyncio.wrap_future(result, loop=self._loop)

    def leave_briefly(self, work: Callable[[], Any], seconds: float) -> Any:
        """Run outside the loop what is over at once unless it has to wait for the loop.

        Parameters
        ----------
        work
            What to call.
        seconds
            How long the loop stands still for it at most.

        Returns
        -------
        None or Awaitable
            What to await if it is not over; it goes on if nobody awaits it.
        """
        if threading.get_ident() != self._thread:
            return work()
        future = thread_pool().submit(work)
        wait([future], seconds)
        return future.result() if future.done() else asyncio.wrap_future(future, loop=self._loop)

    def _start(self, loop: asyncio.AbstractEventLoop, call: HookCall) -> None:
        self._open[call] = loop.create_task(self._run(call))

    async def _run(self, call: HookCall) -> None:
        _present_call.set(call)
        try:
            result = call.work()
            if hasattr(result, "__await__"):
                result = await result
            else:
                self._warn_if_plain(call.work)
        except asyncio.CancelledError:
            call.fail(RuntimeError(f"{name_of(call.work)} was cancelled"))
        except BaseException as error:  # a loop would end for some of them
            call.fail(error)
        else:
            # Tasks that the hook has created take their first step before the client hears of its result.
            asyncio.get_running_loop().call_soon(call.succeed, result)

    def _run_inline(self, work: Callable[[], Any]) -> Any:
        """Run a hook in the thread of the loop, which therefore cannot wait."""
        result = work()
        if not hasattr(result, "__await__"):
            return result
        if is_assigning():
            return self._begin(result)
        steps = result.__await__()
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        if hasattr(steps, "close"):
            steps.close()
        raise RuntimeError(
            f"{name_of(work)} has to wait for the event loop, but it was called by the thread of that loop, which would wait for "
            "ever. Call the device in green mode Asyncio and await that (tango.asyncio.DeviceProxy), or call it from another "
            "thread (asyncio.to_thread)"
        )

    def _begin(self, awaited: Awaitable[Any]) -> Any:
        """Let a task do what nobody waits for, from Python 3.12 on as far as it can at once; what it raises later the loop reports."""

        async def finish() -> Any:
            return await awaited

        assert self._loop is not None
        if sys.version_info >= (3, 12):
            task = asyncio.Task(finish(), loop=self._loop, eager_start=True)
        else:
            task = self._loop.create_task(finish())
        if task.done():
            return task.result()
        self._left_alone.add(task)
        task.add_done_callback(self._left_alone.discard)
        return None

    def _warn_if_plain(self, work: Callable[[], Any]) -> None:
        function = function_of(work)
        name = name_of(work)
        if name in self._warned or getattr(function, "__module__", "").partition(".")[0] == "tango":
            return
        self._warned.add(name)
        text = (
            f"Sync {name} function called: support of sync functions in PyTango's Asyncio mode is deprecated. "
            "Use 'async def' instead of 'def'."
        )
        code = getattr(function, "__code__", None)
        if code is None:
            warnings.warn(text, DeprecationWarning, stacklevel=1)
        else:
            module = function.__module__
            warnings.warn_explicit(text, DeprecationWarning, code.co_filename, code.co_firstlineno, module)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _ended() -> RuntimeError:
    return RuntimeError("the event loop of the device server has ended")


def _run_main(main: Callable[[], None], outcome: Future[None]) -> None:
    with EnsureOmniThread():
        _run_into(main, outcome)


def _run_into(work: Callable[[], Any], outcome: Future[Any]) -> None:
    try:
        result = work()
    except BaseException as error:
        outcome.set_exception(error)
    else:
        outcome.set_result(result)
