"""The executor of green mode Asyncio."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import inspect
from asyncio import run_coroutine_threadsafe as run_coroutine_threadsafe
from collections.abc import Callable
from typing import Any

from tango._executors import AbstractExecutor
from tango._set_executor import ExecutorOfThread
from tango._thread_pool import thread_pool
from tango.green import in_place

__all__ = ["AsyncioExecutor", "get_global_executor", "set_global_executor"]


class AsyncioExecutor(AbstractExecutor):
    """Functions run in a pool of threads; their results are awaited in an event loop.

    Parameters
    ----------
    loop
        The loop; default: the running one, else a new one.
    subexecutor
        What runs the functions, with a method ``submit``; default: the pool of the process.
    """

    asynchronous = True
    default_wait = False

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None, subexecutor: Any = None) -> None:
        super().__init__()
        if loop is None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                loop = asyncio.new_event_loop()
                asyncio.set_event_loop(loop)
        self.loop = loop
        self.subexecutor = thread_pool() if subexecutor is None else subexecutor

    def delegate(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return a Future of the loop."""
        work = in_place(functools.partial(fn, *args, **kwargs))
        return asyncio.wrap_future(self.subexecutor.submit(work), loop=self.loop)

    def access(self, accessor: Any, timeout: float | None = None) -> Any:
        """Run the loop until a result is there."""
        if self.loop.is_running():
            raise RuntimeError("Loop is already running: await the result instead of waiting for it")
        return self.loop.run_until_complete(asyncio.wait_for(accessor, timeout))

    def submit(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> concurrent.futures.Future[Any]:
        """Have the loop call a function or run a coroutine function; return a concurrent.futures.Future."""
        return run_coroutine_threadsafe(_as_coroutine(fn, args, kwargs), self.loop)

    def execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do the same and wait for it; in the thread of the loop return what is to be awaited."""
        if self.in_executor_context():
            return _as_coroutine(fn, args, kwargs)
        return self.submit(fn, *args, **kwargs).result()


async def _as_coroutine(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    result = fn(*args, **kwargs)
    return await result if inspect.isawaitable(result) else result


_executor = ExecutorOfThread(AsyncioExecutor)
get_global_executor = _executor.get
set_global_executor = _executor.set
