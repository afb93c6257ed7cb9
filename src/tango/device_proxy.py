"""Old import path of :class:`tango.DeviceProxy`."""

from tango import constants
from tango.events import PositionalArgTypeError
from tango.proxy import DeviceProxy, get_device_proxy
from tango.structs import PipeInfo, PipeInfoList

__all__ = ["DeviceProxy", "PipeInfo", "PipeInfoList", "PositionalArgTypeError", "constants", "get_device_proxy"]
