"""The file of a Tango database: opening, closing and transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager
from types import ModuleType

from tango.databaseds.db_access import devices
from tango.databaseds.db_access.connection import ConnectionPool
from tango.databaseds.db_access.properties import CLASS
from tango.databaseds.db_access.schema import prepare
from tango.databaseds.db_errors import DB_SQLError, fail

__all__ = ["DEFAULT_FILE", "FILE_VARIABLE", "DatabaseFile"]

DEFAULT_DEPTH = 10
DEFAULT_FILE = "tango_database.db"
FILE_VARIABLE = "PYTANGO_DATABASE_NAME"


class DatabaseFile:
    """An open file with the tables of a Tango database.

    Parameters
    ----------
    name : str
        Instance name of the database server; its device is ``sys/database/<name>``.
    db_name : str, optional
        File that holds the data, or ``":memory:"``; by default what the environment variable
        ``PYTANGO_DATABASE_NAME`` says, or else ``tango_database.db`` in the current directory.
    history_depth : int, optional
        How many changes of one property are remembered; by default what the class property ``historyDepth`` of the
        class ``DataBase`` says, or else 10.

    Raises
    ------
    tango.DevFailed
        ``DB_SQLError`` if the file cannot be used.
    """

    def __init__(self, name: str, db_name: str | None = None, history_depth: int | None = None) -> None:
        self.name = name
        self.dev_name = f"sys/database/{name}"
        self.db_name = db_name or os.environ.get(FILE_VARIABLE) or DEFAULT_FILE
        try:
            self._pool = ConnectionPool(self.db_name)
        except sqlite3.Error as error:
            fail(DB_SQLError, f"{self.db_name}: {error}", "Open")
        try:
            with self._write() as cursor:
                prepare(cursor, self.db_name)
                devices.add(cursor, f"DataBaseds/{name}", self.dev_name, "DataBase", None, "Open")
                cursor.execute("INSERT INTO server (name) VALUES (?) ON CONFLICT DO NOTHING", (f"databaseds/{name}",))
                self.history_depth = _stored_depth(cursor) if history_depth is None else history_depth
        except BaseException:
            self._pool.close()
            raise

    @property
    def db_api(self) -> ModuleType:
        """The module that talks to the file."""
        return sqlite3

    def get_db_api(self) -> ModuleType:
        """Return the module that talks to the file."""
        return self.db_api

    def close_db(self) -> None:
        """Close the file; further calls fail."""
        self._pool.close()

    def _read(self) -> AbstractContextManager[sqlite3.Cursor]:
        return self._pool.read()

    def _write(self) -> AbstractContextManager[sqlite3.Cursor]:
        return self._pool.write()


def _stored_depth(cursor: sqlite3.Cursor) -> int:
    values = CLASS.values(cursor, ("DataBase",), "historyDepth")
    return int(values[0]) if values and values[0].strip().isdigit() else DEFAULT_DEPTH
