"""Subscriptions to events."""
from libcpp.memory cimport shared_ptr

from tango._core.lib.events cimport EventBox, Link


cdef class Subscription:
    cdef object __weakref__
    cdef shared_ptr[EventBox] box
    cdef shared_ptr[Link] link
    cdef readonly int id
    cdef readonly int event_type
    cdef readonly str attribute
    cdef readonly bint queued
    cdef readonly size_t gap
    cdef object callback
    cdef object proxy_ref
    cdef int extract_as
