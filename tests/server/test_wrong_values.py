"""What a device gives that does not fit its declaration: the read fails and says what was given and what is expected."""

from __future__ import annotations

import numpy as np
import pytest

from tango import AttrDataFormat, AttrQuality, DevFailed, DevState, ExtractAs
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

SPECTRUM, IMAGE = AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE
VALID = AttrQuality.ATTR_VALID

PYTHON, SHAPE, SIZE, NONE = "PyDs_PythonError", "PyDs_WrongParameters", "API_AttrOptProp", "API_AttrValueNotSet"
LINE = {"dformat": SPECTRUM, "max_dim_x": 4}
PLANE = {"dformat": IMAGE, "max_dim_x": 4, "max_dim_y": 2}

WRONG = {
    "nothing": ("DevDouble", {}, None, NONE, "its read method returned None, but {where} is DevDouble"),
    "text for a number": ("DevDouble", {}, "x", PYTHON, "numeric type for DevDouble, but it is not: 'x' is of type str"),
    "array for a number": ("DevDouble", {}, np.array([1.5]), PYTHON, "array([1.5]) is of type numpy.ndarray"),
    "float for an integer": ("DevLong", {}, 1.5, PYTHON, "type for DevLong, but it is not: 1.5 is of type float"),
    "too large": ("DevShort", {}, 2**15, PYTHON, "32768 does not fit in DevShort"),
    "too large for all": ("DevULong64", {}, 2**70, PYTHON, "does not fit in DevULong64"),
    "too large of numpy": ("DevLong", {}, np.int64(2**40), PYTHON, "does not fit in DevLong"),
    "negative": ("DevUChar", {}, -1, PYTHON, "DevUChar"),
    "no boolean": ("DevBoolean", {}, 2, PYTHON, "2 is neither 0 nor 1"),
    "number for a text": ("DevString", {}, 5, PYTHON, "a str was expected for {where}, not int 5"),
    "no Latin-1": ("DevString", {}, "kΩ", PYTHON, "Tango strings are Latin-1 ({where})"),
    "NUL": ("DevString", {}, "a\0b", PYTHON, "{where}: a Tango string cannot hold a NUL character"),
    "no state": ("DevState", {}, 99, PYTHON, "99"),
    "no label": ("DevEnum", {"enum_labels": ["A", "B"]}, 2, SIZE, "value = 2"),
    "text for a label": ("DevEnum", {"enum_labels": ["A", "B"]}, "A", PYTHON, "type for DevEnum, but it is not: 'A'"),
    "no pair": ("DevEncoded", {}, b"x", PYTHON, "{where}: a DevEncoded is a pair (format, data), not bytes b'x'"),
    "no data": ("DevEncoded", {}, ("f", 5), PYTHON, "{where}: the data of a DevEncoded must be bytes"),
    "an array without dimension": ("DevEncoded", {}, np.array(1), PYTHON, "a DevEncoded is a pair (format, data)"),
    "scalar for a spectrum": ("DevDouble", LINE, 1.5, SHAPE, "{where} takes elements of DevDouble and cannot take float 1.5"),
    "text for a spectrum": ("DevString", LINE, "x", SHAPE, "{where} takes elements of DevString and cannot take str 'x'"),
    "image for a spectrum": ("DevDouble", LINE, np.eye(2), PYTHON, "{where} is a spectrum and cannot take an array of shape (2, 2)"),
    "list of lists for a spectrum": ("DevLong", LINE, [[1]], PYTHON, "type for DevLong, but it is not: [1] is of type list"),
    "wrong element": ("DevLong", LINE, [1, "a"], PYTHON, "'a' is of type str"),
    "no element": ("DevLong", LINE, [None], PYTHON, "None is of type NoneType"),
    "no element in an array": ("DevLong", LINE, np.array([None]), PYTHON, "None is of type NoneType"),
    "dictionary": ("DevLong", LINE, {1: 2}, SHAPE, "{where} takes elements of DevLong and cannot take dict"),
    "complex numbers": ("DevDouble", LINE, np.array([1j]), PYTHON, "an array of dtype complex128 cannot be converted to DevDouble"),
    "texts for numbers": ("DevDouble", LINE, np.array(["a"]), PYTHON, "an array of dtype <U1 cannot be converted to DevDouble"),
    "states": ("DevState", LINE, np.array([0, 99]), PYTHON, "{where}: a DevState is one of 0 to 13, not one of 0 to 99"),
    "too long": ("DevDouble", LINE, [0.0] * 5, SIZE, "exceeds given limit: {where} takes elements up to (4,), not (5,)"),
    "texts too long": ("DevString", LINE, ["a"] * 5, SIZE, "takes elements up to (4,), not (5,)"),
    "spectrum for an image": ("DevDouble", PLANE, [1.5], SHAPE, "{where} takes elements of DevDouble and cannot take list [1.5]"),
    "array for an image": ("DevDouble", PLANE, np.zeros(3), SHAPE, "cannot take an array of shape (3,) and dtype float64"),
    "cube for an image": ("DevDouble", PLANE, np.zeros((1, 1, 1)), SHAPE, "cannot take an array of shape (1, 1, 1)"),
    "lines of several lengths": ("DevLong", PLANE, [[1, 2], [3]], SHAPE, "line 0 has 2 items, line 1 has 1"),
    "texts of several lengths": ("DevString", PLANE, [["a"], []], SHAPE, "line 0 has 1 items, line 1 has 0"),
    "too wide": ("DevLong", PLANE, [[0] * 5], SIZE, "{where} takes rows and columns up to (2, 4), not (1, 5)"),
    "too high": ("DevLong", PLANE, [[0]] * 3, SIZE, "{where} takes rows and columns up to (2, 4), not (3, 1)"),
    "no time": ("DevLong", {}, (1, "now", VALID), PYTHON, "a number of seconds, a TimeVal or a datetime, not str 'now' ({where})"),
    "no quality": ("DevLong", {}, (1, 5.0, 0), PYTHON, "(1, 5.0, 0) is of type tuple"),
    "valid and nothing": ("DevLong", {}, (None, 5.0, VALID), PYTHON, "None is of type NoneType"),
    "generator": ("DevLong", LINE, range(2).__iter__(), SHAPE, "cannot take range_iterator"),
}

FITTING = {
    "an array of one number": ("DevDouble", {}, np.array(1.5), 1.5),
    "a number in an array": ("DevLong", {}, np.array(3), 3),
    "objects that are numbers": ("DevLong", LINE, np.array([1, 2], dtype=object), [1, 2]),
    "lines of objects": ("DevDouble", PLANE, np.array([[1, 2.5]], dtype=object), [[1.0, 2.5]]),
    "states in an array": ("DevState", LINE, np.array([0, 13]), [DevState.ON, DevState.UNKNOWN]),
    "no states": ("DevState", LINE, np.array([], dtype=int), []),
}


def gives(value):
    return lambda self: value


def attribute_of(name, dtype, keywords, value):
    return attribute(name=name.replace(" ", "_"), dtype=dtype, fget=gives(value), **keywords)


Wrong = type(Device)(
    "Wrong",
    (Device,),
    {f"a{n}": attribute_of(name, *row[:3]) for n, (name, row) in enumerate((WRONG | FITTING).items())},
)


@pytest.fixture(scope="module")
def wrong():
    with DeviceTestContext(Wrong, process=True) as device:
        yield device


@pytest.mark.parametrize("case", WRONG)
def test_a_value_that_does_not_fit(wrong, case):
    _, _, _, reason, text = WRONG[case]
    name = case.replace(" ", "_")
    with pytest.raises(DevFailed) as caught:
        wrong.read_attribute(name)
    error, last = caught.value.args[0], caught.value.args[-1]
    assert error.reason == reason
    assert text.format(where=f"attribute {name} of test/nodb/wrong") in error.desc
    assert last.desc == f"Failed to read_attribute on device test/nodb/wrong, attribute {name}"


@pytest.mark.parametrize("case", FITTING)
def test_a_value_that_fits(wrong, case):
    assert wrong.read_attribute(case.replace(" ", "_"), extract_as=ExtractAs.List).value == FITTING[case][3]


class Results(Device):
    @command(dtype_out=int)
    def nothing(self):
        pass

    @command(dtype_out=int)
    def text(self):
        return "x"

    @command(dtype_out=(float,))
    def number(self):
        return 1.5

    @command(dtype_out=str)
    def no_text(self):
        return b"a\0b"

    @command(dtype_out="DevVarLongStringArray")
    def no_pair(self):
        return [1]

    @command(dtype_out=DevState)
    def no_state(self):
        return 99

    @command
    def too_much(self):
        return 5


@pytest.fixture(scope="module")
def results():
    with DeviceTestContext(Results, process=True) as device:
        yield device


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nothing", "the result of command nothing: None cannot be converted to type DevLong64"),
        ("text", "the result of command text: 'x' cannot be converted to type DevLong64"),
        ("number", "the result of command number takes elements of DevDouble and cannot take float 1.5"),
        ("no_text", "the result of command no_text: a Tango string cannot hold a NUL"),
        ("no_pair", "DevVarLongStringArray is a pair"),
        ("no_state", "99"),
    ],
)
def test_a_result_that_does_not_fit(results, name, text):
    with pytest.raises(DevFailed) as caught:
        results.command_inout(name)
    assert text in caught.value.args[0].desc
    assert caught.value.args[-1].desc == f"Failed to execute command_inout on device test/nodb/results, command {name}"


def test_a_result_that_nobody_wants_is_dropped(results):
    assert results.too_much() is None
