"""The client's view of a device: its values."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, static_pointer_cast, unique_ptr
from libcpp.string cimport string
from libcpp.utility cimport move
from libcpp.vector cimport vector

from tango._core.async_engine cimport Place
from tango._core.attribute_data cimport (
    DeviceAttribute, check_attribute, fill_attribute, plain_number, wrap_attribute, wrap_attribute_history,
)
from tango._core.command_data cimport wrap_data_history
from tango._core.convert cimport Values, to_cpp_extract_as, to_values
from tango._core.errors cimport to_cpp_int, to_cpp_str, to_py_str, translate
from tango._core.lib.client cimport (
    CConnection, CDeviceAttribute, CDeviceAttributeHistory, CDeviceDataHistory, CDeviceProxy, CDevState,
)
from tango._core.live cimport LIVE_CONNECTION, born, gone
from tango._core.orb cimport know_connection
from tango._core.structs cimport to_cpp_strings

from tango.enums import DevState, ExtractAs

cdef extern from "call.hpp" namespace "tangopy" nogil:
    Place place_of(CDeviceProxy &)

cdef extern from "state.hpp" namespace "tangopy" nogil:
    CDevState state_of(CDeviceProxy &) except +translate
    string status_of(CDeviceProxy &) except +translate

cdef extern from "attribute_data.hpp" namespace "tangopy" nogil:
    unique_ptr[CDeviceAttribute] read_one(CDeviceProxy &, string &name) except +translate
    void write_attributes(CDeviceProxy &, vector[CDeviceAttribute] &) except +translate
    void complete_history(CDeviceProxy &, const string &name, vector[CDeviceAttributeHistory] &) except +translate

cdef extern from "command_history.hpp" namespace "tangopy" nogil:
    vector[CDeviceDataHistory] *command_history(CDeviceProxy &, const string &name, int depth) except +translate

cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))


cdef class DeviceProxyCore(ConnectionCore):
    """Owner of one C++ DeviceProxy."""

    cdef shared_ptr[CDeviceProxy] proxy(self) except *:
        if not self.ptr:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed, or it "
                               "has not been awaited")
        return self.ptr

    def __dealloc__(self):
        # Closing may talk to the network; the share of the base class goes last, also without the GIL.
        cdef shared_ptr[CDeviceProxy] last = move(self.ptr)
        if last:
            gone(LIVE_CONNECTION)
        with nogil:
            last.reset()

    cdef int adopt(self, shared_ptr[CDeviceProxy] fresh) except -1:
        cdef shared_ptr[CDeviceProxy] former = move(self.ptr)
        cdef shared_ptr[CConnection] former_connection = move(self.connection)
        if not former:
            born(LIVE_CONNECTION)
        self.ptr = fresh
        self.connection = static_pointer_cast[CConnection, CDeviceProxy](fresh)
        with nogil:
            know_connection(self.connection)
            self.place = place_of(deref(fresh))
            former_connection.reset()
            former.reset()
        return 0

    def _connect(self, name: str, cbool need_check_acc=True) -> None:
        """Connect to a device, by its name (str or bytes)."""
        cdef string cname = to_cpp_str(name, "the name of a device")
        cdef CDeviceProxy *fresh
        with nogil:
            fresh = new CDeviceProxy(cname, need_check_acc)
        self.adopt(shared_ptr[CDeviceProxy](fresh))

    def _connect_like(self, DeviceProxyCore other not None) -> None:
        """Connect to the device of another proxy."""
        cdef shared_ptr[CDeviceProxy] source = other.proxy()
        cdef CDeviceProxy *fresh
        with nogil:
            fresh = new CDeviceProxy(deref(source))
        self.adopt(shared_ptr[CDeviceProxy](fresh))

    def _state(self) -> DevState:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int state
        with nogil:
            state = <int>state_of(deref(ptr))
        return STATES[state]

    def _status(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string status
        with nogil:
            status = status_of(deref(ptr))
        return to_py_str(status)

    def _ping(self) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int microseconds
        with nogil:
            microseconds = deref(ptr).ping()
        return microseconds

    # --- reading and writing --------------------------------------------------------------------------------------------

    cdef unique_ptr[CDeviceAttribute] read(self, object name) except *:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef unique_ptr[CDeviceAttribute] reply
        with nogil:
            reply = read_one(deref(ptr), cname)
        check_attribute(deref(reply))
        return move(reply)

    def _read_attribute(self, name: str, extract_as: int) -> DeviceAttribute:
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef unique_ptr[CDeviceAttribute] reply = self.read(name)
        return wrap_attribute(deref(reply), cextract_as)

    def _read_value(self, name: str) -> Any:
        """Read one attribute, for its value alone: a number, or a DeviceAttribute with anything else."""
        cdef unique_ptr[CDeviceAttribute] reply = self.read(name)
        number = plain_number(deref(reply))
        return wrap_attribute(deref(reply), <int>ExtractAs.Numpy) if number is None else number

    def _read_attributes(self, names: Sequence[str], extract_as: int) -> list[Any]:
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] cnames
        cdef unique_ptr[vector[CDeviceAttribute]] replies
        to_cpp_strings(names, cnames, "names of attributes")
        if cnames.empty():
            return []
        with nogil:
            replies.reset(deref(ptr).read_attributes(cnames))
        return wrap_attributes(deref(replies), cextract_as)

    def _write_attribute(self, name: str, int type_code, int format, value: Any) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef Values values = to_values(value, type_code, format, f"attribute {name}")
        cdef CDeviceAttribute attribute
        fill_attribute(attribute, name, values)
        with nogil:
            deref(ptr).write_attribute(attribute)

    def _write_attributes(self, items: list[tuple[Any, ...]]) -> None:
        """Write several; `items` are tuples (name, type code, format, value)."""
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[CDeviceAttribute] attributes
        _kept = fill_attributes(attributes, items)
        with nogil:
            write_attributes(deref(ptr), attributes)

    def _write_read_attribute(self, name: str, int type_code, int format, value: Any, extract_as: int) -> DeviceAttribute:
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef Values values = to_values(value, type_code, format, f"attribute {name}")
        cdef CDeviceAttribute attribute, reply
        fill_attribute(attribute, name, values)
        with nogil:
            reply = deref(ptr).write_read_attribute(attribute)
        check_attribute(reply)
        return wrap_attribute(reply, cextract_as)

    def _write_read_attributes(self, items: list[tuple[Any, ...]], names: Sequence[str], extract_as: int) -> list[Any]:
        """Write several, then read several; `items` as for `_write_attributes`."""
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[CDeviceAttribute] attributes
        cdef vector[string] cnames
        cdef unique_ptr[vector[CDeviceAttribute]] replies
        to_cpp_strings(names, cnames, "names of attributes")
        _kept = fill_attributes(attributes, items)
        with nogil:
            replies.reset(deref(ptr).write_read_attributes(attributes, cnames))
        return wrap_attributes(deref(replies), cextract_as)

    # --- what the polling has kept --------------------------------------------------------------------------------------

    def _attribute_history(self, name: str, depth: int, extract_as: int) -> list[Any]:
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef int cdepth = to_cpp_int(depth, "a depth")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef unique_ptr[vector[CDeviceAttributeHistory]] replies
        cdef size_t i
        cdef list result = []
        with nogil:
            replies.reset(deref(ptr).attribute_history(cname, cdepth))
            complete_history(deref(ptr), cname, deref(replies))
        for i in range(deref(replies).size()):
            result.append(wrap_attribute_history(deref(replies)[i], cextract_as))
        return result

    def _command_history(self, name: str, depth: int) -> list[Any]:
        cdef int cdepth = to_cpp_int(depth, "a depth")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef unique_ptr[vector[CDeviceDataHistory]] replies
        cdef size_t i
        cdef list result = []
        with nogil:
            replies.reset(command_history(deref(ptr), cname, cdepth))
        for i in range(deref(replies).size()):
            result.append(wrap_data_history(deref(replies)[i]))
        return result


cdef list wrap_attributes(vector[CDeviceAttribute] &replies, int extract_as):
    cdef size_t i
    cdef list result = []
    for i in range(replies.size()):
        result.append(wrap_attribute(replies[i], extract_as))
    return result


cdef list fill_attributes(vector[CDeviceAttribute] &attributes, list items):
    cdef Values values
    cdef list kept = []
    cdef size_t i = 0
    attributes.resize(len(items))
    for name, type_code, format, value in items:
        values = to_values(value, type_code, format, f"attribute {name}")
        fill_attribute(attributes[i], name, values)
        kept.append(values)
        i += 1
    return kept
