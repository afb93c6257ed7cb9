"""Questions about Tango types and about Python values."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from numbers import Number
from typing import Any

import numpy as np

from tango._core.types import TYPES
from tango.enums import AttrDataFormat, CmdArgType, DevState

__all__ = [
    "get_tango_type",
    "is_array",
    "is_array_type",
    "is_binary",
    "is_binary_type",
    "is_bool",
    "is_bool_type",
    "is_devstate",
    "is_devstate_seq",
    "is_enum",
    "is_enum_seq",
    "is_float",
    "is_float_type",
    "is_int",
    "is_int_type",
    "is_integer",
    "is_non_str_seq",
    "is_number",
    "is_numerical",
    "is_numerical_type",
    "is_pure_str",
    "is_scalar",
    "is_scalar_type",
    "is_seq",
    "is_str",
    "is_str_type",
]

_INT_ROWS = [row for row in TYPES if row.kind == "integer" and row.type != CmdArgType.DevUChar]  # which is a byte here
_FLOAT_ROWS = [row for row in TYPES if row.kind == "real"]
_ROWS = [row for row in TYPES if row.kind not in ("state", "enumeration")]
_INT = {row.type for row in _INT_ROWS}
_INT_ARRAY = {row.array for row in _INT_ROWS}
_FLOAT = {row.type for row in _FLOAT_ROWS}
_FLOAT_ARRAY = {row.array for row in _FLOAT_ROWS}
_TEXT = {CmdArgType.DevString, CmdArgType.ConstDevString}
_BINARY = {CmdArgType.DevEncoded, CmdArgType.DevVarCharArray}
_SCALAR = {row.type for row in _ROWS} | _TEXT
_ARRAY = {row.array for row in _ROWS if row.array} | {CmdArgType.DevVarLongStringArray, CmdArgType.DevVarDoubleStringArray}


# --- Tango types -----------------------------------------------------------------------------------------------------


def is_scalar_type(tg_type: CmdArgType) -> bool:
    """Return whether a type is one number, boolean, string or encoded value."""
    return tg_type in _SCALAR


def is_array_type(tg_type: CmdArgType) -> bool:
    """Return whether a type is an array."""
    return tg_type in _ARRAY


def is_numerical_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is a number, or with `inc_array` an array of numbers; characters do not count."""
    return is_int_type(tg_type, inc_array) or is_float_type(tg_type, inc_array)


def is_int_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is an integer, or with `inc_array` an array of integers; characters do not count."""
    return tg_type in _INT or (inc_array and tg_type in _INT_ARRAY)


def is_float_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is a floating-point number, or with `inc_array` an array of them."""
    return tg_type in _FLOAT or (inc_array and tg_type in _FLOAT_ARRAY)


def is_bool_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is a boolean, or with `inc_array` an array of them."""
    return tg_type == CmdArgType.DevBoolean or (inc_array and tg_type == CmdArgType.DevVarBooleanArray)


def is_str_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is a string, or with `inc_array` an array of strings."""
    return tg_type in _TEXT or (inc_array and tg_type == CmdArgType.DevVarStringArray)


def is_binary_type(tg_type: CmdArgType, inc_array: bool = False) -> bool:
    """Return whether a type is a sequence of bytes."""
    return tg_type in _BINARY


is_scalar = is_scalar_type
is_array = is_array_type
is_numerical = is_numerical_type
is_int = is_int_type
is_float = is_float_type
is_bool = is_bool_type
is_str = is_str_type
is_binary = is_binary_type


# --- Python values ---------------------------------------------------------------------------------------------------


def is_pure_str(obj: Any) -> bool:
    """Return whether a value is a string."""
    return isinstance(obj, str)


def is_seq(obj: Any) -> bool:
    """Return whether a value is a sequence: list, tuple, array, string, bytes ..."""
    return isinstance(obj, (Sequence, bytearray, memoryview, np.ndarray))


def is_non_str_seq(obj: Any) -> bool:
    """Return whether a value is a sequence other than a string."""
    return is_seq(obj) and not isinstance(obj, str)


def is_integer(obj: Any) -> bool:
    """Return whether a value is an integer; a boolean is not."""
    return isinstance(obj, (int, np.integer)) and not isinstance(obj, bool)


def is_number(obj: Any) -> bool:
    """Return whether a value is a number; a boolean is one."""
    return isinstance(obj, (Number, np.number))


def is_devstate(obj: Any) -> bool:
    """Return whether this is the type DevState."""
    return obj is DevState


def is_enum(obj: Any) -> bool:
    """Return whether this is an enumeration class."""
    return isinstance(obj, type) and issubclass(obj, Enum)


def _innermost(obj: Any) -> Any:
    """Return the first element of the first element ..., None if `obj` is not a sequence or one is empty."""
    if not is_non_str_seq(obj):
        return None
    while is_non_str_seq(obj):
        if (isinstance(obj, np.ndarray) and obj.ndim == 0) or len(obj) == 0:
            return None
        obj = obj[0]
    return obj


def is_devstate_seq(obj: Any) -> bool:
    """Return whether this is the type DevState inside one or two lists or tuples."""
    return is_devstate(_innermost(obj))


def is_enum_seq(obj: Any) -> bool:
    """Return whether this is an enumeration class inside one or two lists or tuples."""
    return is_enum(_innermost(obj))


_KINDS = (
    (bool, CmdArgType.DevBoolean),
    (DevState, CmdArgType.DevState),
    (int, CmdArgType.DevLong64),
    (float, CmdArgType.DevDouble),
    (str, CmdArgType.DevString),
)
_DTYPES = {row.dtype: row.type for row in TYPES if row.kind in ("boolean", "integer", "real")}


def _type_of_dtype(dtype: np.dtype[Any]) -> CmdArgType:
    if dtype.kind == "U":
        return CmdArgType.DevString
    try:
        return _DTYPES[dtype.name]
    except KeyError:
        raise TypeError(f"no Tango type holds numpy values of type {dtype.name}") from None


def get_tango_type(obj: Any) -> tuple[CmdArgType, AttrDataFormat]:
    """Find the Tango type and format that hold a value.

    Parameters
    ----------
    obj : object
        A number, boolean, string or state; a numpy array or scalar; or a sequence of them. Of a sequence the first
        element decides.

    Returns
    -------
    CmdArgType, AttrDataFormat
        The type of one element, and scalar, spectrum or image.

    Raises
    ------
    TypeError
        If there is no such type, or the sequence is empty.
    """
    if isinstance(obj, np.ndarray):
        if obj.ndim > 2:
            raise TypeError(f"cannot translate numpy array with {obj.ndim} dimensions to tango type")
        return _type_of_dtype(obj.dtype), AttrDataFormat(obj.ndim)
    if isinstance(obj, np.generic):
        return _type_of_dtype(obj.dtype), AttrDataFormat.SCALAR
    if isinstance(obj, (bytes, bytearray)):
        return CmdArgType.DevUChar, AttrDataFormat.SPECTRUM
    for kind, tango_type in _KINDS:
        if isinstance(obj, kind):
            return tango_type, AttrDataFormat.SCALAR
    if is_seq(obj):
        if len(obj) == 0:
            raise TypeError(f"an empty {type(obj).__name__} does not tell the type of its elements")
        element_type, element_format = get_tango_type(obj[0])
        if element_format == AttrDataFormat.IMAGE:
            raise TypeError(f"a {type(obj).__name__} with more than two dimensions has no Tango type")
        return element_type, AttrDataFormat(element_format + 1)
    raise TypeError(f"Unsupported type {type(obj)}")
