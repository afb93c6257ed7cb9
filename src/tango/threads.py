"""Python threads in which every part of cppTango may be used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tango._core.threads import EnsureOmniThread

__all__ = ["PyTangoThread", "PyTangoThreadPoolExecutor"]


class PyTangoThread(threading.Thread):
    """A :class:`threading.Thread` that cppTango knows as one of its own; the parameters are the same."""

    def run(self) -> None:
        """Call the target."""
        with EnsureOmniThread():
            super().run()


def _in_omni_thread(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    with EnsureOmniThread():
        return function(*args, **kwargs)


class PyTangoThreadPoolExecutor(ThreadPoolExecutor):
    """A :class:`concurrent.futures.ThreadPoolExecutor` whose threads cppTango knows; the parameters are the same."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call a function in one of the threads; see :meth:`concurrent.futures.Executor.submit`."""
        return super().submit(_in_omni_thread, fn, args, kwargs)
