"""Connection: what a device proxy and a database have in common."""

from __future__ import annotations

import sys
from typing import Any

from tango._core.command_data import DeviceData
from tango._core.connection import ConnectionCore
from tango.asynch import AsynchCommands
from tango.enums import AccessControlType, DevSource, ExtractAs, GreenMode
from tango.errors import DevFailed
from tango.green import blocking

__all__ = ["Connection"]

DEFAULT_TIMEOUT_MS = 3000


def is_interactive() -> bool:
    """Tell whether a person is typing, who may press Ctrl-C."""
    return hasattr(sys, "ps1")


class Connection(AsynchCommands):
    """What a device proxy and a database have in common.

    It is a base class; connections are made by :class:`tango.DeviceProxy` and :class:`tango.Database`.
    """

    # A connection that has no mode of its own follows the common one.
    _green_mode: GreenMode | None = None
    _is_patient = False

    defaultCommandExtractAs = ExtractAs.Numpy  # noqa: N815 (the public name)

    # --- commands -----------------------------------------------------------------------------------------------------

    def _argument_type(self, name: str, refresh: bool = False) -> int:
        """Return the type of a command's argument; `refresh` asks the device again."""
        raise NotImplementedError(f"{type(self).__name__} does not know the types of commands")

    def _start_command_inout(self, name: str, cmd_param: Any = None) -> Any:
        """Return the operation of :meth:`command_inout`, None if it needs a Python thread."""
        return None

    @blocking(operation="_start_command_inout")
    def command_inout(self, name: str, cmd_param: Any = None) -> Any:
        """Run a command and wait for its result.

        Parameters
        ----------
        name : str
            Name of the command.
        cmd_param : object, optional
            Its argument: a value of the type that the command takes, or a :class:`tango.DeviceData`. The type is asked
            from the device once and remembered.

        Returns
        -------
        object
            What the command returns: None, a scalar, a numpy array, or a list of str. `DevVarLongStringArray` and
            `DevVarDoubleStringArray` are lists of two elements.

        Raises
        ------
        TypeError
            If the argument does not fit the type of the command.
        DevFailed
            If the command failed or the device cannot be reached.
        """
        try:
            return self._command_inout(name, cmd_param)
        except (TypeError, DevFailed) as error:
            if cmd_param is None or isinstance(cmd_param, DeviceData):
                raise
            if isinstance(error, DevFailed) and error.args[0].reason != "API_IncompatibleCmdArgumentType":
                raise
            # the command may take another type than it did when we asked
            known = self._argument_type(name)
            if self._argument_type(name, refresh=True) == known:
                raise
        return self._command_inout(name, cmd_param)

    def command_inout_raw(self, cmd_name: str, cmd_param: Any = None) -> DeviceData:
        """Run a command and return its result as it came.

        Parameters
        ----------
        cmd_name : str
            Name of the command.
        cmd_param : object, optional
            Its argument, as for :meth:`command_inout`.

        Returns
        -------
        DeviceData
            The result; ``extract()`` gives its value.

        Raises
        ------
        TypeError
            If the argument does not fit the type of the command.
        DevFailed
            If the command failed or the device cannot be reached.
        """
        return self._command_inout_raw(cmd_name, self._command_data(cmd_name, cmd_param))

    def _command_data(self, cmd_name: str, cmd_param: Any = None) -> DeviceData:
        """Return the argument of a command as a DeviceData."""
        if isinstance(cmd_param, DeviceData):
            return cmd_param
        data = DeviceData()
        if cmd_param is not None:
            known = self._argument_type(cmd_name)
            try:
                data._insert(known, cmd_param, f"command {cmd_name}")
            except TypeError:
                # the command may take another type than it did when we asked
                if self._argument_type(cmd_name, refresh=True) == known:
                    raise
                data._insert(self._argument_type(cmd_name), cmd_param, f"command {cmd_name}")
        return data

    # --- where it is --------------------------------------------------------------------------------------------------

    def connect(self, corba_name: str) -> None:
        """Connect to a CORBA object.

        Parameters
        ----------
        corba_name : str
            Its address: an IOR, or ``corbaloc:iiop:host:port/name``.
        """
        self._connect_to(corba_name)

    def reconnect(self, db_used: bool) -> None:
        """Connect again.

        Parameters
        ----------
        db_used : bool
            Whether to ask the database where the device is now.
        """
        self._reconnect(db_used)

    def dev_name(self) -> str:
        """Return the name of the device."""
        return self._dev_name()

    def get_db_host(self) -> str:
        """Return the host of the database, ``"Unused"`` if there is none."""
        return self._get_db_host()

    def get_db_port(self) -> str:
        """Return the port of the database, ``"Unused"`` if there is none."""
        return self._get_db_port()

    def get_db_port_num(self) -> int:
        """Return the port of the database as a number, 0 if there is none."""
        return self._get_db_port_num()

    def get_dev_host(self) -> str:
        """Return the host of the device's server; only for a device without a database."""
        return self._get_dev_host()

    def get_dev_port(self) -> str:
        """Return the port of the device's server; only for a device without a database."""
        return self._get_dev_port()

    def get_from_env_var(self) -> bool:
        """Return whether the database was found by the environment variable TANGO_HOST."""
        return self._get_from_env_var()

    @staticmethod
    def get_fqdn() -> str:
        """Return the full name of this host."""
        return ConnectionCore._get_fqdn()

    def is_dbase_used(self) -> bool:
        """Return whether the device is found by a database."""
        return self._is_dbase_used()

    # --- how it behaves -----------------------------------------------------------------------------------------------

    def get_timeout_millis(self) -> int:
        """Return how long a request may take, in milliseconds."""
        return self._get_timeout_millis()

    def set_timeout_millis(self, timeout_ms: int) -> None:
        """Set how long a request may take.

        Parameters
        ----------
        timeout_ms : int
            The time in milliseconds. A request that takes longer raises :class:`tango.CommunicationFailed`.

        Notes
        -----
        Ctrl-C ends the waiting of the main thread at once if this time is longer than cppTango's own of 3 s, and in interactive
        sessions; otherwise when the request is over. The device goes on with what it has been asked for.
        """
        self._set_timeout_millis(timeout_ms)
        self.__dict__["_is_patient"] = timeout_ms > DEFAULT_TIMEOUT_MS or is_interactive()

    def get_idl_version(self) -> int:
        """Return the version of the interface that the device implements."""
        return self._get_idl_version()

    def get_source(self) -> DevSource:
        """Return where values are read from: the device, the polling, or the polling first."""
        return self._get_source()

    def set_source(self, source: DevSource) -> None:
        """Set where values are read from.

        Parameters
        ----------
        source : DevSource
            ``DEV`` (the device), ``CACHE`` (what the polling keeps) or ``CACHE_DEV`` (the cache, or the device if there
            is nothing in it).
        """
        self._set_source(DevSource(source))

    def get_transparency_reconnection(self) -> bool:
        """Return whether a lost connection is made again without an error."""
        return self._get_transparency_reconnection()

    def set_transparency_reconnection(self, yesno: bool) -> None:
        """Set whether a lost connection is made again without an error.

        Parameters
        ----------
        yesno : bool
            False to get one error for each lost connection.
        """
        self._set_transparency_reconnection(yesno)

    def get_access_control(self) -> AccessControlType:
        """Return whether this connection may write."""
        return self._get_access_control()

    def set_access_control(self, acc: AccessControlType) -> None:
        """Set whether this connection may write; the server is not asked.

        Parameters
        ----------
        acc : AccessControlType
            ``ACCESS_READ`` or ``ACCESS_WRITE``.
        """
        self._set_access_control(AccessControlType(acc))

    def get_access_right(self) -> AccessControlType:
        """Return whether this connection may write; the same as :meth:`get_access_control`."""
        return self._get_access_right()
