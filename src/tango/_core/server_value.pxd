"""Values of attributes in a server."""
from tango._core.convert cimport Values
from tango._core.device cimport DeviceCore
from tango._core.lib.server cimport CAttribute, CMultiAttribute


cdef class Attribute:
    cdef dict __dict__
    cdef object __weakref__
    cdef CAttribute *ptr
    cdef DeviceCore device
    cdef int type
    cdef int format
    # cppTango sends from here until the next read: what the last read returned.
    cdef Values kept
    # Inside the read hook, where cppTango holds the lock of the attribute until the value is sent.
    cdef bint reading
    # Inside the write hook, where the written elements are in the client's request.
    cdef bint writing
    cdef CAttribute *pointer(self) except NULL
    cdef str where(self)
    cdef bint must_copy(self)
    cdef int put(self, object value) except -1
    cdef int put_all(self, object value, double seconds, int quality) except -1


cdef class WAttribute(Attribute):
    cdef object written(self, int extract_as)


cdef class MultiAttribute:
    cdef DeviceCore device
    cdef CMultiAttribute *pointer(self) except NULL

# The Python object of a C++ attribute; the same one each time.
cdef Attribute attribute_of(DeviceCore device, CAttribute *attribute)

# The same by name.
cdef Attribute attribute_named(DeviceCore device, str name)

# Take what a read method returned: a value, or (value, time, quality).
cdef int take_result(Attribute attribute, object result) except -1

# Forget the Python object of an attribute that is being removed.
cdef int forget_attribute(DeviceCore device, CAttribute *attribute) except -1

cdef double seconds_of(object time) except? -1

cdef int quality_of(object quality) except -1
