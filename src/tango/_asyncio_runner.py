"""Green mode Asyncio: the caller gets an awaitable of the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from tango._core.events import report
from tango._thread_pool import thread_pool
from tango.enums import GreenMode
from tango.green import in_place


class AsyncioRunner:
    """Work runs outside the event loop and its result is awaited in it."""

    mode = GreenMode.Asyncio
    default_wait = False
    takes_operations = False

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return an awaitable."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if wait:
                return work()
            raise RuntimeError("a call in asyncio mode is awaited, but no event loop runs in this thread: make it inside a "
                               "coroutine, or give it green_mode=GreenMode.Synchronous") from None
        if wait:
            raise RuntimeError("wait=True would stop the running event loop: await the call, or give it "
                               "green_mode=GreenMode.Synchronous")
        future = asyncio.wrap_future(thread_pool().submit(in_place(work)), loop=loop)
        return future if timeout is None else asyncio.ensure_future(asyncio.wait_for(future, timeout))

    def enter(self, work: Callable[[], Any]) -> Any:
        """Call it."""
        return work()

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Have each event handled in the running event loop, by a task if the callback is a coroutine function."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if inspect.iscoroutinefunction(callback):
                raise RuntimeError(f"{callback!r} is a coroutine function, but no event loop runs in this thread") from None
            return callback
        tasks: set[asyncio.Task[None]] = set()

        async def wait_for(result: Awaitable[Any]) -> None:
            try:
                await result
            except Exception as error:
                report(error, callback)

        def handle(event: Any) -> None:
            try:
                result = callback(event)
            except Exception as error:
                report(error, callback)
                return
            if inspect.isawaitable(result):
                task = loop.create_task(wait_for(result))
                tasks.add(task)  # the loop itself keeps no task alive
                task.add_done_callback(tasks.discard)

        def deliver(event: Any) -> None:
            # After the end of the loop there is nobody to tell.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(handle, event)

        return deliver
