"""Device and class properties: declaration and conversion."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from tango.enums import CmdArgType, DevState
from tango.server import Device, class_property, device_property
from tango.server.file_database import device_lines, properties_of
from tango.server.properties import convert_default, convert_property

INT, INTS, STR, BOOL = CmdArgType.DevLong64, CmdArgType.DevVarLong64Array, CmdArgType.DevString, CmdArgType.DevBoolean


class Declared(Device):
    typed = device_property(dtype=float, doc="a number", default_value=1.5)
    hinted: int = device_property(mandatory=True)
    several: list[str] = device_property()
    array: npt.NDArray[np.int16] = device_property()
    shared: bool = class_property(default_value=True, doc="for all")


def test_what_the_class_has():
    assert Declared.TangoClassClass.device_property_list == {
        "typed": [CmdArgType.DevDouble, "a number", 1.5, False],
        "hinted": [INT, "", None, True],
        "several": [CmdArgType.DevVarStringArray, "", None, False],
        "array": [CmdArgType.DevVarShortArray, "", None, False],
    }
    assert Declared.TangoClassClass.class_property_list == {"shared": [BOOL, "for all", True]}


def test_on_the_class_it_is_the_declaration():
    assert isinstance(Declared.typed, device_property)


def test_a_derived_class_has_all_properties():
    class Derived(Declared):
        more: str = device_property()
        several = None

    assert set(Derived.TangoClassClass.device_property_list) == {"typed", "hinted", "array", "more"}


CONVERSIONS = [
    (["5"], INT, 5),
    ([" 5 "], INT, 5),
    (["5", "6"], INT, 5),
    (["5", "6"], INTS, [5, 6]),
    (["5"], INTS, [5]),
    (["1e3"], CmdArgType.DevDouble, 1000.0),
    (["a", "b"], STR, "a"),
    (["a", "b"], CmdArgType.DevVarStringArray, ["a", "b"]),
    (["TRUE"], BOOL, True),
    (["0"], BOOL, False),
    (["yes", "off"], CmdArgType.DevVarBooleanArray, [True, False]),
    (["ON"], CmdArgType.DevState, DevState.ON),
    (["a"], None, "a"),
    (["a", "b"], None, ["a", "b"]),
]


@pytest.mark.parametrize(("texts", "dtype", "value"), CONVERSIONS, ids=str)
def test_text_of_the_database_gets_the_declared_type(texts, dtype, value):
    converted = convert_property(texts, dtype, "p", "a/b/c")
    assert converted == value
    assert type(converted) is type(value)


@pytest.mark.parametrize(
    ("texts", "dtype"), [(["abc"], INT), (["1.5"], INT), (["ture"], BOOL), (["2"], BOOL), (["1", "x"], INTS)], ids=str
)
def test_text_that_does_not_fit_names_property_and_device(texts, dtype):
    with pytest.raises(ValueError, match=r"Failed to convert property 'p' of device 'a/b/c' \(value=\["):
        convert_property(texts, dtype, "p", "a/b/c")


@pytest.mark.parametrize(
    ("default", "dtype", "value"),
    [
        (None, INT, None),
        (7, INT, 7),
        ("7", INT, 7),
        ("false", BOOL, False),
        ([1, 2], INTS, [1, 2]),
        (["1", "2"], INTS, [1, 2]),
        (5, INTS, [5]),
        ((1, 2), INTS, [1, 2]),
        ("ab", CmdArgType.DevVarStringArray, ["ab"]),
        ([], INTS, []),
    ],
)
def test_defaults_may_be_values_or_text(default, dtype, value):
    assert convert_default(default, dtype, "p", "a/b/c") == value


WRONG = {
    "impossible type": (RuntimeError, "Cannot translate", "p = device_property(dtype=object)", "device property"),
    "image": (TypeError, "IMAGE", "p = device_property(dtype=((int,),))", "device property"),
    "impossible hint": (RuntimeError, "Cannot translate", "p: object = class_property()", "class property"),
    "type without text": (
        TypeError,
        "properties cannot be of type DevEncoded; use one of",
        "p = device_property(dtype='DevEncoded')",
        "device property",
    ),
    "no type at all": (
        TypeError,
        "properties cannot be of type DevVoid",
        "p = class_property(dtype='DevVoid')",
        "class property",
    ),
    "unknown keyword": (
        TypeError,
        "device_property() got an unexpected keyword argument 'colour'",
        "p = device_property(colour=1)",
        "device property",
    ),
    "mandatory for a class": (
        TypeError,
        "class_property() got an unexpected keyword argument 'mandatory'",
        "p = class_property(mandatory=True)",
        "class property",
    ),
    "description": (TypeError, "doc must be a str, not 5", "p = device_property(doc=5)", "device property"),
    "flag": (
        TypeError,
        "mandatory must be True or False, not 'yes'",
        "p = device_property(mandatory='yes')",
        "device property",
    ),
    "other flag": (
        TypeError,
        "update_db must be True or False",
        "p = class_property(update_db='no')",
        "class property",
    ),
    "default that is no number": (
        ValueError,
        "default_value 'x' does not fit DevLong64: invalid",
        "p = device_property(dtype=int, default_value='x')",
        "device property",
    ),
    "default that is no integer": (
        TypeError,
        "default_value 1.5 does not fit DevLong64, which takes an integer",
        "p = device_property(dtype=int, default_value=1.5)",
        "device property",
    ),
    "default that is no text": (
        TypeError,
        "default_value 5 does not fit DevString, which takes a str",
        "p: str = device_property(default_value=5)",
        "device property",
    ),
    "default that is a list": (
        TypeError,
        "default_value [1] does not fit DevLong64",
        "p = class_property(dtype=int, default_value=[1])",
        "class property",
    ),
    "default in a list": (
        TypeError,
        "which takes a sequence, each element an integer",
        "p = device_property(dtype=(int,), default_value=[1, None])",
        "device property",
    ),
    "default that is no list": (
        TypeError,
        "takes a sequence, each element a str",
        "p = device_property(dtype=(str,), default_value={1: 2})",
        "device property",
    ),
    "default that is no state": (
        ValueError,
        "'NOPE' is no device state",
        "p = device_property(dtype='state', default_value='NOPE')",
        "device property",
    ),
    "mandatory with default": (
        ValueError,
        "must be None",
        "p = device_property(dtype=int, mandatory=True, default_value=1)",
        "device property",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_declarations_name_class_and_property(case):
    error, text, declaration, kind = WRONG[case]
    with pytest.raises(error) as caught:
        exec(f"class Wrong(Device):\n    {declaration}\n", dict(globals()))
    assert text in str(caught.value)
    assert f"class 'Wrong', {kind} 'p'" in str(caught.value)


def test_a_name_used_twice():
    with pytest.raises(ValueError, match="class 'Wrong', device property 'P': the name is used twice"):

        class Wrong(Device):
            p: int = device_property()
            P: int = device_property()


def test_a_derived_class_may_declare_a_property_anew():
    class Derived(Declared):
        typed: int = device_property(default_value=np.int16(3))

    assert Derived.TangoClassClass.device_property_list["typed"][0] == INT


class TestFileDatabase:
    def test_devices(self):
        assert device_lines("S", "i", "C", ["a/b/1", "a/b/2"])[0] == 'S/i/DEVICE/C: "a/b/1",\\\n    "a/b/2"'

    def test_values_become_lines(self):
        given = {"one": 5, "several": ["x", 1.5, ""], "text": "a,b"}
        assert properties_of("a/b/c", given) == [
            ("a/b/c", "one", ["5"]),
            ("a/b/c", "several", ["x", "1.5", " "]),
            ("a/b/c", "text", ["a,b"]),
        ]

    @pytest.mark.parametrize(("value", "text"), [("a\0b", "'p' holds a NUL"), ([], "'p' is empty")])
    def test_what_a_database_cannot_hold_is_refused(self, value, text):
        with pytest.raises(ValueError, match=f"a/b/c: property {text}"):
            properties_of("a/b/c", {"p": value})
