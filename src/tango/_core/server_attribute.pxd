"""Attributes of running devices: what they are."""
from libcpp.string cimport string

from tango._core.convert cimport Values
from tango._core.device cimport DeviceCore
from tango._core.lib.server cimport CAttribute


# A value that waits to be pushed.
cdef class Aside:
    cdef Values values
    cdef double seconds
    cdef object quality


cdef class AttributeCore:
    cdef dict __dict__
    cdef object __weakref__
    # Null once the attribute has been removed; whoever removes it does so with the GIL, before the C++ object goes.
    cdef CAttribute *ptr
    cdef DeviceCore device
    cdef int type
    cdef int format
    # cppTango sends from here until the next read: what the last read returned.
    cdef Values kept
    # In the read hook, while the lock of the attribute is held until the value is sent.
    cdef bint reading
    # How many threads are in the read hook.
    cdef int readers
    # Whether its lock is free while its method runs (see read_locks.hpp): 0 not known yet, 1 yes, 2 no.
    cdef int free
    # Inside the write hook, where the written elements are in the client's request.
    cdef bint writing
    # The C++ object has a value that was set and not sent yet.
    cdef bint fresh
    # What was set outside of a read while the C++ object may have what another thread is sending.
    cdef Aside aside
    cdef CAttribute *pointer(self) except NULL
    cdef bint is_shared(self)
    cdef Aside set_aside(self)
    cdef str where(self)


# A time given as seconds, TimeVal or datetime.
cdef double seconds_of(object time, object where=*) except? -1

cdef int quality_of(object quality) except -1
