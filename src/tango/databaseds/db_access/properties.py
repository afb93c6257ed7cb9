"""Properties of objects, classes, devices and of their attributes and pipes, with their history.

All kinds are stored alike: one row per value, numbered from 1 in ``count``. A history table holds the last
puts and deletions, each with one ``id``; a deletion is a row whose ``count`` is 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tango.databaseds.db_access.names import like

__all__ = [
    "CLASS",
    "CLASS_ATTRIBUTE",
    "CLASS_PIPE",
    "DEVICE",
    "DEVICE_ATTRIBUTE",
    "DEVICE_PIPE",
    "KINDS",
    "OBJECT",
    "PropertyKind",
]

Cursor = sqlite3.Cursor
DELETED = "DELETED"  # the value in the row of a deletion


@dataclass(frozen=True)
class PropertyKind:
    """One kind of property: the table and the columns that say whose properties they are.

    Parameters
    ----------
    table : str
        Name of the table; the table of the history has ``_hist`` behind it.
    keys : tuple of str
        The owner's column, followed by the column of the attribute or pipe if there is one.
    """

    table: str
    keys: tuple[str, ...]

    # ---- reading

    def values(self, cursor: Cursor, owner: Sequence[str], name: str) -> list[str]:
        """Return the values of one property; a wildcard puts those of several in one list."""
        condition, parameter = like("name", name)
        rows = cursor.execute(
            f"SELECT value FROM {self.table} WHERE {self._owned} AND {condition} ORDER BY count, name",
            (*owner, parameter),
        )
        return [row[0] for row in rows]

    def names(self, cursor: Cursor, owner: Sequence[str], wildcard: str) -> list[str]:
        """Return the names of the properties that an owner has."""
        return self._distinct(cursor, "name", owner, wildcard)

    def members(self, cursor: Cursor, owner: str, wildcard: str) -> list[str]:
        """Return the names of the attributes or pipes for which an owner has properties."""
        return self._distinct(cursor, self.keys[1], (owner,), wildcard)

    def of_member(self, cursor: Cursor, owner: str, member: str) -> list[tuple[str, list[str]]]:
        """Return the properties of one attribute or pipe as names and values."""
        rows = cursor.execute(
            f"SELECT name, value FROM {self.table} WHERE {self._owned} ORDER BY name, count", (owner, member)
        )
        return [(name, [value for _, value in group]) for name, group in groupby(rows, key=lambda row: row[0])]

    def history(self, cursor: Cursor, owner: str, *patterns: str) -> list[str]:
        """Return the puts and deletions, oldest first, in the layout of the ``DbGet...PropertyHist`` commands.

        Parameters
        ----------
        cursor : sqlite3.Cursor
            Open transaction.
        owner : str
            Object, class or device.
        *patterns : str
            Wildcards for the attribute or pipe (where there is one) and for the property.
        """
        shown = (*self.keys[1:], "name")
        conditions, parameters = zip(*map(like, shown, patterns), strict=True)
        columns = ", ".join(shown)
        rows = cursor.execute(
            f"SELECT id, {columns}, date, count, value FROM {self.table}_hist "
            f"WHERE {self.keys[0]} = ? AND {' AND '.join(conditions)} ORDER BY id, {columns}, count",
            (owner, *parameters),
        )
        result: list[str] = []
        for record, group in groupby(rows, key=lambda row: row[:-2]):
            values = [value for *_, count, value in group if count > 0]
            result += [*record[1:], str(len(values)), *values]
        return result

    # ---- changing

    def put(self, cursor: Cursor, owner: Sequence[str], name: str, values: Sequence[str], depth: int) -> None:
        """Store a property in place of its earlier values; no values means that it goes away.

        Parameters
        ----------
        cursor : sqlite3.Cursor
            Open transaction.
        owner : sequence of str
            One text per column in `keys`.
        name : str
            Name of the property.
        values : sequence of str
            The values.
        depth : int
            How many changes of one property its history holds.
        """
        gone = cursor.execute(f"DELETE FROM {self.table} WHERE {self._owned} AND name = ?", (*owner, name)).rowcount
        places = ", ".join("?" * (len(self.keys) + 3))
        rows = list(enumerate(values, 1))
        cursor.executemany(
            f"INSERT INTO {self.table} ({self._owner_columns}, name, count, value) VALUES ({places})",
            [(*owner, name, count, value) for count, value in rows],
        )
        if rows:
            self._remember(cursor, owner, name, rows, depth)
        elif gone:
            self._remember(cursor, owner, name, [(0, DELETED)], depth)

    def delete(self, cursor: Cursor, owner: Sequence[str], name: str, depth: int) -> None:
        """Delete the properties that a name or wildcard stands for, and note it in their history."""
        for found in self.names(cursor, owner, name):
            self.put(cursor, owner, found, [], depth)

    def delete_owner(self, cursor: Cursor, owner: str) -> None:
        """Delete everything that one object, class or device has; its history stays."""
        cursor.execute(f"DELETE FROM {self.table} WHERE {self.keys[0]} = ?", (owner,))

    def rename_owner(self, cursor: Cursor, old: str, new: str) -> None:
        """Give the properties of one object, class or device to another one."""
        for table in (self.table, f"{self.table}_hist"):
            cursor.execute(f"UPDATE {table} SET {self.keys[0]} = ? WHERE {self.keys[0]} = ?", (new, old))

    # ---- tables

    def statements(self) -> Iterable[str]:
        """Return the SQL statements that create the two tables."""
        keys = "".join(f"{key} TEXT COLLATE NOCASE NOT NULL, " for key in self.keys)
        yield (
            f"CREATE TABLE {self.table} ({keys}name TEXT COLLATE NOCASE NOT NULL, "
            "count INTEGER NOT NULL, value TEXT NOT NULL DEFAULT '', "
            "updated TEXT NOT NULL DEFAULT (datetime('now', 'localtime')), "
            "accessed TEXT NOT NULL DEFAULT '2000-01-01 00:00:00', comment TEXT, "
            f"PRIMARY KEY ({self._owner_columns}, name, count))"
        )
        yield (
            f"CREATE TABLE {self.table}_hist (id INTEGER NOT NULL, "
            "date TEXT NOT NULL DEFAULT (datetime('now', 'localtime')), "
            f"{keys}name TEXT COLLATE NOCASE NOT NULL, count INTEGER NOT NULL, value TEXT NOT NULL DEFAULT '')"
        )
        yield f"CREATE INDEX {self.table}_hist_owner ON {self.table}_hist ({self._owner_columns}, name, id)"
        yield f"CREATE INDEX {self.table}_hist_id ON {self.table}_hist (id)"

    @property
    def _owned(self) -> str:
        return " AND ".join(f"{key} = ?" for key in self.keys)

    @property
    def _owner_columns(self) -> str:
        return ", ".join(self.keys)

    def _distinct(self, cursor: Cursor, column: str, owner: Sequence[str], wildcard: str) -> list[str]:
        condition, parameter = like(column, wildcard)
        owned = " AND ".join(f"{key} = ?" for key in self.keys[: len(owner)])
        rows = cursor.execute(
            f"SELECT DISTINCT {column} FROM {self.table} WHERE {owned} AND {condition} ORDER BY {column}",
            (*owner, parameter),
        )
        return [row[0] for row in rows]

    def _remember(
        self, cursor: Cursor, owner: Sequence[str], name: str, rows: Sequence[tuple[int, str]], depth: int
    ) -> None:
        hist = f"{self.table}_hist"
        record = cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {hist}").fetchone()[0]
        places = ", ".join("?" * (len(self.keys) + 4))
        cursor.executemany(
            f"INSERT INTO {hist} (id, {self._owner_columns}, name, count, value) VALUES ({places})",
            [(record, *owner, name, count, value) for count, value in rows],
        )
        # Not "id <= (SELECT ... LIMIT 1 OFFSET ?)": SQLite 3.40 answers that with a row that it should skip.
        cursor.execute(
            f"DELETE FROM {hist} WHERE {self._owned} AND name = ? AND id IN (SELECT DISTINCT id FROM {hist} "
            f"WHERE {self._owned} AND name = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
            (*owner, name, *owner, name, depth),
        )


OBJECT = PropertyKind("property", ("object",))
CLASS = PropertyKind("property_class", ("class",))
DEVICE = PropertyKind("property_device", ("device",))
CLASS_ATTRIBUTE = PropertyKind("property_attribute_class", ("class", "attribute"))
DEVICE_ATTRIBUTE = PropertyKind("property_attribute_device", ("device", "attribute"))
CLASS_PIPE = PropertyKind("property_pipe_class", ("class", "pipe"))
DEVICE_PIPE = PropertyKind("property_pipe_device", ("device", "pipe"))
KINDS = (OBJECT, CLASS, DEVICE, CLASS_ATTRIBUTE, DEVICE_ATTRIBUTE, CLASS_PIPE, DEVICE_PIPE)
