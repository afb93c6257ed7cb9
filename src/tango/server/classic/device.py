"""The older API's devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tango._core.device_events import DeviceEventsCore
from tango._core.server_attr import Attr
from tango._core.server_value import Attribute, MultiAttribute, multi_attribute
from tango.attr_data import AttrData
from tango.enums import DevState, EventType
from tango.server.classic.binding import bind_attr
from tango.server.classic.commands import command_of
from tango.server.classic.hooks import default_hook

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["DeviceImpl", "Device_2Impl", "Device_3Impl", "Device_4Impl", "Device_5Impl", "Device_6Impl", "LatestDeviceImpl"]


class DeviceImpl(DeviceEventsCore):
    """Base of all devices.

    Parameters
    ----------
    klass
        The device class that makes it.
    name
        Name of the device.
    description
        What the device is.
    state
        Its first state.
    status
        Its first status.
    """

    def __init__(self, klass: DeviceClass, name: str, description: str = "A Tango device",
                 state: DevState = DevState.UNKNOWN, status: str = "Not initialised") -> None:
        klass._make_device(self, name, description, state, status)

    # --- hooks ---

    def init_device(self) -> None:
        """Prepare the device: called by the user's ``__init__`` and by the command Init."""

    @default_hook
    def delete_device(self) -> None:
        """Free what the device holds: called by the command Init and before the device goes."""

    @default_hook
    def always_executed_hook(self) -> None:
        """Do what is due before each request."""

    @default_hook
    def read_attr_hardware(self, attr_list: list[int]) -> None:
        """Read the hardware once for several attributes.

        Parameters
        ----------
        attr_list
            Numbers of the attributes that are going to be read.
        """

    @default_hook
    def write_attr_hardware(self, attr_list: list[int]) -> None:
        """Write the hardware once for several attributes.

        Parameters
        ----------
        attr_list
            Numbers of the attributes that have been written.
        """

    @default_hook
    def dev_state(self) -> DevState:
        """Find out the state, from the one set and the alarms of the attributes.

        Returns
        -------
        DevState
            The state.
        """
        return self._base_state()

    @default_hook
    def dev_status(self) -> str:
        """Find out the status, from the one set and the alarms of the attributes.

        Returns
        -------
        str
            The status.
        """
        return self._base_status()

    @default_hook
    def signal_handler(self, signo: int) -> None:
        """Handle a signal that the device has registered for.

        Parameters
        ----------
        signo
            Number of the signal.
        """
        self._base_signal_handler(signo)

    @default_hook
    def server_init_hook(self) -> None:
        """Do what is due when all devices of the server exist and its admin device can be reached."""

    # --- for users ---

    def get_name(self) -> str:
        """Tell the name of the device.

        Returns
        -------
        str
            The name.
        """
        return self._get_name()

    def get_state(self) -> DevState:
        """Tell the state that was set.

        Returns
        -------
        DevState
            The state.
        """
        return self._get_state()

    def set_state(self, new_state: DevState) -> None:
        """Set the state.

        Parameters
        ----------
        new_state
            The state.
        """
        self._set_state(new_state)

    def get_status(self) -> str:
        """Tell the status that was set.

        Returns
        -------
        str
            The status.
        """
        return self._get_status()

    def set_status(self, new_status: str) -> None:
        """Set the status.

        Parameters
        ----------
        new_status
            The text.
        """
        self._set_status(new_status)

    def get_device_attr(self) -> MultiAttribute:
        """Give the attributes of the device.

        Returns
        -------
        MultiAttribute
            The attributes.
        """
        return multi_attribute(self)

    def get_device_class(self) -> DeviceClass:
        """Give the device class that made the device.

        Returns
        -------
        DeviceClass
            The class.
        """
        return self._get_device_class()

    # --- attributes and commands that come and go ---

    def add_attribute(self, attr: Attr | AttrData, r_meth: Callable[..., Any] | None = None,
                      w_meth: Callable[..., Any] | None = None, is_allo_meth: Callable[..., Any] | None = None) -> Attr:
        """Add an attribute to the device.

        Parameters
        ----------
        attr
            The attribute.
        r_meth, w_meth, is_allo_meth
            How it is read, written, and allowed: methods of the device that take the attribute (the last one: the kind
            of request), or other functions that take the device first. Default: methods named after the attribute.

        Returns
        -------
        Attr
            The attribute.

        Raises
        ------
        DevFailed
            The device or its class has an attribute of this name that is of another kind.
        """
        if isinstance(attr, AttrData):
            data, attr = attr, attr.to_attr()
            bind_attr(attr, data, type(self))
        elif is_allo_meth is None and hasattr(self, f"is_{attr.get_name()}_allowed"):
            is_allo_meth = getattr(self, f"is_{attr.get_name()}_allowed")
        self._add_attribute(attr, r_meth, w_meth, is_allo_meth)
        return attr

    def remove_attribute(self, attr_name: str, free_it: bool = False, clean_db: bool = True) -> None:
        """Remove an attribute from the device.

        Parameters
        ----------
        attr_name
            Its name.
        free_it
            Kept for older programs: the memory is freed in any case.
        clean_db
            Whether what the database holds of it is deleted.

        Raises
        ------
        DevFailed
            The device has no such attribute.
        """
        self._remove_attribute(attr_name, free_it, clean_db)

    def _add_command_row(self, name: str, row: list[Any], device_level: bool = True) -> None:
        """Add a command described by a row of the dictionary of commands."""
        self._add_command(command_of(self.get_device_class(), name, row), device_level)

    def add_command(self, cmd: Any, device_level: bool = True) -> Any:
        """Add a command to the device.

        Parameters
        ----------
        cmd
            A method marked with ``tango.server.command``.
        device_level
            Whether only this device gets it; otherwise all devices of its class.

        Returns
        -------
        object
            The same method.

        Raises
        ------
        DevFailed
            The device has a command of this name with other types.
        """
        name, row = cmd.__tango_command__
        self._add_command_row(name, row, device_level)
        return cmd

    def remove_command(self, cmd_name: str, free_it: bool = False, clean_db: bool = True) -> None:
        """Remove a command from the device.

        Parameters
        ----------
        cmd_name
            Its name.
        free_it
            Kept for older programs: the memory is freed in any case.
        clean_db
            Whether what the database holds of it is deleted.

        Raises
        ------
        DevFailed
            The device has no such command.
        """
        self._remove_command(cmd_name, free_it, clean_db)

    # --- events ---

    def push_change_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push a change event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            The value; or value, time and quality; for DevEncoded the format before the value; or an exception; or nothing
            for State and Status.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.CHANGE_EVENT, attr_name, args, kwargs)

    def push_archive_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push an archive event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.ARCHIVE_EVENT, attr_name, args, kwargs)

    def push_alarm_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push an alarm event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        NonSupportedFeature
            The library is older than 10.0.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.ALARM_EVENT, attr_name, args, kwargs)

    def push_event(self, attr_name: str, filt_names: list[str], filt_vals: list[float], *args: Any, **kwargs: Any) -> None:
        """Push a user event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        filt_names, filt_vals
            Names and values of what clients can filter by.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.USER_EVENT, attr_name, args, kwargs, filt_names, filt_vals)

    def push_data_ready_event(self, attr_name: str, counter: int) -> None:
        """Tell clients that new data can be read.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        counter
            A number that clients get.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._push_data_ready_event(attr_name, counter)

    def push_att_conf_event(self, attr: Attribute) -> None:
        """Tell clients that the configuration of an attribute has changed.

        Parameters
        ----------
        attr
            The attribute.
        """
        self._push_att_conf_event(attr)

    def set_change_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes change events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the change criteria.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.CHANGE_EVENT, attr_name, implemented, detect)

    def set_archive_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes archive events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the archive criteria.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.ARCHIVE_EVENT, attr_name, implemented, detect)

    def set_alarm_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes alarm events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that change the alarm state.

        Raises
        ------
        DevFailed
            There is no such attribute.
        NonSupportedFeature
            The library is older than 10.0.
        """
        self._set_event(EventType.ALARM_EVENT, attr_name, implemented, detect)

    def set_data_ready_event(self, attr_name: str, implemented: bool) -> None:
        """Say that the device pushes data-ready events of an attribute.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.DATA_READY_EVENT, attr_name, implemented, False)

    def is_there_subscriber(self, attr_name: str, event_type: EventType) -> bool:
        """Tell whether a client listens to an event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        event_type
            Kind of event.

        Returns
        -------
        bool
            Whether there is one.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return self._is_there_subscriber(attr_name, event_type)

    def __str__(self) -> str:
        return f"{type(self).__name__}({self._label()})"

    __repr__ = __str__


class Device_2Impl(DeviceImpl):
    """A device; kept for servers that name it. All classes make the latest kind of device that the library has."""


class Device_3Impl(Device_2Impl):
    """A device; see `Device_2Impl`."""


class Device_4Impl(Device_3Impl):
    """A device; see `Device_2Impl`."""


class Device_5Impl(Device_4Impl):
    """A device; see `Device_2Impl`."""


class Device_6Impl(Device_5Impl):
    """A device; see `Device_2Impl`."""


class LatestDeviceImpl(Device_6Impl):
    """The base for devices that want the latest kind of device that the library has."""
