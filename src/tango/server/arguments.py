"""The command line of a device server: checked here, then handed to cppTango in the form it knows."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ("parse_args",)

_LEVEL = re.compile(r"-v(?P<level>\d+)")
_ORB_OPTION = re.compile(r"--?(?P<name>ORB\w+)(?:=(?P<value>.*))?")
_WINDOWS_OPTIONS = frozenset({"-dbg", "-i", "-s", "-u"})

_USAGE = "%(prog)s instance_name [-v[trace level]] [-host] [-port] [-file=<file_name> | -nodb [-dlist]]"
_EPILOG = """\
options of the ORB (rarely needed):
  -ORBendPoint giop:tcp:<host>:<port>
                        host and port on which the server listens
  -ORB<option> VALUE    any other option, for example -ORBtraceLevel 5

examples:
  %(prog)s test                                            a server that the database knows
  %(prog)s test -nodb -port 10000 -dlist lab/power/1       without a database
  %(prog)s test -file=devices.txt -port 10000 -v4          devices and properties from a file
"""


def _make_parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program,
        usage=_USAGE,
        epilog=_EPILOG,
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("instance_name", help="Device server instance name")
    add("-h", "-?", "--help", action="help", help="show this help message and exit")
    add("-v", "--verbose", action="count", default=0, help="set the trace level; -v4, -vvvv and -v 4 mean the same")
    add("-file", "--file", metavar="FILE_PATH", help="take devices and properties from a file instead of the database")
    add("-host", "--host", help="host name or address on which the server listens")
    add("-port", "--port", type=_port, help="port on which the server listens; 0 lets the system choose")
    nodb = parser.add_argument_group("run device server without database")
    nodb.add_argument("-nodb", "--nodb", action="store_true", help="run without database; needs -port or -ORBendPoint")
    nodb.add_argument(
        "-dlist", "--dlist", metavar="DEV1,DEV2,etc", help="the names of the devices; only together with -nodb"
    )
    return parser


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port number (0 to 65535)")
    return port


def _endpoint(host: str | None, port: int) -> str:
    host = host or "0.0.0.0"
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"giop:tcp:{host}:{port}"


def _take_orb_options(words: list[str], parser: argparse.ArgumentParser) -> tuple[list[str], list[tuple[str, str]]]:
    """Separate the options of the ORB, each with its value, from the rest."""
    rest: list[str] = []
    options: list[tuple[str, str]] = []
    left = iter(words)
    for word in left:
        match = _ORB_OPTION.fullmatch(word)
        if match is None:
            rest.append(word)
            continue
        value = match["value"] if match["value"] is not None else next(left, None)
        if value is None or (value.startswith("-") and match["value"] is None):
            parser.error(f"argument -{match['name']}: expected one argument")
        options.append((f"-{match['name']}", value))
    return rest, options


def _take_level(words: list[str]) -> tuple[list[str], int | None]:
    """Separate a trace level given as a number: ``-v4`` or ``-v 4``."""
    rest: list[str] = []
    level: int | None = None
    left = iter(range(len(words)))
    for index in left:
        word = words[index]
        match = _LEVEL.fullmatch(word)
        if match is not None:
            level = int(match["level"])
        elif word in ("-v", "--verbose") and index + 1 < len(words) and words[index + 1].isdigit():
            level = int(words[index + 1])
            next(left)
        else:
            rest.append(word)
    return rest, level


def _stop(text: str) -> NoReturn:
    sys.exit(text)


def parse_args(args: Sequence[str]) -> list[str]:
    """Check the arguments of a device server and write them the way cppTango reads them.

    Parameters
    ----------
    args
        Name of the program, then its arguments: ``["PowerSupply", "test", "--nodb", "--port", "1234"]``.

    Returns
    -------
    list of str
        The arguments for cppTango: ``["PowerSupply", "test", "-nodb", "-ORBendPoint", "giop:tcp:0.0.0.0:1234"]``.

    Raises
    ------
    SystemExit
        After printing the help, or what is wrong.
    """
    program, *words = args
    name = os.path.splitext(os.path.basename(program))[0] or program
    parser = _make_parser(name)
    words, orb_options = _take_orb_options([str(word) for word in words], parser)
    words, level = _take_level(words)
    given, unknown = parser.parse_known_args(words)
    passed_on = [word for word in unknown if sys.platform == "win32" and word in _WINDOWS_OPTIONS]
    if len(passed_on) < len(unknown):
        parser.error("unrecognized arguments: " + " ".join(word for word in unknown if word not in passed_on))

    result = [program, given.instance_name, *passed_on]
    if level is None and given.verbose:
        level = given.verbose
    if level is not None:
        result.append(f"-v{level}")
    if given.file is not None:
        result.append(f"-file={given.file}")
    has_endpoint = any(option == "-ORBendPoint" for option, _ in orb_options)
    if given.nodb:
        if given.port is None and not has_endpoint:
            _stop("-nodb option should used with [-host] -port or -ORBendPoint options")
        result.append("-nodb")
    if given.dlist is not None:
        if not given.nodb:
            _stop("-dlist should be used only with -nodb option")
        result += ["-dlist", given.dlist]
    if given.port is not None and not has_endpoint:
        result += ["-ORBendPoint", _endpoint(given.host, given.port)]
    return result + [word for option in orb_options for word in option]
