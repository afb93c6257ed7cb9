"""Devices: definition, export, import and the lists of their names."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from tango.databaseds.db_access import properties
from tango.databaseds.db_access.arguments import to_count
from tango.databaseds.db_access.names import device_parts, like, server_parts
from tango.databaseds.db_errors import DB_DeviceNotDefined, DB_IncorrectArguments, fail

__all__ = ["add", "class_of", "delete", "export", "exported_iors", "find", "import_", "info", "names", "unexport"]

Cursor = sqlite3.Cursor
LongsAndStrings = tuple[list[int], list[str]]

NOT_EXPORTED_PID = -1  # what servers without a process number (``"null"``) get
_NOW = "datetime('now', 'localtime')"
_DEVICE_PROPERTIES = (properties.DEVICE, properties.DEVICE_ATTRIBUTE, properties.DEVICE_PIPE)


def find(cursor: Cursor, name: str, columns: str, origin: str) -> tuple[Any, ...]:
    """Return columns of the device with that name or alias.

    Raises
    ------
    tango.DevFailed
        ``DB_DeviceNotDefined`` if there is none.
    """
    key = "name" if "/" in name else "alias"
    row: tuple[Any, ...] | None
    row = cursor.execute(f"SELECT {columns} FROM device WHERE {key} = ?", (name,)).fetchone()
    if row is None:
        fail(DB_DeviceNotDefined, f"device {name} not defined in the database !", origin)
    return row


def import_(cursor: Cursor, name: str) -> LongsAndStrings:
    """Return what a client needs to connect to a device: see the command ``DbImportDevice``."""
    name = name.lower()
    row = find(cursor, name, "exported, pid, ior, version, server, host, class", "ImportDevice")
    return [int(row[0]), int(row[1])], [name, *map(str, row[2:])]


def info(cursor: Cursor, name: str) -> LongsAndStrings:
    """Return all that is known about a device: see the command ``DbGetDeviceInfo``."""
    columns = "exported, pid, ior, version, server, host, started, stopped, class"
    exported, pid, ior, version, server, host, started, stopped, klass = find(cursor, name, columns, "GetDeviceInfo")
    dates = [_readable_date(date) for date in (started, stopped)]
    return [int(exported), int(pid)], [name.lower(), ior, version, server, host, *dates, klass]


def class_of(cursor: Cursor, name: str) -> str:
    """Return the name of a device's class."""
    row = cursor.execute("SELECT class FROM device WHERE name = ?", (name,)).fetchone()
    if row is None:
        fail(DB_IncorrectArguments, f"Class not found for {name}", "GetClassForDevice")
    return str(row[0])


def add(cursor: Cursor, server: str, device: str, klass: str, alias: str | None, origin: str) -> None:
    """Define a device, or move it to another server or class, and define its server if that is new.

    A device that is defined like this already is left as it is, with its export and its alias.
    """
    server_parts(server, origin)
    name, fields = device_parts(device, origin)
    if not klass:
        fail(DB_IncorrectArguments, f"the class of device {name} is empty", origin)
    cursor.execute(
        "INSERT INTO device (name, domain, family, member, server, class) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET name = excluded.name, domain = excluded.domain, family = excluded.family, "
        "member = excluded.member, server = excluded.server, class = excluded.class, exported = 0, ior = 'nada', "
        "host = 'nada', pid = 0, version = '0', started = NULL, stopped = NULL "
        "WHERE server <> excluded.server OR class <> excluded.class",
        (name, *fields, server, klass),
    )
    if alias:
        cursor.execute("UPDATE device SET alias = ? WHERE name = ?", (alias, name))
    if klass.lower() != "dserver":
        add_administrator(cursor, server)


def add_administrator(cursor: Cursor, server: str) -> None:
    """Define the administration device of a server if it is not there."""
    cursor.execute(
        "INSERT INTO device (name, domain, family, member, server, class) VALUES (?, 'dserver', ?, ?, ?, 'DServer') "
        "ON CONFLICT (name) DO NOTHING",
        (f"dserver/{server}", *server.split("/"), server),
    )


def delete(cursor: Cursor, device: str, origin: str = "DeleteDevice") -> None:
    """Delete a device with its properties and the aliases of its attributes; its history stays."""
    name, _ = device_parts(device, origin)
    cursor.execute("DELETE FROM device WHERE name = ?", (name,))
    cursor.execute("DELETE FROM attribute_alias WHERE device = ?", (name,))
    for kind in _DEVICE_PROPERTIES:
        kind.delete_owner(cursor, name)


def rename(cursor: Cursor, old: str, new: str) -> None:
    """Rename a device together with its properties and the aliases of its attributes."""
    cursor.execute(
        "UPDATE device SET name = ?, domain = ?, family = ?, member = ? WHERE name = ?", (new, *new.split("/"), old)
    )
    cursor.execute(
        "UPDATE attribute_alias SET device = ?1, name = ?1 || '/' || attribute WHERE device = ?2", (new, old)
    )
    for kind in _DEVICE_PROPERTIES:
        kind.rename_owner(cursor, old, new)


def export(cursor: Cursor, device: str, ior: str, host: str, pid: str, version: str) -> str:
    """Note that a device runs, and where.

    Returns
    -------
    str
        The host on which the device's server was before.
    """
    number = NOT_EXPORTED_PID if pid == "null" else to_count(pid, f"the process id of device {device}", "ExportDevice")
    name, server, before = find(cursor, device.lower(), "name, server, host", "ExportDevice")
    cursor.execute(
        f"UPDATE device SET exported = 1, ior = ?, host = ?, pid = ?, version = ?, started = {_NOW} WHERE name = ?",
        (ior, host, number, version, name),
    )
    cursor.execute("UPDATE server SET host = ? WHERE name = ? AND host <> ?", (host, server, host))
    return str(before)


def unexport(cursor: Cursor, column: str, value: str) -> None:
    """Note that the devices with that ``name`` or of that ``server`` do not run any more."""
    cursor.execute(f"UPDATE device SET exported = 0, stopped = {_NOW} WHERE {column} = ?", (value,))


def names(cursor: Cursor, column: str, condition: str = "1", **wildcards: str) -> list[str]:
    """Return the different values of one column among the devices that fit.

    Parameters
    ----------
    cursor : sqlite3.Cursor
        Open transaction.
    column : str
        Column to return.
    condition : str, optional
        A further SQL condition.
    **wildcards : str
        What other columns must look like; a Python keyword has ``_`` behind it (``class_``).
    """
    conditions, parameters = [condition], []
    for key, wildcard in wildcards.items():
        text, parameter = like(key.rstrip("_"), wildcard)
        conditions.append(text)
        parameters.append(parameter)
    query = f"SELECT DISTINCT {column} FROM device WHERE {' AND '.join(conditions)} ORDER BY {column}"
    return [row[0] for row in cursor.execute(query, parameters)]


def exported_iors(cursor: Cursor) -> list[str]:
    """Return the addresses of the database devices that are exported."""
    return names(cursor, "ior", "exported = 1 AND domain = 'sys' AND family = 'database'")


def _readable_date(stored: str | None) -> str:
    try:
        return time.strftime("%d-%m-%Y at %H:%M:%S", time.strptime(stored or "", "%Y-%m-%d %H:%M:%S"))
    except ValueError:
        return "?"
