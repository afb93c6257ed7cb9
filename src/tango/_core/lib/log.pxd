"""Declarations: the logging of cppTango."""
from libcpp cimport bool as cbool
from libcpp.string cimport string

from tango._core.errors cimport translate


cdef extern from "compat.hpp" nogil:
    cdef cppclass CLogger "log4tango::Logger":
        CLogger(const string &, int) except +
        const string &get_name()
        int get_level()
        void set_level(int)
        cbool is_level_enabled(int)

cdef extern from "compat.hpp" namespace "Tango" nogil:
    CLogger *get_core_logger "Tango::Logging::get_core_logger"()
    void start_logging "Tango::Logging::start_logging"() except +translate
    void stop_logging "Tango::Logging::stop_logging"() except +translate
