"""The client's view of a device."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, static_pointer_cast
from libcpp.string cimport string
from libcpp.utility cimport move
from libcpp.vector cimport vector

from tango._core.attribute_data cimport DeviceAttribute, check_attribute, fill_attribute, wrap_attribute
from tango._core.convert cimport Values, to_values
from tango._core.errors cimport to_cpp_str, to_py_str
from tango._core.lib.client cimport CConnection, CDeviceAttribute, CDeviceProxy

from tango._core.live cimport LIVE_CONNECTION, born, gone

from tango.enums import DevState, ExtractAs

cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))


cdef class DeviceProxyCore(ConnectionCore):
    """Owner of one C++ DeviceProxy."""

    cdef shared_ptr[CDeviceProxy] proxy(self) except *:
        if not self.ptr:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed")
        return self.ptr

    def __dealloc__(self):
        # Closing may talk to the network; the share of the base class goes last, also without the GIL.
        cdef shared_ptr[CDeviceProxy] last = move(self.ptr)
        if last:
            gone(LIVE_CONNECTION)
        with nogil:
            last.reset()

    def _connect(self, str name, bint need_check_acc=True) -> None:
        cdef string cname = to_cpp_str(name)
        cdef CDeviceProxy *fresh
        with nogil:
            fresh = new CDeviceProxy(cname, need_check_acc)
        if not self.ptr:
            born(LIVE_CONNECTION)
        self.ptr.reset(fresh)
        self.connection = static_pointer_cast[CConnection, CDeviceProxy](self.ptr)

    def _state(self) -> DevState:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int state
        with nogil:
            state = <int>deref(ptr).state()
        return STATES[state]

    def _status(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string status
        with nogil:
            status = deref(ptr).status()
        return to_py_str(status)

    def _ping(self) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int microseconds
        with nogil:
            microseconds = deref(ptr).ping()
        return microseconds

    def _read_attribute(self, str name, int extract_as) -> DeviceAttribute:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name)
        cdef CDeviceAttribute reply
        with nogil:
            reply = deref(ptr).read_attribute(cname)
        check_attribute(reply)
        return wrap_attribute(reply, extract_as)

    def _write_attribute(self, str name, int type_code, int format, value) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef Values values = to_values(value, type_code, format, f"attribute {name}")
        cdef CDeviceAttribute attribute
        fill_attribute(attribute, name, values)
        with nogil:
            deref(ptr).write_attribute(attribute)
