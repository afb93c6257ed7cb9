"""Names and wildcards of a Tango database."""

from __future__ import annotations

import re

from tango.databaseds.db_errors import DB_IncorrectDeviceName, DB_IncorrectServerName, fail

__all__ = ["check_device_name", "device_parts", "like", "replace_wildcard", "server_parts"]

_LIKE_SPECIAL = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_", "*": "%"})
_PROTOCOL = re.compile(r"^(tango:)?(//[^/]*/)?", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r"[*#\s]|->")


def replace_wildcard(text: str) -> str:
    r"""Return the SQL ``LIKE`` pattern (escape character ``\``) of a Tango wildcard.

    Parameters
    ----------
    text : str
        Text in which ``*`` stands for any characters; everything else stands for itself.
    """
    return text.translate(_LIKE_SPECIAL)


def like(column: str, text: str) -> tuple[str, str]:
    """Return the condition and its parameter that select ``column`` by a name or a wildcard.

    A text without ``*`` is compared for equality, which is what an index is best at.
    """
    if "*" in text:
        return f"{column} LIKE ? ESCAPE '\\'", replace_wildcard(text)
    return f"{column} = ?", text


def check_device_name(dev_name: str) -> tuple[bool, str | None, list[str] | None]:
    """Tell whether a device name has the form ``[tango:][//host:port/]domain/family/member``.

    Parameters
    ----------
    dev_name : str
        Name as the client sent it.

    Returns
    -------
    tuple
        ``(True, "domain/family/member", [domain, family, member])``, or ``(False, None, None)``.
    """
    name = _PROTOCOL.sub("", dev_name, count=1)
    fields = name.split("/")
    if len(fields) != 3 or not all(fields) or _NOT_IN_A_NAME.search(name):
        return False, None, None
    return True, name, fields


def device_parts(dev_name: str, origin: str) -> tuple[str, list[str]]:
    """Return the plain name of a device and its three fields.

    Raises
    ------
    tango.DevFailed
        ``DB_IncorrectDeviceName`` if it is not a device name.
    """
    _, name, fields = check_device_name(dev_name)
    if name is None or fields is None:
        text = f"device name ({dev_name}) syntax error (should be [tango:][//instance/]domain/family/member)"
        fail(DB_IncorrectDeviceName, text, origin)
    return name, fields


def server_parts(server: str, origin: str) -> tuple[str, str]:
    """Return executable and instance of a full server name.

    Raises
    ------
    tango.DevFailed
        ``DB_IncorrectServerName`` if it is not of the form ``executable/instance``.
    """
    fields = server.split("/")
    if len(fields) != 2 or not all(fields) or _NOT_IN_A_NAME.search(server):
        fail(DB_IncorrectServerName, f"server name ({server}) syntax error (should be executable/instance)", origin)
    return fields[0], fields[1]
