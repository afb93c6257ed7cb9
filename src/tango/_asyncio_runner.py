"""Green mode Asyncio: the caller gets an awaitable of the running event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

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
