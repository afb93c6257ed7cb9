"""Python threads for calls that the core cannot run by itself."""

from __future__ import annotations

import atexit
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakSet

from tango._core.threads import EnsureOmniThread

T = TypeVar("T")

_pools: WeakSet[ThreadPool] = WeakSet()


class ThreadPool:
    """A bounded number of threads, started when there is work for them and ended when there is none.

    Parameters
    ----------
    limit
        How many threads there are at most.
    idle_seconds
        How long a thread waits for more work before it ends.
    """

    def __init__(self, limit: int = 100, idle_seconds: float = 5.0) -> None:
        self.limit = limit
        self.idle_seconds = idle_seconds
        self._work: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._changed = threading.Condition()
        self._threads: set[threading.Thread] = set()
        self._idle = 0
        self._closed = False
        _pools.add(self)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Have work done by a thread.

        Parameters
        ----------
        work
            What to call.

        Returns
        -------
        Future
            For its result; work that has not begun can be cancelled.
        """
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("Python is ending: no more calls can be made")
            self._work.append((future, work))
            if self._idle >= len(self._work):
                self._changed.notify()
            elif len(self._threads) < self.limit:
                thread = threading.Thread(target=self._run, name=f"tango-{len(self._threads)}")
                self._threads.add(thread)
                thread.start()
        return future

    def close(self) -> None:
        """Cancel what has not begun, wait for the rest and end the threads."""
        with self._changed:
            self._closed = True
            waiting = list(self._work)
            self._work.clear()
            threads = list(self._threads)
            self._changed.notify_all()
        for future, _ in waiting:
            future.cancel()
        for thread in threads:
            thread.join()

    def _next(self) -> tuple[Future[Any], Callable[[], Any]] | None:
        with self._changed:
            while not self._work:
                self._idle += 1
                waited_in_vain = self._closed or not self._changed.wait(self.idle_seconds)
                self._idle -= 1
                if waited_in_vain and not self._work:
                    self._threads.discard(threading.current_thread())
                    return None
            return self._work.popleft()

    def _run(self) -> None:
        with EnsureOmniThread():
            self._do_work()

    def _do_work(self) -> None:
        while (item := self._next()) is not None:
            future, work = item
            if future.set_running_or_notify_cancel():
                try:
                    result = work()
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
                    del result
            # An idle thread keeps nothing alive.
            del item, future, work


_pool: ThreadPool | None = None
_lock = threading.Lock()


def thread_pool() -> ThreadPool:
    """Give the pool of this process.

    Returns
    -------
    ThreadPool
        Made when it is first asked for; a forked child gets one of its own.
    """
    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPool()
        return _pool


def _close() -> None:
    for pool in list(_pools):
        pool.close()


def _forget() -> None:
    global _pool, _lock
    _pool, _lock = None, threading.Lock()
    _pools.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
# The interpreter joins all threads before it calls what is registered with atexit; only this comes earlier.
getattr(threading, "_register_atexit", atexit.register)(_close)
