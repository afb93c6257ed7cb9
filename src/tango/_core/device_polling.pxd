"""What the server polls of a device."""
from tango._core.device cimport DeviceCore


cdef class DevicePollingCore(DeviceCore):
    pass
