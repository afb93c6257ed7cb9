"""A database that is a file, in a client: no server is needed, and none is running here."""

from __future__ import annotations

import pytest

import tango

CONTENT = """\
PowerSupply/1/DEVICE/PowerSupply: "test/ps/1",\\
                                  "test/ps/2"
CLASS/PowerSupply->doc: "a text with blanks"
test/ps/1->host: localhost
test/ps/1->ports: 1,\\
                  2
test/ps/1/voltage->unit: V
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "supplies.db"
    path.write_text(CONTENT)
    return path


@pytest.fixture
def database(path):
    return tango.Database(str(path))


def test_properties_are_read(database):
    assert database.get_device_property("test/ps/1", ["host", "ports", "none"]) == {"host": ["localhost"], "ports": ["1", "2"], "none": []}
    assert database.get_class_property("PowerSupply", "doc") == {"doc": ["a text with blanks"]}
    assert database.get_device_attribute_property("test/ps/1", "voltage") == {"voltage": {"unit": ["V"]}}
    assert list(database.get_device_name("PowerSupply/1", "PowerSupply").value_string) == ["test/ps/1", "test/ps/2"]


def test_what_is_changed_is_there_after_writing(database, path):
    database.put_device_property("test/ps/1", {"host": "other"})
    database.delete_device_property("test/ps/1", "ports")
    database.put_class_property("PowerSupply", {"limits": ["1", "2"]})
    database.put_device_attribute_property("test/ps/1", {"voltage": {"unit": "mV"}})
    database.write_filedatabase()
    again = tango.Database(str(path))
    assert again.get_device_property("test/ps/1", ["host", "ports"]) == {"host": ["other"], "ports": []}
    assert again.get_class_property("PowerSupply", "limits") == {"limits": ["1", "2"]}
    assert again.get_device_attribute_property("test/ps/1", "voltage") == {"voltage": {"unit": ["mV"]}}


def test_a_change_in_the_file_is_seen_after_reading_it_again(database, path):
    path.write_text(CONTENT.replace("localhost", "elsewhere"))
    assert database.get_device_property("test/ps/1", "host") == {"host": ["localhost"]}
    database.reread_filedatabase()
    assert database.get_device_property("test/ps/1", "host") == {"host": ["elsewhere"]}


@pytest.mark.parametrize("call", ["get_server_list", "get_server_name_list", "get_host_list"])
def test_what_a_file_cannot_do_is_an_error(database, call):
    with pytest.raises(tango.NonSupportedFeature, match="a database that is a file does not support") as error:
        getattr(database, call)()
    assert error.value.args[0].reason == "API_NotSupportedFeature"


def test_it_names_its_file(database, path):
    assert str(database) == repr(database) == f"Database({path})"
    assert database.get_file_name() == str(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(tango.DevFailed):
        tango.Database(str(tmp_path / "none" / "of.db"))


@pytest.mark.parametrize("value", [None, {}, object(), [1, None], ["x", {}], [object()]], ids=str)
def test_values_that_are_no_text(tmp_path, value):
    path = tmp_path / "properties"
    path.write_text("S/1/DEVICE/C: a/b/1\n")
    database = tango.Database(str(path))
    with pytest.raises(TypeError, match="property p: a value or a sequence of values was expected, not"):
        database.put_device_property("a/b/1", {"p": value})
