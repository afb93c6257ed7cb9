"""Green mode Gevent: work runs outside the hub, greenlets wait for it while others run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tango._core.events import report
from tango.enums import GreenMode
from tango.green import in_place

try:
    import gevent
except ImportError as error:
    raise ImportError(f"{error}. The green mode Gevent needs gevent: install it (pip install gevent), or use another green "
                      "mode, for example tango.asyncio") from error


class GeventRunner:
    """Work runs in a thread of the hub's pool."""

    mode = GreenMode.Gevent
    default_wait = True
    takes_operations = False

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return the result after at most `timeout` seconds, or without `wait` an AsyncResult."""
        result = gevent.get_hub().threadpool.spawn(in_place(work))
        return result.get(timeout=timeout) if wait else result

    def enter(self, work: Callable[[], Any]) -> Any:
        """Call it."""
        return work()

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Have each event handled by a greenlet of the present hub."""
        hub = gevent.get_hub()

        def handle(event: Any) -> None:
            try:
                callback(event)
            except Exception as error:
                report(error, callback)

        return lambda event: hub.loop.run_callback_threadsafe(gevent.spawn, handle, event)
