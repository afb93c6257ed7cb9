"""Resource locators: how a short device name becomes the address of a device inside a running test context."""

from __future__ import annotations

import re

__all__ = [
    "InvalidTangoHostTrlError",
    "add_test_context_host",
    "get_device_trl",
    "get_test_context_host",
    "remove_test_context_host",
    "set_test_context_host",
]

_HOST = re.compile(r"(tango://[^/:?#]+:\d+)(#dbase=(?:no|yes))?")
_HAS_HOST = re.compile(r"(?:tango:|//|[^/:#]+:\d+/)", re.IGNORECASE)


class InvalidTangoHostTrlError(ValueError):
    """The address of a test context is not of the form ``tango://host:port#dbase=no``."""


_hosts: list[str] = []
"""Addresses of the test contexts that run now, the last one of which counts."""


def set_test_context_host(host_trl: str | None) -> None:
    """Say where devices given by a short name are.

    Parameters
    ----------
    host_trl : str or None
        Address of the server, ``tango://host:port#dbase=no``; None for the ordinary Tango database.
    """
    _hosts[:] = [] if host_trl is None else [host_trl]


def add_test_context_host(host_trl: str) -> None:
    """Have devices given by a short name looked for in a test context, until that one or a later one is removed.

    Parameters
    ----------
    host_trl : str
        Address of its server, ``tango://host:port#dbase=no``.
    """
    _hosts.append(host_trl)


def remove_test_context_host(host_trl: str) -> None:
    """Have devices given by a short name looked for where they were before.

    Parameters
    ----------
    host_trl : str
        The address that was added.
    """
    if host_trl in _hosts:
        _hosts.remove(host_trl)


def get_test_context_host() -> str | None:
    """Return where devices given by a short name are.

    Returns
    -------
    str or None
        Address of the server of a test context; None for the ordinary Tango database.
    """
    return _hosts[-1] if _hosts else None


def get_device_trl(device_trl: str) -> str:
    """Return the address under which a device or attribute is reached.

    Parameters
    ----------
    device_trl : str
        Name or address of a device or attribute.

    Returns
    -------
    str
        While a test context is running, its server's address is put in front of a name that does not say where the
        device is; otherwise the name as it is.

    Raises
    ------
    InvalidTangoHostTrlError
        If the address of the test context is malformed.
    """
    host = get_test_context_host()
    if not host or _HAS_HOST.match(device_trl):
        return device_trl
    match = _HOST.fullmatch(host)
    if match is None:
        raise InvalidTangoHostTrlError(f"test context: its address should be tango://host:port#dbase=no, got {host!r}")
    address, database = match.groups()
    path = device_trl.partition("#")[0]
    return f"{address}/{path}{database or ''}" if path else f"{address}{database or ''}"
