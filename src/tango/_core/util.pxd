"""The device server itself."""
from tango._core.lib.server cimport CUtil


cdef class UtilCore:
    cdef CUtil *ptr
    cdef object event_loop
    cdef object interceptors
    cdef CUtil *util(self) except NULL
