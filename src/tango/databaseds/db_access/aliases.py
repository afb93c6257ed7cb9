"""Aliases of devices and of attributes."""

from __future__ import annotations

import sqlite3

from tango.databaseds.db_access import devices
from tango.databaseds.db_access.names import device_parts, like
from tango.databaseds.db_errors import (
    DB_AliasNotDefined,
    DB_DeviceNotDefined,
    DB_IncorrectArguments,
    DB_SQLError,
    fail,
)

__all__ = [
    "alias_of_attribute",
    "alias_of_device",
    "attribute_aliases",
    "attribute_of_alias",
    "delete_attribute_alias",
    "delete_device_alias",
    "device_of_alias",
    "put_attribute_alias",
    "put_device_alias",
]

Cursor = sqlite3.Cursor


def device_of_alias(cursor: Cursor, alias: str) -> str:
    """Return the name of the device with that alias."""
    row = cursor.execute("SELECT name FROM device WHERE alias = ?", (alias,)).fetchone()
    if row is None:
        fail(DB_DeviceNotDefined, f"No device found for alias '{alias}'", "GetAliasDevice")
    return str(row[0])


def alias_of_device(cursor: Cursor, device: str) -> str:
    """Return the alias of a device."""
    name, _ = device_parts(device, "DbGetDeviceAlias")
    row = cursor.execute("SELECT alias FROM device WHERE name = ?", (name,)).fetchone()
    if row is None:
        fail(DB_DeviceNotDefined, f"No device called '{name}'", "GetDeviceAlias")
    if row[0] is None:
        fail(DB_AliasNotDefined, f"No alias found for device '{name}'", "DbGetDeviceAlias")
    return str(row[0])


def put_device_alias(cursor: Cursor, device: str, alias: str) -> None:
    """Give a device an alias in place of the one that it has."""
    origin = "DbPutDeviceAlias"
    _check(alias, origin)
    name, _ = device_parts(device, origin)
    if cursor.execute("SELECT 1 FROM device WHERE alias = ? AND name <> ?", (alias, name)).fetchone():
        fail(DB_SQLError, f"alias {alias} already exists !", origin)
    devices.find(cursor, name, "name", origin)
    cursor.execute("UPDATE device SET alias = ? WHERE name = ?", (alias, name))


def delete_device_alias(cursor: Cursor, alias: str) -> None:
    """Take an alias away from its device; nothing happens if there is none."""
    cursor.execute("UPDATE device SET alias = NULL WHERE alias = ?", (alias,))


def attribute_of_alias(cursor: Cursor, alias: str) -> str | None:
    """Return the full name of the attribute with that alias, or None."""
    row = cursor.execute("SELECT name FROM attribute_alias WHERE alias = ?", (alias,)).fetchone()
    return None if row is None else str(row[0])


def alias_of_attribute(cursor: Cursor, attribute: str) -> str:
    """Return the alias of an attribute (``domain/family/member/attribute``)."""
    row = cursor.execute("SELECT alias FROM attribute_alias WHERE name = ?", (attribute,)).fetchone()
    if row is None:
        fail(DB_SQLError, f"No attribute found for attribute '{attribute}'", "DbGetAttributeAlias2")
    return str(row[0])


def put_attribute_alias(cursor: Cursor, attribute: str, alias: str) -> None:
    """Give an attribute an alias in place of the one that it has."""
    origin = "DbPutAttributeAlias"
    _check(alias, origin)
    if attribute.count("/") != 3 or not all(attribute.split("/")):
        fail(DB_SQLError, f"attribute name {attribute} has bad syntax, must have 3 / in it", origin)
    taken = cursor.execute("SELECT name FROM attribute_alias WHERE alias = ? AND name <> ?", (alias, attribute))
    if taken.fetchone():
        fail(DB_SQLError, f"alias {alias} already exists !", origin)
    device, _, member = attribute.rpartition("/")
    cursor.execute("DELETE FROM attribute_alias WHERE name = ?", (attribute,))
    cursor.execute(
        "INSERT INTO attribute_alias (alias, name, device, attribute) VALUES (?, ?, ?, ?)",
        (alias, attribute, device, member),
    )


def delete_attribute_alias(cursor: Cursor, alias: str) -> None:
    """Forget an alias of an attribute; nothing happens if there is none."""
    cursor.execute("DELETE FROM attribute_alias WHERE alias = ?", (alias,))


def attribute_aliases(cursor: Cursor, wildcard: str) -> list[str]:
    """Return the aliases of attributes that fit a wildcard."""
    condition, parameter = like("alias", wildcard)
    rows = cursor.execute(f"SELECT alias FROM attribute_alias WHERE {condition} ORDER BY attribute", (parameter,))
    return [row[0] for row in rows]


def _check(alias: str, origin: str) -> None:
    if not alias or "/" in alias:
        fail(DB_IncorrectArguments, f"alias '{alias}' must not be empty nor contain '/'", origin)
