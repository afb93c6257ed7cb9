"""Tables of a Tango database, what is in a new one, and how older files become current.

Names of tables and columns are those of the Tango database on MySQL, because clients use them in ``DbMySqlSelect``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tango.databaseds.commands import READING_COMMANDS
from tango.databaseds.db_access import devices
from tango.databaseds.db_access.properties import CLASS, DELETED, KINDS
from tango.databaseds.db_errors import DB_SQLError, fail

__all__ = ["VERSION", "create_statements", "prepare"]

Cursor = sqlite3.Cursor

VERSION = 1  # PRAGMA user_version; 0 is a new file or one of a program that does not number its schemas

_TABLES = (
    """CREATE TABLE device (
    name TEXT COLLATE NOCASE NOT NULL PRIMARY KEY,
    alias TEXT COLLATE NOCASE UNIQUE,
    domain TEXT COLLATE NOCASE NOT NULL,
    family TEXT COLLATE NOCASE NOT NULL,
    member TEXT COLLATE NOCASE NOT NULL,
    exported INTEGER NOT NULL DEFAULT 0,
    ior TEXT NOT NULL DEFAULT 'nada',
    host TEXT COLLATE NOCASE NOT NULL DEFAULT 'nada',
    server TEXT COLLATE NOCASE NOT NULL,
    pid INTEGER NOT NULL DEFAULT 0,
    class TEXT COLLATE NOCASE NOT NULL,
    version TEXT NOT NULL DEFAULT '0',
    started TEXT,
    stopped TEXT,
    comment TEXT)""",
    "CREATE INDEX device_server ON device (server, class)",
    "CREATE INDEX device_class ON device (class, name)",
    "CREATE INDEX device_host ON device (host, server)",
    "CREATE INDEX device_family ON device (domain, family)",
    """CREATE TABLE server (
    name TEXT COLLATE NOCASE NOT NULL PRIMARY KEY,
    host TEXT COLLATE NOCASE NOT NULL DEFAULT '',
    mode INTEGER NOT NULL DEFAULT 0,
    level INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE attribute_alias (
    alias TEXT COLLATE NOCASE NOT NULL PRIMARY KEY,
    name TEXT COLLATE NOCASE NOT NULL UNIQUE,
    device TEXT COLLATE NOCASE NOT NULL,
    attribute TEXT COLLATE NOCASE NOT NULL,
    updated TEXT NOT NULL DEFAULT (datetime('now', 'localtime')),
    accessed TEXT NOT NULL DEFAULT '2000-01-01 00:00:00',
    comment TEXT)""",
    "CREATE INDEX attribute_alias_device ON attribute_alias (device)",
    """CREATE TABLE attribute_class (
    class TEXT COLLATE NOCASE NOT NULL,
    name TEXT COLLATE NOCASE NOT NULL,
    updated TEXT NOT NULL DEFAULT (datetime('now', 'localtime')),
    accessed TEXT NOT NULL DEFAULT '2000-01-01 00:00:00',
    comment TEXT,
    PRIMARY KEY (class, name))""",
    """CREATE TABLE event (
    name TEXT COLLATE NOCASE NOT NULL PRIMARY KEY,
    exported INTEGER NOT NULL DEFAULT 0,
    ior TEXT NOT NULL DEFAULT '',
    host TEXT COLLATE NOCASE NOT NULL DEFAULT '',
    server TEXT COLLATE NOCASE NOT NULL DEFAULT '',
    pid INTEGER NOT NULL DEFAULT 0,
    version TEXT NOT NULL DEFAULT '',
    started TEXT,
    stopped TEXT)""",
    # The two tables of the access control service.
    """CREATE TABLE access_address (
    user TEXT COLLATE NOCASE,
    address TEXT,
    netmask TEXT DEFAULT 'FF.FF.FF.FF',
    updated TEXT NOT NULL DEFAULT (datetime('now', 'localtime')),
    accessed TEXT NOT NULL DEFAULT '2000-01-01 00:00:00')""",
    """CREATE TABLE access_device (
    user TEXT COLLATE NOCASE,
    device TEXT COLLATE NOCASE,
    rights TEXT,
    updated TEXT NOT NULL DEFAULT (datetime('now', 'localtime')),
    accessed TEXT NOT NULL DEFAULT '2000-01-01 00:00:00')""",
)
_TABLE_NAMES = (
    *("device", "server", "attribute_alias", "attribute_class", "event", "access_address", "access_device"),
    *(f"{kind.table}{suffix}" for kind in KINDS for suffix in ("", "_hist")),
)

_DEVICES_OF_A_NEW_DATABASE = (
    ("TangoTest/test", "sys/tg_test/1", "TangoTest"),
    ("TangoAccessControl/1", "sys/access_control/1", "TangoAccessControl"),
)
# Commands that the access control lets users run who may only read.
_ALLOWED_COMMANDS = {
    "Database": READING_COMMANDS,
    "DServer": (
        *("QueryClass", "QueryDevice", "EventSubscriptionChange", "ZmqEventSubscriptionChange", "DevPollStatus"),
        *("GetLoggingLevel", "GetLoggingTarget", "QueryWizardDevProperty", "QueryWizardClassProperty"),
        *("QuerySubDevice", "DevLockStatus", "EventConfirmSubscription"),
    ),
    "Starter": ("DevReadLog", "DevStart", "DevGetRunningServers", "DevGetStopServers", "UpdateServersInfo"),
    "TangoAccessControl": (
        *("GetUsers", "GetAddressByUser", "GetDeviceByUser", "GetAccess", "GetAllowedCommands"),
        "GetAllowedCommandClassList",
    ),
}


def create_statements() -> Iterator[str]:
    """Return the SQL statements that make the tables of a new database."""
    yield from _TABLES
    for kind in KINDS:
        yield from kind.statements()


def prepare(cursor: Cursor, path: str) -> None:
    """Make a file a current Tango database: fill a new one, convert an older one, refuse a newer one.

    Parameters
    ----------
    cursor : sqlite3.Cursor
        Transaction open for writing, so that several processes may come here at once.
    path : str
        Name of the file, for error messages.
    """
    version = cursor.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        text = f"{path} was written by a newer program (schema {version}, this one knows up to {VERSION})"
        fail(DB_SQLError, text, "Open")
    if version == VERSION:
        return
    found = {row[0] for row in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if found and "device" not in found:
        fail(DB_SQLError, f"{path} is a SQLite file but not a Tango database", "Open")
    if found:
        _adopt(cursor, found)
    else:
        _create(cursor)
        _fill(cursor)
    cursor.execute(f"PRAGMA user_version = {VERSION}")


def _create(cursor: Cursor) -> None:
    for statement in create_statements():
        cursor.execute(statement)


def _fill(cursor: Cursor) -> None:
    for server, device, klass in _DEVICES_OF_A_NEW_DATABASE:
        devices.add(cursor, server, device, klass, None, "Open")
        cursor.execute("INSERT INTO server (name) VALUES (?)", (server.lower(),))
    for klass, commands in _ALLOWED_COMMANDS.items():
        for count, command in enumerate(commands, 1):
            cursor.execute(
                f"INSERT INTO {CLASS.table} (class, name, count, value) VALUES (?, 'AllowedAccessCmd', ?, ?)",
                (klass, count, command),
            )
    cursor.execute("INSERT INTO access_address (user, address) VALUES ('*', '*.*.*.*')")
    cursor.execute("INSERT INTO access_device (user, device, rights) VALUES ('*', '*/*/*', 'write')")


def _adopt(cursor: Cursor, found: set[str]) -> None:
    """Convert the tables of another implementation, which have the same names but no keys."""
    for index in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL").fetchall():
        cursor.execute(f'DROP INDEX "{index[0]}"')
    old = [name for name in _TABLE_NAMES if name in found]
    for name in old:
        cursor.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    _create(cursor)
    for name in old:
        columns = {row[1]: row[4] for row in cursor.execute(f"PRAGMA table_info({name})")}
        shared = [row[1] for row in cursor.execute(f"PRAGMA table_info(old_{name})") if row[1] in columns]
        # What must not be empty gets its default; the later of two rows with one name is the one that was in use.
        values = ", ".join(f"coalesce({key}, {columns[key]})" if columns[key] else key for key in shared)
        cursor.execute(f"INSERT OR REPLACE INTO {name} ({', '.join(shared)}) SELECT {values} FROM old_{name}")
        cursor.execute(f"DROP TABLE old_{name}")
    cursor.execute("UPDATE device SET alias = NULL WHERE alias = ''")
    for column in ("started", "stopped"):
        cursor.execute(f"UPDATE device SET {column} = NULL WHERE {column} IN ('', '0', 0)")
    for kind in KINDS:  # some mark a deletion by this value alone
        cursor.execute(f"UPDATE {kind.table}_hist SET count = 0 WHERE value = '{DELETED}'")
