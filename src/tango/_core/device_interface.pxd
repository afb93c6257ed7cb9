"""Attributes and commands that a device gets and loses while it runs."""
from tango._core.device_polling cimport DevicePollingCore


cdef class DeviceInterfaceCore(DevicePollingCore):
    pass
