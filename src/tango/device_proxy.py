"""Old import path of :class:`tango.DeviceProxy`."""

from tango import constants
from tango.proxy import DeviceProxy

__all__ = ["DeviceProxy", "constants"]
