"""Conversions by the rows of the type list, tried through DeviceData, which needs no device."""

import gc

import numpy as np
import pytest

from tango._core.command_data import DeviceData
from tango._core.types import TYPES
from tango.enums import CmdArgType, DevState, ExtractAs
from tango.errors import DevFailed

NUMBERS = [row for row in TYPES if row.dtype is not None and row.array is not None]
INTEGERS = [row for row in NUMBERS if row.kind == "integer" and row.type != CmdArgType.DevUChar]
ARRAYS = [row for row in TYPES if row.array is not None]


def ids(row):
    return row.type.name


def through(type, value, extract_as=ExtractAs.Numpy):
    data = DeviceData()
    data.insert(type, value)
    return data.extract(extract_as)


# --- scalars --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", INTEGERS, ids=ids)
def test_integers_take_their_whole_range_and_no_more(row):
    limits = np.iinfo(row.dtype)
    assert through(row.type, int(limits.min)) == limits.min
    assert through(row.type, int(limits.max)) == limits.max
    with pytest.raises((OverflowError, TypeError)):
        through(row.type, int(limits.max) + 1)
    with pytest.raises((OverflowError, TypeError)):
        through(row.type, int(limits.min) - 1)


@pytest.mark.parametrize("row", INTEGERS, ids=ids)
@pytest.mark.parametrize("value", [1.5, "1", b"1", None, [1], np.float64(2)], ids=repr)
def test_an_integer_is_never_made_of_something_else(row, value):
    with pytest.raises(TypeError, match=row.type.name):
        through(row.type, value)


@pytest.mark.parametrize("row", INTEGERS, ids=ids)
def test_integers_take_numpy_scalars_and_bools(row):
    assert through(row.type, np.uint8(7)) == 7
    assert through(row.type, True) == 1


@pytest.mark.parametrize("type", [CmdArgType.DevFloat, CmdArgType.DevDouble])
def test_real_numbers_take_integers_and_numpy_scalars(type):
    for value in (1, 1.5, np.float32(0.5), np.int64(3), True):
        result = through(type, value)
        assert result == value and isinstance(result, float)
    with pytest.raises(TypeError):
        through(type, "1.5")


def test_a_boolean_is_zero_or_one():
    assert through(CmdArgType.DevBoolean, 1) is True
    assert through(CmdArgType.DevBoolean, np.bool_(False)) is False
    for value in (2, -1, 2**40):
        with pytest.raises(OverflowError):
            through(CmdArgType.DevBoolean, value)
    with pytest.raises(TypeError):
        through(CmdArgType.DevBoolean, 1.0)


def test_a_state_is_a_state():
    assert through(CmdArgType.DevState, DevState.FAULT) is DevState.FAULT
    assert through(CmdArgType.DevState, 3) is DevState.OPEN
    for value in (14, -1):
        with pytest.raises((ValueError, TypeError)):
            through(CmdArgType.DevState, value)


# --- text -----------------------------------------------------------------------------------------------------------


def test_text_is_latin_1():
    assert through(CmdArgType.DevString, "grün") == "grün"
    assert through(CmdArgType.DevString, b"bytes") == "bytes"
    assert through(CmdArgType.DevString, "x" * 5_000_000) == "x" * 5_000_000
    with pytest.raises(UnicodeEncodeError, match="Latin-1"):
        through(CmdArgType.DevString, "€ 5")


def test_text_with_a_nul_is_refused_instead_of_cut():
    with pytest.raises((ValueError, TypeError), match="NUL"):
        through(CmdArgType.DevString, "a\0b")
    with pytest.raises((ValueError, TypeError), match="NUL"):
        through(CmdArgType.DevVarStringArray, ["a", "b\0"])


def test_encoded_data_is_a_pair():
    assert through(CmdArgType.DevEncoded, ("fmt", b"\0\xff")) == ("fmt", b"\0\xff")
    assert through(CmdArgType.DevEncoded, ("fmt", "grün")) == ("fmt", "grün".encode())
    assert through(CmdArgType.DevEncoded, ("fmt", np.arange(3, dtype="u1"))) == ("fmt", b"\0\1\2")
    assert through(CmdArgType.DevEncoded, ("fmt", b"")) == ("fmt", b"")
    assert through(CmdArgType.DevEncoded, ("fmt", b"ab"), ExtractAs.ByteArray) == ("fmt", bytearray(b"ab"))
    for value in (1, "ab", ("fmt",), ("fmt", 3), (b"x", b"y", b"z")):
        with pytest.raises(TypeError):
            through(CmdArgType.DevEncoded, value)


# --- arrays ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", NUMBERS, ids=ids)
def test_arrays_of_numbers_keep_dtype_and_values(row):
    given = np.array([0, 1, 1, 0]).astype(row.dtype)
    result = through(row.array, given)
    assert result.dtype == given.dtype
    np.testing.assert_array_equal(result, given)


@pytest.mark.parametrize("row", NUMBERS, ids=ids)
def test_arrays_take_any_sequence(row):
    items = [True, False] if row.kind == "boolean" else [1, 0]
    for given in (items, tuple(items), np.array(items), memoryview(np.array(items).astype(row.dtype))):
        np.testing.assert_array_equal(through(row.array, given), np.array(items).astype(row.dtype))


@pytest.mark.parametrize("row", ARRAYS, ids=ids)
def test_empty_arrays_stay_empty(row):
    result = through(row.array, [])
    assert len(result) == 0
    if row.dtype is not None:
        assert result.dtype == row.dtype


def test_other_layouts_are_converted_once():
    base = np.arange(20.0)
    np.testing.assert_array_equal(through(CmdArgType.DevVarDoubleArray, base[::3]), base[::3])
    np.testing.assert_array_equal(through(CmdArgType.DevVarDoubleArray, base.astype(">f8")), base)
    np.testing.assert_array_equal(through(CmdArgType.DevVarDoubleArray, base.astype("i4")), base)
    np.testing.assert_array_equal(through(CmdArgType.DevVarLongArray, np.array([1.9])), [1])


@pytest.mark.parametrize("value", ["abc", 3, None, {1: 2}], ids=repr)
def test_an_array_is_never_made_of_something_else(value):
    with pytest.raises(DevFailed) as error:
        through(CmdArgType.DevVarDoubleArray, value)
    assert error.value.args[0].reason == "PyDs_WrongParameters"


@pytest.mark.parametrize("value", [["a"], [[1.0]], [None], np.array(["a"]), np.array([1j]), np.ones((2, 2))], ids=repr)
def test_items_that_do_not_fit_are_refused(value):
    with pytest.raises(TypeError):
        through(CmdArgType.DevVarDoubleArray, value)


def test_items_out_of_range_are_refused():
    with pytest.raises(OverflowError, match="300"):
        through(CmdArgType.DevVarShortArray, [1, 300_000])


def test_mixed_arguments():
    numbers, texts = through(CmdArgType.DevVarDoubleStringArray, ([1, 2.5], ["a", "b"]))
    np.testing.assert_array_equal(numbers, [1, 2.5])
    assert texts == ["a", "b"]
    numbers, texts = through(CmdArgType.DevVarLongStringArray, [(), ()])
    assert numbers.dtype == "int32" and len(numbers) == 0 and texts == []
    for value in (1, "ab", ([1],), ([1], ["a"], 3)):
        with pytest.raises(TypeError):
            through(CmdArgType.DevVarLongStringArray, value)


@pytest.mark.parametrize(("extract_as", "kind"), [(ExtractAs.List, list), (ExtractAs.Tuple, tuple), (ExtractAs.Bytes, bytes),
                                                 (ExtractAs.ByteArray, bytearray), (ExtractAs.Numpy, np.ndarray)])
def test_extract_as_shapes_the_result(extract_as, kind):
    result = through(CmdArgType.DevVarShortArray, [1, 2], extract_as)
    assert type(result) is kind
    if kind in (bytes, bytearray):
        assert np.frombuffer(result, "int16").tolist() == [1, 2]
    else:
        assert list(result) == [1, 2]


def test_an_array_lives_without_what_it_came_from():
    data = DeviceData()
    data.insert(CmdArgType.DevVarDoubleArray, np.arange(1000.0))
    array = data.extract()
    part = array[500:]
    del data, array
    gc.collect()
    np.testing.assert_array_equal(part, np.arange(500.0, 1000.0))
    assert part.flags.writeable
