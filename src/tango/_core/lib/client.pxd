"""Declarations: the client side of cppTango."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.except_ cimport CDevErrorList


cdef extern from "compat.hpp" namespace "Tango" nogil:
    cdef cppclass CTimeVal "Tango::TimeVal":
        int tv_sec
        int tv_usec
        int tv_nsec

    ctypedef int CAttrQuality "Tango::AttrQuality"
    ctypedef int CAttrDataFormat "Tango::AttrDataFormat"
    ctypedef int CDevSource "Tango::DevSource"
    ctypedef int CAccessControlType "Tango::AccessControlType"
    ctypedef int CDevState "Tango::DevState"

    cdef cppclass CDeviceAttribute "Tango::DeviceAttribute":
        CDeviceAttribute() except +translate
        CAttrQuality quality
        CAttrDataFormat data_format
        int data_type
        string name
        int dim_x
        int dim_y
        int w_dim_x
        int w_dim_y
        CTimeVal time
        cbool has_failed() except +translate
        const CDevErrorList &get_err_stack() except +translate

    cdef cppclass CDeviceData "Tango::DeviceData":
        CDeviceData() except +translate
        cbool is_empty() except +translate
        int get_type() except +translate

    cdef cppclass CConnection "Tango::Connection":
        string dev_name() except +translate
        string get_db_host() except +translate
        string get_db_port() except +translate
        int get_db_port_num() except +translate
        cbool get_from_env_var() except +translate
        string get_fqdn() except +translate
        cbool is_dbase_used() except +translate
        string get_dev_host() except +translate
        string get_dev_port() except +translate
        int get_idl_version() except +translate
        void set_timeout_millis(int) except +translate
        int get_timeout_millis() except +translate
        CDevSource get_source() except +translate
        void set_source(CDevSource) except +translate
        void set_transparency_reconnection(cbool) except +translate
        cbool get_transparency_reconnection() except +translate
        void reconnect(cbool) except +translate
        CAccessControlType get_access_control() except +translate
        void set_access_control(CAccessControlType) except +translate
        CAccessControlType get_access_right() except +translate
        CDeviceData command_inout(string &) except +translate
        CDeviceData command_inout(string &, CDeviceData &) except +translate

    cdef cppclass CDeviceProxy "Tango::DeviceProxy"(CConnection):
        CDeviceProxy(const string &) except +translate
        CDeviceProxy(const string &, cbool) except +translate
        CDevState state() except +translate
        string status() except +translate
        int ping() except +translate
        string name() except +translate
        string alias() except +translate
        string adm_name() except +translate
        string description() except +translate
        CDeviceAttribute read_attribute(string &) except +translate
        vector[CDeviceAttribute] *read_attributes(vector[string] &) except +translate
        void write_attribute(CDeviceAttribute &) except +translate
        void write_attributes(vector[CDeviceAttribute] &) except +translate
        CDeviceAttribute write_read_attribute(CDeviceAttribute &) except +translate
        vector[string] *get_attribute_list() except +translate
        vector[string] *get_command_list() except +translate
