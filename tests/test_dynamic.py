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


class OfOne(tango.DeviceProxy):
    """A proxy with names of its own."""

    @property
    def broken(self):
        raise AttributeError("no such thing inside")

    @property
    def wrong(self):
        raise ValueError("not an AttributeError")


class Guessing(tango.DeviceProxy):
    """A proxy that looks elsewhere first."""

    def __getattr__(self, name):
        return "guessed" if name == "guess" else super().__getattr__(name)


class Watching(tango.DeviceProxy):
    """A proxy that sees every look."""

    def __getattribute__(self, name):
        return "seen" if name == "seen" else super().__getattribute__(name)


@pytest.mark.parametrize("kind", [tango.DeviceProxy, OfOne, Guessing, Watching])
def test_attributes_of_a_device_are_found_after_those_of_the_class(context, kind):
    proxy = kind(context)
    assert proxy.empty == ()
    assert proxy.dev_name() == context.dev_name()
    with pytest.raises(AttributeError, match="did you mean spectrum"):
        proxy.spectrun  # noqa: B018
    with pytest.raises(AttributeError, match="_hidden"):
        proxy._hidden  # noqa: B018


def test_a_subclass_has_its_own_way_to_find_them(context):
    assert Guessing(context).guess == "guessed"
    assert Watching(context).seen == "seen"
    with pytest.raises(ValueError, match="not an AttributeError"):
        OfOne(context).wrong  # noqa: B018
    with pytest.raises(AttributeError, match="broken"):  # as Python has it: the device is asked, too
        OfOne(context).broken  # noqa: B018


def test_a_way_to_find_them_may_be_put_in_and_taken_out(context, monkeypatch):
    proxy = tango.DeviceProxy(context)
    with monkeypatch.context() as patch:
        patch.setattr(tango.DeviceProxy, "__getattr__", lambda self, name: "patched")
        assert proxy.spectrum == "patched"
    assert proxy.spectrum == EXPECTED["spectrum"]


def test_names_are_found_in_any_spelling(context):
    proxy = tango.DeviceProxy(context)
    assert [proxy.spectrum, proxy.Spectrum, proxy.SPECTRUM] == [EXPECTED["spectrum"]] * 3
    assert proxy.STATE() == proxy.State() == context.state()
