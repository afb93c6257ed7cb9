"""The client's view of a device."""
from libcpp.memory cimport shared_ptr, unique_ptr

from tango._core.connection cimport ConnectionCore
from tango._core.lib.client cimport CDeviceAttribute, CDeviceProxy


cdef class DeviceProxyCore(ConnectionCore):
    cdef shared_ptr[CDeviceProxy] ptr
    cdef shared_ptr[CDeviceProxy] proxy(self) except *
    # The reply to the read of one attribute; raises its error.
    cdef unique_ptr[CDeviceAttribute] read(self, object name) except *
    # Uses another C++ object from now on; the former one, if any, is closed.
    cdef int adopt(self, shared_ptr[CDeviceProxy] fresh) except -1
