"""Values and results that a device itself puts where clients look for what was polled."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

import time

from tango._core.command_data cimport CAny, fill_any
from tango._core.convert cimport Values, to_values
from tango._core.device cimport DeviceCore
from tango._core.errors cimport exception_to_errors, to_cpp_str, translate
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.server cimport CAttribute, CDeviceImpl
from tango._core.server_attribute cimport quality_of, seconds_of
from tango._core.server_value cimport Attribute, WAttribute, attribute_named

from tango.enums import AttrQuality, AttrWriteType, ExtractAs
from tango.errors import DevError, DevFailed
from tango.structs import TimedAttrData, TimedCmdData

cdef extern from "polling_buffer.hpp" namespace "tangopy" nogil:
    cdef cppclass Elements:
        const void *data
        size_t count
        long dim_x
        long dim_y

    cdef cppclass AttributeRecord:
        double seconds
        int quality
        Elements read
        Elements written
        CDevErrorList errors

    cdef cppclass CommandRecord:
        double seconds
        CAny result
        CDevErrorList errors

    void fill_attribute(CDeviceImpl &, CAttribute *&, int type, const vector[AttributeRecord] &) except +translate
    int result_type(CDeviceImpl &, const string &name) except +translate
    void fill_command(CDeviceImpl &, const string &name, const vector[CommandRecord] &) except +translate

cdef int READ = int(AttrWriteType.READ)
cdef int WRITE = int(AttrWriteType.WRITE)
cdef int READ_WRITE = int(AttrWriteType.READ_WRITE)
cdef int NUMPY = int(ExtractAs.Numpy)
cdef object INVALID = AttrQuality.ATTR_INVALID


cdef object refusal(str reason, str text):
    error = DevError()
    error.reason = reason
    error.desc = text
    error.origin = "fill_polling_buffer"
    return DevFailed(error)


cdef tuple records_of(object given, object kind):
    """The records that a caller gives: one, or a sequence of them."""
    if isinstance(given, kind):
        return (given,)
    if isinstance(given, (list, tuple)):
        for item in given:
            if not isinstance(item, kind):
                raise TypeError(f"a polling buffer is filled with {kind.__name__}, not {type(item).__name__} {item!r:.60}")
        return tuple(given)
    raise TypeError(f"a polling buffer is filled with {kind.__name__}, one or a list, not {type(given).__name__} {given!r:.60}")


cdef double date_of(object record) except? -1:
    return time.time() if record.time_stamp is None else seconds_of(record.time_stamp)


cdef Values elements_of(Attribute attribute, object value, Elements &elements):
    """The elements of a value; what is returned keeps them alive."""
    cdef Values values = to_values(value, attribute.type, attribute.format, attribute.where())
    cdef CAttribute *pointer = attribute.pointer()
    if values.dim_x > pointer.get_max_dim_x() or values.dim_y > pointer.get_max_dim_y():
        raise refusal("API_AttrOptProp", f"{attribute.where()} takes at most {pointer.get_max_dim_x()} x "
                      f"{pointer.get_max_dim_y()} elements, not {values.dim_x} x {values.dim_y}")
    elements.data = values.data
    elements.count = <size_t>values.count
    elements.dim_x = values.dim_x
    elements.dim_y = values.dim_y
    return values


def fill_attr_polling_buffer(DeviceCore device not None, str name, given: object) -> None:
    """Add values to what clients read of a polled attribute."""
    cdef shared_ptr[CDeviceImpl] keep = device.use()
    cdef Attribute attribute = attribute_named(device, name)
    cdef WAttribute setter = None
    cdef CAttribute *pointer = attribute.pointer()
    cdef vector[AttributeRecord] records
    cdef int access = <int>pointer.get_writable()
    cdef Py_ssize_t i
    cdef list kept = []
    cdef tuple all_given = records_of(given, TimedAttrData)
    if access == WRITE:
        raise refusal("API_DeviceNotPolled", f"{attribute.where()} can only be written")
    if access != READ:
        setter = attribute_named(device, attribute.get_assoc_name())
    records.resize(len(all_given))
    for i, record in enumerate(all_given):
        records[i].seconds = date_of(record)
        records[i].quality = quality_of(record.quality)
        if record.error is not None:
            if not isinstance(record.error, BaseException):
                raise TypeError(f"the error of a record is an exception, not {type(record.error).__name__}")
            exception_to_errors(record.error, records[i].errors)
            continue
        if record.w_value is not None and access != READ_WRITE:
            raise refusal("API_NotSupportedFeature", f"{attribute.where()} has no set point of its own, record {i + 1} has one")
        if record.value is None and record.quality == INVALID:
            continue
        kept.append(elements_of(attribute, record.value, records[i].read))
        if setter is not None:
            set_point = setter.written(NUMPY) if record.w_value is None else record.w_value
            kept.append(elements_of(setter, set_point, records[i].written))
    with nogil:
        fill_attribute(deref(keep), attribute.ptr, attribute.type, records)


def fill_cmd_polling_buffer(DeviceCore device not None, str name, given: object) -> None:
    """Add results to what clients get of a polled command."""
    cdef shared_ptr[CDeviceImpl] keep = device.use()
    cdef string cname = to_cpp_str(name)
    cdef vector[CommandRecord] records
    cdef Py_ssize_t i
    cdef int type
    cdef tuple all_given = records_of(given, TimedCmdData)
    with nogil:
        type = result_type(deref(keep), cname)
    records.resize(len(all_given))
    for i, record in enumerate(all_given):
        records[i].seconds = date_of(record)
        if record.error is None:
            fill_any(records[i].result, type, record.value, f"the result of command {name}", True)
        elif isinstance(record.error, BaseException):
            exception_to_errors(record.error, records[i].errors)
        else:
            raise TypeError(f"the error of a record is an exception, not {record.error.__class__.__name__}")
    with nogil:
        fill_command(deref(keep), cname, records)
