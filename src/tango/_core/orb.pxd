"""The ORB of the process."""
from libcpp.memory cimport shared_ptr

from tango._core.lib.client cimport CConnection

# Keeps an eye on a connection, for the day on which the ORB changes.
cdef void know_connection(const shared_ptr[CConnection] &) noexcept nogil
# Another ORB has taken the place of the one before.
cdef void tell_connections() noexcept nogil
# Ends the ORB that a forked child has from its parent.
cdef void own_orb() noexcept nogil
