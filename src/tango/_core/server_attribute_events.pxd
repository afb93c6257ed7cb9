"""Events of attributes of running devices."""
from tango._core.server_attribute cimport AttributeCore


cdef class AttributeEvents(AttributeCore):
    cdef int fire(self, int event, object exception) except -1
    cdef int push(self, int event, object exception) except -1
