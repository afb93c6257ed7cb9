"""Commands of a Python device class."""
from libcpp cimport bool as cbool

from tango._core.lib.server cimport CCommand


cdef extern from "server_command.hpp" namespace "tangopy" nogil:
    cdef cppclass PyCommand(CCommand):
        void adopt()
        void give_back()
        cbool adopted()


cdef class CommandCore:
    cdef PyCommand *ptr
    cdef str name
    cdef int in_type
    cdef int out_type
    # A callable, or the name of a method of the device.
    cdef object function
    cdef object allower
    cdef bint function_takes_device
    cdef bint allower_takes_device
    # They are called by cppTango's thread, whatever the green mode.
    cdef bint function_direct
    cdef bint allower_direct

# From now on cppTango owns the C++ command.
cdef CCommand *give_command(CommandCore command) except NULL
