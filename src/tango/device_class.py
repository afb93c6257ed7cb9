"""Old import path of :class:`tango.DeviceClass`."""

from tango.server.classic import DeviceClass

__all__ = ["DeviceClass"]
