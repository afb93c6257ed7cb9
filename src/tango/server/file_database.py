"""The text file that serves a device server as its database, and the properties that it is to hold.

cppTango reads the file, writes it anew and reads it again before a server makes its devices, and on that way loses
quotes, commas, backslashes and line breaks of properties. So the file says only which devices there are; properties are
put into the server's database when it has been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tango._core.server_database import write_attribute_property, write_property

__all__ = ("Property", "device_lines", "properties_of", "put_properties")

#: Owner (``CLASS/Name``, device or ``device/attribute``), name, lines.
Property = tuple[str, str, list[str]]


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


def properties_of(owner: str, properties: Mapping[str, Any] | None) -> list[Property]:
    """Bring properties into the form in which a database holds them.

    Parameters
    ----------
    owner
        ``CLASS/Name``, ``domain/family/member`` or ``domain/family/member/attribute``.
    properties
        Names and values: one value, or a sequence of values. An empty text becomes a blank, since cppTango
        drops it.

    Returns
    -------
    list of tuple
        Owner, name and lines of each.

    Raises
    ------
    ValueError
        A property is an empty sequence, or holds a NUL.
    """
    made = []
    for name, value in (properties or {}).items():
        lines = [str(item) or " " for item in (value if _is_list(value) else [value])]
        if not lines:
            raise ValueError(f"{owner}: property {name!r} is empty, which a database cannot hold")
        if any("\0" in line for line in lines):
            raise ValueError(f"{owner}: property {name!r} holds a NUL, which a database cannot hold")
        made.append((owner, name, lines))
    return made


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping))


def put_properties(properties: Iterable[Property]) -> None:
    """Put properties into the database of the server of this process.

    Parameters
    ----------
    properties
        Made by `properties_of`.

    Raises
    ------
    DevFailed
        The database does not take them.
    """
    for owner, name, lines in properties:
        if owner.startswith("CLASS/"):
            write_property(True, owner.removeprefix("CLASS/"), name, lines)
        elif owner.count("/") == 3:
            device, _, attribute = owner.rpartition("/")
            write_attribute_property(device, attribute, name, lines)
        else:
            write_property(False, owner, name, lines)
