"""Counts of live objects that own C++ memory, by kind; the tests compare them before and after each test."""

ctypedef enum Live:
    LIVE_CONNECTION
    LIVE_BUFFER
    LIVE_CALLBACK
    LIVE_DEVICE
    LIVE_DEVICE_CLASS
    LIVE_GROUP
    LIVE_CALL
    LIVE_KINDS

cdef void born(Live kind) noexcept nogil
cdef void gone(Live kind) noexcept nogil
