"""What a device and a database connection share."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.utility cimport move

from tango._core.command_data cimport CAny, fill_any, reply_to_py
from tango._core.errors cimport to_cpp_str, to_py_str
from tango._core.lib.client cimport CConnection, CDeviceData
from tango._core.types cimport type_name

from tango.enums import AccessControlType, DevSource, ExtractAs

cdef extern from "command_data.hpp" namespace "tangopy":
    CAny &any_of(CDeviceData &)


cdef class ConnectionCore:
    """The C++ connection; it is closed when the last call that uses it is over."""

    def __dealloc__(self):
        # Closing may talk to the network.
        cdef shared_ptr[CConnection] last = move(self.connection)
        with nogil:
            last.reset()

    cdef shared_ptr[CConnection] share(self) except *:
        if not self.connection:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed")
        return self.connection

    def _dev_name(self) -> str:
        cdef shared_ptr[CConnection] ptr = self.share()
        cdef string result
        with nogil:
            result = deref(ptr).dev_name()
        return to_py_str(result)

    def _set_timeout_millis(self, int timeout) -> None:
        cdef shared_ptr[CConnection] ptr = self.share()
        with nogil:
            deref(ptr).set_timeout_millis(timeout)

    def _get_timeout_millis(self) -> int:
        return deref(self.share()).get_timeout_millis()

    def _get_idl_version(self) -> int:
        return deref(self.share()).get_idl_version()

    def _get_source(self) -> DevSource:
        return DevSource(<int>deref(self.share()).get_source())

    def _command_inout(self, str name, int type_code, argument, extract_as):
        """Run a command whose input type is known."""
        cdef shared_ptr[CConnection] ptr = self.share()
        cdef string cname = to_cpp_str(name)
        cdef CDeviceData data, reply
        kept = fill_any(any_of(data), type_code, argument, f"command {name}")
        with nogil:
            reply = deref(ptr).command_inout(cname, data)
        return reply_to_py(reply, extract_as)
