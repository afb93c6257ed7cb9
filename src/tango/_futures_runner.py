"""Green mode Futures: work runs in a thread of a pool, its caller gets a concurrent.futures.Future."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as FuturesTimeoutError
from typing import TYPE_CHECKING, Any

from tango._thread_pool import thread_pool
from tango.enums import GreenMode
from tango.green import in_place, plain_callback, sleep_until_event

if TYPE_CHECKING:
    from tango._core.events import Subscription


class FuturesRunner:
    """Work runs in a thread of the pool."""

    mode = GreenMode.Futures
    default_wait = True
    takes_operations = False

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return the result after at most `timeout` seconds, or without `wait` a Future."""
        future = thread_pool().submit(in_place(work))
        if not wait:
            return future
        try:
            return future.result(timeout)
        except FuturesTimeoutError:
            if future.done():
                raise
            raise FuturesTimeoutError(f"no result after {timeout} s") from None

    def at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        """Call it in this thread."""
        return method(*args, green_mode=GreenMode.Synchronous)

    def server(self) -> None:
        """Have cppTango's threads call the hooks, as in mode Synchronous."""

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return the callback: the thread of events calls it, so that events stay in order."""
        return plain_callback(callback, self.mode)

    def await_event(self, subscription: Subscription, timeout: float | None) -> bool:
        """Have the thread sleep."""
        return sleep_until_event(subscription, timeout)
