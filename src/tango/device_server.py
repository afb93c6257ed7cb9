"""Old import path of the base class of devices and of the properties of their attributes."""

from typing import TYPE_CHECKING

from tango import constants
from tango._names_from import names_from_everywhere
from tango.log import get_source_location
from tango.server.classic import LatestDeviceImpl
from tango.structs import MultiAttrProp

__all__ = ["LatestDeviceImpl", "MultiAttrProp", "constants", "get_source_location"]

if not TYPE_CHECKING:  # for which any name would do
    __getattr__ = names_from_everywhere(__name__)
