"""The administration device of a server, as the server itself sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from tango._core import dserver as core
from tango._core import util as core_util
from tango.server.classic.device import Device_6Impl
from tango.structs import StdStringVector

__all__ = ["DServer"]

NumbersAndTexts: TypeAlias = tuple[Sequence[int], Sequence[str]]


class DServer(Device_6Impl):
    """The administration device; :meth:`tango.Util.get_dserver_device` gives it."""

    def __init__(self) -> None:
        raise TypeError("DServer is not made: Util.get_dserver_device() gives the one of the server")

    def get_process_name(self) -> str:
        """Tell the name of the executable.

        Returns
        -------
        str
            The name.
        """
        return core.get_process_name(self)

    def get_personal_name(self) -> str:
        """Tell the name of the instance.

        Returns
        -------
        str
            The name.
        """
        return core.get_instance_name(self)

    def get_instance_name(self) -> str:
        """Tell the name of the instance.

        Returns
        -------
        str
            The name.
        """
        return core.get_instance_name(self)

    def get_full_name(self) -> str:
        """Tell the name of the server.

        Returns
        -------
        str
            ``executable/instance``.
        """
        return core.get_full_name(self)

    def get_fqdn(self) -> str:
        """Tell the name of this device.

        Returns
        -------
        str
            ``dserver/executable/instance``, with the database in front if there is one.
        """
        return core.get_fqdn(self)

    def get_poll_th_pool_size(self) -> int:
        """Tell how many threads may poll.

        Returns
        -------
        int
            The number.
        """
        return core.get_poll_th_pool_size(self)

    def get_opt_pool_usage(self) -> bool:
        """Tell whether devices share polling threads as evenly as can be.

        Returns
        -------
        bool
            Whether they do.
        """
        return core.get_opt_pool_usage(self)

    def get_poll_th_conf(self) -> StdStringVector:
        """Tell which devices each thread polls.

        Returns
        -------
        StdStringVector
            A line for each thread, its devices separated by commas.
        """
        return core.get_poll_th_conf(self)

    # --- what the commands of the device do ---

    def query_class(self) -> list[str]:
        """List the device classes of the server.

        Returns
        -------
        list of str
            Their names.
        """
        return core.query_class(self)

    def query_device(self) -> list[str]:
        """List the devices of the server.

        Returns
        -------
        list of str
            ``class::device`` for each.
        """
        return core.query_device(self)

    def query_sub_device(self) -> list[str]:
        """List the devices that the devices of the server use.

        Returns
        -------
        list of str
            ``device sub_device`` for each.
        """
        return core.query_sub_device(self)

    def query_class_prop(self, class_name: str) -> list[str]:
        """List the properties of a class.

        Parameters
        ----------
        class_name
            Name of the class.

        Returns
        -------
        list of str
            Name, description and default of each in turn.

        Raises
        ------
        DevFailed
            The server has no such class.
        """
        return core.query_class_prop(self, class_name)

    def query_dev_prop(self, class_name: str) -> list[str]:
        """List the properties of the devices of a class.

        Parameters
        ----------
        class_name
            Name of the class.

        Returns
        -------
        list of str
            Name, description and default of each in turn.

        Raises
        ------
        DevFailed
            The server has no such class.
        """
        return core.query_dev_prop(self, class_name)

    def kill(self) -> None:
        """End the server, after the present request."""
        core_util.kill_server(self)

    def restart(self, d_name: str) -> None:
        """Restart a device.

        Parameters
        ----------
        d_name
            Its name.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        core_util.restart_device(self, d_name)

    def restart_server(self) -> None:
        """Restart all devices, after the present request."""
        core_util.restart_server(self)

    def delete_devices(self) -> None:
        """Delete all devices; the server goes on without any."""
        core.delete_devices(self)

    def polled_device(self) -> list[str]:
        """List the devices of which something is polled.

        Returns
        -------
        list of str
            Their names.
        """
        return core.polled_device(self)

    def dev_poll_status(self, dev_name: str) -> list[str]:
        """Tell what is polled of a device, and how.

        Parameters
        ----------
        dev_name
            Name of the device.

        Returns
        -------
        list of str
            A text of several lines for each attribute and command.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        return core.dev_poll_status(self, dev_name)

    def add_obj_polling(self, argin: NumbersAndTexts, with_db_upd: bool = True, delta_ms: int = 0) -> None:
        """Have an attribute or a command polled.

        Parameters
        ----------
        argin
            ``([period in milliseconds], [device, "attribute" or "command", name])``.
        with_db_upd
            Whether the database is told.
        delta_ms
            How much later than usual polling begins.

        Raises
        ------
        DevFailed
            There is no such thing, or it is polled already.
        """
        core.add_polling(self, argin, with_db_upd, delta_ms)

    def upd_obj_polling_period(self, argin: NumbersAndTexts, with_db_upd: bool = True) -> None:
        """Change the period of the polling of an attribute or a command.

        Parameters
        ----------
        argin
            ``([period in milliseconds], [device, "attribute" or "command", name])``.
        with_db_upd
            Whether the database is told.

        Raises
        ------
        DevFailed
            It is not polled.
        """
        core.change_polling(self, argin, with_db_upd)

    def rem_obj_polling(self, argin: Sequence[str], with_db_upd: bool = True) -> None:
        """Have an attribute or a command polled no longer.

        Parameters
        ----------
        argin
            ``[device, "attribute" or "command", name]``.
        with_db_upd
            Whether the database is told.

        Raises
        ------
        DevFailed
            It is not polled.
        """
        core.remove_polling(self, argin, with_db_upd)

    def start_polling(self) -> None:
        """Let the polling threads go on."""
        core.start_polling(self)

    def stop_polling(self, with_db_upd: bool = True) -> None:
        """Let the polling threads pause.

        Parameters
        ----------
        with_db_upd
            Has no meaning here; that of a device has it.
        """
        core.stop_polling(self)

    def add_event_heartbeat(self) -> None:
        """Have the heartbeat of events sent."""
        core.add_event_heartbeat(self)

    def rem_event_heartbeat(self) -> None:
        """Have the heartbeat of events sent no longer."""
        core.rem_event_heartbeat(self)

    def start_logging(self) -> None:
        """Let all devices log again, as they did before `stop_logging`."""
        core.start_logging(self)

    def stop_logging(self) -> None:
        """Let no device log."""
        core.stop_logging(self)

    # --- locks: within a request of a client, who has them ---

    def lock_device(self, in_data: NumbersAndTexts) -> None:
        """Lock devices for the client that is being served.

        Parameters
        ----------
        in_data
            ``([validity in seconds], [device, ...])``.

        Raises
        ------
        DevFailed
            Another client has a lock, or no client is being served.
        """
        core.lock_devices(self, in_data)

    def un_lock_device(self, in_data: NumbersAndTexts) -> int:
        """Unlock devices that the client being served has locked.

        Parameters
        ----------
        in_data
            ``([1 to break the lock of another client, else 0], [device, ...])``.

        Returns
        -------
        int
            How many locks are left.

        Raises
        ------
        DevFailed
            Another client has the lock, or no client is being served.
        """
        return core.unlock_devices(self, in_data)

    def re_lock_devices(self, in_data: Sequence[str]) -> None:
        """Lock devices again before their locks become invalid.

        Parameters
        ----------
        in_data
            The devices.

        Raises
        ------
        DevFailed
            The lock has become invalid, or no client is being served.
        """
        core.relock_devices(self, in_data)

    def dev_lock_status(self, dev_name: str) -> list[list[Any]]:
        """Tell who has locked a device.

        Parameters
        ----------
        dev_name
            Name of the device.

        Returns
        -------
        list
            Numbers and texts: whether it is locked, process number and four parts of a Java identifier; a text, host and Java class.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        return core.lock_status(self, dev_name)
