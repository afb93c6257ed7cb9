"""Event channels that servers of the Tango versions with a notification service export."""

from __future__ import annotations

import sqlite3
from typing import Any

from tango.databaseds.db_access.arguments import to_count
from tango.databaseds.db_access.devices import NOT_EXPORTED_PID
from tango.databaseds.db_errors import DB_DeviceNotDefined, fail

__all__ = ["export", "find", "import_", "unexport"]

Cursor = sqlite3.Cursor
_NOW = "datetime('now', 'localtime')"


def export(cursor: Cursor, event: str, ior: str, host: str, pid: str, version: str) -> None:
    """Note that an event channel (or the factory of a host) runs, and where."""
    number = NOT_EXPORTED_PID if pid == "null" else to_count(pid, f"the process id of event {event}", "ExportEvent")
    cursor.execute("DELETE FROM event WHERE name = ?", (event,))
    cursor.execute(
        "INSERT INTO event (name, exported, ior, host, server, pid, version, started) "
        f"VALUES (?, 1, ?, ?, ?, ?, ?, {_NOW})",
        (event.lower(), ior, host, event.lower(), number, version),
    )


def find(cursor: Cursor, event: str) -> tuple[Any, ...] | None:
    """Return ior, version, host, exported and pid of an event channel, or None."""
    row: tuple[Any, ...] | None
    row = cursor.execute("SELECT ior, version, host, exported, pid FROM event WHERE name = ?", (event,)).fetchone()
    return row


def import_(cursor: Cursor, event: str) -> tuple[list[int], list[str]]:
    """Return what a client needs to connect to an event channel: see the command ``DbImportEvent``."""
    event = event.lower()
    row = find(cursor, event)
    if row is None:
        fail(DB_DeviceNotDefined, f"event {event} not defined in the database !", "ImportEvent")
    ior, version, host, exported, pid = row
    return [exported, pid], [event, ior, version, host]


def unexport(cursor: Cursor, event: str) -> None:
    """Note that an event channel does not run any more."""
    cursor.execute(f"UPDATE event SET exported = 0, stopped = {_NOW} WHERE name = ?", (event,))
