"""The client's view of a device: its description, configuration, polling, logging, locks and properties."""
from tango._core.proxy cimport DeviceProxyCore


cdef class DeviceAdminCore(DeviceProxyCore):
    pass
