"""Old import path of :class:`tango.DeviceProxy`."""

from tango import constants
from tango.events import PositionalArgTypeError
from tango.proxy import DeviceProxy, get_device_proxy

__all__ = ["DeviceProxy", "PositionalArgTypeError", "constants", "get_device_proxy"]
