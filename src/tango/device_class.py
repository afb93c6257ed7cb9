"""Old import path of :class:`tango.DeviceClass` and its properties."""

from tango.pipe_data import PipeData
from tango.server.classic import DeviceClass
from tango.server.classic.prop_util import PropUtil

__all__ = ["DeviceClass", "PipeData", "PropUtil"]
