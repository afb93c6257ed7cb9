"""What a device proxy does besides values: polling, logging, locks and properties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tango.description import DeviceDescription
from tango.enums import LogLevel
from tango.green import blocking
from tango.properties import from_data, look_up, to_data
from tango.structs import DbData, LockerInfo, StdStringVector

__all__ = ["DeviceAdministration"]

DEFAULT_LOCK_VALIDITY = 10


class DeviceAdministration(DeviceDescription):
    """What a device proxy does besides values: polling, logging, locks and properties."""

    # --- polling ------------------------------------------------------------------------------------------------------

    def poll_attribute(self, attr_name: str, period_ms: int) -> None:
        """Have the server poll an attribute, or change the period of its polling.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
        period_ms : int
            Time between two reads in milliseconds.

        Raises
        ------
        DevFailed
            If there is no such attribute, the period is too short, or the device cannot be reached.
        """
        self._poll_attribute(attr_name, period_ms)

    def poll_command(self, cmd_name: str, period_ms: int) -> None:
        """Have the server poll a command, or change the period of its polling.

        Parameters
        ----------
        cmd_name : str
            Name of a command without argument.
        period_ms : int
            Time between two runs in milliseconds.

        Raises
        ------
        DevFailed
            If there is no such command, the period is too short, or the device cannot be reached.
        """
        self._poll_command(cmd_name, period_ms)

    def stop_poll_attribute(self, attr_name: str) -> None:
        """End the polling of an attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.

        Raises
        ------
        DevFailed
            If it is not polled, or the device cannot be reached.
        """
        self._stop_poll_attribute(attr_name)

    def stop_poll_command(self, cmd_name: str) -> None:
        """End the polling of a command.

        Parameters
        ----------
        cmd_name : str
            Name of the command.

        Raises
        ------
        DevFailed
            If it is not polled, or the device cannot be reached.
        """
        self._stop_poll_command(cmd_name)

    def is_attribute_polled(self, attr_name: str) -> bool:
        """Return whether the server polls an attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.

        Returns
        -------
        bool
            True if it does.
        """
        return self._is_attribute_polled(attr_name)

    def is_command_polled(self, cmd_name: str) -> bool:
        """Return whether the server polls a command.

        Parameters
        ----------
        cmd_name : str
            Name of the command.

        Returns
        -------
        bool
            True if it does.
        """
        return self._is_command_polled(cmd_name)

    def get_attribute_poll_period(self, attr_name: str) -> int:
        """Return the polling period of an attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.

        Returns
        -------
        int
            In milliseconds; 0 if it is not polled.
        """
        return self._get_attribute_poll_period(attr_name)

    def get_command_poll_period(self, cmd_name: str) -> int:
        """Return the polling period of a command.

        Parameters
        ----------
        cmd_name : str
            Name of the command.

        Returns
        -------
        int
            In milliseconds; 0 if it is not polled.
        """
        return self._get_command_poll_period(cmd_name)

    def polling_status(self) -> StdStringVector:
        """Return how the polling of the device goes.

        Returns
        -------
        StdStringVector
            A text of several lines for each polled attribute and command.
        """
        return self._polling_status()

    # --- logging ------------------------------------------------------------------------------------------------------

    def add_logging_target(self, target_type_target_name: str) -> None:
        """Have the device log to one more target.

        Parameters
        ----------
        target_type_target_name : str
            ``console::cout``, ``file::/path`` or ``device::name/of/device``.

        Raises
        ------
        DevFailed
            If the target is not of this form or cannot be used.
        """
        self._add_logging_target(target_type_target_name)

    def remove_logging_target(self, target_type_target_name: str) -> None:
        """End the logging to a target.

        Parameters
        ----------
        target_type_target_name : str
            The target, as for :meth:`add_logging_target`; ``*`` for a name means all of a type.
        """
        self._remove_logging_target(target_type_target_name)

    def get_logging_target(self) -> StdStringVector:
        """Return where the device logs to.

        Returns
        -------
        StdStringVector
            The targets.
        """
        return self._get_logging_target()

    def get_logging_level(self) -> int:
        """Return how much the device logs.

        Returns
        -------
        int
            A member of :class:`tango.LogLevel`, as a number.
        """
        return self._get_logging_level()

    def set_logging_level(self, level: int | LogLevel) -> None:
        """Set how much the device logs.

        Parameters
        ----------
        level : int or LogLevel
            The level.

        Raises
        ------
        DevFailed
            If there is no such level.
        """
        self._set_logging_level(level)

    # --- locks --------------------------------------------------------------------------------------------------------

    def lock(self, lock_validity: int = DEFAULT_LOCK_VALIDITY) -> None:
        """Lock the device: other clients can no longer write and run commands.

        Parameters
        ----------
        lock_validity : int, optional
            Time in seconds after which the lock is lost if this process no longer renews it.

        Raises
        ------
        DevFailed
            If another client has locked the device, or it has no database.
        """
        self._lock(lock_validity)

    def unlock(self, force: bool = False) -> None:
        """Unlock the device.

        Parameters
        ----------
        force : bool, optional
            Whether to break the lock of another client.

        Raises
        ------
        DevFailed
            If another client has locked the device.
        """
        self._unlock(force)

    def is_locked(self) -> bool:
        """Return whether the device is locked, by whomever."""
        return self._is_locked()

    def is_locked_by_me(self) -> bool:
        """Return whether the device is locked by this process."""
        return self._is_locked_by_me()

    def locking_status(self) -> str:
        """Return who has locked the device.

        Returns
        -------
        str
            A text for people.
        """
        return self._locking_status()

    def get_locker(self, lockinfo: LockerInfo) -> bool:
        """Return who has locked the device.

        Parameters
        ----------
        lockinfo : LockerInfo
            Is filled with what is known of the locker.

        Returns
        -------
        bool
            False if the device is not locked; then `lockinfo` is left as it is.

        Raises
        ------
        TypeError
            If `lockinfo` is something else.
        """
        if not isinstance(lockinfo, LockerInfo):
            raise TypeError(f"get_locker() fills a LockerInfo, not {type(lockinfo).__name__} {lockinfo!r:.60}")
        found = self._get_locker()
        for name, value in (found or {}).items():
            setattr(lockinfo, name, value)
        return found is not None

    # --- properties ---------------------------------------------------------------------------------------------------

    @blocking
    def get_property(self, propname: Any, value: DbData | None = None) -> dict[str, StdStringVector]:
        """Return properties of the device from the database.

        Parameters
        ----------
        propname : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.
        value : DbData, optional
            Is filled with what is found, too.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        DevFailed
            If the database cannot be reached.
        TypeError
            If the names have another form.
        """
        return from_data(look_up(self._get_property, propname, "propname", value))

    @blocking
    def put_property(self, value: Any) -> None:
        """Store properties of the device in the database.

        Parameters
        ----------
        value : DbDatum, DbData, sequence of DbDatum, or dict
            Names and values.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        DevFailed
            If the database cannot be reached.
        TypeError
            If the value has another form.
        """
        self._put_property(to_data(value))

    @blocking
    def delete_property(self, value: Any) -> None:
        """Delete properties of the device from the database.

        Parameters
        ----------
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        DevFailed
            If the database cannot be reached.
        TypeError
            If the names have another form.
        """
        self._delete_property(to_data(value, names_only=True))

    @blocking
    def get_property_list(self, filter: str, array: list[Any] | None = None) -> Sequence[str]:
        """Return the names of the device's properties.

        Parameters
        ----------
        filter : str
            A pattern with ``*``.
        array : list, optional
            Is filled with the names, too.

        Returns
        -------
        StdStringVector
            The names.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        DevFailed
            If the database cannot be reached.
        """
        names = self._get_property_list(filter)
        if array is None:
            return names
        array.extend(names)
        return array
