"""The Tango database: properties."""
from tango._core.database cimport DatabaseCore


cdef class DatabasePropertiesCore(DatabaseCore):
    cdef int check_values(self, data) except -1
