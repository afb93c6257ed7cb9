"""AttributeProxy against the C++ server TangoTest."""

from __future__ import annotations

import gc
import pickle

import pytest
from modes import ATTRIBUTE_PROXIES, resolve
from support import free_port, wait_until

import tango
import tango.futures
from tango import AttributeProxy, DevState, ExtractAs


@pytest.fixture
def name(tangotest):
    return tangotest.address("test/tt/1/double_scalar_w")


@pytest.fixture
def attribute(name, green_mode):
    """A proxy in each green mode; its calls wait for their results in all of them."""
    return ATTRIBUTE_PROXIES[green_mode](name)


def test_prints_its_name(attribute):
    assert str(attribute) == repr(attribute) == "AttributeProxy(double_scalar_w)"
    assert attribute.name() == "double_scalar_w"


def test_its_device_proxy_shares_the_connection(attribute):
    device = attribute.get_device_proxy()
    assert device is attribute.get_device_proxy()
    assert str(device) == "TangoTest(test/tt/1)"
    attribute.set_transparency_reconnection(False)
    assert device.get_transparency_reconnection() is attribute.get_transparency_reconnection() is False
    del attribute
    assert resolve(device.state) is DevState.RUNNING


def test_other_ways_to_make_one(attribute, proxy):
    for other in (
        type(attribute)(proxy, "double_scalar_w"),
        type(attribute)(attribute),
        tango.get_attribute_proxy(proxy, "double_scalar_w"),
        pickle.loads(pickle.dumps(attribute)),
    ):
        other.write(8.5)
        assert attribute.read().value == 8.5


@pytest.mark.parametrize("args", [(), (3,), ("a", "b"), (None,)])
def test_wrong_arguments_are_named(args):
    with pytest.raises(TypeError, match="the name of an attribute is needed"):
        AttributeProxy(*args)


def test_wrong_names(tangotest):
    for name in ("a/b/c", "a/b/c/d/e", tangotest.address("test/tt/1/no_such_attribute")):
        with pytest.raises(tango.WrongNameSyntax):
            AttributeProxy(name)


def test_an_object_without_init_prints():
    half = AttributeProxy.__new__(AttributeProxy)
    assert "not fully initialized" in str(half)
    with pytest.raises(RuntimeError, match="not connected"):
        half.name()


def test_values(attribute):
    attribute.write(1.5)
    assert attribute.read().value == 1.5
    assert attribute.read(extract_as=ExtractAs.List).value == 1.5
    assert attribute.write_read(2.5).value == 2.5
    assert attribute.state() is DevState.RUNNING
    assert "RUNNING" in attribute.status()
    assert attribute.ping() > 0
    with pytest.raises(TypeError, match="double_scalar_w"):
        attribute.write("text")


def test_configuration_and_polling(attribute):
    assert attribute.get_config().name == "double_scalar_w"
    assert (attribute.is_polled(), attribute.get_poll_period()) == (False, 0)
    attribute.poll(50)
    try:
        assert (attribute.is_polled(), attribute.get_poll_period()) == (True, 50)

        def two_values():
            try:
                return len(attribute.history(2)) == 2
            except tango.DevFailed:
                return False

        wait_until(two_values)
        assert all(isinstance(entry, tango.DeviceAttributeHistory) for entry in attribute.history(2))
    finally:
        attribute.stop_poll()
    assert not attribute.is_polled()
    with pytest.raises(TypeError, match="AttributeInfo"):
        attribute.set_config(3)


def test_properties_need_a_database(attribute):
    for call in (
        lambda: attribute.get_property("unit"),
        lambda: attribute.put_property({"unit": "V"}),
        lambda: attribute.delete_property("unit"),
    ):
        with pytest.raises(tango.NonDbDevice):
            call()


@pytest.mark.parametrize("form", ["name", "device and name", "another one", "futures"])
def test_of_a_device_that_is_not_there(form):
    """It can be made, says what is wrong whenever it is used, and can be dropped."""
    device = f"tango://127.0.0.1:{free_port()}/test/nobody/1"
    attribute = {
        "name": lambda: AttributeProxy(f"{device}/level#dbase=no"),
        "device and name": lambda: AttributeProxy(tango.DeviceProxy(f"{device}#dbase=no"), "level"),
        "another one": lambda: AttributeProxy(AttributeProxy(f"{device}/level#dbase=no")),
        "futures": lambda: tango.futures.AttributeProxy(f"{device}/level#dbase=no", wait=False).result(20),
    }[form]()
    assert (str(attribute), attribute.name()) == ("AttributeProxy(level)", "level")
    for call in ("read", "state", "ping", "get_config"):
        with pytest.raises(tango.DevFailed, match="Failed to connect to device test/nobody/1"):
            getattr(attribute, call)()
    with pytest.raises(tango.DevFailed, match="Failed to connect to device test/nobody/1"):
        attribute.write(1)
    del attribute
    gc.collect()
