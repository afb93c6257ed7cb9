"""Old import path of the base class of devices and of the properties of their attributes."""

from tango import constants
from tango.log import get_source_location
from tango.server.classic import LatestDeviceImpl
from tango.structs import MultiAttrProp

__all__ = ["LatestDeviceImpl", "MultiAttrProp", "constants", "get_source_location"]
