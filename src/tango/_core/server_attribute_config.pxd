"""The configuration of attributes of running devices."""
from libcpp cimport bool as cbool

from tango._core.server_attribute_events cimport AttributeEvents


cdef class AttributeConfigured(AttributeEvents):
    cdef int set_limit(self, int limit, object value) except -1
    cdef object get_limit(self, int limit)
    cdef int put_config(self, object attr_cfg, cbool tells) except -1

cdef enum Limit:
    MIN_VALUE
    MAX_VALUE
    MIN_ALARM
    MAX_ALARM
    MIN_WARNING
    MAX_WARNING
