"""The older API's device class: what describes, makes and owns the devices of one kind."""

from __future__ import annotations

from typing import Any

from tango._core.device_class import DeviceClassCore
from tango._core.multi_attribute import MultiClassAttribute, multi_class_attribute
from tango._core.server_attr import Attr
from tango._core.server_command import CommandCore
from tango.attr_data import AttrData
from tango.server.classic.binding import bind_attr
from tango.server.classic.commands import command_of
from tango.server.classic.device import DeviceImpl
from tango.server.classic.hooks import default_hook

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

    device_impl_class: type[DeviceImpl] | None = None
    """What `device_factory` makes."""

    def __init__(self, name: str) -> None:
        self._make(name)

    # --- what cppTango asks for ---

    def _make_commands(self) -> list[CommandCore]:
        return [command_of(self, name, row) for name, row in self.cmd_list.items()]

    def _make_attributes(self) -> list[Attr]:
        return [self._make_attribute(name, row) for name, row in self.attr_list.items()]

    def _make_attribute(self, name: str, row: Any) -> Attr:
        data = row if isinstance(row, AttrData) else AttrData(name, self.get_name(), row)
        attr = data.to_attr()
        if data.forward:
            return attr
        bind_attr(attr, data, self.device_impl_class)
        return attr

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

    def get_device_list(self) -> list[DeviceImpl]:
        """Give the devices of the class.

        Returns
        -------
        list of DeviceImpl
            The devices.
        """
        return self._get_device_list(DeviceImpl)
