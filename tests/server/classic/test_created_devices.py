"""Devices that a running server makes and deletes, in a database."""

import sys
from pathlib import Path

import pytest
from databaseds.processes import Database, running, server

import tango

SERVERS = Path(__file__).parents[2] / "servers"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with running(Database(tmp_path_factory.mktemp("database"))) as process:
        yield process


@pytest.fixture(scope="module")
def address(database):
    """A function that gives the address of a device in the database."""
    return lambda name: f"tango://{database.tango_host}/{name}"


@pytest.fixture
def maker(database, address):
    client = tango.Database(database.host, database.port)
    client.add_server("Maker/test", [_info("test/maker/1")])
    with server(database, sys.executable, str(SERVERS / "maker.py"), "test"):
        yield tango.DeviceProxy(address("test/maker/1")), client
    client.delete_server("Maker/test")


def _info(name):
    info = tango.DbDevInfo()
    info.name, info._class, info.server = name, "Maker", "Maker/test"
    return info


def test_a_device_is_created_and_deleted(maker, address):
    proxy, client = maker
    for alias in ("", "", "other"):
        proxy.create(["test/maker/2", alias])
        made = tango.DeviceProxy(address("test/maker/2"))
        assert made.factor == 7  # a property that the callback has written
        assert client.get_device_info("test/maker/2").class_name == "Maker"
        if alias:
            assert client.get_device_from_alias(alias) == "test/maker/2"
        proxy.delete("test/maker/2")
        with pytest.raises(tango.DevFailed):
            made.ping()
        with pytest.raises(tango.DevFailed, match="DB_DeviceNotDefined"):
            client.import_device("test/maker/2")


def test_devices_may_be_named_with_their_database(maker, address):
    # as sardana names them
    proxy, client = maker
    proxy.create([address("test/maker/2"), ""])
    assert client.get_device_info("test/maker/2").class_name == "Maker"
    proxy.delete(address("Test/Maker/2"))
    with pytest.raises(tango.DevFailed, match="DB_DeviceNotDefined"):
        client.import_device("test/maker/2")


def test_what_cannot_be_created_or_deleted(maker):
    proxy, client = maker
    with pytest.raises(tango.DevFailed, match="PyAPI_DeviceAlreadyDefined"):
        proxy.create(["test/maker/1", ""])
    with pytest.raises(tango.DevFailed, match="PyAPI_DeviceNotDefinedInServer"):
        proxy.delete("test/maker/3")
    with pytest.raises(tango.DevFailed, match="the callback fails"):
        proxy.create(["test/maker/bad", ""])
    with pytest.raises(tango.DevFailed, match="DB_DeviceNotDefined"):
        client.import_device("test/maker/bad")


def test_polling_is_remembered_by_the_database(maker):
    proxy, client = maker
    proxy.poll(["factor", "1000"])
    assert proxy.is_attribute_polled("factor")
    assert list(client.get_device_property("test/maker/1", "polled_attr")["polled_attr"]) == ["factor", "1000"]
    proxy.poll(["factor", ""])
    assert not proxy.is_attribute_polled("factor")
    assert not list(client.get_device_property("test/maker/1", "polled_attr")["polled_attr"])


def test_sub_devices_are_stored(maker):
    proxy, client = maker
    proxy.use("sys/database/2")
    found = client.get_device_property("test/maker/1", "__SubDevices")["__SubDevices"]
    assert any(name.endswith("sys/database/2") for name in found)
