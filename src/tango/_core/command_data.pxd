"""The argument and the result of a command: CORBA::Any and DeviceData."""
from tango._core.lib.client cimport CDeviceData, CDeviceDataHistory


cdef extern from "any.hpp" nogil:
    cdef cppclass CAny "CORBA::Any":
        CAny()

cdef extern from "any.hpp" namespace "tangopy" nogil:
    bint has_form(int code)
    bint is_array(int code)
    bint is_mixed(int code)


# An Any filled from a Python value of a type code; `where` names the command in messages. The returned object keeps the
# elements alive; it must live until the Any is marshalled, unless it is a result, which the Any copies.
cdef object fill_any(CAny &any, int code, object value, object where, bint is_result=*)

# The value of an Any as Python object: arrays are copied once and may be kept.
cdef object any_to_py(const CAny &any, int code, int extract_as)

# The same, but the Any is taken over and arrays look at its memory.
cdef object taken_any_to_py(CAny *any, int code, int extract_as)


cdef class DeviceData:
    cdef dict __dict__
    cdef object __weakref__
    cdef CDeviceData data
    cdef object keep


cdef class DeviceDataHistory(DeviceData):
    cdef object date
    cdef tuple errors
    cdef bint failed

cdef DeviceDataHistory wrap_data_history(CDeviceDataHistory &entry)
cdef DeviceData wrap_device_data(CDeviceData &data)

# The type of what it holds; TypeError if that is none of Tango's.
cdef int checked_type(CDeviceData &data) except -1

# The value of a reply of a type; its memory moves to the result.
cdef object reply_to_py(CDeviceData &reply, int code, int extract_as)
