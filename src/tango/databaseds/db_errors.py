"""Reasons of the errors that a Tango database reports, and the one way to report them."""

from __future__ import annotations

from typing import NoReturn

from tango import Except

__all__ = [
    "DB_AliasNotDefined",
    "DB_DeviceNotDefined",
    "DB_IncorrectArguments",
    "DB_IncorrectDeviceName",
    "DB_IncorrectServerName",
    "DB_MySQLLibNotThreadSafe",
    "DB_NoFreeMySQLConnection",
    "DB_SQLError",
    "fail",
]

# The spelling of the reasons is known to clients, which compare them.
DB_AliasNotDefined = "DB_AliasNotDefined"
DB_DeviceNotDefined = "DB_DeviceNotDefined"
DB_IncorrectArguments = "DB_IncorrectArguments"
DB_IncorrectDeviceName = "DB_IncorrectDeviceName"
DB_IncorrectServerName = "DB_IncorrectServerName"
DB_MySQLLibNotThreadSafe = "DB_MySQLLibNotThreadSafe"
DB_NoFreeMySQLConnection = "DB_NoFreeMySQLConnection"
DB_SQLError = "DB_SQLError"


def fail(reason: str, description: str, origin: str) -> NoReturn:
    """Report a failed database call to the client.

    Parameters
    ----------
    reason : str
        One of the ``DB_...`` names of this module.
    description : str
        What was wrong, with the name it was about.
    origin : str
        Name of the database call; ``DataBase::`` and parentheses are added.

    Raises
    ------
    tango.DevFailed
        Always.
    """
    Except.throw_exception(reason, description, f"DataBase::{origin}()")
    raise AssertionError("unreachable")
