"""Descriptions of attributes: what they say."""
from libcpp.memory cimport shared_ptr

from tango._core.device cimport Life
from tango._core.lib.server cimport CAttr


cdef class AttrBase:
    cdef dict __dict__
    cdef object __weakref__
    cdef shared_ptr[Life[CAttr]] life
    cdef str name
    cdef CAttr *pointer(self) except NULL
