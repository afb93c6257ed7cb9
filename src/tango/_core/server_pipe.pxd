"""Pipes of a Python device, and the way from cppTango to the methods that read and write them."""
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string

from tango._core.device cimport Life
from tango._core.lib.pipes cimport PipeElements


cdef extern from "server_pipe.hpp" namespace "tangopy" nogil:
    cdef cppclass CPipe "tangopy::Pipe":
        pass

    cdef cppclass PipeBehind:
        bint has_is_allowed
        const shared_ptr[Life[CPipe]] life
        void adopt()
        cbool adopted()

    cdef struct PipeFacts:
        string name
        int level
        cbool writable
        string label
        string description


cdef class PipeCore:
    cdef shared_ptr[Life[CPipe]] life
    cdef PipeBehind *behind
    cdef str name
    # How to read, write and ask: a callable, or the name of a method of the device.
    cdef object reader
    cdef object writer
    cdef object allower
    # The callables are called with the device first.
    cdef bint reader_takes_device
    cdef bint writer_takes_device
    cdef bint allower_takes_device
    # They are called by cppTango's thread, whatever the green mode.
    cdef bint reader_direct
    cdef bint writer_direct
    cdef bint allower_direct
    # They take and return values, not the pipe.
    cdef bint by_value
    # A client's request is being answered.
    cdef bint reading
    cdef bint writing
    cdef shared_ptr[CPipe] use(self) except *
    cdef PipeFacts facts(self) except *

# The Python object of a pipe; one that was written in C++ gets a new object of one of the two classes.
cdef object pipe_of(CPipe *pipe, type readable, type writable)

# From now on cppTango owns the C++ pipe.
cdef CPipe *give_pipe(PipeCore pipe) except NULL
