"""What a declaration asks for and cannot have: said when the class is made, not when a client comes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from tango._callables import require_call
from tango.attr_data import CHANGES, DELTAS, LIMITS, AttrData
from tango.enums import AttrDataFormat, CmdArgType
from tango.errors import Except

__all__ = ("check_call", "check_type")

#: The types that cppTango can serve as an attribute.
ATTRIBUTE_TYPES = frozenset(
    {
        CmdArgType.DevBoolean,
        CmdArgType.DevUChar,
        CmdArgType.DevShort,
        CmdArgType.DevUShort,
        CmdArgType.DevLong,
        CmdArgType.DevULong,
        CmdArgType.DevLong64,
        CmdArgType.DevULong64,
        CmdArgType.DevFloat,
        CmdArgType.DevDouble,
        CmdArgType.DevString,
        CmdArgType.DevState,
        CmdArgType.DevEncoded,
        CmdArgType.DevEnum,
    }
)
_NO_NUMBERS = frozenset({CmdArgType.DevBoolean, CmdArgType.DevString, CmdArgType.DevState})
_UNSIGNED = frozenset({CmdArgType.DevUChar, CmdArgType.DevUShort, CmdArgType.DevULong, CmdArgType.DevULong64})
_NOT_SPECIFIED = frozenset({"", "nan", "not specified"})
_ARGUMENTS = {(0,): "no argument", (1,): "one argument", (0, 1): "at most one argument"}


def check_call(method: Callable[..., Any] | None, what: str, *counts: int) -> None:
    """Refuse a method that cannot be called with the device and arguments.

    Parameters
    ----------
    method
        The method; a bound one has its device.
    what
        What it is, for the message.
    *counts
        The numbers of arguments it may be called with.

    Raises
    ------
    TypeError
        It can be called with none of these.
    """
    if method is not None:
        device = 0 if inspect.ismethod(method) else 1
        given = f"the device and {_ARGUMENTS[counts]}"
        require_call(method, f"the {what}", given, *(device + count for count in counts))


def check_type(row: AttrData) -> None:
    """Refuse now what cppTango would refuse when the server starts, in its words, or later.

    Parameters
    ----------
    row
        The attribute, with its type.

    Raises
    ------
    DevFailed
        There are no attributes of this type, format or size.
    ValueError
        An attribute of this type has no such limits.
    """
    wrong = None
    if row.attr_type not in ATTRIBUTE_TYPES:
        wrong = f" Data type is not supported: dtype cannot be {row.attr_type}"
    elif row.attr_type == CmdArgType.DevEncoded and row.attr_format != AttrDataFormat.SCALAR:
        wrong = " DevEncode data type allowed only for SCALAR attribute: dtype, dformat"
    elif row.attr_format not in (AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE):
        wrong = f" Data format is not supported: dformat cannot be {row.attr_format}"
    elif row.attr_format != AttrDataFormat.SCALAR and row.dim_x < 1:
        wrong = f" Maximum x dim. wrongly defined: max_dim_x must be at least 1, not {row.dim_x}"
    elif row.attr_format == AttrDataFormat.IMAGE and row.dim_y < 1:
        wrong = f" Maximum y dim. wrongly defined: max_dim_y must be at least 1, not {row.dim_y}"
    if wrong is not None:
        Except.throw_exception("API_AttrWrongDefined", f"Attribute : {row.attr_name}: {wrong}", "attribute()")

    _check_numbers(row)


def _check_numbers(row: AttrData) -> None:
    """Refuse limits for what has none: cppTango would start, and fail each time the attribute is read."""
    impossible: tuple[str, ...] = ()
    if row.attr_type in _NO_NUMBERS:
        impossible = LIMITS + DELTAS + CHANGES
    elif row.attr_type == CmdArgType.DevEnum:
        impossible = LIMITS + DELTAS
    for keyword, value in row._properties.items():
        text = str(value).strip()
        if value is None or text.lower() in _NOT_SPECIFIED:
            continue
        if keyword in impossible:
            raise ValueError(f"{keyword}: an attribute of type {row.attr_type} cannot have it")
        if row.attr_type in _UNSIGNED and keyword in LIMITS and text.startswith("-"):
            raise ValueError(f"{keyword} cannot be {text}: {row.attr_type} has no negative numbers")
