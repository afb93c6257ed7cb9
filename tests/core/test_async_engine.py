"""The engine of calls in flight: fair between devices, limits, threads that come and go, crowds."""

from __future__ import annotations

import asyncio

import pytest
from support import Server, start_python_server, wait_until

import tango
from tango._core.async_engine import engine_limits, engine_load
from tango.asyncio import DeviceProxy

pytestmark = pytest.mark.usefixtures("nothing_left")

DEVICES = ("test/engine/1", "test/engine/2")


@pytest.fixture(scope="module")
def server():
    with start_python_server("green_waits.py", *DEVICES, environ={"MODE": "Asyncio"}) as server:
        yield server


@pytest.fixture
def plain(server):
    """Plain proxies of both devices, which let go at the end what still waits."""
    proxies = [tango.DeviceProxy(server.address(device)) for device in DEVICES]
    yield proxies
    wait_until(lambda: [proxy.release() for proxy in proxies] and engine_load()["running"] == 0)


@pytest.fixture
def limits():
    """Change the limits of the engine for one test."""
    before = engine_limits()
    yield engine_limits
    engine_limits(**before)


def run(main):
    return asyncio.run(asyncio.wait_for(main(), 60))


async def until(predicate):
    await asyncio.to_thread(wait_until, predicate)


def test_a_slow_device_does_not_hold_back_another(server, plain, limits):
    limits(calls_per_server=32)

    async def main():
        slow, quick = [await DeviceProxy(server.address(device)) for device in DEVICES]
        held = [slow.hold() for _ in range(40)]
        await until(lambda: plain[0].count == 30)  # the rest is left to others
        for _ in range(20):
            assert await asyncio.wait_for(quick.plain(), 10) == "plain"
        for call in held:
            call.cancel()

    run(main)


def test_a_slow_server_does_not_hold_back_another(server, plain, limits, tangotest: Server):
    limits(threads=8)

    async def main():
        slow = await DeviceProxy(server.address())
        quick = await DeviceProxy(tangotest.address())
        held = [slow.hold() for _ in range(30)]
        await until(lambda: plain[0].count > 3)
        for _ in range(20):
            await asyncio.wait_for(quick.read_attribute("double_scalar"), 10)
        assert engine_load()["running"] <= 8
        for call in held:
            call.cancel()

    run(main)


def test_no_more_calls_than_a_server_can_take(server, plain, limits):
    limits(calls_per_server=5)

    async def main():
        device = await DeviceProxy(server.address())
        calls = [device.hold() for _ in range(12)]
        most = 0
        while not all(call.done() for call in calls):
            most = max(most, engine_load()["running"])
            await asyncio.to_thread(plain[0].release)
        assert await asyncio.gather(*calls) == [None] * 12
        assert 0 < most <= 5

    run(main)


def test_threads_end_when_there_is_nothing_to_do(server, limits):
    limits(idle_ms=20)

    async def main():
        device = await DeviceProxy(server.address())
        await asyncio.gather(*[device.plain() for _ in range(50)])

    run(main)
    wait_until(lambda: engine_load() == {"threads": 0, "running": 0, "waiting": 0})
    run(main)


def test_a_call_that_is_cancelled_while_it_waits_is_never_sent(server, plain, limits):
    limits(calls_per_server=2)

    async def main():
        device = await DeviceProxy(server.address())
        calls = [device.hold() for _ in range(4)]
        await until(lambda: plain[0].count >= 1)
        await until(lambda: engine_load()["waiting"] >= 2)
        for call in calls[2:]:
            call.cancel()
        assert engine_load()["waiting"] == 0
        while not all(call.done() for call in calls):
            await asyncio.to_thread(plain[0].release)

    run(main)
    assert plain[0].count == 0


def test_a_thousand_calls_of_slow_devices(server):
    async def main():
        device = await DeviceProxy(server.address())
        replies = await asyncio.gather(*[device.nap(0.02) for _ in range(1000)])
        assert replies == [None] * 1000
        assert engine_load()["threads"] <= engine_limits()["threads"]

    run(main)


def test_ten_thousand_calls_of_fast_devices(tangotest: Server):
    async def main():
        device = await DeviceProxy(tangotest.address())
        calls = [device.read_attribute("long_scalar_rww") for _ in range(10000)]
        last = asyncio.create_task(in_between(calls))
        replies = await asyncio.gather(*calls)
        assert len({reply.name for reply in replies}) == 1 and len(replies) == 10000
        assert await last > 3  # the loop did other things, too

    async def in_between(calls):
        turns = 0
        while not all(call.done() for call in calls):
            turns += 1
            await asyncio.sleep(0)
        return turns

    run(main)
