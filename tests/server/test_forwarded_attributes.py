"""Attributes that stand for attributes of another device, as the database says."""

from __future__ import annotations

import contextlib
import pathlib
import sys

import pytest
from databaseds.processes import Database, running, server
from support import wait_until

import tango
from tango import AttrWriteType, DevFailed, EventType
from tango._core.server_attr import FwdAttr

SCRIPT = pathlib.Path(__file__).parent.parent / "servers" / "forwarding.py"


ROOTS = {"number": "number", "Many": "numbers", "broken": "broken", "misconfigured": "nope"}


@contextlib.contextmanager
def served(folder, *servers):
    """Serve the devices, with a database of their own; each server is told by the names of its classes."""
    with running(Database(folder)) as database, contextlib.ExitStack() as stack:
        client = tango.Database(database.host, database.port)
        for classes in servers:
            for cls in classes.split(","):
                info = tango.DbDevInfo()
                info.server, info._class, info.name = f"forwarding/{classes}", cls, f"test/{cls.lower()}/1"
                client.add_device(info)
        roots = {name: {"__root_att": [f"test/source/1/{root}"]} for name, root in ROOTS.items()}
        client.put_device_attribute_property("test/forwarding/1", roots)
        for classes in servers:
            stack.enter_context(server(database, sys.executable, str(SCRIPT), classes, classes))
        yield f"tango://{database.tango_host}/test/"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the devices of two servers are."""
    with served(tmp_path_factory.mktemp("database"), "Source", "Forwarding") as address:
        yield address


@pytest.fixture
def root(address):
    return tango.DeviceProxy(address + "source/1")


@pytest.fixture
def forwarding(address):
    return tango.DeviceProxy(address + "forwarding/1")


def test_values_go_both_ways(root, forwarding):
    forwarding.write_attribute("number", 4.25)
    forwarding.write_attribute("Many", [7, 8])
    read = forwarding.read_attribute("number")
    assert (root.number, read.value, read.w_value) == (4.25, 4.25, 4.25)
    assert list(root.numbers) == list(forwarding.Many) == [7, 8]
    assert forwarding.own == 2.5
    assert [value.value for value in forwarding.read_attributes(["own", "number"])] == [2.5, 4.25]


def test_the_configuration_is_that_of_the_root(root, forwarding):
    config = forwarding.get_attribute_config("number")
    assert (config.label, config.unit, config.max_value, config.writable) == ("of the root", "V", "10", AttrWriteType.READ_WRITE)
    assert config.root_attr_name.endswith("test/source/1/number")
    with pytest.raises(DevFailed):
        forwarding.write_attribute("number", 11.0)


def test_events_come_through(root, forwarding):
    events = []
    identifier = forwarding.subscribe_event("number", EventType.CHANGE_EVENT, events.append)
    try:
        root.write_attribute("number", 6.5)
        wait_until(lambda: any(not event.err and event.attr_value.value == 6.5 for event in events))
    finally:
        forwarding.unsubscribe_event(identifier)


def test_what_the_root_raises_and_what_is_misconfigured(forwarding):
    with pytest.raises(DevFailed) as error:
        forwarding.read_attribute("broken")
    assert any("as told" in entry.desc for entry in error.value.args)
    with pytest.raises(DevFailed) as error:
        forwarding.read_attribute("misconfigured")
    assert any("misconfigured" in entry.desc for entry in error.value.args)
    assert "ALARM" in str(forwarding.state()) and "misconfigured" in forwarding.status()


@pytest.mark.parametrize("classes", ["Source,Forwarding", "Forwarding,Source"])
def test_roots_in_the_same_server(tmp_path, classes):
    """The server starts; if the root is not there yet, the library tries again after some ten seconds."""
    with served(tmp_path, classes) as address:
        forwarding = tango.DeviceProxy(address + "forwarding/1")

        def value():
            with contextlib.suppress(DevFailed):
                return forwarding.read_attribute("number").value

        assert wait_until(value) == 1.5
        forwarding.write_attribute("number", 2.5)
        assert tango.DeviceProxy(address + "source/1").number == 2.5


def test_a_description_alone():
    attr = FwdAttr("name", "a/b/c/d")
    assert attr.get_name() == "name"
    properties = tango.structs.UserDefaultFwdAttrProp()
    properties.set_label("a label")
    attr.set_default_properties(properties)
    with pytest.raises(RuntimeError, match="initialised already"):
        attr.__init__("other")
