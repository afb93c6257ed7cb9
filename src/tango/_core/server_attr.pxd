"""Descriptions of attributes, and the way from cppTango to the methods that read and write them."""
from libcpp.memory cimport shared_ptr

from tango._core.device cimport DeviceCore, Life
from tango._core.lib.server cimport CAttr
from tango._core.server_attr_base cimport AttrBase
from tango._core.server_value cimport Attribute

cdef extern from "server_attr.hpp" namespace "tangopy" nogil:
    cdef cppclass AttrBehind:
        bint has_is_allowed
        const shared_ptr[Life[CAttr]] life
        void adopt()
        bint adopted()
        void give_back()


cdef class Attr(AttrBase):
    cdef AttrBehind *behind
    cdef str lower
    # How to read, write and ask: a callable, or the name of a method of the device.
    cdef object reader
    cdef object writer
    cdef object allower
    # The callables are called with the device first.
    cdef bint reader_takes_device
    cdef bint writer_takes_device
    cdef bint allower_takes_device
    # They are called by cppTango's thread, whatever the green mode.
    cdef bint reader_direct
    cdef bint writer_direct
    cdef bint allower_direct
    # They take and return values, not the attribute.
    cdef bint by_value
    cdef int make(self, int format, str name, object data_type, object access, long dim_x, long dim_y) except -1

# Methods of the device itself get nothing but the attribute, other functions get the device too.
cdef object as_called(object function, object device)

# From now on cppTango owns the C++ object.
cdef CAttr *give_attr(Attr attr) except NULL

# Have Python asked before each access, though the description was made by a device that does not care.
cdef int ask_first(CAttr *attr) except -1

# cppTango has let go of the C++ object: the Python object owns it again.
cdef int take_back(CAttr *attr) except -1

# The Python object of a C++ description.
cdef Attr attr_of(CAttr *attr)

# Whether no lock of an attribute is held while its read method runs, so that any thread may wait for the lock.
cdef bint is_read_freely(DeviceCore device, Attribute attribute) except -1
