"""The requests of a proxy that the engine can run without Python (see async_engine).

What a request takes along is copied into C++ memory here, so that its caller may go on changing it; what it brings is made
into Python objects by the thread that wants it.
"""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport make_shared, shared_ptr, static_pointer_cast, unique_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.async_engine cimport Call, Operation, Place, lane_at
from tango._core.attribute_proxy cimport AttributeProxyCore
from tango._core.attribute_data cimport check_attribute, fill_attribute, wrap_attribute, wrap_reply
from tango._core.command_data cimport CAny, DeviceData, checked_type, fill_any, reply_to_py, wrap_device_data
from tango._core.connection cimport ConnectionCore
from tango._core.convert cimport Values, to_cpp_extract_as, to_values
from tango._core.errors cimport to_cpp_str, to_py_errors, to_py_str
from tango._core.lib.client cimport CAttributeProxy, CConnection, CDeviceAttribute, CDeviceData, CDeviceProxy
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport to_cpp_strings

from tango.enums import DevState

cdef extern from "command_data.hpp" namespace "tangopy":
    CAny &any_of(CDeviceData &)

cdef extern from "operations.hpp" namespace "tangopy" nogil:
    cdef cppclass Nothing:
        pass

    cdef cppclass Request[Reply](Call):
        Reply reply

    cdef cppclass Command(Call):
        CDeviceData reply

    cdef cppclass CNamedDevFailed "Tango::NamedDevFailed":
        string name
        long idx_in_call
        CDevErrorList err_stack

    cdef cppclass Writes(Call):
        Writes(shared_ptr[CDeviceProxy], Attributes)
        vector[CNamedDevFailed] failed

    cdef cppclass ConnectDevice(Call):
        ConnectDevice(string, cbool)
        unique_ptr[CDeviceProxy] proxy

    cdef cppclass ConnectAttribute(Call):
        ConnectAttribute(string)
        unique_ptr[CAttributeProxy] proxy

    ctypedef shared_ptr[vector[CDeviceAttribute]] Attributes "tangopy::Attributes"
    shared_ptr[Request[int]] request_state(shared_ptr[CDeviceProxy])
    shared_ptr[Request[int]] request_ping(shared_ptr[CDeviceProxy])
    shared_ptr[Request[string]] request_status(shared_ptr[CDeviceProxy])
    shared_ptr[Request[CDeviceAttribute]] request_read(shared_ptr[CDeviceProxy], const string &)
    shared_ptr[Request[Attributes]] request_reads(shared_ptr[CDeviceProxy], const vector[string] &)
    shared_ptr[Request[Nothing]] request_write(shared_ptr[CDeviceProxy], shared_ptr[CDeviceAttribute])
    shared_ptr[Command] request_command(shared_ptr[CConnection], const string &, shared_ptr[CDeviceData])

cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))


# --- what needs no argument -------------------------------------------------------------------------------------------

cdef class StateOperation(Operation):
    cdef shared_ptr[Request[int]] request

    cdef object result(self):
        return STATES[deref(self.request).reply]


cdef class PingOperation(Operation):
    cdef shared_ptr[Request[int]] request

    cdef object result(self):
        return deref(self.request).reply


cdef class StatusOperation(Operation):
    cdef shared_ptr[Request[string]] request

    cdef object result(self):
        return to_py_str(deref(self.request).reply)


def state_operation(DeviceProxyCore device not None) -> Operation:
    """The request behind DeviceProxy.state."""
    cdef StateOperation operation = StateOperation()
    operation.request = request_state(device.proxy())
    operation.call = static_pointer_cast[Call, Request[int]](operation.request)
    operation.lane = lane_at(device.place)
    return operation


def ping_operation(DeviceProxyCore device not None) -> Operation:
    """The request behind DeviceProxy.ping."""
    cdef PingOperation operation = PingOperation()
    operation.request = request_ping(device.proxy())
    operation.call = static_pointer_cast[Call, Request[int]](operation.request)
    operation.lane = lane_at(device.place)
    return operation


def status_operation(DeviceProxyCore device not None) -> Operation:
    """The request behind DeviceProxy.status."""
    cdef StatusOperation operation = StatusOperation()
    operation.request = request_status(device.proxy())
    operation.call = static_pointer_cast[Call, Request[string]](operation.request)
    operation.lane = lane_at(device.place)
    return operation


# --- attributes -------------------------------------------------------------------------------------------------------

cdef class ReadOperation(Operation):
    cdef shared_ptr[Request[CDeviceAttribute]] request
    cdef int extract_as

    cdef object result(self):
        check_attribute(deref(self.request).reply)
        return wrap_attribute(deref(self.request).reply, self.extract_as)


cdef class ReadManyOperation(Operation):
    cdef shared_ptr[Request[Attributes]] request
    cdef int extract_as

    cdef object result(self):
        cdef size_t i
        cdef Attributes replies = deref(self.request).reply
        return [wrap_attribute(deref(replies)[i], self.extract_as) for i in range(deref(replies).size())]


cdef class ReadLaterOperation(ReadManyOperation):
    """The same, for values whose form is known later."""

    cdef object result(self):
        cdef size_t i
        cdef Attributes replies = deref(self.request).reply
        return [wrap_reply(deref(replies)[i]) for i in range(deref(replies).size())]


cdef class WriteOperation(Operation):
    cdef object result(self):
        return None


cdef class WriteManyOperation(Operation):
    cdef shared_ptr[Writes] request

    cdef object result(self):
        return None

    def failed(self) -> list[Any]:
        """The attributes that could not be written.

        Returns
        -------
        list of tuple
            Name, place in the request and errors of each; empty if the request failed as a whole.
        """
        cdef size_t i
        cdef vector[CNamedDevFailed] *found = &deref(self.request).failed
        return [(to_py_str(deref(found)[i].name), deref(found)[i].idx_in_call, to_py_errors(deref(found)[i].err_stack))
                for i in range(found.size())]


def read_operation(DeviceProxyCore device not None, name: str, extract_as: int) -> Operation:
    """The request behind DeviceProxy.read_attribute."""
    cdef int cextract_as = to_cpp_extract_as(extract_as)
    cdef ReadOperation operation = ReadOperation()
    operation.request = request_read(device.proxy(), to_cpp_str(name, "the name of an attribute"))
    operation.call = static_pointer_cast[Call, Request[CDeviceAttribute]](operation.request)
    operation.extract_as = cextract_as
    operation.lane = lane_at(device.place)
    return operation


cdef bint prepare_reads(ReadManyOperation operation, DeviceProxyCore device, names) except -1:
    """Fill in the request; False if there is nothing to read."""
    cdef vector[string] cnames
    to_cpp_strings(names, cnames, "names of attributes")
    if cnames.empty():
        return False
    operation.request = request_reads(device.proxy(), cnames)
    operation.call = static_pointer_cast[Call, Request[Attributes]](operation.request)
    operation.lane = lane_at(device.place)
    return True


def read_many_operation(DeviceProxyCore device not None, names: Sequence[str], extract_as: int) -> Operation | None:
    """The request behind DeviceProxy.read_attributes; None if there is nothing to read."""
    cdef int cextract_as = to_cpp_extract_as(extract_as)
    cdef ReadManyOperation operation = ReadManyOperation()
    operation.extract_as = cextract_as
    return operation if prepare_reads(operation, device, names) else None


def read_later_operation(DeviceProxyCore device not None, names: Sequence[str]) -> Operation | None:
    """The same; its result is a list of AttributeReply."""
    cdef ReadLaterOperation operation = ReadLaterOperation()
    return operation if prepare_reads(operation, device, names) else None


def write_operation(DeviceProxyCore device not None, name: str, int type_code, int format, value: Any) -> Operation:
    """The request behind DeviceProxy.write_attribute, for an attribute whose type is known."""
    cdef WriteOperation operation = WriteOperation()
    cdef Values values = to_values(value, type_code, format, f"attribute {name}")
    cdef CDeviceAttribute looking  # at the memory of `values`
    fill_attribute(looking, name, values)
    operation.call = static_pointer_cast[Call, Request[Nothing]](
        request_write(device.proxy(), make_shared[CDeviceAttribute](looking)))
    operation.lane = lane_at(device.place)
    return operation


def write_many_operation(DeviceProxyCore device not None, items: list[tuple[Any, ...]]) -> Operation:
    """The request behind DeviceProxy.write_attributes; `items` are tuples (name, type code, format, value)."""
    cdef WriteManyOperation operation = WriteManyOperation()
    cdef Values values
    cdef Attributes attributes = make_shared[vector[CDeviceAttribute]]()
    cdef CDeviceAttribute looking
    for name, type_code, format, value in items:
        values = to_values(value, type_code, format, f"attribute {name}")
        looking = CDeviceAttribute()
        fill_attribute(looking, name, values)
        deref(attributes).push_back(looking)
    operation.request = make_shared[Writes](device.proxy(), attributes)
    operation.call = static_pointer_cast[Call, Writes](operation.request)
    operation.lane = lane_at(device.place)
    return operation


# --- commands ---------------------------------------------------------------------------------------------------------

cdef class CommandOperation(Operation):
    cdef shared_ptr[Command] request
    cdef int extract_as

    cdef object result(self):
        cdef CDeviceData *reply = &deref(self.request).reply
        return reply_to_py(reply[0], checked_type(reply[0]), self.extract_as)


cdef class RawCommandOperation(Operation):
    cdef shared_ptr[Command] request

    cdef object result(self):
        return wrap_device_data(deref(self.request).reply)


def command_operation(DeviceProxyCore device not None, name: str, int type_code, argument: Any, int extract_as) -> Operation:
    """The request behind DeviceProxy.command_inout, for a command whose input type is known."""
    cdef CommandOperation operation = CommandOperation()
    cdef CDeviceData looking  # at the memory of `kept`
    _kept = fill_any(any_of(looking), type_code, argument, f"command {name}")
    operation.request = request_command(device.remote(), to_cpp_str(name, "the name of a command"), make_shared[CDeviceData](looking))
    operation.call = static_pointer_cast[Call, Command](operation.request)
    operation.extract_as = extract_as
    operation.lane = lane_at(device.place)
    return operation


def raw_command_operation(ConnectionCore connection not None, name: str, DeviceData argument not None) -> Operation:
    """The request behind Connection.command_inout_raw; its result is a DeviceData."""
    cdef RawCommandOperation operation = RawCommandOperation()
    _kept = argument.keep  # until the content is copied
    operation.request = request_command(connection.remote(), to_cpp_str(name, "the name of a command"),
                                        make_shared[CDeviceData](argument.data))
    operation.call = static_pointer_cast[Call, Command](operation.request)
    operation.lane = lane_at(connection.place)
    return operation


# --- connecting -------------------------------------------------------------------------------------------------------

cdef int queue_up(Operation operation, const string &name) except -1:
    """Connecting to one device does not hold up connecting to another."""
    cdef Place nowhere
    nowhere.device = name
    operation.lane = lane_at(nowhere)
    return 0


cdef class ConnectOperation(Operation):
    cdef shared_ptr[ConnectDevice] request
    cdef DeviceProxyCore device

    cdef object result(self):
        self.device.adopt(shared_ptr[CDeviceProxy](deref(self.request).proxy.release()))
        return self.device


def connect_operation(DeviceProxyCore device not None, name: str, cbool need_check_acc=True) -> Operation:
    """The request behind the constructor of a proxy; its result is `device`, connected."""
    cdef ConnectOperation operation = ConnectOperation()
    cdef string cname = to_cpp_str(name)
    operation.request = make_shared[ConnectDevice](cname, need_check_acc)
    operation.call = static_pointer_cast[Call, ConnectDevice](operation.request)
    operation.device = device
    queue_up(operation, cname)
    return operation


cdef class ConnectAttributeOperation(Operation):
    cdef shared_ptr[ConnectAttribute] request
    cdef AttributeProxyCore attribute

    cdef object result(self):
        self.attribute.adopt(deref(self.request).proxy.release())
        return self.attribute


def connect_attribute_operation(AttributeProxyCore attribute not None, name: str | bytes) -> Operation:
    """The request behind the constructor of a proxy of an attribute; its result is `attribute`, connected."""
    cdef ConnectAttributeOperation operation = ConnectAttributeOperation()
    cdef string cname = to_cpp_str(name)
    operation.request = make_shared[ConnectAttribute](cname)
    operation.call = static_pointer_cast[Call, ConnectAttribute](operation.request)
    operation.attribute = attribute
    queue_up(operation, cname)
    return operation
