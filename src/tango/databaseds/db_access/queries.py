"""Questions about the whole database: its summary and free SQL queries."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable

from tango.databaseds.db_access.properties import CLASS, CLASS_ATTRIBUTE, DEVICE, DEVICE_ATTRIBUTE, OBJECT
from tango.databaseds.db_errors import DB_IncorrectArguments, DB_SQLError, fail

__all__ = ["objects", "select", "summary"]

Cursor = sqlite3.Cursor

_SELECT_LIMIT = 30.0  # seconds, after which nobody waits any more and the query only keeps a processor busy
_STEPS_BETWEEN_CHECKS = 10_000
_SELECT = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
_SUMMARY = (
    ("Device properties", DEVICE),
    ("Class properties", CLASS),
    ("Device attribute properties", DEVICE_ATTRIBUTE),
    ("Class attribute properties", CLASS_ATTRIBUTE),
    ("Object properties", OBJECT),
)


def summary(cursor: Cursor, title: str, device: str) -> list[str]:
    """Return the lines of ``DbInfo``.

    Parameters
    ----------
    cursor : sqlite3.Cursor
        Open transaction.
    title : str
        What to call this database.
    device : str
        Name of the database device; its start is when the database began to run.
    """

    def number(table: str, condition: str = "1") -> int:
        count: int = cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0]
        return count

    started = cursor.execute("SELECT started FROM device WHERE name = ?", (device,)).fetchone()
    lines = [
        f"TANGO Database {title}",
        " ",
        f"Running since ...{started[0] if started and started[0] else ''}",
        " ",
        f"Devices defined = {number('device')}",
        f"Devices exported = {number('device', 'exported = 1')}",
    ]
    server = "class = 'DServer'"
    lines += [
        f"Device servers defined = {number('device', server)}",
        f"Device servers exported = {number('device', f'{server} AND exported = 1')}",
        " ",
    ]
    for what, kind in _SUMMARY:
        lines.append(f"{what} defined = {number(kind.table)} [History lgth = {number(f'{kind.table}_hist')}]")
    return lines


def objects(cursor: Cursor, condition: str, parameter: str) -> list[str]:
    """Return the names of the objects that have properties."""
    rows = cursor.execute(f"SELECT DISTINCT object FROM property WHERE {condition} ORDER BY object", (parameter,))
    return [row[0] for row in rows]


def select(cursor: Cursor, query: str, is_stopping: Callable[[], bool]) -> tuple[list[int], list[str]]:
    """Run one SQL query that only reads.

    Parameters
    ----------
    cursor : sqlite3.Cursor
        Open transaction.
    query : str
        Query of a client.
    is_stopping : callable
        Tells, while the query runs, whether the server is to end.

    Returns
    -------
    tuple of (list of int, list of str)
        The fields of all rows as text; for each of them 1, or 0 if it is NULL, and at the end the numbers of rows and
        of columns.
    """
    if not _SELECT.match(query) or ";" in query.rstrip("; \t\r\n"):
        fail(DB_IncorrectArguments, f"SQL command not valid: {query}", "DbMySqlSelect")
    connection = cursor.connection
    deadline = time.monotonic() + _SELECT_LIMIT

    def enough() -> bool:
        return is_stopping() or time.monotonic() > deadline

    cursor.execute("PRAGMA query_only = ON")
    connection.set_progress_handler(enough, _STEPS_BETWEEN_CHECKS)
    try:
        rows = cursor.execute(query).fetchall()
        width = len(cursor.description)
    except sqlite3.Error as error:
        reason = str(error)
        if is_stopping():
            reason = "stopped because the server ends"
        elif enough():
            reason = f"stopped after {_SELECT_LIMIT:.0f} s"
        fail(DB_SQLError, f"SQL command failed: {query}: {reason}", "DbMySqlSelect")
    finally:
        connection.set_progress_handler(None, 0)
        cursor.execute("PRAGMA query_only = OFF")
    fields = [field for row in rows for field in row]
    texts = ["" if field is None else str(field) for field in fields]
    flags = [int(field is not None) for field in fields]
    return [*flags, len(rows), width], texts
