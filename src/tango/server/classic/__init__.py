"""The older API of device servers: one class that describes, one that is the device, one that is the server."""

from tango._core.monitors import AutoTangoAllowThreads, AutoTangoMonitor
from tango._core.sub_devices import SubDevDiag
from tango.log import Level, Logger, Logging
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
from tango.server.classic.dserver import DServer
from tango.server.classic.interceptors import Interceptors
from tango.server.classic.util import Util

__all__ = [
    "AutoTangoAllowThreads",
    "AutoTangoMonitor",
    "DServer",
    "DeviceClass",
    "DeviceImpl",
    "Device_2Impl",
    "Device_3Impl",
    "Device_4Impl",
    "Device_5Impl",
    "Device_6Impl",
    "Interceptors",
    "LatestDeviceImpl",
    "Level",
    "Logger",
    "Logging",
    "SubDevDiag",
    "Util",
]
