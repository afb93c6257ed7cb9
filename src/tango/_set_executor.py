"""The executor that a program has set for a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class ExecutorOfThread(threading.local):
    """What `get_global_executor` and `set_global_executor` of a green mode share.

    Parameters
    ----------
    make
        Makes an executor where none is set.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make
        self.executor: Any = None

    def get(self) -> Any:
        """Return the executor of the present thread: the one that was set, else a new one."""
        return self.make() if self.executor is None else self.executor

    def set(self, executor: Any) -> None:
        """Set the executor that `get` returns in this thread.

        Parameters
        ----------
        executor
            The executor; None for a new one each time. Calls of proxies do not need it: they ask for the running loop.
        """
        self.executor = executor
