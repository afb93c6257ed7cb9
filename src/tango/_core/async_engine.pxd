"""Calls in flight without a Python thread: operations, and the inbox of an event loop (see async_engine.hpp)."""
from libc.stdint cimport uint64_t
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate


cdef extern from "call.hpp" namespace "tangopy" nogil:
    cdef cppclass Lane:
        pass

    cdef cppclass Place:
        string device
        shared_ptr[Lane] lane

    cdef cppclass Call:
        void run() except +translate
        void rethrow() except +translate
        uint64_t id

    ctypedef shared_ptr[Call] CallPtr "tangopy::CallPtr"

cdef extern from "wakeup.hpp" namespace "tangopy" nogil:
    cdef cppclass Wakeup:
        Wakeup()
        Wakeup(long long reader, long long writer)


cdef extern from "inbox.hpp" namespace "tangopy" nogil:
    cdef cppclass CInbox "tangopy::Inbox":
        CInbox(Wakeup *)
        void take(vector[CallPtr] &, size_t most)
        bint wait(double)
        bint lost()
        long long fd()


# The queue for calls to a place.
cdef shared_ptr[Lane] lane_at(Place &place) except *


# One request: what it needs is C++, its result is made into a Python object where it is wanted.
cdef class Operation:
    cdef CallPtr call
    cdef shared_ptr[Lane] lane
    cdef public object then
    cdef public object again
    cdef public object body
    cdef object result(self)


cdef class Inbox:
    cdef shared_ptr[CInbox] inbox
    cdef dict waiting
    cdef uint64_t last
    cdef int lingered
    cdef object redo
    cdef object __weakref__
    cdef int expect(self, Operation operation, target) except -1
    cdef int settle(self, Operation operation, target) except -1
