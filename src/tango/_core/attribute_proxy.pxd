"""The client's view of one attribute."""
from libcpp.memory cimport shared_ptr

from tango._core.lib.client cimport CAttributeProxy


cdef class AttributeProxyCore:
    cdef shared_ptr[CAttributeProxy] ptr
    cdef shared_ptr[CAttributeProxy] attribute(self) except *
    cdef int adopt(self, CAttributeProxy *fresh) except -1
