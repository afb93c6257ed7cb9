"""What a device and a database connection share."""
from libcpp.memory cimport shared_ptr

from tango._core.async_engine cimport Place
from tango._core.lib.client cimport CConnection


cdef class ConnectionCore:
    # Each call takes its own share, so that closing on another thread cannot pull the object away under it.
    cdef shared_ptr[CConnection] connection
    # What its commands take, by their names in lower case and as they have been spelled.
    cdef readonly dict _argument_types
    # Where its calls in flight queue up.
    cdef Place place
    cdef shared_ptr[CConnection] share(self) except *
    # The same for what asks the other end.
    cdef shared_ptr[CConnection] remote(self) except *
