"""Green mode Gevent: work runs outside the hub, greenlets wait for it while others run.

What the core can run by itself goes to its engine; each hub has an inbox there. Everything else runs in a pool of native threads
that belongs to the hub.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from tango._core.async_engine import Operation
from tango._core.events import report
from tango._inbox_watcher import new_inbox
from tango.enums import GreenMode
from tango.green import ServerRunner, in_place

try:
    import gevent
    from gevent.event import AsyncResult
    from gevent.threadpool import ThreadPool
except ImportError as error:
    raise ImportError(
        f"{error}. The green mode Gevent needs gevent: install it (pip install gevent), or use another green mode, for "
        "example tango.asyncio"
    ) from error

try:
    from gevent._hub_local import get_hub_if_exists
except ImportError:  # a private name of gevent
    get_hub_if_exists = gevent.get_hub


class GeventRunner:
    """Work runs outside the hub and greenlets wait for its result."""

    mode = GreenMode.Gevent
    default_wait = True
    takes_operations = True

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return the result after at most `timeout` seconds, or without `wait` an AsyncResult."""
        if wait and timeout is None and has_no_hub():
            # A thread without greenlets: there is nobody else who could run while it waits.
            return work()
        hub = calls_of(gevent.get_hub())
        if not isinstance(work, Operation):
            result = hub.pool.spawn(in_place(work))
            return result.get(timeout=timeout) if wait else result
        result = Result()
        hub.submit(work, result)
        if not wait:
            return result
        try:
            return result.get(timeout=timeout)
        except BaseException:
            hub.forget(work)
            raise

    def server(self) -> ServerRunner:
        """Have greenlets run the hooks."""
        from tango._gevent_server import GeventServer

        return GeventServer()

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Have each event handled by a greenlet of the present hub."""
        hub = gevent.get_hub()

        def handle(event: Any) -> None:
            try:
                callback(event)
            except Exception as error:
                report(error, callback)

        return lambda event: hub.loop.run_callback_threadsafe(gevent.spawn, handle, event)


def has_no_hub() -> bool:
    """Tell whether this is a thread in which gevent has never been used.

    Returns
    -------
    bool
        False in the main thread.
    """
    return threading.current_thread() is not threading.main_thread() and get_hub_if_exists() is None


def end_hub() -> None:
    """End the hub of this thread, which then has to be one in which nothing runs any more."""
    hub = gevent.get_hub()
    calls: HubCalls | None = hub.__dict__.pop("_tango_calls", None)
    if calls is not None:
        calls.close()
    hub.destroy(destroy_loop=True)


class Result(AsyncResult):  # type: ignore[misc]
    """An AsyncResult that the engine's inbox can fill."""

    done = AsyncResult.ready

    def set_result(self, value: Any) -> None:
        """Give it a value."""
        self.set(value)


class HubCalls:
    """What the calls of one hub need.

    Parameters
    ----------
    hub
        The hub.
    """

    def __init__(self, hub: Any) -> None:
        self.inbox = new_inbox(self.redo)
        self.pool = ThreadPool(100, hub=hub, idle_task_timeout=5)
        # It is active only while something is waited for: a hub does not end, nor know that nothing can happen any more,
        # while it has active watchers.
        self.watcher = hub.loop.io(self.inbox.fileno(), 1)

    def submit(self, operation: Operation, result: Result) -> None:
        """Send a request.

        Parameters
        ----------
        operation
            The request.
        result
            Where its outcome goes.
        """
        self.inbox.submit(operation, result)
        if len(self.inbox) and not self.watcher.active:
            self.watcher.start(self.drain)

    def forget(self, operation: Operation) -> None:
        """Wait no longer for a request.

        Parameters
        ----------
        operation
            The request.
        """
        self.inbox.cancel(operation)
        self.rest()

    def drain(self) -> None:
        """Hand out the results that have come."""
        self.inbox.drain()
        self.rest()

    def close(self) -> None:
        """End the threads and watch no longer."""
        self.watcher.stop()
        self.watcher.close()
        self.pool.kill()

    def rest(self) -> None:
        """Watch no longer if nothing is waited for."""
        if not len(self.inbox):
            self.watcher.stop()

    def redo(self, body: Callable[[], Any], result: Result) -> None:
        """Do in a thread what could not be done without.

        Parameters
        ----------
        body
            What to call.
        result
            Where its outcome goes.
        """
        self.pool.spawn(body).rawlink(result)


def calls_of(hub: Any) -> HubCalls:
    """Give what the calls of a hub need.

    Parameters
    ----------
    hub
        The hub of this thread.

    Returns
    -------
    HubCalls
        Made when the hub makes its first call; it hangs on the hub and ends with it.
    """
    calls: HubCalls | None = hub.__dict__.get("_tango_calls")
    if calls is None:
        calls = hub.__dict__["_tango_calls"] = HubCalls(hub)
    return calls
