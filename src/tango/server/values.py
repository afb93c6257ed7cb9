"""Set the value of an attribute from what a user returns or assigns."""

from __future__ import annotations

from typing import Any

from tango.enums import AttrQuality, CmdArgType

__all__ = ("set_complex_value",)


def set_complex_value(attr: Any, value: Any) -> None:
    """Set the value of an attribute, with its time and quality if they are given.

    Parameters
    ----------
    attr : Attribute
        The attribute.
    value
        The value, or ``(value, time, quality)``; for DevEncoded ``(format, data)`` or
        ``(format, data, time, quality)``.

    Raises
    ------
    DevFailed
        The value does not fit the type of the attribute.
    """
    encoded = attr.get_data_type() == CmdArgType.DevEncoded
    if isinstance(value, (tuple, list)):
        if len(value) == 3 and isinstance(value[2], AttrQuality):
            inner, time, quality = value
            if encoded and isinstance(inner, (tuple, list)):
                attr.set_value_date_quality(*inner, time, quality)
            else:
                attr.set_value_date_quality(inner, time, quality)
            return
        if encoded and len(value) == 4 and isinstance(value[3], AttrQuality):
            attr.set_value_date_quality(*value)
            return
        if encoded and len(value) == 2:
            attr.set_value(*value)
            return
    attr.set_value(value)
