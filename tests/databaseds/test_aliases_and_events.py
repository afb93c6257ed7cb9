"""Aliases and event channels in the stored data."""

import pytest
from databaseds.errors_expected import refused


@pytest.fixture
def filled(db):
    db.add_server("Foo/1", ["test/foo/1", "Foo", "test/foo/2", "Foo"])
    db.put_device_alias("test/foo/1", "First")
    return db


def test_a_device_is_found_by_its_alias(filled):
    assert filled.get_alias_device("FIRST") == "test/foo/1"
    assert filled.get_device_alias("TEST/foo/1") == "First"
    assert filled.import_device("first")[1][3] == "Foo/1"
    assert filled.get_device_alias_list("f*") == ["First"]


def test_a_device_has_one_alias(filled):
    filled.put_device_alias("test/foo/1", "other")
    assert filled.get_device_alias_list("*") == ["other"]
    filled.put_device_alias("test/foo/1", "Other")
    assert filled.get_device_alias("test/foo/1") == "Other"


def test_an_alias_belongs_to_one_device(filled):
    with refused("DB_SQLError", "alias first already exists !"):
        filled.put_device_alias("test/foo/2", "first")


def test_an_alias_goes_away(filled):
    filled.delete_device_alias("first")
    filled.delete_device_alias("first")
    with refused("DB_AliasNotDefined", "No alias found for device 'test/foo/1'"):
        filled.get_device_alias("test/foo/1")
    with refused("DB_DeviceNotDefined", "No device found for alias 'first'"):
        filled.get_alias_device("first")


@pytest.mark.parametrize("alias", ["", "a/b"])
def test_a_wrong_alias_is_refused(filled, alias):
    with refused("DB_IncorrectArguments", f"alias '{alias}'"):
        filled.put_device_alias("test/foo/1", alias)
    with refused("DB_IncorrectArguments", f"alias '{alias}'"):
        filled.put_attribute_alias("test/foo/1/x", alias)


def test_aliases_of_unknown_devices(filled):
    with refused("DB_DeviceNotDefined", "device test/none/1 not defined"):
        filled.put_device_alias("test/none/1", "x")
    with refused("DB_DeviceNotDefined", "No device called 'test/none/1'"):
        filled.get_device_alias("test/none/1")
    with refused("DB_IncorrectDeviceName", "(first)"):
        filled.get_device_alias("first")


@pytest.mark.parametrize("alias", ["", "*", "%"])
def test_a_wildcard_is_not_an_alias(filled, alias):
    with refused("DB_DeviceNotDefined", f"'{alias}'"):
        filled.get_alias_device(alias)


def test_aliases_of_attributes(filled):
    filled.put_attribute_alias("test/foo/1/att", "Al")
    assert filled.get_alias_attribute("AL") == "test/foo/1/att"
    assert filled.get_attribute_alias("al") == "test/foo/1/att"
    assert filled.get_attribute_alias2("TEST/foo/1/ATT") == "Al"
    filled.put_attribute_alias("test/foo/1/att", "al2")
    assert filled.get_attribute_alias_list("a*") == ["al2"]
    with refused("DB_SQLError", "alias AL2 already exists !"):
        filled.put_attribute_alias("test/foo/2/att", "AL2")
    filled.delete_attribute_alias("AL2")
    assert filled.get_attribute_alias_list("*") == []


def test_unknown_aliases_of_attributes(db):
    with refused("DB_SQLError", "No device found for alias 'x'"):
        db.get_alias_attribute("x")
    with refused("DB_SQLError", "No attribute found for alias 'x'"):
        db.get_attribute_alias("x")
    with refused("DB_SQLError", "No attribute found for attribute 'a/b/c/d'"):
        db.get_attribute_alias2("a/b/c/d")


@pytest.mark.parametrize("name", ["a/b/c", "a/b/c/d/e", "a/b//d"])
def test_a_wrong_attribute_name_is_refused(db, name):
    with refused("DB_SQLError", name, "must have 3 /"):
        db.put_attribute_alias(name, "x")


def test_event_channels(db):
    db.export_event("DServer/Foo/1", "IOR:e", "host", "77", "5")
    assert db.import_event("dserver/foo/1") == ([1, 77], ["dserver/foo/1", "IOR:e", "5", "host"])
    db.export_event("dserver/foo/1", "IOR:f", "host", "null", "5")
    db.uexport_event("DSERVER/foo/1")
    assert db.import_event("dserver/foo/1") == ([0, -1], ["dserver/foo/1", "IOR:f", "5", "host"])
    with refused("DB_DeviceNotDefined", "event nope not defined in the database !"):
        db.import_event("nope")
