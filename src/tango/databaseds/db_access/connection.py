"""Connections to one SQLite file: many readers, one writer, no half-written change."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import sys
import threading
from collections.abc import Iterator

from tango.databaseds.db_errors import DB_SQLError, fail

__all__ = ["ConnectionPool", "regexp"]

_IN_MEMORY = ":memory:"
_LOCK_TIMEOUT = 10.0  # seconds to wait for another process that writes to the same file
_KEPT_CONNECTIONS = 8


def regexp(expr: str, item: str | None) -> bool:
    """Search a regular expression in a text: the ``REGEXP`` operator of SQL."""
    return item is not None and re.search(expr, item) is not None


class ConnectionPool:
    """Gives out transactions on a SQLite file.

    Parameters
    ----------
    path : str
        File name, or ``":memory:"`` for data that live as long as this object.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._lock = threading.Lock()
        # One writer at a time: SQLite would make the others wait anyhow, and this queue is fair and cheap.
        self._writing = threading.RLock()
        # Data in memory belong to their connection, so there is just one, and readers queue as well.
        self._only: sqlite3.Connection | None = self._connect() if path == _IN_MEMORY else None

    @contextlib.contextmanager
    def read(self, origin: str = "read") -> Iterator[sqlite3.Cursor]:
        """Open a transaction that sees one state of the data from its first to its last query."""
        with self._queue_if_shared(), self._transaction("BEGIN", origin) as cursor:
            yield cursor

    @contextlib.contextmanager
    def write(self, origin: str = "write") -> Iterator[sqlite3.Cursor]:
        """Open a transaction that changes the data: all of it at the end, or nothing on an error."""
        with self._writing, self._transaction("BEGIN IMMEDIATE", origin) as cursor:
            yield cursor

    def close(self) -> None:
        """Close all connections; the last one moves the write-ahead log into the file."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        if self._only is not None:
            self._only.close()

    @contextlib.contextmanager
    def _transaction(self, begin: str, origin: str) -> Iterator[sqlite3.Cursor]:
        try:
            with self._borrow() as connection:
                cursor = connection.execute(begin)
                try:
                    yield cursor
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
        except sqlite3.Error as error:
            fail(DB_SQLError, f"{self.path}: {error}", origin)

    @contextlib.contextmanager
    def _borrow(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise sqlite3.ProgrammingError("the database is closed")
            connection = self._only or (self._idle.pop() if self._idle else None)
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection is self._only:
            return
        with self._lock:
            keep = not self._closed and len(self._idle) < _KEPT_CONNECTIONS
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()

    def _queue_if_shared(self) -> contextlib.AbstractContextManager[object]:
        return contextlib.nullcontext() if self._only is None else self._writing

    def _connect(self) -> sqlite3.Connection:
        # Transactions are opened by hand, and a connection serves one thread at a time but not always the same.
        connection = sqlite3.connect(
            self.path, timeout=_LOCK_TIMEOUT, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            # Readers go on while one writes; after a crash the log is replayed. NORMAL may lose the last changes
            # when the power fails, but never consistency, and makes the start of a big server ten times faster.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.create_function("regexp", 2, regexp, deterministic=True)
            if sys.version_info >= (3, 12):
                # Queries written for MySQL put texts in double quotes; some builds of SQLite do not take that.
                connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML, True)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
