"""DeviceAttribute: the value of an attribute and what came with it."""
from tango._core.convert cimport Run, Values
from tango._core.lib.client cimport CDeviceAttribute
from tango._core.lib.except_ cimport CDevErrorList


cdef class DeviceAttribute:
    cdef dict __dict__
    cdef object __weakref__
    cdef public str name
    cdef public int dim_x
    cdef public int dim_y
    cdef public int w_dim_x
    cdef public int w_dim_y
    cdef int quality_
    cdef int format_
    cdef int type_
    cdef int shape  # the format, also if the server did not say it
    cdef long seconds
    cdef long microseconds
    cdef long nanoseconds
    cdef object time_
    cdef object value_
    cdef object w_value_
    cdef tuple errors
    cdef bint empty


cdef class DeviceAttributeHistory(DeviceAttribute):
    pass


# The reply as a Python object; its memory moves there. An error of the attribute stays inside (has_failed).
cdef DeviceAttribute wrap_attribute(CDeviceAttribute &reply, int extract_as)

# The same for an entry of a history.
cdef DeviceAttribute wrap_attribute_history(CDeviceAttribute &reply, int extract_as)

# The value alone if it is one number for which no name stands; None for all else.
cdef object plain_number(CDeviceAttribute &reply)

# The answer to a read, whose value is wanted later, in a form not known yet.
cdef class AttributeReply:
    cdef DeviceAttribute bare
    cdef Run run

cdef AttributeReply wrap_reply(CDeviceAttribute &reply)

# Raise the error that the reply carries, if there is one.
cdef int check_attribute(CDeviceAttribute &reply) except -1

# The C++ object for a write; `values` must outlive it.
cdef int fill_attribute(CDeviceAttribute &target, object name, Values values) except -1
