"""What the server polls of a device, and what it knows of the client that a device is serving."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport Interface
from tango._core.errors cimport to_cpp_int, to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CDeviceImpl
from tango._core.structs cimport to_py_strings

from tango.enums import LockerLanguage
from tango.structs import ClientAddr

cdef extern from "device_polling.hpp" namespace "tangopy" nogil:
    cdef cppclass Client:
        cbool known
        cbool identified
        string address
        int language
        int process
        vector[unsigned long long] java_ident
        string java_class

    vector[string] polled_attributes(CDeviceImpl &) except +translate
    vector[string] polled_commands(CDeviceImpl &) except +translate
    cbool is_attribute_polled(CDeviceImpl &, const string &) except +translate
    cbool is_command_polled(CDeviceImpl &, const string &) except +translate
    int attribute_poll_period(CDeviceImpl &, const string &) except +translate
    int command_poll_period(CDeviceImpl &, const string &) except +translate
    void poll_attribute(CDeviceImpl &, Interface &, const string &, int) except +translate
    void poll_command(CDeviceImpl &, Interface &, const string &, int) except +translate
    void stop_poll_attribute(CDeviceImpl &, Interface &, const string &) except +translate
    void stop_poll_command(CDeviceImpl &, Interface &, const string &) except +translate
    void stop_polling(CDeviceImpl &, Interface &, cbool) except +translate
    Client client_of(CDeviceImpl &) except +translate


cdef class DevicePollingCore(DeviceCore):
    """A device that can be polled."""

    def _is_polled(self) -> bool:
        return deref(self.use()).is_polled()

    def _get_poll_ring_depth(self) -> int:
        return deref(self.use()).get_poll_ring_depth()

    def _get_poll_old_factor(self) -> int:
        return deref(self.use()).get_poll_old_factor()

    def _get_min_poll_period(self) -> int:
        return deref(self.use()).get_min_poll_period()

    def _get_cmd_min_poll_period(self) -> StdStringVector:
        return to_py_strings(deref(self.use()).get_cmd_min_poll_period())

    def _get_attr_min_poll_period(self) -> StdStringVector:
        return to_py_strings(deref(self.use()).get_attr_min_poll_period())

    def _get_polled_cmd(self) -> StdStringVector:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef vector[string] polled
        with nogil:
            polled = polled_commands(deref(device))
        return to_py_strings(polled)

    def _get_polled_attr(self) -> StdStringVector:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef vector[string] polled
        with nogil:
            polled = polled_attributes(deref(device))
        return to_py_strings(polled)

    def _get_non_auto_polled_cmd(self) -> StdStringVector:
        return to_py_strings(deref(self.use()).get_non_auto_polled_cmd())

    def _get_non_auto_polled_attr(self) -> StdStringVector:
        return to_py_strings(deref(self.use()).get_non_auto_polled_attr())

    def _get_cmd_poll_ring_depth(self, str name) -> int:
        cdef string cname = to_cpp_str(name)
        return deref(self.use()).get_cmd_poll_ring_depth(cname)

    def _get_attr_poll_ring_depth(self, str name) -> int:
        cdef string cname = to_cpp_str(name)
        return deref(self.use()).get_attr_poll_ring_depth(cname)

    def _is_attribute_polled(self, str name) -> bool:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef cbool result
        with nogil:
            result = is_attribute_polled(deref(device), cname)
        return result

    def _is_command_polled(self, str name) -> bool:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef cbool result
        with nogil:
            result = is_command_polled(deref(device), cname)
        return result

    def _get_attribute_poll_period(self, str name) -> int:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef int result
        with nogil:
            result = attribute_poll_period(deref(device), cname)
        return result

    def _get_command_poll_period(self, str name) -> int:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef int result
        with nogil:
            result = command_poll_period(deref(device), cname)
        return result

    def _poll_attribute(self, str name, period_ms: int) -> None:
        cdef int cperiod_ms = to_cpp_int(period_ms, "a period")
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            poll_attribute(deref(device), deref(self.interface), cname, cperiod_ms)

    def _poll_command(self, str name, period_ms: int) -> None:
        cdef int cperiod_ms = to_cpp_int(period_ms, "a period")
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            poll_command(deref(device), deref(self.interface), cname, cperiod_ms)

    def _stop_poll_attribute(self, str name) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            stop_poll_attribute(deref(device), deref(self.interface), cname)

    def _stop_poll_command(self, str name) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            stop_poll_command(deref(device), deref(self.interface), cname)

    def _stop_polling(self, bint with_db_upd) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            stop_polling(deref(device), deref(self.interface), with_db_upd)

    # --- clients ---

    def _is_device_locked(self) -> bool:
        return deref(self.use()).is_device_locked()

    def _get_client_ident(self) -> ClientAddr | None:
        """The client whose request this thread is serving; None if it serves none."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef Client client
        with nogil:
            client = client_of(deref(device))
        if not client.known:
            return None
        address = ClientAddr(to_py_str(client.address))
        address.client_ident = bool(client.identified)
        if client.identified:
            address.client_lang = LockerLanguage(client.language)
            address.client_pid = client.process
            address.java_ident = tuple(client.java_ident)
            address.java_main_class = to_py_str(client.java_class)
        return address
