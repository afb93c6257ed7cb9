"""Declarations: error lists and what our compatibility header says about the library."""
from libcpp cimport bool as cbool
from libcpp.string cimport string


cdef extern from "compat.hpp" namespace "Tango" nogil:
    cdef cppclass CDevError "Tango::DevError":
        CDevError()

    cdef cppclass CDevErrorList "Tango::DevErrorList":
        CDevErrorList()
        CDevErrorList(const CDevErrorList &)
        unsigned int length()
        void resize "length"(unsigned int)


cdef extern from "compat.hpp" namespace "tangopy" nogil:
    const int tango_version
    const cbool has_alarm_events
    const cbool has_idl6
    const cbool has_pipes
    string built_with_version()
