"""What belongs to the library as a whole."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.structs cimport to_cpp_strings, to_py_strings


cdef extern from "compat_client.hpp" namespace "Tango" nogil:
    cdef cppclass CApiUtil "Tango::ApiUtil":
        @staticmethod
        CApiUtil *instance() except +translate
        @staticmethod
        void cleanup() except +translate
        @staticmethod
        int get_env_var(const char *, string &) except +translate
        cbool in_server() except +translate
        int get_user_connect_timeout() except +translate
        void get_ip_from_if(vector[string] &) except +translate
        cbool is_notifd_event_consumer_created() except +translate
        cbool is_zmq_event_consumer_created() except +translate

cdef extern from "compat_client.hpp" namespace "tangopy" nogil:
    string query_event_system() except +translate
    void enable_event_system_perf_mon(cbool) except +translate


cdef class ApiUtilCore:
    """The library's own object is asked anew in each call, as it can be replaced."""

    @staticmethod
    def _get_env_var(name: str) -> str | None:
        cdef string cname = to_cpp_str(name)
        cdef string value
        cdef int missing
        with nogil:
            missing = CApiUtil.get_env_var(cname.c_str(), value)
        return None if missing else to_py_str(value)

    @staticmethod
    def _cleanup() -> None:
        with nogil:
            CApiUtil.cleanup()

    def _in_server(self) -> bool:
        cdef cbool result
        with nogil:
            result = CApiUtil.instance().in_server()
        return result

    def _get_user_connect_timeout(self) -> int:
        cdef int result
        with nogil:
            result = CApiUtil.instance().get_user_connect_timeout()
        return result

    def _get_ip_from_if(self, names: Sequence[str]) -> StdStringVector:
        cdef vector[string] addresses
        to_cpp_strings(names, addresses, "addresses")
        with nogil:
            CApiUtil.instance().get_ip_from_if(addresses)
        return to_py_strings(addresses)

    def _is_notifd_event_consumer_created(self) -> bool:
        cdef cbool result
        with nogil:
            result = CApiUtil.instance().is_notifd_event_consumer_created()
        return result

    def _is_zmq_event_consumer_created(self) -> bool:
        cdef cbool result
        with nogil:
            result = CApiUtil.instance().is_zmq_event_consumer_created()
        return result

    def _query_event_system(self) -> str:
        cdef string result
        with nogil:
            result = query_event_system()
        return to_py_str(result)

    def _enable_event_system_perf_mon(self, cbool on) -> None:
        with nogil:
            enable_event_system_perf_mon(on)
