"""The Tango database: properties of pipes, of devices and of classes."""
from tango._core.database_properties cimport DatabasePropertiesCore


cdef class DatabasePipesCore(DatabasePropertiesCore):
    pass
