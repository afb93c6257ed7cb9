"""Attributes and commands that a device gets and loses while it runs."""
from tango._core.device cimport DeviceCore


cdef class DeviceInterfaceCore(DeviceCore):
    pass
