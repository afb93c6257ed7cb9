"""``dev.attr``: values that have names."""

import asyncio

import pytest

import tango.asyncio
from tango import DevState
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext


class States(Device):
    """Arrays of states."""

    @attribute(dtype=(DevState,), max_dim_x=3)
    def spectrum(self):
        return [DevState.ON, DevState.FAULT]

    @attribute(dtype=((DevState,),), max_dim_x=3, max_dim_y=3)
    def image(self):
        return [[DevState.ON, DevState.FAULT]]

    @attribute(dtype=(DevState,), max_dim_x=3)
    def empty(self):
        return []


EXPECTED = {"spectrum": (DevState.ON, DevState.FAULT), "image": ((DevState.ON, DevState.FAULT),), "empty": ()}


@pytest.fixture(scope="module")
def context():
    """A device with arrays of states."""
    with DeviceTestContext(States) as device:
        yield device


@pytest.mark.parametrize("name", EXPECTED)
def test_states_are_members_of_their_enumeration(context, name):
    value = getattr(context, name)
    assert value == EXPECTED[name]
    assert str(value) == str(EXPECTED[name])  # numbers would be equal


@pytest.mark.parametrize("name", EXPECTED)
def test_so_they_are_when_awaited(context, name):
    async def read():
        device = await tango.asyncio.DeviceProxy(context.name())
        return await getattr(device, name)

    assert str(asyncio.run(read())) == str(EXPECTED[name])
