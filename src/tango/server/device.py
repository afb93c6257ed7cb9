"""The base class of high-level devices, and the metaclass that turns declarations into a Tango class."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from tango.enums import DevState, GreenMode
from tango.server.attribute import attribute
from tango.server.classic import DeviceClass, LatestDeviceImpl
from tango.server.classic.done import Done
from tango.server.classic.hooks import default_hook
from tango.server.describe import describe
from tango.server.dynamic import dynamic_attribute
from tango.server.properties import load_class_properties, load_device_properties
from tango.server.run import run

__all__ = ("BaseDevice", "Device", "DeviceMeta")


class HighLevelDeviceClass(DeviceClass):
    """Base of the Tango classes that are made from `Device` classes."""

    def _load_class_properties(self) -> None:
        """Leave it to the devices: each reads them anew at its command Init."""


class DeviceMeta(type(LatestDeviceImpl)):  # type: ignore[misc]
    """Metaclass of `Device`: each class gets the Tango class that serves it, as ``TangoClassClass``.

    Raises
    ------
    DevFailed, AttributeError, RuntimeError, TypeError, ValueError
        A declaration is wrong; the text names class, attribute (command, property) and keyword.
    """

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(name, bases, namespace, **kwargs)
        make_tango_class(cls)


def make_tango_class(cls: Any) -> None:
    """Make the `DeviceClass` of a device class and attach it.

    Parameters
    ----------
    cls
        The device class.

    Raises
    ------
    DevFailed, AttributeError, RuntimeError, TypeError, ValueError
        A declaration is wrong.
    """
    mode = cls.__dict__.get("green_mode")
    if mode is not None:
        try:
            GreenMode(mode)
        except ValueError:
            raise TypeError(f"class '{cls.__name__}', green_mode: {mode!r} is no tango.GreenMode") from None
    description = describe(cls)
    members = {
        "__module__": cls.__module__,
        "__doc__": f"Tango class of `{cls.__name__}`.",
        "attr_list": description.attr_list,
        "cmd_list": description.cmd_list,
        "pipe_list": description.pipe_list,
        "device_property_list": description.device_property_list,
        "class_property_list": description.class_property_list,
        "device_impl_class": cls,
    }
    cls.TangoClassClass = type(f"{cls.__name__}Class", (HighLevelDeviceClass,), members)
    cls.TangoClassName = cls.__name__


class BaseDevice(LatestDeviceImpl):
    """What all high-level devices have; devices derive from `Device`.

    Parameters
    ----------
    cl : DeviceClass
        The Tango class.
    name : str
        Name of the device.
    """

    #: Description of the device, default: none.
    DEVICE_CLASS_DESCRIPTION: ClassVar[str | None] = None
    #: State before `init_device` sets another one.
    DEVICE_CLASS_INITIAL_STATE: ClassVar[DevState] = DevState.UNKNOWN
    #: Status before `init_device` sets another one.
    DEVICE_CLASS_INITIAL_STATUS: ClassVar[str] = "Not initialised"

    def __init__(self, cl: DeviceClass, name: str) -> None:
        self._tango_properties: dict[str, Any] = {}
        super().__init__(
            cl,
            name,
            self.DEVICE_CLASS_DESCRIPTION or "A TANGO device",
            self.DEVICE_CLASS_INITIAL_STATE,
            self.DEVICE_CLASS_INITIAL_STATUS,
        )
        self._call_hook(self.init_device)

    def _finished(self, value: Any = None) -> Any:
        """Give what a base method returns: its value, in an asyncio device something that has to be awaited for it."""
        runner = self.get_device_class()._runner
        return Done(value) if runner is not None and runner.mode == GreenMode.Asyncio else value

    def _found_out(self, ask: Callable[[], Any]) -> Any:
        """Give what cppTango answers; for that it may have to read attributes, whose methods need the loop."""
        runner = self.get_device_class()._runner
        if runner is None or self._has_plain_state():
            return self._finished(ask())
        return runner.leave(ask)

    # ------------------------------------------------------------------ life

    def init_device(self) -> Any:
        """Initialise the device: read its properties.

        It is called when the device starts, before clients can see it, and by the command Init, after
        `delete_device`. An overriding method calls ``super().init_device()`` first (an asyncio device may
        await it).

        Raises
        ------
        ValueError
            A mandatory property is missing, or a stored one does not fit its type.
        DevFailed
            The database does not answer.
        """
        self.get_device_properties()
        return self._finished()

    @default_hook
    def delete_device(self) -> Any:
        """Clean up: called when the server stops, and by the command Init before `init_device`.

        An overriding method calls ``super().delete_device()`` last.
        """
        return self._finished()

    @default_hook
    def server_init_hook(self) -> Any:
        """Do what needs the server's admin device: called once that is exported."""
        return self._finished()

    @default_hook
    def always_executed_hook(self) -> Any:
        """Do something before each request of a client, whatever it is."""
        return self._finished()

    @default_hook
    def read_attr_hardware(self, attr_list: list[int]) -> Any:
        """Read the hardware once for several attributes, before their read methods are called.

        Parameters
        ----------
        attr_list
            Indices of the attributes in the device's list.
        """
        return self._finished()

    @default_hook
    def dev_state(self) -> Any:
        """Give the state that clients read.

        Returns
        -------
        DevState
            The state that was set; ALARM where it was ON and an attribute is beyond an alarm level.
        """
        return self._found_out(super().dev_state)

    @default_hook
    def dev_status(self) -> Any:
        """Give the status that clients read.

        Returns
        -------
        str
            The status that was set, and which attributes are in alarm.
        """
        return self._found_out(super().dev_status)

    def initialize_dynamic_attributes(self) -> Any:
        """Create dynamic attributes: called once at start, after `init_device`, not by the command Init."""
        return self._finished()

    # ------------------------------------------------------------------ properties

    def get_device_properties(self, ds_class: DeviceClass | None = None) -> None:
        """Read the declared properties from the database, class properties included.

        Parameters
        ----------
        ds_class
            The Tango class; only that of the device makes sense.

        Raises
        ------
        ValueError
            A mandatory property is missing, or a stored one does not fit its type.
        DevFailed
            The database does not answer.
        """
        device_class = ds_class if ds_class is not None else self.get_device_class()
        self._tango_properties = {**load_class_properties(device_class), **load_device_properties(self)}

    # ------------------------------------------------------------------ dynamic attributes and commands

    def add_attribute(
        self,
        attr: Any,
        r_meth: Callable[..., Any] | None = None,
        w_meth: Callable[..., Any] | None = None,
        is_allo_meth: Callable[..., Any] | None = None,
    ) -> Any:
        """Add an attribute to the device.

        Parameters
        ----------
        attr : attribute or Attr
            The attribute. An ``attribute`` may carry its methods itself, as ``fget``, ``fset``, ``fisallowed``.
        r_meth, w_meth, is_allo_meth
            Methods of this class or other callables; they take the attribute (read, write) or the request
            (is allowed). A read method returns the value, or sets it by ``attr.set_value``.

        Returns
        -------
        Attr
            The added attribute.

        Raises
        ------
        DevFailed
            The attribute is described wrongly, or one with this name and another type exists.
        AttributeError
            A method does not exist.
        """
        if isinstance(attr, attribute):
            return super().add_attribute(dynamic_attribute(self, attr, r_meth, w_meth, is_allo_meth))
        return super().add_attribute(attr, r_meth, w_meth, is_allo_meth)

    # ------------------------------------------------------------------ run

    @classmethod
    def run_server(cls, args: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Run a device server of this class.

        Parameters
        ----------
        args
            Command line without the server's name; default: that of the process.
        **kwargs
            Further arguments of `tango.server.run`.
        """
        arguments = sys.argv[1:] if args is None else list(args)
        return run((cls,), [cls.__name__, *arguments], **kwargs)


class Device(BaseDevice, metaclass=DeviceMeta):
    """Base class of devices: derive from it and declare attributes, commands and properties in the class body.

    ::

        class PowerSupply(Device):
            port: int = device_property(default_value=5000)

            def init_device(self):
                super().init_device()
                self.set_state(DevState.ON)

            @attribute(unit="V")
            def voltage(self) -> float:
                return 1.23

    Parameters
    ----------
    cl : DeviceClass
        The Tango class.
    name : str
        Name of the device.
    """
