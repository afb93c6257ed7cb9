"""Clients in green mode Futures: results that come later, in threads."""

from __future__ import annotations

import concurrent.futures

import pytest
from support import start_python_server, wait_until

import tango
import tango.futures
from tango import DevFailed, DevState, EventType, GreenMode
from tango.futures import AttributeProxy, DeviceProxy

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
def device(address):
    return DeviceProxy(address)


@pytest.fixture
def other(address):
    """A plain proxy of the same device, which lets all waiting calls of it go on at the end."""
    device = tango.DeviceProxy(address)
    yield device
    device.release()
    wait_until(lambda: device.count == 0)


def test_a_proxy_now_or_later(address):
    assert type(DeviceProxy(address)) is DeviceProxy
    future = DeviceProxy(address, wait=False)
    assert isinstance(future, concurrent.futures.Future)
    assert future.result(20).get_green_mode() == GreenMode.Futures
    attribute = tango.futures.get_attribute_proxy(address.replace("#", "/count#"), wait=False).result(20)
    assert type(attribute) is AttributeProxy
    assert attribute.read().value == 0
    assert attribute.read(wait=False).result(20).value == 0
    with pytest.raises(tango.WrongNameSyntax):
        DeviceProxy("a/b")
    with pytest.raises(tango.WrongNameSyntax):
        DeviceProxy("a/b", wait=False).result(20)


def test_calls_wait_unless_told_otherwise(device):
    assert device.state() == DevState.ON
    for method, arguments in (
        (device.state, ()), (device.status, ()), (device.ping, ()), (device.read_attribute, ("count",)),
        (device.read_attributes, (["count", "State"],)), (device.command_inout, ("plain",)),
    ):  # fmt: skip
        future = method(*arguments, wait=False)
        assert isinstance(future, concurrent.futures.Future)
        assert type(future.result(20)) is type(method(*arguments))


def test_calls_are_on_their_way_together(device, other):
    futures = [device.hold(wait=False) for _ in range(10)]
    wait_until(lambda: other.count == 10)
    assert device.count == 10
    device.release()
    assert [future.result(20) for future in futures] == [None] * 10


def test_time_limits(device, other):
    with pytest.raises(concurrent.futures.TimeoutError, match="no result after 0.02 s"):
        device.hold(timeout=0.02)
    future = device.hold(wait=False, timeout=0.001)  # which does not concern one who does not wait
    wait_until(lambda: other.count == 2)
    device.release()
    assert future.result(20) is None


def test_errors(device):
    with pytest.raises(DevFailed, match="no_such"):
        device.read_attribute("no_such")
    with pytest.raises(DevFailed, match="no_such"):
        device.read_attribute("no_such", wait=False).result(20)
    with pytest.raises(TypeError):
        device.read_attribute(3)
    assert isinstance(device.read_attribute(3, wait=False).exception(20), TypeError)


def test_high_level_access(device, other):
    assert device.count == 0
    assert device["count"].value == 0
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        assigned = pool.submit(setattr, device, "slow", 3)
        wait_until(lambda: other.count == 1)
        assert not assigned.done()
        device.release()
        assert assigned.result(20) is None
    with pytest.raises((TypeError, DevFailed)):
        device["slow"] = "text"


def test_events(device):
    seen = []
    number = device.subscribe_event("count", EventType.CHANGE_EVENT, seen.append)
    device.push(5)
    wait_until(lambda: [event.attr_value.value for event in seen][-5:] == [0, 1, 2, 3, 4])
    assert all(event.device is device for event in seen)
    device.unsubscribe_event(number)


def test_the_mode_of_a_proxy_may_change(device):
    device.set_green_mode(GreenMode.Synchronous)
    assert device.get_green_mode() == GreenMode.Synchronous
    with pytest.raises(ValueError, match="Not supported in synchronous mode"):
        device.state(wait=False)
    plain = tango.DeviceProxy(device)
    plain.set_green_mode(GreenMode.Futures)
    assert isinstance(plain.state(wait=False), concurrent.futures.Future)
    assert isinstance(device.state(wait=False, green_mode=GreenMode.Futures), concurrent.futures.Future)


def test_the_default_mode_reaches_proxies_that_exist(address):
    device = tango.DeviceProxy(address)
    tango.set_green_mode(GreenMode.Futures)
    try:
        assert device.get_green_mode() == GreenMode.Futures
        assert device.command_inout("plain", wait=False).result(20) == "plain"
    finally:
        tango.set_green_mode(GreenMode.Synchronous)
    assert device.get_green_mode() == GreenMode.Synchronous
