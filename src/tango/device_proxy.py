"""Old import path of :class:`tango.DeviceProxy`."""

from tango import constants
from tango.proxy import DeviceProxy, get_device_proxy

__all__ = ["DeviceProxy", "constants", "get_device_proxy"]
