"""What a device raises when it is asked for its state or status reaches the client, whichever way that asks."""

from __future__ import annotations

import asyncio

import pytest

import tango
import tango.asyncio
import tango.futures
import tango.gevent
from tango import DevFailed, DevState
from tango.server import Device
from tango.test_context import DeviceTestContext


class Raising(Device):
    def dev_state(self):
        raise ZeroDivisionError("no state")

    def dev_status(self):
        raise ZeroDivisionError("no status")


class Returning(Device):
    def dev_state(self):
        return 99

    def dev_status(self):
        return None


class Once(Device):
    """Raises every second time."""

    times = 0

    def fail(self):
        Once.times += 1
        if Once.times % 2:
            raise ZeroDivisionError("not now")

    def dev_state(self):
        self.fail()
        return DevState.MOVING

    def dev_status(self):
        self.fail()
        return "moves"


WAYS = {
    "state": lambda device: device.state(),
    "State": lambda device: device.command_inout("State"),
    "attribute State": lambda device: device.read_attribute("State"),
    "status": lambda device: device.status(),
    "Status": lambda device: device.command_inout("Status"),
    "attribute Status": lambda device: device.read_attribute("Status"),
}
TEXTS = {
    Raising: {"state": "ZeroDivisionError: no state", "status": "ZeroDivisionError: no status"},
    Returning: {
        "state": "what dev_state() returned must be a DevState, not int 99",
        "status": "what dev_status() returned must be a str, not NoneType None",
    },
}


@pytest.fixture(scope="module", params=TEXTS)
def served(request):
    with DeviceTestContext(request.param, process=True) as device:
        yield request.param, device


def check(error, cls, way):
    assert TEXTS[cls][way.split()[-1].lower()] in error.args[0].desc
    assert error.args[0].reason == "PyDs_PythonError"
    assert f"on device test/nodb/{cls.__name__.lower()}" in error.args[-1].desc


@pytest.mark.parametrize("way", WAYS)
def test_the_client_gets_what_was_raised(served, way):
    cls, device = served
    with pytest.raises(DevFailed) as caught:
        WAYS[way](device)
    check(caught.value, cls, way)


@pytest.mark.parametrize("way", ["state", "status"])
def test_in_green_modes(served, way):
    cls, device = served
    name = device._full_name()

    async def ask():
        await getattr(await tango.asyncio.DeviceProxy(name), way)()

    asks = [
        getattr(tango.gevent.DeviceProxy(name), way),
        lambda: getattr(tango.futures.DeviceProxy(name), way)(wait=False).result(),
        lambda: asyncio.run(ask()),
    ]
    for call in asks:
        with pytest.raises(DevFailed) as caught:
            call()
        check(caught.value, cls, way)


def test_an_error_that_is_over_is_none():
    with DeviceTestContext(Once, process=True) as device:
        assert device.state() is DevState.MOVING
        assert device.status() == "moves"


@pytest.mark.parametrize("way", ["state", "status"])
def test_a_device_that_is_not_there(way):
    device = tango.DeviceProxy("tango://127.0.0.1:1/a/b/c#dbase=no")
    with pytest.raises(DevFailed, match="Failed to connect to device a/b/c"):
        getattr(device, way)()
