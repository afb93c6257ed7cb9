"""Spellings of Tango types and the meaning of type hints."""

from __future__ import annotations

import enum
import typing

import numpy as np
import numpy.typing as npt
import pytest

from tango import dtypes
from tango.enums import AttrDataFormat, AttrQuality, CmdArgType, DevState

SCALAR, SPECTRUM, IMAGE = AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE


class Mode(enum.IntEnum):
    OFF = 0
    SLOW = 1
    FAST = 2


class Sparse(enum.IntEnum):
    A = 0
    B = 2


class Late(enum.IntEnum):
    A = 1


class Twice(enum.IntEnum):
    A = 0
    B = 0


SCALAR_SPELLINGS = [
    (int, CmdArgType.DevLong64),
    ("int", CmdArgType.DevLong64),
    ("int16", CmdArgType.DevShort),
    ("uint", CmdArgType.DevULong64),
    (float, CmdArgType.DevDouble),
    ("float32", CmdArgType.DevFloat),
    (str, CmdArgType.DevString),
    (bool, CmdArgType.DevBoolean),
    (bytearray, CmdArgType.DevEncoded),
    ("bytes", CmdArgType.DevEncoded),
    (chr, CmdArgType.DevUChar),
    ("char", CmdArgType.DevUChar),
    (None, CmdArgType.DevVoid),
    ("state", CmdArgType.DevState),
    (DevState, CmdArgType.DevState),
    ("DevULong", CmdArgType.DevULong),
    (CmdArgType.DevVarLongStringArray, CmdArgType.DevVarLongStringArray),
    (np.uint16, CmdArgType.DevUShort),
    (np.bool_, CmdArgType.DevBoolean),
    (np.dtype("float32"), CmdArgType.DevFloat),
]


@pytest.mark.parametrize(("spelling", "tango_type"), SCALAR_SPELLINGS, ids=repr)
def test_a_spelling_alone_is_a_scalar(spelling, tango_type):
    assert dtypes.get_tango_type_format(spelling) == (tango_type, SCALAR)


@pytest.mark.parametrize(("spelling", "tango_type"), SCALAR_SPELLINGS, ids=repr)
@pytest.mark.parametrize("sequence", [tuple, list])
def test_nesting_makes_spectra_and_images(spelling, tango_type, sequence):
    assert dtypes.get_tango_type_format(sequence([spelling])) == (tango_type, SPECTRUM)
    assert dtypes.get_tango_type_format(sequence([sequence([spelling])])) == (tango_type, IMAGE)


@pytest.mark.parametrize("tango_type", [t for t in CmdArgType if t.name.startswith("Dev") and "Pipe" not in t.name])
def test_each_tango_type_is_spelled_by_itself_and_by_its_name(tango_type):
    assert dtypes.get_tango_type_format(tango_type)[0] is tango_type
    assert dtypes.get_tango_type_format(tango_type.name)[0] is tango_type


@pytest.mark.parametrize("tango_type", list(dtypes.FROM_TANGO_TO_NUMPY_TYPE))
def test_numpy_types_go_both_ways(tango_type):
    assert dtypes.get_tango_type_format(dtypes.FROM_TANGO_TO_NUMPY_TYPE[tango_type])[0] == tango_type


@pytest.mark.parametrize(
    ("generic", "expected"),
    [
        (list[int], (CmdArgType.DevLong64, SPECTRUM)),
        (tuple[float, ...], (CmdArgType.DevDouble, SPECTRUM)),
        (list[list[bool]], (CmdArgType.DevBoolean, IMAGE)),
        (typing.List[str], (CmdArgType.DevString, SPECTRUM)),  # noqa: UP006
    ],
)
def test_a_generic_is_a_spelling_too(generic, expected):
    assert dtypes.get_tango_type_format(generic, caller="attribute") == expected


def test_a_given_format_is_kept():
    assert dtypes.get_tango_type_format(int, IMAGE) == (CmdArgType.DevLong64, IMAGE)


@pytest.mark.parametrize("wrong", [object, dict, complex, np.complex128, bytes, np.ndarray, (object,), (((int,),),)])
def test_what_is_no_type_is_refused(wrong):
    with pytest.raises(RuntimeError, match="Cannot translate"):
        dtypes.get_tango_type_format(wrong)


def test_an_unknown_name_mentions_postponed_annotations():
    with pytest.raises(RuntimeError, match=r"Cannot translate 'flaot' to TANGO type.*from __future__"):
        dtypes.get_tango_type_format("flaot")


@pytest.mark.parametrize(("empty", "text"), [((), r"\(<dtype>,\)"), ([[]], r"\(\(<dtype>,\),\)")])
def test_an_empty_sequence_says_how_to_write_it(empty, text):
    with pytest.raises(TypeError, match=text):
        dtypes.get_tango_type_format(empty, caller="attribute")


class TestEnumerations:
    def test_labels_come_in_the_order_of_the_values(self):
        unordered = enum.IntEnum("unordered", {"B": 1, "A": 0})
        assert dtypes.get_enum_labels(unordered) == ["A", "B"]

    @pytest.mark.parametrize("dtype", [Mode, (Mode,), ((Mode,),), [Mode], list[Mode]])
    def test_a_class_is_a_type_with_labels(self, dtype):
        tango_type, _, labels = dtypes.get_attribute_type_format(dtype, None, None)
        assert (tango_type, labels) == (CmdArgType.DevEnum, ["OFF", "SLOW", "FAST"])

    @pytest.mark.parametrize(
        ("wrong", "text"), [(Sparse, r"\[0, 2\]"), (Late, r"\[1\]"), (Twice, "must be unique"), (int, "enum.Enum")]
    )
    def test_a_class_that_is_no_tango_enumeration_is_refused(self, wrong, text):
        with pytest.raises(dtypes.EnumTypeError, match=text):
            dtypes.get_enum_labels(wrong)

    def test_labels_beside_a_class_are_refused(self):
        with pytest.raises(TypeError, match="enum_labels must not be specified"):
            dtypes.get_attribute_type_format(Mode, None, ["a"])

    def test_states_are_a_type_of_their_own(self):
        assert dtypes.get_attribute_type_format((DevState,), None, None) == (CmdArgType.DevState, SPECTRUM, None)


class TestArrayTypes:
    @pytest.mark.parametrize("tango_type", list(dtypes.FROM_TANGO_TO_NUMPY_TYPE))
    def test_each_has_one(self, tango_type):
        array_type = dtypes.scalar_to_array_type(tango_type)
        assert array_type.name.startswith("DevVar")
        assert dtypes.from_typeformat_to_type(tango_type, SPECTRUM) == array_type
        assert dtypes.from_typeformat_to_type(tango_type, SCALAR) == tango_type

    def test_what_has_none_is_named(self):
        with pytest.raises(ValueError, match="DevVarLongArray"):
            dtypes.scalar_to_array_type(CmdArgType.DevVarLongArray)

    def test_commands_have_no_images(self):
        with pytest.raises(TypeError, match="IMAGE"):
            dtypes.from_typeformat_to_type(CmdArgType.DevLong, IMAGE)


HINTS = [
    (int, (int, SCALAR, None, None)),
    ("int", (int, SCALAR, None, None)),
    (list[int], (int, SPECTRUM, 1, None)),
    (tuple[int, int], (int, SPECTRUM, 2, None)),
    (tuple[int, ...], (int, SPECTRUM, None, None)),
    ("tuple[int, int, int]", (int, SPECTRUM, 3, None)),
    (list["int"], (int, SPECTRUM, 1, None)),
    (list[list[float]], (float, IMAGE, 1, 1)),
    (tuple[tuple[int, int, int], tuple[int, int, int]], (int, IMAGE, 3, 2)),
    (tuple[int, float, AttrQuality], (int, SCALAR, None, None)),
    ("tuple[int, float, AttrQuality]", (int, SCALAR, None, None)),
    (tuple[int, float, "AttrQuality"], (int, SCALAR, None, None)),
    (tuple[int | None, float, AttrQuality], (int, SCALAR, None, None)),
    (tuple[list[int], float, AttrQuality], (int, SPECTRUM, 1, None)),
    (tuple[str, bytes], ("DevEncoded", SCALAR, None, None)),
    (tuple[str, bytearray, float, AttrQuality], ("DevEncoded", SCALAR, None, None)),
    (tuple[list[int], list[str]], ("DevVarLongStringArray", SCALAR, None, None)),
    (tuple[list[float], list[str]], ("DevVarDoubleStringArray", SCALAR, None, None)),
    (Mode, (Mode, SCALAR, None, None)),
    (list[Mode], (Mode, SPECTRUM, 1, None)),
    (int | None, (int, SCALAR, None, None)),
    (typing.Annotated[int, "mA"], (int, SCALAR, None, None)),
    (npt.NDArray[np.int16], (np.int16, None, None, None)),
    ("npt.NDArray[np.int16]", (np.int16, None, None, None)),
    (np.ndarray[tuple[int, int], np.dtype[np.uint8]], (np.uint8, IMAGE, None, None)),
]


@pytest.mark.parametrize(("hint", "expected"), HINTS, ids=[str(hint) for hint, _ in HINTS])
def test_the_hint_of_an_attribute(hint, expected):
    assert dtypes.parse_type_hint(hint, "attribute") == expected


@pytest.mark.parametrize("caller", ["command", "property"])
def test_arrays_of_commands_and_properties_are_spectra(caller):
    assert dtypes.parse_type_hint(npt.NDArray[np.int16], caller).dtype == (np.int16,)
    assert dtypes.parse_type_hint(list[int], caller).dformat == SPECTRUM


@pytest.mark.parametrize("caller", ["attribute", "command", "property"])
def test_mixed_types_are_refused(caller):
    with pytest.raises(RuntimeError, match=f"mixed types in SPECTRUM {caller}"):
        dtypes.parse_type_hint(tuple[int, str], caller)


@pytest.mark.parametrize("caller", ["command", "property"])
def test_only_attributes_have_images(caller):
    with pytest.raises(RuntimeError, match=f"{caller.capitalize()} does not support IMAGE type"):
        dtypes.parse_type_hint(list[list[int]], caller)


def test_a_postponed_hint_sees_the_names_of_the_calling_function():
    local = int

    def declare():
        return dtypes.parse_type_hint("list[local]", "attribute")

    assert declare().dtype is local


def test_a_postponed_hint_prefers_the_given_namespace():
    assert dtypes.parse_type_hint("Mode", "attribute", {"Mode": str}).dtype is str


def test_a_name_that_nobody_knows_stays_text():
    assert dtypes.parse_type_hint("Unheard", "attribute").dtype == "Unheard"
