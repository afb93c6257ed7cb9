"""Ways in which a program that uses Tango may end: ``python scenes.py SCENE ADDRESS``, run by test_exit.py.

A scene leaves something alive, prints ``end`` and returns; the interpreter ends by itself afterwards. Its exit code must
be 0 and it must have nothing to say on the standard error output.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import itertools
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

import tango
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

SCENES: dict[str, Callable[[str], Any]] = {}
kept: list[Any] = []


def scene(function: Callable[[str], Any]) -> Callable[[str], Any]:
    SCENES[function.__name__] = function
    return function


def in_threads(count: int, function: Callable[[], Any]) -> None:
    """Call a function again and again in threads, and return when each of them has called it once."""
    begun = threading.Barrier(count + 1)

    def work() -> None:
        begun.wait()
        with contextlib.suppress(tango.DevFailed):  # a server in this process is gone before its clients are
            while True:
                function()

    for _ in range(count):
        threading.Thread(target=work, daemon=True).start()
    begun.wait()


class Ticker(Device):
    """Pushes events from a thread of its own until the process ends."""

    def init_device(self) -> None:
        super().init_device()
        self.set_change_event("number", True, False)
        threading.Thread(target=self.push, daemon=True).start()

    def push(self) -> None:
        with contextlib.suppress(RuntimeError):  # the device has been deleted
            for number in itertools.count():
                self.push_change_event("number", number)
                time.sleep(0.001)

    @attribute(dtype=float)
    def number(self) -> float:
        return 0.0

    @attribute(dtype=float, polling_period=20)
    def polled(self) -> float:
        return time.time()

    @command
    def wait(self) -> None:
        time.sleep(0.5)


# --- clients ----------------------------------------------------------------------------------------------------------


@scene
def proxies(address: str) -> None:
    """Proxies, in a global list, in a reference cycle and in a frame."""
    gc.disable()
    for _ in range(5):
        proxy = tango.DeviceProxy(address)
        proxy.__dict__["me"] = [proxy]
        kept.append(proxy)
        proxy.ping()
    kept.append(tango.AttributeProxy(address.replace("#", "/double_scalar#")))


@scene
def values(address: str) -> None:
    """Arrays and views over memory of the library."""
    proxy = tango.DeviceProxy(address)
    image = proxy.read_attribute("double_image_ro").value
    kept.extend([image, memoryview(image), image[1:], proxy.read_attribute("wave")])


@scene
def threads_in_calls(address: str) -> None:
    """Daemon threads inside calls to the device."""
    proxy = tango.DeviceProxy(address)
    in_threads(4, lambda: proxy.read_attribute("double_image_ro"))


@scene
def threads_in_slow_calls(address: str) -> None:
    """Daemon threads that wait for an answer when the interpreter ends."""
    proxy = tango.DeviceProxy(address)
    in_threads(2, lambda: proxy.command_inout("DevVarDoubleArray", [1.0] * 200_000))


@scene
def threads_making_proxies(address: str) -> None:
    """Daemon threads that make proxies and drop them."""
    in_threads(4, lambda: tango.DeviceProxy(address).ping())


@scene
def atexit_handlers(address: str) -> None:
    """Exit handlers that read a device, registered before and after the proxy was made."""

    def read() -> None:
        assert isinstance(proxy.read_attribute("double_scalar").value, float)

    proxy = tango.DeviceProxy(address)
    atexit.register(read)


@scene
def system_exit(address: str) -> None:
    """SystemExit with live proxies."""
    kept.append(tango.DeviceProxy(address))
    print("end")
    sys.exit(0)


@scene
def errors(address: str) -> None:
    """Exceptions whose tracebacks hold proxies."""
    proxy = tango.DeviceProxy(address)
    for name in ("nope", "double_scalar"):
        try:
            proxy.write_attribute(name, "x")
        except (tango.DevFailed, TypeError, ValueError) as error:
            kept.append(error)


@scene
def forked_child(address: str) -> None:
    """A child made by fork, with the parent's proxies, that ends as a program ends."""
    kept.append(tango.DeviceProxy(address))
    fork_a_child()


def fork_a_child() -> None:
    with warnings.catch_warnings():
        # Python 3.12 and later warn of every fork in a process with threads, and cppTango has some at once.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        sys.exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0, status


# --- events -----------------------------------------------------------------------------------------------------------


def subscribe(address: str, callback: Callable[[Any], Any]) -> tango.DeviceProxy:
    proxy = tango.DeviceProxy(address)
    kept.append(proxy)
    proxy.subscribe_event("long_scalar", tango.EventType.ATTR_CONF_EVENT, callback)
    return proxy


@scene
def subscriptions(address: str) -> None:
    """Subscriptions that nobody ends."""
    arrived = threading.Event()
    subscribe(address, lambda event: arrived.set())
    assert arrived.wait(10)


@scene
def subscription_of_a_dropped_proxy(address: str) -> None:
    """A subscription whose proxy is garbage."""
    subscribe(address, kept.append)
    kept.clear()


@scene
def events_in_a_queue(address: str) -> None:
    """Events that nobody has fetched."""
    proxy = tango.DeviceProxy(address)
    proxy.subscribe_event("long_scalar", tango.EventType.ATTR_CONF_EVENT, 10)
    kept.append(proxy)


# --- servers in the process -------------------------------------------------------------------------------------------


def serve() -> tango.DeviceProxy:
    context = DeviceTestContext(Ticker, daemon=True)
    context.start()
    kept.append(context)
    return context.device


@scene
def server(address: str) -> None:
    """A server in a thread that nobody stops, with a polling thread and a thread that pushes events."""
    assert serve().number == 0.0


@scene
def server_with_clients(address: str) -> None:
    """A server in a thread that threads of the same process are calling."""
    device = serve()
    in_threads(3, lambda: device.read_attribute("number"))


@scene
def server_in_a_slow_command(address: str) -> None:
    """A server that is busy when the interpreter ends."""
    device = serve()
    in_threads(1, device.wait)


@scene
def server_with_subscriptions(address: str) -> None:
    """A server in a thread with subscriptions of its own process, whose events come a thousand times a second."""
    arrived = threading.Event()
    device = serve()
    device.subscribe_event("number", tango.EventType.CHANGE_EVENT, lambda event: arrived.set())
    assert arrived.wait(10)


@scene
def forked_child_of_a_server(address: str) -> None:
    """A child made by fork of a process with a server, that ends as a program ends."""
    assert serve().number == 0.0
    fork_a_child()


# --- green modes ------------------------------------------------------------------------------------------------------


@scene
def futures_in_flight(address: str) -> None:
    """Calls of the mode Futures that nobody waits for."""
    import tango.futures

    proxy = tango.futures.DeviceProxy(address)
    kept.extend(proxy.read_attribute("double_image_ro", wait=False) for _ in range(20))


@scene
def coroutines_in_flight(address: str) -> None:
    """Calls of the mode Asyncio whose loop ends before they do."""
    import asyncio

    import tango.asyncio

    async def main() -> None:
        proxy = await tango.asyncio.DeviceProxy(address)
        kept.append(proxy)
        for _ in range(20):
            future = proxy.read_attribute("double_image_ro")
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
        await proxy.state()

    asyncio.run(main())


@scene
def greenlets_in_flight(address: str) -> None:
    """Calls of the mode Gevent that nobody waits for."""
    import tango.gevent

    proxy = tango.gevent.DeviceProxy(address)
    kept.extend(proxy.read_attribute("double_image_ro", wait=False) for _ in range(20))
    proxy.state()


if __name__ == "__main__":
    sys.excepthook = lambda *error: (sys.__excepthook__(*error), os._exit(3))
    SCENES[sys.argv[1]](sys.argv[2])
    print("end")
