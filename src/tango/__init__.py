"""Tango Controls for Python."""

# First of all, because everything below needs the library.
from tango import _library  # isort: skip
from tango import enums, errors, structs
from tango._core.attribute_data import DeviceAttribute, DeviceAttributeHistory
from tango._core.command_data import DeviceData, DeviceDataHistory
from tango.connection import Connection
from tango.enums import *
from tango.errors import *
from tango.green import get_green_mode, set_green_mode
from tango.proxy import DeviceProxy
from tango.structs import *

__all__ = [
    "Connection",
    "DeviceAttribute",
    "DeviceAttributeHistory",
    "DeviceData",
    "DeviceDataHistory",
    "DeviceProxy",
    "get_green_mode",
    "set_green_mode",
]
__all__ += enums.__all__
__all__ += errors.__all__
__all__ += structs.__all__
