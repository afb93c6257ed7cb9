"""The older API's device class: what describes, makes and owns the devices of one kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tango._core.device_class import DeviceClassCore
from tango._core.server_attr import Attr
from tango._core.server_command import CommandCore

from tango.attr_data import AttrData
from tango.enums import AttrWriteType
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
                method()

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

    def get_device_list(self) -> list[DeviceImpl]:
        """Give the devices of the class.

        Returns
        -------
        list of DeviceImpl
            The devices.
        """
        return self._get_device_list(DeviceImpl)


def bind_attr(attr: Attr, data: AttrData, device: type | None) -> None:
    """Tell an attribute how its row wants it to be read, written and asked.

    Parameters
    ----------
    attr
        The attribute.
    data
        Its row.
    device
        The class in which methods are looked up by name.
    """
    reader: Callable[..., Any] | str | None = data._reader or data.read_method_name
    writer: Callable[..., Any] | str | None = data._writer or data.write_method_name
    is_allowed: Callable[..., Any] | str | None = data._is_allowed
    if is_allowed is None and data.is_allowed_name and hasattr(device, data.is_allowed_name):
        is_allowed = data.is_allowed_name
    if data.attr_write != AttrWriteType.WRITE:
        attr._set_reader(reader)
    if data.attr_write != AttrWriteType.READ:
        attr._set_writer(writer)
    attr._set_is_allowed(is_allowed)
    attr._set_by_value(data._style == "value")
