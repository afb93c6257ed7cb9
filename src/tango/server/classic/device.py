"""The older API's devices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tango._core.multi_attribute import MultiAttribute, multi_attribute
from tango._core.server_attr import Attr
from tango._keywords import callable_name
from tango.attr_data import AttrData
from tango.enums import DevState, GreenMode
from tango.server.classic.binding import attr_of, bind_attr
from tango.server.classic.commands import command_of
from tango.server.classic.device_service import DeviceService
from tango.server.classic.hooks import default_hook
from tango.server.dynamic import dynamic_command

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["DeviceImpl", "Device_2Impl", "Device_3Impl", "Device_4Impl", "Device_5Impl", "Device_6Impl", "LatestDeviceImpl"]


class DeviceImpl(DeviceService):
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
        device_class: DeviceClass = self._get_device_class()
        return device_class

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
        TypeError
            It is no attribute, or what should be a method is none.
        """
        if not isinstance(attr, (Attr, AttrData)):
            raise TypeError(
                f"add_attribute() takes a tango.server.attribute or a tango.Attr, not {type(attr).__name__} {attr!r:.60}"
            )
        for keyword, method in (("r_meth", r_meth), ("w_meth", w_meth), ("is_allo_meth", is_allo_meth)):
            if method is not None:
                name = attr.attr_name if isinstance(attr, AttrData) else attr.get_name()
                callable_name(method, f"attribute {name}: {keyword}")
        if isinstance(attr, AttrData):
            data, attr = attr, attr_of(attr, type(self).__name__)
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

    async def async_add_attribute(self, attr: Any, r_meth: Callable[..., Any] | None = None,
                                  w_meth: Callable[..., Any] | None = None,
                                  is_allo_meth: Callable[..., Any] | None = None) -> Any:
        """Add an attribute to the device from a coroutine, which must not block the event loop of its server.

        Parameters
        ----------
        attr
            The attribute, as for `add_attribute`.
        r_meth, w_meth, is_allo_meth
            How it is read, written, and allowed, as for `add_attribute`.

        Returns
        -------
        object
            What `add_attribute` returns.

        Raises
        ------
        DevFailed
            The device or its class has an attribute of this name that is of another kind.
        """
        return await self._outside_loop(partial(self.add_attribute, attr, r_meth, w_meth, is_allo_meth))

    async def async_remove_attribute(self, attr_name: str, free_it: bool = False, clean_db: bool = True) -> None:
        """Remove an attribute from the device from a coroutine, which must not block the event loop of its server.

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
        await self._outside_loop(partial(self.remove_attribute, attr_name, free_it, clean_db))

    async def _outside_loop(self, work: Callable[[], Any]) -> Any:
        """Run something that waits for requests, which may need the event loop of the server."""
        runner = self.get_device_class()._runner
        return await runner.leave(work) if runner is not None and runner.mode == GreenMode.Asyncio else work()

    def add_command(self, cmd: Callable[..., Any], device_level: bool = True) -> Callable[..., Any]:
        """Add a command to the device.

        Parameters
        ----------
        cmd
            What ``tango.server.command`` returned for a method of the device, or for another function, which is called
            without the device if it can be.
        device_level
            Whether only this device gets it; otherwise all devices of its class.

        Returns
        -------
        callable
            ``cmd``.

        Raises
        ------
        DevFailed
            The device has a command of this name with other types.
        TypeError
            It is no command, or its function cannot be called with what it would get.
        """
        name, row = dynamic_command(self, cmd)
        self._add_command(command_of(self.get_device_class(), name, row), device_level)
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
