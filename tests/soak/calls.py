"""Calls without end: the memory of neither side may grow."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from holding import resident
from restarts import census
from support import Server, wait_until

import tango
import tango.asyncio
import tango.futures
from soak.measures import check
from soak.stress import start
from tango import DevFailed, EventType

GROWS = 1500
"""Kilobytes that a process may grow by while it makes 100,000 calls: the arenas of its allocators."""


def calls(scale: float) -> None:
    """Call each kind 100,000 times and see that the memory of client and server stays the same."""
    with start() as server:
        device = tango.DeviceProxy(server.address())
        times = max(100, int(100_000 * scale))
        for name, call in kinds(device, server).items():
            several(server, name, call, times)
        asyncio.run(awaited(server, times))
        few = max(100, times // 100)
        # A server of cppTango 9.3, in C++ too, keeps some 50 kilobytes of each; a client keeps what late events may ask for.
        several(server, "subscription", lambda: subscribe(device), few, client_grows=GROWS + 4 * few, server_grows=GROWS + 70 * few)
        events(server, device, few)


def kinds(device: tango.DeviceProxy, server: Server) -> dict[str, Callable[[], object]]:
    """Return the calls that wait for their answer."""
    numbers = np.ones(8)
    futures = tango.futures.DeviceProxy(server.address())
    attribute = tango.AttributeProxy(server.address().replace("#", "/scalar#"))
    group = tango.Group("soak")
    group.add(server.address())

    def assign() -> None:
        device.scalar = 1.0

    def refused() -> None:
        try:
            device.read_attribute("nonsense")
        except DevFailed:
            return
        raise SystemExit("soak: there is no such attribute")

    def called_back(event: object) -> None:
        arrived.append(event)

    arrived: list[object] = []

    def callback() -> None:
        arrived.clear()
        device.read_attribute_asynch("scalar", called_back)
        while not arrived:
            device.get_asynch_replies(1000)

    return {
        "read_attribute": lambda: device.read_attribute("scalar"),
        "write_attribute": lambda: device.write_attribute("scalar", 1.0),
        "write_read_attribute": lambda: device.write_read_attribute("scalar", 1.0),
        "read_attributes": lambda: device.read_attributes(["scalar", "spectrum"]),
        "write_attributes": lambda: device.write_attributes([("scalar", 1.0), ("spectrum", numbers)]),
        "command_inout": lambda: device.command_inout("echo", 1.0),
        "dev.attr": lambda: device.scalar,
        "dev.attr = value": assign,
        "dev.command()": lambda: device.echo(1.0),
        "spectrum": lambda: device.read_attribute("spectrum"),
        "write of a spectrum": lambda: device.write_attribute("spectrum", numbers),
        "image": lambda: device.read_attribute("image"),
        "state": device.state,
        "status": device.status,
        "ping": device.ping,
        "get_attribute_config": lambda: device.get_attribute_config("scalar"),
        "command_query": lambda: device.command_query("echo"),
        "attribute_history": lambda: device.attribute_history("polled", 2),
        "an error": refused,
        "AttributeProxy.read": attribute.read,
        "AttributeProxy.write": lambda: attribute.write(1.0),
        "Group.read_attribute": lambda: group.read_attribute("scalar"),
        "Group.command_inout": lambda: group.command_inout("State"),
        "read_attribute_asynch": lambda: device.read_attribute_reply(device.read_attribute_asynch("scalar"), 3000),
        "write_attribute_asynch": lambda: device.write_attribute_reply(device.write_attribute_asynch("scalar", 1.0), 3000),
        "command_inout_asynch": lambda: device.command_inout_reply(device.command_inout_asynch("echo", 1.0), 3000),
        "an asynchronous call with a callback": callback,
        "futures: read_attribute": lambda: futures.read_attribute("scalar", wait=False).result(),
        "futures: command": lambda: futures.command_inout("echo", 1.0, wait=False).result(),
    }


async def awaited(server: Server, times: int) -> None:
    """Await calls, one after the other and 50 in flight."""
    device = await tango.asyncio.DeviceProxy(server.address())

    async def many() -> None:
        await asyncio.gather(*(device.read_attribute("scalar") for _ in range(50)))

    for name, call, count in (
        ("asyncio: read_attribute", lambda: device.read_attribute("scalar"), times),
        ("asyncio: write_attribute", lambda: device.write_attribute("scalar", 1.0), times),
        ("asyncio: command", lambda: device.command_inout("echo", 1.0), times),
        ("asyncio: dev.attr", lambda: device.scalar, times),
        ("asyncio: 50 reads in flight", many, max(10, times // 50)),
    ):
        for _ in range(count // 5):
            await call()
        before, served_before = resident(), census(server)[0]
        started = time.monotonic()
        for _ in range(count):
            await call()
        report(server, name, count, started, before, served_before)


def several(
    server: Server, name: str, call: Callable[[], object], times: int, client_grows: int = GROWS, server_grows: int = GROWS
) -> None:
    """Call that often; a fifth of it before is for what is kept for good."""
    for _ in range(times // 5):
        call()
    before, served_before = resident(), census(server)[0]
    started = time.monotonic()
    for _ in range(times):
        call()
    report(server, name, times, started, before, served_before, client_grows, server_grows)


def report(
    server: Server,
    name: str,
    times: int,
    started: float,
    before: int,
    served_before: int,
    client_grows: int = GROWS,
    server_grows: int = GROWS,
) -> None:
    """Say how long each call took and whether memory has grown."""
    each = (time.monotonic() - started) / times * 1e6
    check(f"{times} x {name} ({each:.0f} us): kilobytes of the client", before, resident(), client_grows)
    check("... of the server", served_before, census(server)[0], server_grows)


def subscribe(device: tango.DeviceProxy) -> None:
    """Subscribe and unsubscribe."""
    device.unsubscribe_event(device.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: None))


def events(server: Server, device: tango.DeviceProxy, times: int) -> None:
    """Receive events by callback, a hundred at a time, and by queue."""

    def receive(arrived: Callable[[], int]) -> None:
        wanted = arrived() + 90  # some may be lost on the way
        device.push_many(100)
        wait_until(lambda: arrived() >= wanted, interval=0.001)

    with subscribed(device) as counted:
        several(server, "100 events", lambda: receive(lambda: counted[0]), times)
        print(f"   {counted[0]} events", flush=True)
    number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, 1000)
    taken = [0]

    def take() -> int:
        taken[0] += len(device.get_events(number))
        return taken[0]

    several(server, "100 events by a queue", lambda: receive(take), times)
    device.unsubscribe_event(number)
    print(f"   {taken[0]} events", flush=True)


@contextmanager
def subscribed(device: tango.DeviceProxy) -> Iterator[list[int]]:
    """Count the events of a subscription."""
    counted = [0]

    def count(event: tango.EventData) -> None:
        counted[0] += 1

    number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, count)
    try:
        yield counted
    finally:
        device.unsubscribe_event(number)
