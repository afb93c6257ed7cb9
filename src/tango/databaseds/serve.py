"""The process of the database server: its command line, its start without a database, its end."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import socket
import sys
import threading
from collections.abc import Sequence

from tango import DevFailed, SerialModel
from tango.databaseds.database import DataBase, DataBaseClass
from tango.databaseds.db_access.sqlite3 import SqlDatabase
from tango.server import run
from tango.server.classic import Util
from tango.server.ior import parse_ior

__all__ = ["main"]

DEFAULT_HOST = "0.0.0.0"
DEFAULT_PORT = 10000
_EVERYWHERE = ("", DEFAULT_HOST)
_LOGGING_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the database server until it is told to end.

    Parameters
    ----------
    argv : sequence of str, optional
        Command line without the name of the program; ``sys.argv`` by default.

    Returns
    -------
    int
        Exit code: 0, or 1 if the server could not start.
    """
    options = _parse(sys.argv[1:] if argv is None else argv)
    logging.basicConfig(
        level=_LOGGING_LEVELS[options.logging_level],
        format="%(threadName)-12s %(levelname)-8s %(asctime)s %(name)s: %(message)s",
    )
    try:
        _check_port(options.host, options.port)
        database = importlib.import_module(_plugin(options.db_access)).get_db(options.instance)
    except OSError as error:
        return _complain(f"cannot listen on {options.host}:{options.port}: {error.strerror or error}")
    except DevFailed as error:
        return _complain(error.args[0].desc)
    if options.embedded:
        threading.Thread(target=_end_with_standard_input, args=(database,), name="database-stdin", daemon=True).start()
    try:
        _serve(options, database)
    except DevFailed as error:
        return _complain("\n".join(f"{item.reason}: {item.desc}" for item in error.args))
    finally:
        database.close_db()
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    host, port = _from_environment()
    parser = argparse.ArgumentParser(
        prog="DataBaseds",
        description="Tango database server that keeps its data in a SQLite file: tango_database.db in the current "
        "directory, or the file that the environment variable PYTANGO_DATABASE_NAME names (:memory: for no file).",
    )
    parser.add_argument("--db_access", default="sqlite3", type=_access, help="database type (default: %(default)s)")
    parser.add_argument(
        *("-e", "--embedded"),
        action="store_true",
        help="belong to the program that started this one: end when the standard input is closed",
    )
    parser.add_argument(
        *("-l", "--logging_level"),
        type=int,
        choices=range(len(_LOGGING_LEVELS)),
        default=0,
        help="logging_level 0:WARNING,1:INFO,2:DEBUG",
    )
    unset = "use {} from TANGO_HOST if not set or {}"
    parser.add_argument("--port", type=int, default=port, help=f"database port ({unset.format('port', DEFAULT_PORT)})")
    parser.add_argument("--host", default=host, help=f"database host ({unset.format('host', DEFAULT_HOST)})")
    parser.add_argument(
        "--print-host-port",
        action="store_true",
        help="prints host and port to stderr on startup, like host=127.0.0.1, port=10000.",
    )
    parser.add_argument("instance", metavar="INSTANCE", help="instance name; the device is sys/database/INSTANCE")
    parser.add_argument("argv", nargs=argparse.REMAINDER, help="arguments for the Tango library, such as -v4")
    return parser.parse_args(argv)


def _from_environment() -> tuple[str, int]:
    """Return where clients with this environment look for the database: the first one of ``TANGO_HOST``."""
    host, _, port = os.environ.get("TANGO_HOST", "").partition(",")[0].strip().rpartition(":")
    if host and port.isdigit():
        return host, int(port)
    return DEFAULT_HOST, DEFAULT_PORT


def _plugin(name: str) -> str:
    return f"tango.databaseds.db_access.{name}"


def _access(name: str) -> str:
    if not name.isidentifier() or importlib.util.find_spec(_plugin(name)) is None:
        raise argparse.ArgumentTypeError(f"there is no database type '{name}'; known is: sqlite3")
    return name


def _check_port(host: str, port: int) -> None:
    """Raise OSError where the CORBA library would only say that it cannot initialise."""
    if not 0 <= port <= 0xFFFF:
        raise OSError("a port is a number from 0 to 65535")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        probe.bind(("" if host in _EVERYWHERE else host, port))


def _serve(options: argparse.Namespace, database: SqlDatabase) -> None:
    # Clients in this process (for the Starters) must find this very database.
    os.environ["TANGO_HOST"] = f"{'127.0.0.1' if options.host in _EVERYWHERE else options.host}:{options.port}"
    host = "" if options.host in _EVERYWHERE else options.host
    device_class = type("DataBaseClass", (DataBaseClass,), {"database": database})
    arguments = ["DataBaseds", options.instance, *options.argv, "-nodb", "-dlist", f"DataBase::{database.dev_name}"]
    arguments += ["-ORBendPoint", f"giop:tcp:{host}:{options.port or ''}"]

    def ready() -> None:
        found_host, port = _register(database)
        os.environ["TANGO_HOST"] = f"{found_host}:{port}"
        if options.print_host_port:
            print(f"Database DS listening on: host={found_host}, port={port}.", file=sys.stderr, flush=True)

    # The stored data have their own locking, so that one long query does not keep all clients waiting.
    run(
        {"DataBase": (device_class, DataBase)},
        args=arguments,
        pre_init_callback=lambda: Util.instance().set_serial_model(SerialModel.NO_SYNC),
        post_init_callback=ready,
        raises=True,
    )


def _register(database: SqlDatabase) -> tuple[str, int]:
    """Export the server's own two devices, which no database has done for it; return where they are."""
    util = Util.instance()
    host, pid, version = util.get_host_name(), str(util.get_pid()), util.get_version_str()
    device = util.get_device_by_name(database.dev_name)
    address = util.get_device_ior(device)
    database.export_device(database.dev_name, address, host, pid, version)
    administrator = util.get_dserver_ior(util.get_dserver_device())
    database.export_device(f"dserver/DataBaseds/{database.name}", administrator, host, pid, version)
    reference = parse_ior(address)
    return reference.host.decode("latin-1"), reference.port


def _end_with_standard_input(database: SqlDatabase) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    database.close_db()
    os._exit(0)


def _complain(text: str) -> int:
    print(f"DataBaseds: {text}", file=sys.stderr, flush=True)
    return 1
