"""What a server that starts in another thread or process tells the one who started it."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from tango.server.classic import Util

__all__ = ("Startup", "TellReady", "process_context", "start_process")


class Startup:
    """What a server that starts in another thread or process tells: its port, that it is ready, or why not."""

    def __init__(self, process: bool) -> None:
        self._process = process
        if process:
            self._receiver, self._sender = process_context().Pipe(duplex=False)
        else:
            self._news: list[tuple[str, Any]] = []
            self._arrived = threading.Condition()

    def tell(self, what: str, value: Any = None) -> None:
        """Tell something, in the server's thread or process."""
        if not self._process:
            with self._arrived:
                self._news.append((what, value))
                self._arrived.notify_all()
            return
        try:
            self._sender.send((what, value))
        except Exception:  # an exception that cannot be pickled
            self._sender.send((what, RuntimeError("".join(traceback.format_exception(value)).strip())))

    def news(self, server: Any, deadline: float) -> tuple[str, Any] | None:
        """Wait for what the server tells next; None if there is nothing more to come, or not in time."""
        left = max(deadline - time.monotonic(), 0)
        if self._process:
            ready = wait([self._receiver, server.sentinel], left)
            if self._receiver in ready:
                with contextlib.suppress(EOFError):
                    return self._receiver.recv()  # type: ignore[no-any-return]
            if ready:
                server.join()
            return None
        with self._arrived:
            self._arrived.wait_for(lambda: self._news, left)
            return self._news.pop(0) if self._news else None

    def close(self) -> None:
        """Release the pipe."""
        if self._process:
            self._receiver.close()
            self._sender.close()


def start_process(server: Any) -> None:
    """Start a process, not in the midst of the start or end of a server of this one.

    Python warns of forks of processes with threads; here the child begins anew what those may have locked.
    """
    settled = Util._change.acquire(timeout=1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            server.start()
    finally:
        if settled:
            Util._change.release()


def process_context() -> Any:
    """Choose how processes start: by fork where there is one, so that a class defined in a function can be served."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else None)


class TellReady:
    """A stream that passes on what a server says when it is ready, and only then calls somebody."""

    def __init__(self, stream: Any, ready: Callable[[], None]) -> None:
        self._stream = stream
        self._ready = ready

    def write(self, text: str) -> None:
        """Pass on a text."""
        self._stream.write(text)

    def flush(self) -> None:
        """Let the text out, then tell."""
        self._stream.flush()
        self._ready()
