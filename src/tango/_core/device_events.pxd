"""Events that a device pushes itself."""
from tango._core.device_interface cimport DeviceInterfaceCore


cdef class DeviceEventsCore(DeviceInterfaceCore):
    pass
