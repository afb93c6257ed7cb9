"""Database: a client of the Tango database."""

from __future__ import annotations

import copyreg
from collections.abc import Sequence
from typing import Any, TypeVar

from tango.database_names import DatabaseNames
from tango.enums import AccessControlType
from tango.errors import DevError
from tango.proxy import DeviceProxy
from tango.structs import (
    DbDevExportInfo,
    DbDevExportInfos,
    DbDevFullInfo,
    DbDevImportInfo,
    DbDevInfo,
    DbDevInfos,
    DbServerInfo,
)

__all__ = ["Database"]

_T = TypeVar("_T")


class Database(DatabaseNames):
    """A client of the Tango database.

    Parameters
    ----------
    *args
        Nothing, for the database of the environment variable TANGO_HOST; host and port; the path of a database file;
        or another Database, for a second connection to it.
    database, host, port, trl : optional
        The same by name; `trl` is the path of a file.

    Raises
    ------
    ConnectionFailed
        If there is no database, or the file cannot be read.
    TypeError
        If the arguments are of other types.
    """

    def __init__(
        self,
        *args: Any,
        database: Database | None = None,
        host: str | None = None,
        port: int | str | None = None,
        trl: str | None = None,
    ) -> None:
        args += tuple(value for value in (database, host, port, trl) if value is not None)
        if not args:
            self._open_default()
        elif len(args) == 1 and isinstance(args[0], Database):
            self.__init__(*args[0].__getstate__())  # type: ignore[misc]
        elif len(args) == 1 and isinstance(args[0], (str, bytes)):
            self._open_file(args[0])
        elif len(args) == 2 and isinstance(args[0], (str, bytes)) and _is_port(args[1]):
            self._open_host(args[0], int(args[1]))
        else:
            given = ", ".join(f"{arg!r:.60}" for arg in args)
            raise TypeError(
                f"Database({given}): nothing is needed, or host and port, the path of a file, or another Database"
            )

    @classmethod
    def _of_proxy(cls, proxy: DeviceProxy) -> Database | None:
        """Return the database through which a device was found, None if it was found without."""
        database = cls.__new__(cls)
        if not database._borrow(proxy):
            return None

        return database

    def __str__(self) -> str:
        if not self._is_connected():
            return f"{type(self).__name__}<unknown>(<object was not fully initialized>)"
        if self._is_file():
            return f"{type(self).__name__}({self._get_file_name()})"
        return f"{type(self).__name__}({self._get_db_host()}, {self._get_db_port()})"

    __repr__ = __str__

    def __getstate__(self) -> tuple[Any, ...]:
        if self._is_file():
            return (self._get_file_name(),)
        return (self._get_db_host(), self._get_db_port())

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def __reduce_ex__(self, protocol: Any) -> Any:
        return copyreg.__newobj__, (type(self),), self.__getstate__()  # type: ignore[attr-defined]

    def __copy__(self) -> Database:
        return type(self)(self)

    def _argument_type(self, name: str, refresh: bool = False) -> int:
        """Return the type of the argument of one of the database device's commands."""
        device = self.__dict__.get("_device")
        if device is None:
            address = f"tango://{self._get_db_host()}:{self._get_db_port()}/{self._dev_name()}"
            device = self.__dict__["_device"] = DeviceProxy(address)
        return device._argument_type(name, refresh)

    # --- the database itself ------------------------------------------------------------------------------------------

    def get_info(self) -> str:
        """Return what there is in the database, and since when it runs.

        Returns
        -------
        str
            A text of several lines.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_info()

    def get_file_name(self) -> str:
        """Return the path of the database file.

        Returns
        -------
        str
            The path.

        Raises
        ------
        DevFailed
            If the database is not a file.
        """
        return self._get_file_name()

    def write_filedatabase(self) -> None:
        """Write the database file; nothing is done if the database is not a file."""
        self._write_filedatabase()

    def reread_filedatabase(self) -> None:
        """Read the database file again.

        Raises
        ------
        DevFailed
            If the database is not a file, or the file cannot be read.
        """
        self._get_file_name()
        self._reread_filedatabase()

    def build_connection(self) -> None:
        """Connect to the database again.

        Raises
        ------
        ConnectionFailed
            If it cannot be reached.
        """
        self._build_connection()

    def check_tango_host(self, tango_host_env: str) -> None:
        """Take host and port from a text in the form of TANGO_HOST.

        Parameters
        ----------
        tango_host_env : str
            ``host:port``, or several of them with commas.

        Raises
        ------
        DevFailed
            If the text is of another form.
        """
        self._check_tango_host(tango_host_env)

    def check_access_control(self, dev_name: str) -> AccessControlType:
        """Return whether this client may write to a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        AccessControlType
            What the access control service says; ``ACCESS_WRITE`` if there is none.
        """
        return self._check_access_control(dev_name)

    def is_control_access_checked(self) -> bool:
        """Return whether the access control service has been asked for."""
        return self._is_control_access_checked()

    def set_access_checked(self, val: bool) -> None:
        """Set whether the access control service counts as asked for.

        Parameters
        ----------
        val : bool
            False to have it asked for again.
        """
        self._set_access_checked(val)

    def get_access_except_errors(self) -> tuple[DevError, ...]:
        """Return what went wrong when the access control service was asked.

        Returns
        -------
        tuple of DevError
            The error stack, empty if nothing did.
        """
        return self._get_access_except_errors()

    def get_server_release(self) -> int:
        """Return the version of the database server.

        Returns
        -------
        int
            For example 400 for 4.0.
        """
        return self._get_server_release()

    def is_multi_tango_host(self) -> bool:
        """Return whether TANGO_HOST names several databases."""
        return self._is_multi_tango_host()

    # --- devices ------------------------------------------------------------------------------------------------------

    def add_device(self, dev_info: DbDevInfo) -> None:
        """Add a device to the database.

        Parameters
        ----------
        dev_info : DbDevInfo
            Its name, class and server.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `dev_info` is something else.
        """
        self._add_device(_checked(dev_info, DbDevInfo))

    def delete_device(self, dev_name: str) -> None:
        """Delete a device from the database.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._delete_device(dev_name)

    def import_device(self, dev_name: str) -> DbDevImportInfo:
        """Return how to reach a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        DbDevImportInfo
            Its address, and whether its server is running.

        Raises
        ------
        DevFailed
            If there is no such device, or the database cannot be reached.
        """
        return self._import_device(dev_name)

    def export_device(self, dev_export: DbDevExportInfo) -> None:
        """Tell the database that a device is running.

        Parameters
        ----------
        dev_export : DbDevExportInfo
            Where it is running.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `dev_export` is something else.
        """
        self._export_device(_checked(dev_export, DbDevExportInfo))

    def unexport_device(self, dev_name: str) -> None:
        """Tell the database that a device is no longer running.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._unexport_device(dev_name)

    def get_device_info(self, dev_name: str) -> DbDevFullInfo:
        """Return all that the database knows of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        DbDevFullInfo
            Class, server, host, times and so on.

        Raises
        ------
        DevFailed
            If there is no such device, or the database cannot be reached.
        """
        return self._get_device_info(dev_name)

    # --- servers ------------------------------------------------------------------------------------------------------

    def add_server(
        self, servname: str, dev_info: DbDevInfo | Sequence[DbDevInfo] | DbDevInfos, with_dserver: bool = False
    ) -> None:
        """Add a server with its devices.

        Parameters
        ----------
        servname : str
            The server, as ``executable/instance``.
        dev_info : DbDevInfo or sequence of DbDevInfo
            Its devices; each with name and class.
        with_dserver : bool, optional
            Whether to add its administration device, if that is not among them.

        Raises
        ------
        DevFailed
            If the database refuses it or cannot be reached.
        TypeError
            If `dev_info` is something else.
        """
        infos = DbDevInfos([dev_info] if isinstance(dev_info, DbDevInfo) else dev_info)
        dserver = f"dserver/{servname}"
        if with_dserver and all(info.name.lower() != dserver.lower() for info in infos):
            infos.append(DbDevInfo(name=dserver, klass="DServer", server=servname))
        self._add_server(servname, infos)

    def export_server(self, dev_info: DbDevExportInfo | Sequence[DbDevExportInfo] | DbDevExportInfos) -> None:
        """Tell the database that a server is running.

        Parameters
        ----------
        dev_info : DbDevExportInfo or sequence of DbDevExportInfo
            Where its devices are running.

        Raises
        ------
        DevFailed
            If the database refuses it or cannot be reached.
        TypeError
            If `dev_info` is something else.
        """
        self._export_server(DbDevExportInfos([dev_info] if isinstance(dev_info, DbDevExportInfo) else dev_info))

    def delete_server(self, server: str) -> None:
        """Delete a server with all its devices.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._delete_server(server)

    def unexport_server(self, server: str) -> None:
        """Tell the database that a server is no longer running.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._unexport_server(server)

    def rename_server(self, old_ds_name: str, new_ds_name: str) -> None:
        """Give a server another name.

        Parameters
        ----------
        old_ds_name : str
            What it is called.
        new_ds_name : str
            What it is to be called.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._rename_server(old_ds_name, new_ds_name)

    def get_server_info(self, server: str) -> DbServerInfo:
        """Return how a server is to be started.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Returns
        -------
        DbServerInfo
            Host, level and mode.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_server_info(server)

    def put_server_info(self, info: DbServerInfo) -> None:
        """Set how a server is to be started.

        Parameters
        ----------
        info : DbServerInfo
            Name, host, level and mode.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `info` is something else.
        """
        self._put_server_info(_checked(info, DbServerInfo))

    def delete_server_info(self, server: str) -> None:
        """Forget how a server is to be started.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._delete_server_info(server)


def _is_port(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and value.isdigit())


def _checked(value: Any, kind: type[_T]) -> _T:
    if not isinstance(value, kind):
        raise TypeError(f"a {kind.__name__} was expected, not {type(value).__name__} {value!r:.60}")
    return value
