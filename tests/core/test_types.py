"""The one list of types."""

import numpy as np
import pytest

from tango._core.types import TYPES
from tango.enums import CmdArgType

# What cppTango knows as argument types of commands only, or for itself.
NOT_AN_ATTRIBUTE_TYPE = {"DevVoid", "ConstDevString", "Unknown", "DevVarLongStringArray", "DevVarDoubleStringArray",
                         "DevVarEncodedArray", "DevInt", "DevPipeBlob"}


def test_each_type_of_tango_is_in_the_list_once():
    listed = [row.type for row in TYPES] + [row.array for row in TYPES if row.array is not None]
    assert len(listed) == len(set(listed))
    assert {type.name for type in listed} == {type.name for type in CmdArgType} - NOT_AN_ATTRIBUTE_TYPE


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row.type.name)
def test_the_array_of_a_type_is_named_after_it(row):
    if row.array is not None:
        stem = row.type.name.removeprefix("Dev").replace("UChar", "Char")
        assert row.array.name == f"DevVar{stem}Array"


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row.type.name)
def test_numbers_have_a_dtype_and_nothing_else_has(row):
    assert (row.dtype is None) == (row.kind in ("text", "encoded"))
    if row.kind == "real":
        assert np.dtype(row.dtype).kind == "f"
    if row.kind in ("integer", "enumeration"):
        assert np.dtype(row.dtype).kind == ("u" if "U" in row.type.name else "i")
