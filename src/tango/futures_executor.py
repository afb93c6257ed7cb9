"""The executor of green mode Futures."""

from __future__ import annotations

from tango._executors import FuturesExecutor
from tango._set_executor import ExecutorOfThread

__all__ = ["FuturesExecutor", "get_global_executor", "set_global_executor"]

_executor = ExecutorOfThread(FuturesExecutor)
get_global_executor = _executor.get
set_global_executor = _executor.set
