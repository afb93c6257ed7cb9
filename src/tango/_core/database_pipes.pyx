"""The Tango database: properties of pipes, of devices and of classes."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, translate
from tango._core.lib.db cimport CDatabase
from tango._core.lib.structs cimport CDbData, CDbDatum, CDbHistory
from tango._core.structs cimport to_cpp_data, to_py_data, to_py_datum, to_py_history, to_py_strings

cdef extern from "database_pipes.hpp" namespace "tangopy" nogil:
    void get_pipe_property(CDatabase &, cbool of_class, const string &owner, CDbData &) except +translate
    void put_pipe_property(CDatabase &, cbool of_class, const string &owner, CDbData &) except +translate
    void delete_pipe_property(CDatabase &, cbool of_class, const string &owner, CDbData &) except +translate
    vector[CDbHistory] get_pipe_property_history(CDatabase &, cbool of_class, const string &owner, const string &pipe,
                                                 const string &name) except +translate
    vector[string] get_device_pipe_list(CDatabase &, const string &device) except +translate
    CDbDatum get_class_pipe_list(CDatabase &, const string &class_name, const string &wildcard) except +translate


cdef class DatabasePipesCore(DatabasePropertiesCore):
    """The properties of pipes; data have the form that those of attributes have."""

    def _get_pipe_property(self, cbool of_class, owner: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            get_pipe_property(deref(ptr), of_class, cowner, cdata)
        return to_py_data(cdata)

    def _put_pipe_property(self, cbool of_class, owner: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            put_pipe_property(deref(ptr), of_class, cowner, cdata)

    def _delete_pipe_property(self, cbool of_class, owner: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            delete_pipe_property(deref(ptr), of_class, cowner, cdata)

    def _get_pipe_property_history(self, cbool of_class, owner: str, pipe: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_pipe_property_history")
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef string cpipe = to_cpp_str(pipe, "the name of a pipe")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = get_pipe_property_history(deref(ptr), of_class, cowner, cpipe, cname)
        return to_py_history(result)

    def _get_device_pipe_list(self, device: str) -> StdStringVector:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_pipe_list")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef vector[string] result
        with nogil:
            result = get_device_pipe_list(deref(ptr), cdevice)
        return to_py_strings(result)

    def _get_class_pipe_list(self, class_name: str, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_pipe_list")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = get_class_pipe_list(deref(ptr), cclass_name, cwildcard)
        return to_py_datum(result)
