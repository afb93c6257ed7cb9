"""The older API of device servers: one class that describes, one that is the device, one that is the server."""

from tango.server.classic.device import (
    Device_2Impl,
    Device_3Impl,
    Device_4Impl,
    Device_5Impl,
    Device_6Impl,
    DeviceImpl,
    LatestDeviceImpl,
)
from tango.server.classic.device_class import DeviceClass
from tango.server.classic.util import Util

__all__ = [
    "DeviceClass",
    "DeviceImpl",
    "Device_2Impl",
    "Device_3Impl",
    "Device_4Impl",
    "Device_5Impl",
    "Device_6Impl",
    "LatestDeviceImpl",
    "Util",
]
