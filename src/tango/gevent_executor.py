"""The executor of green mode Gevent."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import gevent

from tango._core.hook_call import HookCall
from tango._executors import AbstractExecutor
from tango._gevent_runner import GeventRunner, calls_of
from tango._set_executor import ExecutorOfThread
from tango.green import in_place

__all__ = ["GeventExecutor", "get_global_executor", "get_global_threadpool", "set_global_executor"]


class GeventExecutor(AbstractExecutor):
    """Functions run in a pool of threads; greenlets of a hub wait for their results.

    Parameters
    ----------
    loop
        The loop of a hub; default: that of this thread.
    subexecutor
        What runs the functions, with a method ``spawn``; default: the pool of this thread's hub.
    """

    asynchronous = True
    default_wait = True

    def __init__(self, loop: Any = None, subexecutor: Any = None) -> None:
        super().__init__()
        hub = gevent.get_hub()
        self.loop = hub.loop if loop is None else loop
        # Into a loop of somebody else only gevent's own way leads.
        self._call_soon = calls_of(hub).call_soon if self.loop is hub.loop else self.loop.run_callback_threadsafe
        self.subexecutor = get_global_threadpool() if subexecutor is None else subexecutor

    def delegate(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return an AsyncResult."""
        return self.subexecutor.spawn(in_place(functools.partial(fn, *args, **kwargs)))

    def access(self, accessor: Any, timeout: float | None = None) -> Any:
        """Return the result of an AsyncResult."""
        return accessor.get(timeout=timeout)

    def submit(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Have a greenlet of the hub call a function."""
        self._call_soon(functools.partial(gevent.spawn, fn, *args, **kwargs))

    def execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do the same and wait for it."""
        if self.in_executor_context():
            return gevent.spawn(fn, *args, **kwargs).get()
        call = HookCall(functools.partial(fn, *args, **kwargs))
        self.submit(_run, call)
        return GeventRunner().call(call.wait, wait=True, timeout=None)


def _run(call: HookCall) -> None:
    try:
        result = call.work()
    except BaseException as error:  # also when the greenlet is killed: somebody waits
        call.fail(error)
    else:
        call.succeed(result)


def get_global_threadpool() -> Any:
    """Return the pool of threads of this thread's hub."""
    return calls_of(gevent.get_hub()).pool


_executor = ExecutorOfThread(GeventExecutor)
get_global_executor = _executor.get
set_global_executor = _executor.set
