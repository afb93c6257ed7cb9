"""Devices and servers in the stored data."""

import pytest
from databaseds.errors_expected import refused


@pytest.fixture
def filled(db):
    db.add_server("Foo/1", ["test/foo/1", "Foo", "Test/Foo/2", "Foo", "test/bar/1", "Bar"])
    db.add_device("Foo/2", "test/foo/3", "Foo")
    return db


def test_a_new_database_knows_itself_and_the_usual_test_device(db):
    assert db.get_device_wide_list("*") == [
        "dserver/DataBaseds/2",
        "dserver/TangoAccessControl/1",
        "dserver/TangoTest/test",
        "sys/access_control/1",
        "sys/database/2",
        "sys/tg_test/1",
    ]
    assert db.get_server_list("*") == ["DataBaseds/2", "TangoAccessControl/1", "TangoTest/test"]
    assert db.get_class_for_device("sys/database/2") == "DataBase"


def test_a_server_gets_its_administration_device(filled):
    assert filled.get_device_class_list("foo/1") == [
        *("dserver/Foo/1", "DServer", "test/bar/1", "Bar"),
        *("test/foo/1", "Foo", "Test/Foo/2", "Foo"),
    ]


def test_an_explicit_administration_device_is_not_added_twice(db):
    db.add_server("Foo/1", ["dserver/Foo/1", "DServer", "test/foo/1", "Foo"])
    assert db.get_device_list("Foo/1", "DServer") == ["dserver/Foo/1"]


def test_names_are_found_in_any_case_and_shown_as_defined(filled):
    assert filled.get_device_list("FOO/1", "foo") == ["test/foo/1", "Test/Foo/2"]
    assert filled.import_device("TEST/FOO/2")[1][0] == "test/foo/2"
    filled.add_device("Foo/1", "TEST/foo/2", "Foo")
    assert filled.get_device_wide_list("test/foo/2") == ["Test/Foo/2"]


@pytest.mark.parametrize(
    ("wildcard", "domains", "families", "members"),
    [
        ("test/*", ["test"], ["bar", "foo"], ["1", "2", "3"]),
        ("test/foo/*", ["test"], ["foo"], ["1", "2", "3"]),
        ("*/bar/1", ["test"], ["bar"], ["1"]),
        ("test/foo", [], [], []),
        ("", [], [], []),
        ("te_t/*", [], [], []),
        ("te%/*", [], [], []),
        ("test/fo?/*", [], [], []),
    ],
)
def test_fields_of_names_by_wildcard(filled, wildcard, domains, families, members):
    assert filled.get_device_domain_list(wildcard) == domains
    assert [family.lower() for family in filled.get_device_family_list(wildcard)] == families
    assert filled.get_device_member_list(wildcard) == members


def test_sql_wildcards_in_names_stand_for_themselves(db):
    db.add_device("Foo/1", "te%st/a_b/1", "Foo")
    db.add_device("Foo/1", "teXst/aYb/1", "Foo")
    assert db.get_device_wide_list("te%*") == ["te%st/a_b/1"]
    assert db.get_device_wide_list("*a_b*") == ["te%st/a_b/1"]


@pytest.mark.parametrize("text", ["x'; DROP TABLE device; --", 'x" OR 1=1', "x\\", "\\%"])
def test_no_text_is_taken_for_sql(filled, text):
    assert filled.get_device_wide_list(f"{text}*") == []
    filled.put_property(text, 1, [text, "1", text])
    assert filled.get_property(text, [text]) == [text, "1", text, "1", text]
    assert len(filled.get_device_wide_list("test/*")) == 4


def test_lists_of_servers(filled):
    assert filled.get_server_list("foo/*") == ["Foo/1", "Foo/2"]
    assert filled.get_server_name_list("*") == ["DataBaseds", "Foo", "TangoAccessControl", "TangoTest"]
    assert filled.get_instance_name_list("foo") == ["1", "2"]
    assert filled.get_device_server_class_list("Foo/1") == ["Bar", "DServer", "Foo"]
    assert filled.get_class_list("Fo*") == ["Foo"]


@pytest.mark.parametrize("prefix", ["tango:", "//host:1000/", "tango://host.domain:1000/"])
def test_a_device_name_may_say_where_its_database_is(db, prefix):
    db.add_device("Foo/1", f"{prefix}test/foo/1", "Foo")
    assert db.get_device_list("Foo/1", "Foo") == ["test/foo/1"]


@pytest.mark.parametrize(
    "name", ["", "a", "a/b", "a//c", "a/b/c/d", "/a/b/c", "a/b/c#dbase=no", "a/b/*", "a/b/c d", "a/b->c/d"]
)
def test_a_wrong_device_name_is_refused(db, name):
    with refused("DB_IncorrectDeviceName", f"device name ({name})", "domain/family/member"):
        db.add_device("Foo/1", name, "Foo")
    assert db.get_server_list("Foo/1") == []


@pytest.mark.parametrize("name", ["", "Foo", "Foo/", "/1", "Foo/1/2", "Foo/*", "F oo/1"])
def test_a_wrong_server_name_is_refused(db, name):
    with refused("DB_IncorrectServerName", f"server name ({name})", "executable/instance"):
        db.add_device(name, "a/b/c", "Foo")
    with refused("DB_IncorrectServerName"):
        db.delete_server(name)


def test_a_server_is_added_completely_or_not_at_all(db):
    with refused("DB_IncorrectDeviceName", "(wrong)"):
        db.add_server("Foo/1", ["test/foo/1", "Foo", "wrong", "Foo"])
    with refused("DB_IncorrectArguments", "needs at least 3"):
        db.add_server("Foo/1", ["test/foo/1", "Foo", "test/foo/2"])
    assert db.get_device_wide_list("test/*") == []


def test_an_empty_class_is_refused(db):
    with refused("DB_IncorrectArguments", "class of device test/foo/1"):
        db.add_device("Foo/1", "test/foo/1", "")


def test_export_import_and_unexport(filled):
    filled.export_device("TEST/foo/1", "IOR:x", "host1", "4242", "5")
    assert filled.import_device("test/foo/1") == ([1, 4242], ["test/foo/1", "IOR:x", "5", "Foo/1", "host1", "Foo"])
    assert filled.get_device_exported_list("test/*") == ["test/foo/1"]
    assert filled.get_exported_device_list_for_class("Foo") == ["test/foo/1"]
    filled.uexport_device("Test/Foo/1")
    assert filled.import_device("test/foo/1")[0] == [0, 4242]
    numbers, texts = filled.get_device_info("test/foo/1")
    assert numbers == [0, 4242]
    assert texts[:5] == ["test/foo/1", "IOR:x", "5", "Foo/1", "host1"] and texts[7] == "Foo"
    assert all(" at " in date for date in texts[5:7])


def test_a_device_that_never_ran(filled):
    assert filled.import_device("test/foo/1") == ([0, 0], ["test/foo/1", "nada", "0", "Foo/1", "nada", "Foo"])
    assert filled.get_device_info("test/foo/1")[1][5:7] == ["?", "?"]


def test_a_server_is_unexported_as_a_whole(filled):
    for device in ("test/foo/1", "test/foo/2", "test/foo/3"):
        filled.export_device(device, "IOR:x", "host1", "1", "5")
    filled.uexport_server("foo/1")
    assert filled.get_device_exported_list("test/*") == ["test/foo/3"]


def test_an_export_without_process_number(filled):
    filled.export_device("test/foo/1", "IOR:x", "host1", "null", "5")
    assert filled.import_device("test/foo/1")[0] == [1, -1]
    with refused("DB_IncorrectArguments", "process id of device test/foo/1", "'abc'"):
        filled.export_device("test/foo/1", "IOR:x", "host1", "abc", "5")


@pytest.mark.parametrize("call", ["import_device", "get_device_info"])
@pytest.mark.parametrize("name", ["foo/bar/1", "nope", "", "*"])
def test_an_unknown_device(db, call, name):
    with refused("DB_DeviceNotDefined", f"device {name} not defined in the database !"):
        getattr(db, call)(name)


def test_an_unknown_device_cannot_be_exported(db):
    with refused("DB_DeviceNotDefined", "device foo/bar/1 not defined in the database !"):
        db.export_device("foo/bar/1", "IOR:x", "host1", "1", "5")


def test_the_class_of_an_unknown_device(db):
    with refused("DB_IncorrectArguments", "Class not found for foo/bar/1"):
        db.get_class_for_device("foo/bar/1")


def test_the_classes_that_a_class_inherits_from(filled):
    filled.put_class_property("Foo", 1, ["InheritedFrom", "2", "Base", "Root"])
    assert filled.get_class_inheritance_for_device("test/foo/1") == ["Foo", "Base", "Root"]


def test_defining_a_device_again_keeps_its_export_and_alias(filled):
    filled.export_device("test/foo/1", "IOR:x", "host1", "1", "5")
    filled.put_device_alias("test/foo/1", "first")
    filled.add_device("Foo/1", "test/foo/1", "Foo")
    assert filled.import_device("first")[0] == [1, 1]


def test_moving_a_device_to_another_server_unexports_it(filled):
    filled.export_device("test/foo/1", "IOR:x", "host1", "1", "5")
    filled.put_device_alias("test/foo/1", "first")
    filled.add_device("Foo/2", "test/foo/1", "Foo")
    assert filled.import_device("first") == ([0, 0], ["first", "nada", "0", "Foo/2", "nada", "Foo"])
    assert filled.get_device_list("Foo/1", "Foo") == ["Test/Foo/2"]


def test_deleting_a_device_deletes_what_belongs_to_it(filled):
    filled.put_device_property("test/foo/1", 1, ["p", "1", "x"])
    filled.put_device_attribute_property2("test/foo/1", 1, ["a", "1", "p", "1", "x"])
    filled.put_device_pipe_property("test/foo/1", 1, ["a", "1", "p", "1", "x"])
    filled.put_attribute_alias("test/foo/1/a", "al")
    filled.delete_device("TEST/foo/1")
    filled.delete_device("TEST/foo/1")
    assert filled.get_device_property_list("test/foo/1", "*") == []
    assert filled.get_device_attribute_list("test/foo/1", "*") == []
    assert filled.get_device_pipe_list("test/foo/1", "*") == []
    assert filled.get_attribute_alias_list("*") == []
    with refused("DB_DeviceNotDefined"):
        filled.import_device("test/foo/1")


def test_deleting_a_server_keeps_the_properties_of_its_devices(filled):
    filled.put_device_property("test/foo/1", 1, ["p", "1", "x"])
    filled.put_server_info("Foo/1", "host1", "1", "2")
    filled.delete_server("foo/1")
    assert filled.get_server_list("Foo/*") == ["Foo/2"]
    assert filled.get_server_info("Foo/1") == ["Foo/1", " ", " ", " "]
    assert filled.get_device_property("test/foo/1", ["p"])[-1] == "x"


def test_renaming_a_server(filled):
    filled.put_server_info("Foo/1", "host1", "1", "2")
    filled.put_device_property("dserver/Foo/1", 1, ["p", "1", "x"])
    filled.rename_server("foo/1", "Foo/9")
    assert filled.get_device_list("Foo/9", "*") == ["dserver/Foo/9", "test/bar/1", "test/foo/1", "Test/Foo/2"]
    assert filled.get_server_info("Foo/9") == ["Foo/9", "host1", "1", "2"]
    assert filled.get_device_property("dserver/Foo/9", ["p"])[-1] == "x"
    with refused("DB_DeviceNotDefined"):
        filled.import_device("dserver/Foo/1")


def test_a_server_cannot_be_renamed_to_one_that_exists(filled):
    with refused("DB_SQLError", "Foo/2 is already used"):
        filled.rename_server("Foo/1", "Foo/2")
    with refused("DB_IncorrectServerName", "none/1 not defined"):
        filled.rename_server("none/1", "none/2")
    with refused("DB_IncorrectServerName", "(bad)"):
        filled.rename_server("Foo/1", "bad")


def test_servers_of_a_host(filled):
    for device, host in (("test/foo/1", "host1.dom.org"), ("test/foo/3", "host1"), ("test/bar/1", "host12")):
        filled.export_device(device, "IOR:x", host, "1", "5")
    filled.put_server_info("Foo/1", "host1", "1", "3")
    assert filled.get_host_list("host*") == ["host1", "host1.dom.org", "host12"]
    assert filled.get_host_server_list("HOST1") == ["Foo/1", "Foo/2"]
    assert filled.get_host_server_list("host1.dom.org") == ["Foo/1"]
    assert filled.get_host_servers_info("host1") == ["Foo/1", "1", "3", "Foo/2", " ", " "]


def test_the_host_of_a_server_follows_its_export(filled):
    filled.put_server_info("Foo/1", "old", "1", "3")
    filled.export_device("dserver/Foo/1", "IOR:x", "new", "1", "5")
    assert filled.get_server_info("Foo/1") == ["Foo/1", "new", "1", "3"]


def test_server_info_is_replaced_and_deleted(db):
    db.put_server_info("New/1", "host", "1", "3")
    db.put_server_info("NEW/1", "host2", "0", "0")
    assert db.get_server_info("new/1") == ["new/1", "host2", "0", "0"]
    with refused("DB_IncorrectArguments", "level of server New/1", "'high'"):
        db.put_server_info("New/1", "host", "1", "high")
    db.delete_server_info("New/1")
    assert db.get_server_info("new/1") == ["new/1", " ", " ", " "]
