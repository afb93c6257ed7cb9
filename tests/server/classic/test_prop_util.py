"""Rows of properties: types, values and what is made of them."""

import pytest

import tango
from tango.device_class import PropUtil


@pytest.fixture
def rows():
    return {
        "scalar": [tango.DevLong, "a number", [5, 6]],
        "plain": [tango.DevLong, "a number", 7],
        "array": [tango.DevVarLongArray, "numbers", [1, 2]],
        "text": [tango.DevString, "a text", "abc"],
        "nothing": [tango.DevDouble, "a number", []],
        "none": [tango.DevDouble, "a number", None],
    }


def test_what_rows_say(rows):
    util = PropUtil()
    assert [util.get_property_values(name, rows) for name in rows] == [5, 7, [1, 2], "abc", [], None]
    assert util.get_property_values("missing", rows) == []
    assert util.get_property_type("array", rows) == tango.DevVarLongArray
    assert util.get_property_type("missing", rows) == tango.DevVoid
    assert util.get_property_description("text", rows) == "a text"
    with pytest.raises(KeyError):
        util.get_property_description("missing", rows)
    util.set_property_values("scalar", rows, [8])
    assert rows["scalar"] == [tango.DevLong, "a number", [8]]
    with pytest.raises(KeyError):
        util.set_property_values("missing", rows, [8])


def test_what_is_a_sequence():
    util = PropUtil()
    assert [util.is_seq(value) for value in ("", "a", [], (), None, 5, {})] == [True, True, True, True, False, False, False]
    assert [util.is_empty_seq(value) for value in ("", "a", [], [1], None)] == [True, False, True, False, False]


def test_types():
    assert set(PropUtil.scalar_numerical_types) < set(PropUtil.scalar_types)
    assert tango.DevULong64 in PropUtil.scalar_long_types and tango.DevString in PropUtil.scalar_str_types


def test_a_class_property_is_the_default_of_the_device_property(rows):
    util = PropUtil()
    of_class = {"plain": [tango.DevLong, "", 70], "array": [tango.DevVarLongArray, "", [3]], "none": [tango.DevDouble, "", []]}
    util.merge_class_prop_to_dev_prop(None, of_class, rows)
    assert (rows["plain"][2], rows["array"][2], rows["none"][2], rows["scalar"][2]) == (70, [3], None, [5, 6])
    assert rows["array"][2] is not of_class["array"][2]


class Described:
    """Stands in for a device class."""

    def __init__(self):
        self.described = []

    def add_wiz_class_prop(self, *args):
        self.described.append(("class", *args))

    def add_wiz_dev_prop(self, *args):
        self.described.append(("device", *args))


def test_tools_are_told_of_all_properties(rows):
    device_class = Described()
    PropUtil().set_default_property_values(device_class, {"own": [tango.DevBoolean, "a flag", [True]]}, rows)
    assert device_class.described == [
        ("class", "own", "a flag", "True"),
        ("device", "scalar", "a number", "5"),
        ("device", "plain", "a number", "7"),
        ("device", "array", "numbers", "1\n2"),
        ("device", "text", "a text", "abc"),
        ("device", "nothing", "a number", ""),
        ("device", "none", "a number", ""),
    ]
