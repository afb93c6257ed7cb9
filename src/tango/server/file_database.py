"""Write the text file that serves a device server as its database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ("device_lines", "property_lines")


def _quoted(value: Any) -> str:
    """Write one value so that cppTango reads it back unchanged."""
    text = str(value)
    if "\\" in text or "\0" in text:
        raise ValueError(f"a value in a file database cannot have a backslash or NUL: {text!r}")
    # The file cannot hold an empty value; users of test contexts know it as a blank.
    escaped = text.replace('"', '\\"')
    return f'"{escaped or " "}"'


def property_lines(owner: str, properties: Mapping[str, Any] | None) -> list[str]:
    """Write properties.

    Parameters
    ----------
    owner
        ``domain/family/member``, ``CLASS/Name`` or ``domain/family/member/attribute``.
    properties
        Names and values: one value, or a sequence of values.

    Returns
    -------
    list of str
        The lines.

    Raises
    ------
    ValueError
        A value cannot be stored in a file.
    """
    lines = []
    for name, value in (properties or {}).items():
        values = list(value) if _is_list(value) else [value]
        if not values:
            raise ValueError(f"{owner}: property {name!r} is empty, which a file database cannot hold")
        lines.append(f"{owner}->{name}: " + ",\\\n    ".join(_quoted(item) for item in values))
    return lines


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping))


def device_lines(server: str, instance: str, tango_class: str, names: Sequence[str]) -> list[str]:
    """Write which devices of a class a server has.

    Parameters
    ----------
    server, instance
        Name and instance of the server.
    tango_class
        Name of the class.
    names
        Names of the devices.

    Returns
    -------
    list of str
        The lines.
    """
    listed = ",\\\n    ".join(f'"{name}"' for name in names)
    return [f"{server}/{instance}/DEVICE/{tango_class}: {listed}", ""]
