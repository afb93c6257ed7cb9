"""Subscriptions to events."""
from libcpp.memory cimport shared_ptr

from tango._core.lib.events cimport Inbox, Link


cdef class Subscription:
    cdef object __weakref__
    cdef shared_ptr[Inbox] inbox
    cdef shared_ptr[Link] link
    cdef readonly int id
    cdef readonly int event_type
    cdef readonly str attribute
    cdef readonly bint queued
    cdef object callback
    cdef object proxy_ref
    cdef int extract_as
