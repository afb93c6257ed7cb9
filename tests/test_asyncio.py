"""Clients in green mode Asyncio: loops, cancellation, time limits, and what is not allowed."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import start_python_server, wait_until

import tango
import tango.asyncio
from tango import DevFailed, DevState, GreenMode
from tango._core.async_engine import engine_load
from tango.asyncio import AttributeProxy, DeviceProxy

pytestmark = pytest.mark.usefixtures("nothing_left")

DEVICE = "test/green/1"


@pytest.fixture(scope="module")
def server():
    with start_python_server("green_waits.py", DEVICE, environ={"MODE": "Asyncio"}) as server:
        yield server


@pytest.fixture
def address(server):
    return server.address()


@pytest.fixture
def other(address):
    """A plain proxy of the same device, which lets all waiting calls of it go on at the end."""
    device = tango.DeviceProxy(address)
    yield device
    device.release()
    wait_until(lambda: device.count == 0)
    wait_until(lambda: engine_load()["running"] == engine_load()["waiting"] == 0)


def run(main, *args):
    """Run a coroutine function in a loop of its own, in which nothing must be left."""

    async def checked():
        result = await asyncio.wait_for(main(*args), 30)
        gc.collect()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return result

    return asyncio.run(checked())


# --- connecting ---------------------------------------------------------------------------------------------------------


def test_a_proxy_is_connected_when_it_is_awaited(address):
    async def main():
        proxy = DeviceProxy(address)
        assert not proxy._is_connected()
        assert await proxy is proxy
        assert await proxy is proxy
        assert isinstance(proxy, tango.DeviceProxy)
        assert proxy.get_green_mode() == GreenMode.Asyncio
        assert await proxy.state() == DevState.ON

    run(main)


def test_many_connect_at_once(address):
    async def main():
        proxies = await asyncio.gather(*[DeviceProxy(address) for _ in range(20)])
        assert await asyncio.gather(*[proxy.plain() for proxy in proxies]) == ["plain"] * 20
        attributes = await asyncio.gather(*[AttributeProxy(address.replace("#", "/count#")) for _ in range(20)])
        assert [reply.value for reply in await asyncio.gather(*[attribute.read() for attribute in attributes])] == [0] * 20

    run(main)


@pytest.mark.parametrize("make", [tango.asyncio.get_device_proxy, DeviceProxy, lambda name: tango.get_device_proxy(
    name, green_mode=GreenMode.Asyncio)])  # fmt: skip
def test_errors_of_connecting_are_raised_where_it_is_awaited(make):
    async def main():
        proxy = make("a/b")
        with pytest.raises(tango.WrongNameSyntax):
            await proxy

    run(main)


def test_wrong_arguments_are_raised_at_once():
    with pytest.raises(TypeError, match="the name of a device is needed"):
        DeviceProxy(3)
    with pytest.raises(TypeError, match="the name of an attribute is needed"):
        AttributeProxy(3)


def test_without_a_loop_a_proxy_can_be_connected_at_once(address):
    proxy = DeviceProxy(address, wait=True)
    assert proxy._is_connected()
    assert proxy.state(wait=True) == DevState.ON


def test_makers_of_proxies(address):
    async def main():
        device = await tango.get_device_proxy(address, green_mode=GreenMode.Asyncio)
        assert type(device) is DeviceProxy
        attribute = await tango.asyncio.get_attribute_proxy(device, "count")
        assert type(attribute) is AttributeProxy
        assert (await attribute.read()).value == 0
        assert attribute.get_device_proxy().get_green_mode() == GreenMode.Asyncio

    run(main)


# --- loops --------------------------------------------------------------------------------------------------------------


def test_one_loop_after_the_other(address):
    proxy = DeviceProxy(address)

    async def main():
        device = await proxy
        assert (await device.read_attribute("count")).value == 0
        return await device.count

    assert [run(main) for _ in range(3)] == [0, 0, 0]


def test_a_loop_in_each_of_several_threads(address):
    proxy = DeviceProxy(address, wait=True)

    async def main():
        return sum(await asyncio.gather(*[proxy.count for _ in range(50)]))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: run(main), range(8))) == [0] * 8


def test_loops_side_by_side_share_a_slow_device(address, other):
    proxy = DeviceProxy(address, wait=True)

    async def main():
        return await proxy.hold()

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(run, main) for _ in range(3)]
        wait_until(lambda: other.count == 3)
        other.release()
        assert [call.result(30) for call in running] == [None] * 3


def test_a_loop_that_ends_with_calls_on_their_way(address, other):
    proxy = DeviceProxy(address, wait=True)
    future = None

    async def leave():
        nonlocal future
        future = proxy.hold()
        await asyncio.to_thread(wait_until, lambda: other.count == 1)

    asyncio.run(leave())
    assert not future.done()
    other.release()

    async def main():
        return await proxy.count

    assert run(main) == 0
    assert not future.done()


def test_a_child_process_has_its_own_engine(address):
    proxy = DeviceProxy(address, wait=True)

    async def main():
        return await asyncio.gather(*[proxy.plain() for _ in range(3)])

    assert run(main) == ["plain"] * 3
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            async def again():
                fresh = await DeviceProxy(address)
                return await fresh.plain()

            os.write(writer, run(again).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:
        assert pipe.read() == b"plain"
    os.waitpid(child, 0)
    assert run(main) == ["plain"] * 3


# --- calls --------------------------------------------------------------------------------------------------------------


def test_high_level_reads_are_awaited(address):
    async def main():
        device = await DeviceProxy(address)
        assert await device.count == 0
        assert (await device["count"]).value == 0
        assert await getattr(device, "count") == 0  # noqa: B009
        assert await device.Plain() == "plain"

    run(main)


def test_calls_of_one_device_are_on_their_way_together(address, other):
    async def main():
        device = await DeviceProxy(address)
        calls = [device.hold() for _ in range(10)]
        await asyncio.to_thread(wait_until, lambda: other.count == 10)
        assert await device.plain() == "plain"
        await device.release()
        assert await asyncio.gather(*calls) == [None] * 10

    run(main)


def test_each_call_has_its_own_time_limit(address, other):
    async def main():
        device = await DeviceProxy(address)
        short, long = device.hold(timeout=0.05), device.hold(timeout=20)
        with pytest.raises(asyncio.TimeoutError, match="no result after 0.05 s"):
            await short
        assert not long.done()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(device.hold(), 0.05)
        await device.release()
        assert await long is None

    run(main)


def test_a_cancelled_call_does_not_disturb_the_others(address, other):
    async def main():
        device = await DeviceProxy(address)
        calls = [asyncio.ensure_future(device.hold()) for _ in range(4)]
        await asyncio.to_thread(wait_until, lambda: other.count == 4)
        calls[1].cancel()
        task = asyncio.create_task(wait(calls[2]))
        await asyncio.sleep(0)
        task.cancel()
        await device.release()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(result) for result in results] == [
            type(None), asyncio.CancelledError, asyncio.CancelledError, type(None),
        ]  # fmt: skip

    async def wait(call):
        return await call

    run(main)


def test_errors_reach_the_one_who_awaits(address):
    async def main():
        device = await DeviceProxy(address)
        with pytest.raises(DevFailed, match="no_such"):
            await device.read_attribute("no_such")
        with pytest.raises(DevFailed, match="no_such"):
            await device.command_inout("no_such")
        with pytest.raises(TypeError):
            await device.read_attribute(3)
        with pytest.raises(AttributeError):
            device.no_such  # noqa: B018
        failed = device.read_attribute("no_such")
        assert isinstance(failed, asyncio.Future)
        await asyncio.wait([failed])
        assert isinstance(failed.exception(), DevFailed)

    run(main)


def test_a_synchronous_call_within_the_loop(address):
    async def main():
        device = await DeviceProxy(address)
        assert device.plain(green_mode=GreenMode.Synchronous) == "plain"
        device.set_green_mode(GreenMode.Synchronous)
        assert device.count == 0
        device.set_green_mode(GreenMode.Asyncio)
        assert await device.count == 0

    run(main)


# --- what is not allowed ------------------------------------------------------------------------------------------------


def test_waiting_in_the_loop_is_an_error(address):
    async def main():
        device = await DeviceProxy(address)
        with pytest.raises(RuntimeError, match="wait=True would stop the running event loop: await the call"):
            device.state(wait=True)

    run(main)


def test_a_call_outside_of_any_loop_is_sent_when_it_is_awaited(address):
    device = DeviceProxy(address, wait=True)
    call = device.state()
    assert asyncio.iscoroutine(call)
    assert asyncio.run(call) == DevState.ON
    again = device.state()

    async def main():
        assert await again == DevState.ON
        with pytest.raises(RuntimeError, match="has been awaited already"):
            await again

    run(main)


def test_a_call_outside_of_any_loop_that_is_never_awaited(address):
    device = DeviceProxy(address, wait=True)
    call = device.state()
    assert repr(call) == "<DeviceProxy.state, not sent: await it in a coroutine>"
    with pytest.warns(RuntimeWarning, match=r"DeviceProxy.state was called in asyncio mode .* nothing was sent"):
        del call
    assert device.state(wait=True, timeout=10) == DevState.ON


def test_a_call_from_another_thread(address):
    async def main():
        device = await DeviceProxy(address)
        loop = asyncio.get_running_loop()

        def foreign():
            assert device.state(wait=True) == DevState.ON
            call = asyncio.run_coroutine_threadsafe(device.state(), loop)
            return call.result(10)

        assert await asyncio.to_thread(foreign) == DevState.ON

    run(main)


def test_a_call_from_inside_a_done_callback(address):
    async def main():
        device = await DeviceProxy(address)
        over = asyncio.get_running_loop().create_future()
        first = device.state()
        first.add_done_callback(lambda _: asyncio.ensure_future(device.plain()).add_done_callback(over.set_result))
        assert (await over).result() == "plain"
        assert first.result() == DevState.ON

    run(main)


def test_threads_and_descriptors_are_given_back(address):
    def descriptors():
        return len(os.listdir("/proc/self/fd"))

    async def main():
        device = await DeviceProxy(address)
        await asyncio.gather(*[device.count for _ in range(20)])

    run(main)
    gc.collect()
    before, threads = descriptors(), threading.active_count()
    for _ in range(5):
        run(main)
    gc.collect()
    wait_until(lambda: descriptors() <= before and threading.active_count() <= threads)


def test_a_loop_has_one_inbox(address):
    async def main():
        device = await DeviceProxy(address)
        loop = asyncio.get_running_loop()
        inbox = loop._tango_inbox
        await asyncio.gather(*[device.count for _ in range(20)])
        assert loop._tango_inbox is inbox

    run(main)


# --- other loops --------------------------------------------------------------------------------------------------------


def test_uvloop(address, other):
    uvloop = pytest.importorskip("uvloop", reason="uvloop is not installed")

    async def main():
        device = await DeviceProxy(address)
        calls = [device.hold() for _ in range(5)]
        assert await device.plain() == "plain"
        await asyncio.to_thread(wait_until, lambda: other.count == 5)
        await device.release()
        assert await asyncio.gather(*calls) == [None] * 5
        with pytest.raises(asyncio.TimeoutError):
            await device.hold(timeout=0.01)
        await asyncio.to_thread(wait_until, lambda: other.count == 1)
        await device.release()
        assert type(asyncio.get_running_loop()).__module__.startswith("uvloop")

    for _ in range(2):
        loop = uvloop.new_event_loop()
        try:
            loop.run_until_complete(asyncio.wait_for(main(), 30))
        finally:
            loop.close()


def test_anyio(address, other):
    anyio = pytest.importorskip("anyio", reason="anyio is not installed")

    async def main():
        device = await DeviceProxy(address)
        with anyio.move_on_after(0.05) as scope:
            await device.hold()
        assert scope.cancelled_caught
        await anyio.to_thread.run_sync(wait_until, lambda: other.count == 1)
        await device.release()
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(hold, device)
            await anyio.to_thread.run_sync(wait_until, lambda: other.count == 5)
            await device.release()
        return await device.plain()

    async def hold(device):
        await device.hold()

    assert anyio.run(main) == "plain"
