"""Descriptions of attributes, and the way from cppTango to the methods that read and write them."""
from libcpp.memory cimport shared_ptr

from tango._core.device cimport DeviceCore, Life
from tango._core.lib.server cimport CAttr

cdef extern from "server_attr.hpp" namespace "tangopy" nogil:
    cdef cppclass AttrBehind:
        bint has_is_allowed
        const shared_ptr[Life[CAttr]] life
        void adopt()
        bint adopted()


cdef class Attr:
    cdef dict __dict__
    cdef object __weakref__
    cdef shared_ptr[Life[CAttr]] life
    cdef AttrBehind *behind
    cdef str name
    # How to read, write and ask: a callable, or the name of a method of the device.
    cdef object reader
    cdef object writer
    cdef object allower
    # The callables are called with the device first.
    cdef bint reader_takes_device
    cdef bint writer_takes_device
    cdef bint allower_takes_device
    # They take and return values, not the attribute.
    cdef bint by_value
    cdef int make(self, int format, str name, object data_type, object access, long dim_x, long dim_y) except -1
    cdef CAttr *pointer(self) except NULL

# From now on cppTango owns the C++ object.
cdef CAttr *give_attr(Attr attr) except NULL

# The Python object of a C++ description.
cdef Attr attr_of(CAttr *attr)
