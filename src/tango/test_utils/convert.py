"""From a value to what a device or client makes of it, and names of types for the ids of tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from tango.enums import AttrDataFormat, CmdArgType
from tango.utils import is_non_str_seq

__all__ = [
    "FROM_TANGO_TO_NUMPY_TYPE",
    "convert_dtype_to_typing_hint",
    "convert_to_type",
    "create_result",
    "make_nd_value",
    "repr_numpy_type",
    "repr_type",
]

FROM_TANGO_TO_NUMPY_TYPE: dict[CmdArgType, Any] = {
    CmdArgType.DevBoolean: np.bool_,
    CmdArgType.DevUChar: np.uint8,
    CmdArgType.DevShort: np.int16,
    CmdArgType.DevUShort: np.uint16,
    CmdArgType.DevLong: np.int32,
    CmdArgType.DevULong: np.uint32,
    CmdArgType.DevLong64: np.int64,
    CmdArgType.DevULong64: np.uint64,
    CmdArgType.DevFloat: np.float32,
    CmdArgType.DevDouble: np.float64,
    CmdArgType.DevString: str,
}

#: Width and height of the hints that fix dimensions.
_WIDTH = 3
_HEIGHT = 4


def repr_type(x: Any) -> str:
    """Write a dtype as it is written in Python: ``int``, ``(int,)``, ``((int,),)``.

    Parameters
    ----------
    x
        A type, a tuple of one, or a CmdArgType.

    Returns
    -------
    str
        Its name.
    """
    if isinstance(x, tuple):
        return f"({repr_type(x[0])},)"
    if isinstance(x, CmdArgType):
        return str(x)
    return str(x.__name__)


def repr_numpy_type(dtype: Any, dformat: AttrDataFormat) -> str:
    """Write a numpy type and a format.

    Parameters
    ----------
    dtype
        The numpy type.
    dformat
        The format.

    Returns
    -------
    str
        For example ``np.NDarray[int16], SPECTRUM``.
    """
    name = dtype.__name__
    if dformat == AttrDataFormat.SPECTRUM:
        name = f"np.NDarray[{name}]"
    elif dformat == AttrDataFormat.IMAGE:
        name = f"np.n2array[{name}]"
    return f"{name}, {dformat}"


def convert_dtype_to_typing_hint(dtype: Any) -> tuple[Any, Any, bool, bool]:
    """Give the type hints that mean the same as a dtype.

    Parameters
    ----------
    dtype
        A type, a tuple of one, a tuple of a tuple of one, or a CmdArgType.

    Returns
    -------
    tuple
        A hint that fixes dimensions where it can (three values wide, four high), one that does not, and whether the
        first one fixes the width and the height.
    """
    if dtype == CmdArgType.DevVarLongStringArray:
        return tuple[tuple[int], tuple[str]], list[list[int], list[str]], False, False  # type: ignore[misc]
    if dtype == CmdArgType.DevVarDoubleStringArray:
        return tuple[tuple[float], tuple[str]], list[list[float], list[str]], False, False  # type: ignore[misc]
    if not isinstance(dtype, tuple):
        return dtype, dtype, False, False
    (inner,) = dtype
    if not isinstance(inner, tuple):
        return tuple[(inner,) * _WIDTH], list[inner], True, False  # type: ignore[valid-type, misc]
    (element,) = inner
    row = tuple[(element,) * _WIDTH]  # type: ignore[valid-type, misc]
    return tuple[(row,) * _HEIGHT], list[list[element]], True, True  # type: ignore[valid-type, misc]


def create_result(dtype: Any, value: Any) -> Any:
    """Give what a client reads when a value has been written.

    Parameters
    ----------
    dtype
        The type of the attribute or command.
    value
        The written value.

    Returns
    -------
    object
        Lists for sequences and arrays, text for bytes.
    """
    if is_non_str_seq(dtype):
        return [create_result(dtype[0], item) for item in value]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value


def make_nd_value(value: Any, attr_data_format: AttrDataFormat) -> Any:
    """Make a value of a format of a single one.

    Parameters
    ----------
    value
        The element.
    attr_data_format
        The format.

    Returns
    -------
    object
        The element itself, or tuples around it.
    """
    if attr_data_format == AttrDataFormat.SCALAR:
        return value
    if attr_data_format == AttrDataFormat.SPECTRUM:
        return (value,)
    return ((value,),)


def convert_to_type(value: Any, attr_type: CmdArgType, expected_type: type) -> Any:
    """Bring a value into the form in which a client reads it with an ExtractAs.

    Parameters
    ----------
    value
        The value.
    attr_type
        The type of the attribute.
    expected_type
        The Python type: of an array, a sequence, bytes or a text of the bytes.

    Returns
    -------
    object
        The value in this form.
    """
    if expected_type in (tuple, list):
        return expected_type(value)
    array = np.array(value, dtype=FROM_TANGO_TO_NUMPY_TYPE[attr_type])
    if expected_type is np.ndarray:
        return array
    data = array.tobytes()
    if expected_type is not str:
        return expected_type(data)
    # of a text, numpy holds four bytes per letter
    return data.decode("utf-8" if attr_type == CmdArgType.DevString else "latin-1")
