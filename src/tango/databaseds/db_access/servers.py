"""Servers: their lists, and host, mode and level that Astor and the Starter use."""

from __future__ import annotations

import sqlite3

from tango.databaseds.db_access import devices
from tango.databaseds.db_access.names import like, server_parts
from tango.databaseds.db_errors import (
    DB_IncorrectArguments,
    DB_IncorrectServerName,
    DB_SQLError,
    fail,
)

__all__ = ["delete", "delete_info", "hosts_of", "info", "infos_on_host", "instances", "on_host", "put_info", "rename"]

Cursor = sqlite3.Cursor
_UNKNOWN = [" ", " ", " "]


def info(cursor: Cursor, server: str) -> list[str]:
    """Return name, host, mode and level of a server; spaces if nothing was put."""
    row = cursor.execute("SELECT host, mode, level FROM server WHERE name = ?", (server,)).fetchone()
    return [server, *(map(str, row) if row else _UNKNOWN)]


def put_info(cursor: Cursor, server: str, host: str, mode: str, level: str) -> None:
    """Store host, mode (1: controlled by the Starter) and level (of the start) of a server."""
    server_parts(server, "DbPutServerInfo")
    numbers = []
    for what, text in (("mode", mode), ("level", level)):
        try:
            numbers.append(int(text))
        except ValueError:
            fail(DB_IncorrectArguments, f"{what} of server {server} must be a number, not '{text}'", "DbPutServerInfo")
    cursor.execute(
        "INSERT INTO server (name, host, mode, level) VALUES (?, ?, ?, ?) ON CONFLICT (name) "
        "DO UPDATE SET host = excluded.host, mode = excluded.mode, level = excluded.level",
        (server.lower(), host, *numbers),
    )


def delete_info(cursor: Cursor, server: str) -> None:
    """Forget host, mode and level of a server."""
    cursor.execute("DELETE FROM server WHERE name = ?", (server,))


def delete(cursor: Cursor, server: str) -> None:
    """Delete a server and its devices; their properties stay for a server that comes back."""
    server_parts(server, "DeleteServer")
    cursor.execute("DELETE FROM device WHERE server = ?", (server,))
    delete_info(cursor, server)


def rename(cursor: Cursor, old: str, new: str) -> None:
    """Give a server another name, with its devices, its administration device and its information."""
    for name in (old, new):
        server_parts(name, "DbRenameServer")
    if devices.names(cursor, "name", name=f"dserver/{new}"):
        fail(DB_SQLError, f"Device server process name {new} is already used !", "DbRenameServer")
    if not devices.names(cursor, "name", server=old):
        fail(DB_IncorrectServerName, f"Server {old} not defined in database!", "DbRenameServer")
    cursor.execute("UPDATE device SET server = ? WHERE server = ?", (new, old))
    cursor.execute("UPDATE server SET name = ? WHERE name = ?", (new.lower(), old))
    devices.rename(cursor, f"dserver/{old}", f"dserver/{new}")


def hosts_of(cursor: Cursor, server: str) -> list[str]:
    """Return the host from which a server's administration device was exported last, if there was one."""
    rows = cursor.execute(
        "SELECT host FROM device WHERE name = ? AND host <> 'nada'", (f"dserver/{server}",)
    ).fetchall()
    return [row[0] for row in rows]


def instances(cursor: Cursor, executable: str) -> list[str]:
    """Return the instance names of an executable."""
    return [server.partition("/")[2] for server in devices.names(cursor, "server", server=f"{executable}/*")]


def executables(cursor: Cursor, wildcard: str) -> list[str]:
    """Return the names of the executables, without regard to case."""
    found = {server.partition("/")[0].lower(): server for server in devices.names(cursor, "server", server=wildcard)}
    return [server.partition("/")[0] for server in found.values()]


def on_host(cursor: Cursor, host: str) -> list[str]:
    """Return the servers with a device on a host; a host without domain name stands for itself in any domain."""
    here, name = like("host", host)
    domain, any_domain = like("host", f"{host}.*")
    rows = cursor.execute(
        f"SELECT DISTINCT server FROM device WHERE {here} OR {domain} ORDER BY server", (name, any_domain)
    )
    return [row[0] for row in rows]


def infos_on_host(cursor: Cursor, host: str) -> list[str]:
    """Return name, mode and level of each server on a host, in one list."""
    result: list[str] = []
    for server in on_host(cursor, host):
        result += [server, *info(cursor, server)[2:]]
    return result
