"""The smallest devices, of the high-level and the older API, and enumerations for attributes."""

from __future__ import annotations

import enum
from typing import Any

from tango.device_class import DeviceClass
from tango.device_server import LatestDeviceImpl
from tango.enums import AttrDataFormat, AttrWriteType, CmdArgType, DevState
from tango.server import Device

__all__ = [
    "BadEnumDuplicates",
    "BadEnumNonZero",
    "BadEnumSkipValues",
    "ClassicAPISimpleDeviceClass",
    "ClassicAPISimpleDeviceImpl",
    "GoodEnum",
    "SimpleDevice",
]


class SimpleDevice(Device):
    """A device that is ON."""

    def init_device(self) -> Any:
        """Set the state."""
        self.set_state(DevState.ON)


class ClassicAPISimpleDeviceImpl(LatestDeviceImpl):
    """A device of the older API with one attribute, ``attr1``."""

    def __init__(self, cls: DeviceClass, name: str) -> None:
        super().__init__(cls, name)
        self.init_device()

    def init_device(self) -> None:
        """Do nothing: there is nothing to set up."""

    def read_attr1(self, attr: Any) -> None:
        """Give 100.

        Parameters
        ----------
        attr
            The attribute, whose value is set.
        """
        attr.set_value(100)


class ClassicAPISimpleDeviceClass(DeviceClass):
    """The Tango class of `ClassicAPISimpleDeviceImpl`."""

    attr_list = {"attr1": [[CmdArgType.DevLong64, AttrDataFormat.SCALAR, AttrWriteType.READ]]}


class GoodEnum(enum.IntEnum):
    """An enumeration that an attribute can have."""

    START = 0
    MIDDLE = 1
    END = 2


class BadEnumNonZero(enum.IntEnum):
    """It does not start at 0."""

    START = 1
    MIDDLE = 2
    END = 3


class BadEnumSkipValues(enum.IntEnum):
    """It has holes."""

    START = 0
    MIDDLE = 2
    END = 4


class BadEnumDuplicates(enum.IntEnum):
    """Two labels have the same value."""

    START = 0
    MIDDLE = 1
    END = 1
