"""What a device and a database connection share."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.utility cimport move

from tango._core.command_data cimport CAny, DeviceData, checked_type, fill_any, has_form, reply_to_py, wrap_device_data
from tango._core.errors cimport to_cpp_int, to_cpp_str, to_py_str, translate
from tango._core.lib.client cimport CAccessControlType, CConnection, CDeviceData, CDevSource

from tango.enums import AccessControlType, DevSource

cdef extern from "command_data.hpp" namespace "tangopy":
    CAny &any_of(CDeviceData &)
    unique_ptr[CDeviceData] run_command(CConnection &, string &name, CDeviceData &) except +translate nogil


cdef class ConnectionCore:
    """The C++ connection; it is closed when the last call that uses it is over."""

    def __cinit__(self):
        self._argument_types = {}

    def __dealloc__(self):
        # Closing may talk to the network.
        cdef shared_ptr[CConnection] last = move(self.connection)
        with nogil:
            last.reset()

    cdef shared_ptr[CConnection] share(self) except *:
        if not self.connection:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed, or it "
                               "has not been awaited")
        return self.connection

    cdef shared_ptr[CConnection] remote(self) except *:
        return self.share()

    def _is_connected(self) -> bool:
        """Whether there is a C++ object behind this one."""
        return <bint>(self.connection.get() != NULL)

    def _dev_name(self) -> str:
        cdef shared_ptr[CConnection] ptr = self.remote()
        cdef string result
        with nogil:
            result = deref(ptr).dev_name()
        return to_py_str(result)

    def _get_db_host(self) -> str:
        return to_py_str(deref(self.share()).get_db_host())

    def _get_db_port(self) -> str:
        return to_py_str(deref(self.share()).get_db_port())

    def _get_db_port_num(self) -> int:
        return deref(self.share()).get_db_port_num()

    def _get_dev_host(self) -> str:
        return to_py_str(deref(self.share()).get_dev_host())

    def _get_dev_port(self) -> str:
        return to_py_str(deref(self.share()).get_dev_port())

    def _get_from_env_var(self) -> bool:
        return deref(self.share()).get_from_env_var()

    def _is_dbase_used(self) -> bool:
        return deref(self.share()).is_dbase_used()

    @staticmethod
    def _get_fqdn() -> str:
        cdef string result
        with nogil:
            CConnection.get_fqdn(result)
        return to_py_str(result)

    def _connect_to(self, corba_name: str) -> None:
        cdef shared_ptr[CConnection] ptr = self.remote()
        cdef string name = to_cpp_str(corba_name, "an address")
        with nogil:
            deref(ptr).connect(name)

    def _reconnect(self, cbool db_used) -> None:
        cdef shared_ptr[CConnection] ptr = self.remote()
        with nogil:
            deref(ptr).reconnect(db_used)

    def _set_timeout_millis(self, timeout: int) -> None:
        cdef int ctimeout = to_cpp_int(timeout, "a timeout")
        cdef shared_ptr[CConnection] ptr = self.remote()
        with nogil:
            deref(ptr).set_timeout_millis(ctimeout)

    def _get_timeout_millis(self) -> int:
        return deref(self.share()).get_timeout_millis()

    def _get_idl_version(self) -> int:
        return deref(self.share()).get_idl_version()

    def _get_source(self) -> DevSource:
        cdef shared_ptr[CConnection] ptr = self.share()
        cdef int source
        with nogil:
            source = <int>deref(ptr).get_source()
        return DevSource(source)

    def _set_source(self, int source) -> None:
        cdef shared_ptr[CConnection] ptr = self.share()
        with nogil:
            deref(ptr).set_source(<CDevSource>source)

    def _set_transparency_reconnection(self, cbool on) -> None:
        deref(self.share()).set_transparency_reconnection(on)

    def _get_transparency_reconnection(self) -> bool:
        return deref(self.share()).get_transparency_reconnection()

    def _get_access_control(self) -> AccessControlType:
        return AccessControlType(<int>deref(self.share()).get_access_control())

    def _set_access_control(self, int access) -> None:
        deref(self.share()).set_access_control(<CAccessControlType>access)

    def _get_access_right(self) -> AccessControlType:
        return AccessControlType(<int>deref(self.share()).get_access_right())

    def _command_inout(self, name: str, argument: Any) -> Any:
        """Run a command; what it takes is remembered or comes from `_argument_type`."""
        cdef shared_ptr[CConnection] ptr = self.remote()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef CDeviceData data
        cdef unique_ptr[CDeviceData] reply
        cdef int code
        if isinstance(argument, DeviceData):
            return self._command_inout_raw(name, argument)._take(self.defaultCommandExtractAs)
        if argument is not None:
            known = self._argument_types.get(name)
            if known is None:
                known = self._argument_type(name)
            _kept = fill_any(any_of(data), known, argument, f"command {name}")
        with nogil:
            reply = run_command(deref(ptr), cname, data)
        code = checked_type(deref(reply))
        return reply_to_py(deref(reply), code, self.defaultCommandExtractAs if has_form(code) else 0)

    def _command_inout_raw(self, name: str, DeviceData argument not None) -> DeviceData:
        """Run a command with an argument that has been put into a DeviceData."""
        cdef shared_ptr[CConnection] ptr = self.remote()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef CDeviceData data = argument.data  # its own share of the content, as another thread may insert a new one
        cdef unique_ptr[CDeviceData] reply
        _kept = argument.keep
        with nogil:
            reply = run_command(deref(ptr), cname, data)
        return wrap_device_data(deref(reply))

    def _command_forget(self, name: str, DeviceData argument not None) -> None:
        """Send a command and do not wait for its answer."""
        cdef shared_ptr[CConnection] ptr = self.remote()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef CDeviceData data = argument.data
        _kept = argument.keep
        with nogil:
            deref(ptr).command_inout_asynch(cname, data, True)

    def _has_connection(self) -> bool:
        """Whether the last call found the other end."""
        return <bint>deref(self.remote()).is_connected()
