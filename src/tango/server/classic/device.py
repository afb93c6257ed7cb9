"""The older API's devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tango._core.device import DeviceCore
from tango._core.server_value import MultiAttribute, multi_attribute

from tango.enums import DevState
from tango.server.classic.hooks import default_hook

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["Device_2Impl", "Device_3Impl", "Device_4Impl", "Device_5Impl", "Device_6Impl", "DeviceImpl", "LatestDeviceImpl"]


class DeviceImpl(DeviceCore):
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
