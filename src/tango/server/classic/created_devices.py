"""Devices that a running server makes and deletes, in the database too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tango._core.server_database import lend_database
from tango._core.util import server_name
from tango.database import Database
from tango.errors import DevFailed, Except
from tango.structs import DbDevInfo

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["create", "database", "delete"]


def database() -> Database | None:
    """Give the database of the server of this process.

    Returns
    -------
    Database or None
        An object that uses the server's own connection; None if it has none.
    """
    own = Database.__new__(Database)
    return own if lend_database(own) else None


def _needed_database(origin: str) -> Database:
    own = database()
    if own is None:
        Except.throw_exception("PyAPI_NoDatabase", "a server without a database cannot do this", origin)
    return own


def _bare(device_name: str) -> str:
    """Take host and port of the database away, which names of devices of this server need not have."""
    return device_name.partition("://")[2].partition("/")[2] if "://" in device_name else device_name


def _is_defined(own: Database, device_name: str) -> bool:
    try:
        own.import_device(device_name)
    except DevFailed as error:
        if error.args[0].reason == "DB_DeviceNotDefined":
            return False
        raise
    return True


def create(device_class: DeviceClass, device_name: str, alias: str | None, cb: Any) -> None:
    """Create a device in the database and in the server.

    Parameters
    ----------
    device_class
        Its class.
    device_name
        Its name; ``tango://host:port/`` may stand before it.
    alias
        Its alias.
    cb
        Called with the name in between.

    Raises
    ------
    DevFailed
        There is such a device already, ``cb`` cannot be called, or there is no database.
    """
    origin = "DeviceClass.create_device"
    device_name = _bare(device_name)
    if cb is not None and not callable(cb):
        text = "The optional cb parameter must be a python callable"
        Except.throw_exception("PyAPI_InvalidParameter", text, origin)
    own = _needed_database(origin)
    if _is_defined(own, device_name):
        text = f"The device {device_name} is already defined in the database"
        Except.throw_exception("PyAPI_DeviceAlreadyDefined", text, origin)
    info = DbDevInfo()
    info.name, info._class, info.server = device_name, device_class.get_name(), server_name()
    own.add_device(info)
    try:
        if alias is not None:
            own.put_device_alias(device_name, alias)
        if cb is not None:
            cb(device_name)
        device_class.device_factory([device_name])
    except BaseException:
        own.delete_device(device_name)
        raise


def delete(device_class: DeviceClass, device_name: str) -> None:
    """Delete a device from the database and from the server.

    Parameters
    ----------
    device_class
        Its class.
    device_name
        Its name; ``tango://host:port/`` may stand before it.

    Raises
    ------
    DevFailed
        The class has no such device, or there is no database.
    """
    origin = "DeviceClass.delete_device"
    own = _needed_database(origin)
    device_name = _bare(device_name)
    names = {device.get_name().lower(): device.get_name() for device in device_class.get_device_list()}
    if device_name.lower() not in names:
        text = f"The device {device_class.get_name()}::{device_name} is not defined in this server"
        Except.throw_exception("PyAPI_DeviceNotDefinedInServer", text, origin)
    own.delete_device(device_name)
    device_class.device_destroyer(names[device_name.lower()])
