"""The Tango database: servers, devices, aliases, services, and lists of them."""
from libcpp.memory cimport shared_ptr

from tango._core.connection cimport ConnectionCore
from tango._core.errors cimport translate
from tango._core.lib.db cimport CDatabase


cdef class DatabaseCore(ConnectionCore):
    cdef shared_ptr[CDatabase] ptr
    cdef bint owned
    cdef bint is_file
    cdef shared_ptr[CDatabase] database(self) except *
    cdef shared_ptr[CDatabase] served(self, str what) except *
    cdef int adopt(self, shared_ptr[CDatabase] fresh, bint owned) except -1
