"""From the row of an attribute to what cppTango calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tango._core.server_attr import Attr, FwdAttr
from tango.attr_data import AttrData
from tango.enums import AttrWriteType
from tango.server.declaration import DECLARATION_ERRORS, explain

__all__ = ["attr_of", "bind_attr"]


def attr_of(data: AttrData, class_name: str) -> Attr | FwdAttr:
    """Make the attribute of a description.

    Parameters
    ----------
    data
        The description.
    class_name
        Name of the device class, for error texts.

    Returns
    -------
    Attr
        The attribute.

    Raises
    ------
    DevFailed, TypeError, ValueError
        The description is wrong; the text names class and attribute.
    """
    try:
        return data.to_attr()
    except DECLARATION_ERRORS as error:
        raise explain(error, f"class '{class_name}', attribute '{data.attr_name}'") from None


def bind_attr(attr: Attr, data: AttrData, device: type | None) -> None:
    """Tell an attribute how its row wants it to be read, written and asked.

    Parameters
    ----------
    attr
        The attribute.
    data
        Its row.
    device
        The class in which methods are looked up by name.
    """
    reader: Callable[..., Any] | str | None = data._reader or data.read_method_name
    writer: Callable[..., Any] | str | None = data._writer or data.write_method_name
    is_allowed: Callable[..., Any] | str | None = data._is_allowed
    if is_allowed is None and data.is_allowed_name and hasattr(device, data.is_allowed_name):
        is_allowed = data.is_allowed_name
    if data.attr_write != AttrWriteType.WRITE:
        attr._set_reader(reader, not data.read_green_mode)
    if data.attr_write != AttrWriteType.READ:
        attr._set_writer(writer, not data.write_green_mode)
    attr._set_is_allowed(is_allowed, not data.isallowed_green_mode)
    attr._set_by_value(data._style == "value")
