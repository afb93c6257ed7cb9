"""The older API's device class: what describes, makes and owns the devices of one kind."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tango._core.device_class import DeviceClassCore
from tango._core.multi_attribute import MultiClassAttribute, multi_class_attribute
from tango._core.server_attr import Attr
from tango._core.server_command import CommandCore
from tango._core.server_pipe import require_pipes
from tango.attr_data import AttrData
from tango.errors import DevFailed, Except
from tango.pipe import Pipe, WPipe
from tango.pipe_data import PipeData
from tango.server.classic import created_devices
from tango.server.classic.binding import attr_of, bind_attr
from tango.server.classic.commands import Command, command_of
from tango.server.classic.device import DeviceImpl
from tango.server.classic.hooks import default_hook
from tango.server.classic.prop_util import PropUtil

__all__ = ["DeviceClass"]


class DeviceClass(DeviceClassCore):
    """Base of the classes that describe a kind of device.

    Parameters
    ----------
    name
        Name of the device class.
    """

    class_property_list: dict[str, list[Any]] = {}
    """Properties of the class: ``{name: [type, description, default]}``."""
    device_property_list: dict[str, list[Any]] = {}
    """Properties of each device: ``{name: [type, description, default]}``."""
    cmd_list: dict[str, list[Any]] = {}
    """Commands: ``{name: [[in type, description], [out type, description], {option: value}]}``."""
    attr_list: dict[str, Any] = {}
    """Attributes: ``{name: [[type, format, access, dim_x, dim_y], {option: value}]}``."""

    pipe_list: dict[str, Any] = {}
    """Pipes (cppTango up to 10.0): ``{name: [access, {option: value}]}``."""

    device_impl_class: type[DeviceImpl] | None = None
    """What `device_factory` makes."""

    def __init__(self, name: str) -> None:
        if self.pipe_list:
            require_pipes()
        self._make(name)
        self.prop_util = PropUtil()
        self.class_property_list = copy.deepcopy(self.class_property_list)
        self.prop_util.set_default_property_values(self, self.class_property_list, self.device_property_list)
        self._load_class_properties()

    def _load_class_properties(self) -> None:
        """Make the properties of the class attributes of this object."""
        self.prop_util.get_class_properties(self, self.class_property_list)
        for name in self.class_property_list:
            setattr(self, name, self.prop_util.get_property_values(name, self.class_property_list))

    # --- what cppTango asks for ---

    def _make_commands(self) -> list[CommandCore]:
        return [command_of(self, name, row) for name, row in self.cmd_list.items()]

    def _make_attributes(self) -> list[Attr]:
        return [self._make_attribute(name, row) for name, row in self.attr_list.items()]

    def _make_attribute(self, name: str, row: Any) -> Attr:
        data = row if isinstance(row, AttrData) else AttrData(name, self.get_name(), row)
        attr = attr_of(data, self.get_name())
        if data.forward:
            return attr
        bind_attr(attr, data, self.device_impl_class)
        return attr

    def _make_pipes(self) -> list[Pipe]:
        return [self._make_pipe(name, row) for name, row in self.pipe_list.items()]

    def _make_pipe(self, name: str, row: Any) -> Pipe:
        data = row if isinstance(row, PipeData) else PipeData(name, self.get_name(), row)
        pipe = data.to_pipe()
        data._bind(pipe, self.device_impl_class)
        return pipe

    def device_factory(self, device_list: list[str]) -> None:
        """Make and export devices.

        Parameters
        ----------
        device_list
            Their names.
        """
        made = []
        for name in device_list:
            device = self.device_impl_class(self, name)  # type: ignore[misc]
            self._add_device(device)
            made.append(device)
        self.dyn_attr(made)
        for device in made:
            self.export_device(device, device.get_name())

    def device_name_factory(self, dev_name_list: list[str]) -> None:
        """Name the devices of a server that runs without database and got no names on its command line.

        Parameters
        ----------
        dev_name_list
            List to which the names are added.
        """

    def dyn_attr(self, device_list: list[DeviceImpl]) -> None:
        """Add dynamic attributes to devices that have been made and are not yet exported.

        Parameters
        ----------
        device_list
            The devices.
        """
        for device in device_list:
            method = getattr(device, "initialize_dynamic_attributes", None)
            if method is not None:
                device._call_hook(method)

    @default_hook
    def signal_handler(self, signo: int) -> None:
        """Handle a signal that the class has registered for.

        Parameters
        ----------
        signo
            Number of the signal.
        """
        self._base_signal_handler(signo)

    # --- for users ---

    def __str__(self) -> str:
        return f"{type(self).__name__}({self._label()})"

    __repr__ = __str__

    def set_type(self, dev_type: str) -> None:
        """Set the type of the class, which is "Uninitialised" at first.

        Parameters
        ----------
        dev_type
            The type.
        """
        self._set_type(dev_type)

    def export_device(self, dev: DeviceImpl, corba_dev_name: str = "Unused") -> None:
        """Let clients reach a device.

        Parameters
        ----------
        dev
            The device.
        corba_dev_name
            The name under which it is reached without database.
        """
        self._export_device(dev, corba_dev_name)

    def get_name(self) -> str:
        """Tell the name of the class.

        Returns
        -------
        str
            The name.
        """
        return self._get_name()

    def get_class_attr(self) -> MultiClassAttribute:
        """Give the descriptions of the attributes of the class.

        Returns
        -------
        MultiClassAttribute
            The descriptions.
        """
        return multi_class_attribute(self)
    def get_type(self) -> str:
        """Tell the type of the class.

        Returns
        -------
        str
            What `set_type` has set.
        """
        return self._get_type()

    def get_doc_url(self) -> str:
        """Tell where the documentation of the class is.

        Returns
        -------
        str
            The class property ``doc_url``.
        """
        return self._get_doc_url()

    def get_cvs_tag(self) -> str:
        """Tell which release of its source the class is.

        Returns
        -------
        str
            The class property ``cvs_tag``.
        """
        return self._get_cvs_tag()

    def get_cvs_location(self) -> str:
        """Tell where the source of the class is kept.

        Returns
        -------
        str
            The class property ``cvs_location``.
        """
        return self._get_cvs_location()

    def add_wiz_class_prop(self, name: str, desc: str, default: str | None = None) -> None:
        """Describe a property of the class to tools; done for those in ``class_property_list``.

        Parameters
        ----------
        name
            Its name.
        desc
            Its description.
        default
            Its value where the database has none.
        """
        self._add_wizard_property(True, name, desc, default)

    def add_wiz_dev_prop(self, name: str, desc: str, default: str | None = None) -> None:
        """Describe a property of the devices to tools; done for those in ``device_property_list``.

        Parameters
        ----------
        name
            Its name.
        desc
            Its description.
        default
            Its value where the database has none.
        """
        self._add_wizard_property(False, name, desc, default)

    def get_command_list(self) -> list[Command]:
        """Give the commands of the class.

        Returns
        -------
        list of Command
            The commands, State, Status and Init among them.
        """
        return [Command(facts) for facts in self._get_command_list()]

    def get_cmd_by_name(self, cmd_name: str) -> Command:
        """Give one command of the class.

        Parameters
        ----------
        cmd_name
            Its name.

        Returns
        -------
        Command
            The command.

        Raises
        ------
        DevFailed
            There is no such command.
        """
        return Command(self._get_cmd_by_name(cmd_name))

    def get_pipe_list(self, dev_name: str) -> list[Pipe]:
        """Give the pipes of a device of the class.

        Parameters
        ----------
        dev_name
            Name of the device.

        Returns
        -------
        list of Pipe
            Its pipes; those that clients may write are :class:`tango.pipe.WPipe`.

        Raises
        ------
        DevFailed
            There is no such device.
        NonSupportedFeature
            The library is newer than 10.0.
        """
        return self._get_pipe_list(dev_name, Pipe, WPipe)

    def get_pipe_by_name(self, pipe_name: str, dev_name: str) -> Pipe:
        """Give one pipe of a device of the class.

        Parameters
        ----------
        pipe_name
            Name of the pipe.
        dev_name
            Name of the device.

        Returns
        -------
        Pipe
            The pipe.

        Raises
        ------
        DevFailed
            There is no such device, or it has no such pipe.
        NonSupportedFeature
            The library is newer than 10.0.
        """
        found: Pipe = self._get_pipe_by_name(pipe_name, dev_name, Pipe, WPipe)
        return found

    def register_signal(self, signo: int, own_handler: bool = False) -> None:
        """Have `signal_handler` called when the process gets a signal.

        Parameters
        ----------
        signo
            Number of the signal.
        own_handler
            Kept for older programs: Python code always runs in the thread for signals, never inside of a signal handler.

        Raises
        ------
        DevFailed
            There is no such signal, or it cannot be caught.
        """
        self._register_signal(signo, own_handler)

    def unregister_signal(self, signo: int) -> None:
        """Have `signal_handler` called for a signal no longer.

        Parameters
        ----------
        signo
            Number of the signal.

        Raises
        ------
        DevFailed
            There is no such signal.
        """
        self._unregister_signal(signo)

    def create_device(self, device_name: str, alias: str | None = None, cb: Callable[[str], Any] | None = None) -> None:
        """Create a device of this class in the database and in the running server.

        Parameters
        ----------
        device_name
            Its name.
        alias
            An alias for it.
        cb
            Called with the name when the device is in the database and not yet made: time to write its properties.

        Raises
        ------
        DevFailed
            There is such a device already, ``cb`` cannot be called, or the server has no database.
        """
        created_devices.create(self, device_name, alias, cb)

    def delete_device(self, device_name: str) -> None:
        """Delete a device of this class from the database and from the running server.

        Parameters
        ----------
        device_name
            Its name.

        Raises
        ------
        DevFailed
            The server has no such device, or has no database.
        """
        created_devices.delete(self, device_name)

    def device_destroyer(self, name: str) -> None:
        """Delete a device from the running server, but not from the database.

        Parameters
        ----------
        name
            Its name.

        Raises
        ------
        DevFailed
            The class has no such device.
        """
        try:
            self._device_destroyer(name)
        except DevFailed as error:
            if error.args[0].reason != "API_CantDestroyDevice":
                raise
            text = f"Device {name} not in Tango class device list!"
            Except.throw_exception("PyAPI_CantDestroyDevice", text, "DeviceClass.device_destroyer")

    def get_device_list(self) -> list[DeviceImpl]:
        """Give the devices of the class.

        Returns
        -------
        list of DeviceImpl
            The devices.
        """
        return self._get_device_list(DeviceImpl)
