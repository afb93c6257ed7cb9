"""Everything that a server asks for when it starts, in one answer (``DbGetDataForServerCache``).

The answer is one list of strings without separators; a client walks through it by the counts in it. In this order:

* the release of this layout (only to clients of Tango 9 or later);
* the administration device: name, ior, version, server, host, exported, pid, class - or name, ``Not Found``, and
  that is the end;
* the event factory of the host and the event channel of the server: name, ior, version, host, exported, pid, or
  name, ``Not Found``;
* the properties of the classes ``DServer`` and ``Default`` and of the administration device;
* server name and number of classes, and for each class: properties, attribute properties, pipe properties (Tango 9),
  then class name, number of devices, the devices, and for each of them the same three groups of properties;
* the properties of the object ``CtrlSystem``, and the access control device that they name (as the administration
  device above).

Properties are: owner, number of properties, and for each its name, number of values, values. Those of attributes and
pipes: owner, number of attributes, and for each its name followed by properties as above.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from tango.databaseds.db_access import events
from tango.databaseds.db_access.properties import (
    CLASS,
    CLASS_ATTRIBUTE,
    CLASS_PIPE,
    DEVICE,
    DEVICE_ATTRIBUTE,
    DEVICE_PIPE,
    OBJECT,
    PropertyKind,
)

__all__ = ["RELEASE", "server_cache"]

Cursor = sqlite3.Cursor
Rows = Iterable[tuple[str, ...]]

RELEASE = "release 1.13"  # the release of the stored procedures in which this layout appeared
_NOT_FOUND = "Not Found"
_FIRST_WITH_PIPES = 9
_ACCESS_CONTROL = "accesscontrol/tango:"


def server_cache(cursor: Cursor, server: str, host: str) -> list[str]:
    """Return the data for the start of a server.

    Parameters
    ----------
    cursor : sqlite3.Cursor
        Open transaction.
    server : str
        Full server name.
    host : str
        Name of the server's host, with ``%%`` and the major version of its Tango library behind it since Tango 9.
    """
    host, _, version = host.partition("%%")
    with_pipes = version.isdigit() and int(version) >= _FIRST_WITH_PIPES
    administrator = f"dserver/{server}"
    result = [RELEASE] if with_pipes else []
    result += _device(cursor, administrator)
    if result[-1] == _NOT_FOUND:
        return result
    result += _event(cursor, f"notifd/factory/{host}")
    result += _event(cursor, administrator)
    result += _of_one(cursor, CLASS, "DServer")
    result += _of_one(cursor, CLASS, "Default")
    result += _of_one(cursor, DEVICE, administrator)
    result += _classes(cursor, server, with_pipes)
    result += _of_one(cursor, OBJECT, "CtrlSystem")
    service = _access_control_device(cursor)
    return result + (_device(cursor, service) if service else [])


def _device(cursor: Cursor, name: str) -> list[str]:
    row = cursor.execute(
        "SELECT ior, version, server, host, exported, pid, class FROM device WHERE name = ?", (name,)
    ).fetchone()
    return [name, *(map(str, row) if row else [_NOT_FOUND])]


def _event(cursor: Cursor, name: str) -> list[str]:
    row = events.find(cursor, name)
    return [name, *(map(str, row) if row else [_NOT_FOUND])]


def _of_one(cursor: Cursor, kind: PropertyKind, owner: str) -> list[str]:
    rows = cursor.execute(
        f"SELECT name, value FROM {kind.table} WHERE {kind.keys[0]} = ? ORDER BY name, count", (owner,)
    )
    return [owner, *_layout(rows, levels=1)]


def _classes(cursor: Cursor, server: str, with_pipes: bool) -> list[str]:
    class_kinds = [CLASS, CLASS_ATTRIBUTE] + [CLASS_PIPE] * with_pipes
    device_kinds = [DEVICE, DEVICE_ATTRIBUTE] + [DEVICE_PIPE] * with_pipes
    rows = cursor.execute(
        "SELECT class, name FROM device WHERE server = ? AND class <> 'DServer' ORDER BY class, name", (server,)
    ).fetchall()
    classes = [(members[0][0], [name for _, name in members]) for members in _groups(rows)]
    of_class = [_of_all(cursor, kind, "class", server) for kind in class_kinds]
    of_device = [_of_all(cursor, kind, "name", server) for kind in device_kinds]
    result = [server, str(len(classes))]
    for klass, devices in classes:
        for owned in of_class:
            result += [klass, *owned.get(klass.lower(), ["0"])]
        result += [klass, str(len(devices)), *devices]
        for device in devices:
            for owned in of_device:
                result += [device, *owned.get(device.lower(), ["0"])]
    return result


def _of_all(cursor: Cursor, kind: PropertyKind, column: str, server: str) -> dict[str, list[str]]:
    """Return the properties of all classes or devices of a server: one query, however many they are."""
    columns = ", ".join((*kind.keys, "name", "value"))
    order = ", ".join((*kind.keys, "name", "count"))
    rows = cursor.execute(
        f"SELECT {columns} FROM {kind.table} WHERE {kind.keys[0]} IN (SELECT {column} FROM device WHERE server = ?) "
        f"ORDER BY {order}",
        (server,),
    )
    return {group[0][0].lower(): _layout((row[1:] for row in group), levels=len(kind.keys)) for group in _groups(rows)}


def _layout(rows: Rows, levels: int) -> list[str]:
    """Return a count and, for each different first column, its text and what is below it."""
    groups = list(_groups(rows))
    result = [str(len(groups))]
    for group in groups:
        result.append(group[0][0])
        if levels > 1:
            result += _layout((row[1:] for row in group), levels - 1)
        else:
            result += [str(len(group)), *(value for _, value in group)]
    return result


def _groups(rows: Rows) -> Iterator[list[tuple[str, ...]]]:
    """Put rows together that begin with the same text in any case; they are in order."""
    for _, group in groupby(rows, key=lambda row: row[0].lower()):
        yield list(group)


def _access_control_device(cursor: Cursor) -> str | None:
    """Return the device of the service ``AccessControl/tango:domain/family/member``, if it is defined."""
    for service in OBJECT.values(cursor, ("CtrlSystem",), "Services"):
        if service.lower().startswith(_ACCESS_CONTROL):
            name = service[len(_ACCESS_CONTROL) :]
            return "/".join(name.split("/")[-3:])
    return None
