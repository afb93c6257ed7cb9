"""All that a database holds of a device server."""
from libcpp cimport bool as cbool
from libcpp.memory cimport unique_ptr
from libcpp.string cimport string

from tango._core.errors cimport to_cpp_str, to_py_str, translate


cdef extern from "compat.hpp" namespace "Tango" nogil:
    cdef cppclass CDbServerData "Tango::DbServerData":
        CDbServerData(const string &, const string &) except +translate
        const string &get_name() except +translate
        void put_in_database(const string &) except +translate
        cbool already_exist(const string &) except +translate
        void remove() except +translate
        void remove(const string &) except +translate


cdef class DbServerDataCore:
    """Owner of one C++ DbServerData."""

    cdef unique_ptr[CDbServerData] ptr

    cdef CDbServerData *data(self) except NULL:
        if not self.ptr:
            raise RuntimeError(f"this {type(self).__name__} has not been read: its __init__ has not run or has failed")
        return self.ptr.get()

    def _read(self, server: str, instance: str) -> None:
        """Get it from the database of TANGO_HOST."""
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef string cinstance = to_cpp_str(instance, "the name of an instance")
        cdef CDbServerData *fresh
        with nogil:
            fresh = new CDbServerData(cserver, cinstance)
        self.ptr.reset(fresh)

    def _get_name(self) -> str:
        return to_py_str(self.data().get_name())

    def _put_in_database(self, host: str) -> None:
        cdef CDbServerData *data = self.data()
        cdef string chost = to_cpp_str(host, "the name of a host")
        with nogil:
            data.put_in_database(chost)

    def _already_exist(self, host: str) -> bool:
        cdef CDbServerData *data = self.data()
        cdef string chost = to_cpp_str(host, "the name of a host")
        cdef cbool result
        with nogil:
            result = data.already_exist(chost)
        return result

    def _remove(self) -> None:
        cdef CDbServerData *data = self.data()
        with nogil:
            data.remove()

    def _remove_from(self, host: str) -> None:
        cdef CDbServerData *data = self.data()
        cdef string chost = to_cpp_str(host, "the name of a host")
        with nogil:
            data.remove(chost)
