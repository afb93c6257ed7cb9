"""Enumerations: numbers of the wire, names and values, and how members are printed."""

import copy
import enum
import json
import pickle

import pytest

from tango import enums
from tango.enums import CmdArgType, DevState, EventType, ExtractAs, GreenMode, TangoEnum

CLASSES = [
    value
    for value in vars(enums).values()
    if isinstance(value, type) and issubclass(value, TangoEnum) and value is not TangoEnum
]


@pytest.mark.parametrize("cls", CLASSES)
def test_a_member_prints_as_its_bare_name(cls):
    for name, member in cls.__members__.items():
        assert str(member) == name
        assert f"{member}" == name
        assert f"{member:d}" == str(int(member))
        assert repr(member) == f"<{cls.__name__}.{name}: {int(member)}>"


@pytest.mark.parametrize("cls", CLASSES)
def test_names_and_values_find_each_member(cls):
    assert cls.names == dict(cls.__members__)
    assert cls.values == {int(member): member for member in cls}
    assert all(cls.values[int(member)] is cls.names[member.name] is member for member in cls)


@pytest.mark.parametrize("cls", CLASSES)
def test_a_member_survives_pickling_and_copying(cls):
    for member in cls:
        assert pickle.loads(pickle.dumps(member)) is member
        assert copy.deepcopy(member) is member


def test_the_tables_cannot_be_spoilt():
    DevState.names["ON"] = DevState.OFF
    DevState.values.clear()
    assert DevState.names["ON"] is DevState.values[0] is DevState.ON


def test_members_are_integers():
    assert DevState.ON == 0 and isinstance(DevState.ON, int) and json.dumps([DevState.OFF]) == "[1]"
    assert DevState(3) is DevState.OPEN and DevState["OPEN"] is DevState.OPEN
    assert issubclass(DevState, enum.IntEnum)


def test_a_number_without_a_member_is_refused():
    with pytest.raises(ValueError, match="99 is not a valid DevState"):
        DevState(99)


@pytest.mark.parametrize(
    ("cls", "numbers"),
    [
        (CmdArgType, [*range(27), 28, 29, 30, 31, 32, 100]),
        (DevState, list(range(14))),
        (EventType, [0, 2, 3, 4, 5, 6, 7, 8, 9]),
        (ExtractAs, [0, 1, 2, 3, 4, 5, 7]),
        (GreenMode, [0, 1, 2, 3]),
    ],
)
def test_the_numbers_have_their_holes(cls, numbers):
    assert [int(member) for member in cls] == numbers


@pytest.mark.parametrize("name", [name for name in enums.__all__ if not isinstance(getattr(enums, name), type)])
def test_members_under_their_short_names(name):
    member = getattr(enums, name)
    assert member.name == name and type(member)[name] is member


def test_argtype_is_an_older_name():
    assert enums.ArgType is CmdArgType
