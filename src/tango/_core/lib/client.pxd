"""Declarations: the client side of cppTango."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.structs cimport (
    CAttributeInfoEx, CAttributeInfoList, CAttributeInfoListEx, CCommandInfo, CCommandInfoList, CDbData, CDbDevImportInfo,
    CDeviceInfo,
)


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

        @staticmethod
        void get_fqdn(string &) except +translate
        void connect(string &) except +translate
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
        long command_inout_asynch(string &, CDeviceData &, cbool) except +translate
        cbool is_connected() except +translate

    cdef cppclass CDeviceAttributeHistory "Tango::DeviceAttributeHistory"(CDeviceAttribute):
        cbool has_failed() except +translate
        CTimeVal get_date() except +translate

    cdef cppclass CDeviceDataHistory "Tango::DeviceDataHistory"(CDeviceData):
        cbool has_failed() except +translate
        CTimeVal get_date() except +translate
        const CDevErrorList &get_err_stack() except +translate

    cdef cppclass CLockerInfo "Tango::LockerInfo":
        CLockerInfo()
        int ll
        string locker_host
        string locker_class

    cdef cppclass CDatabase "Tango::Database"

    cdef cppclass CDeviceProxy "Tango::DeviceProxy"(CConnection):
        CDeviceProxy(const string &) except +translate
        CDeviceProxy(const string &, cbool) except +translate
        CDeviceProxy(const CDeviceProxy &) except +translate

        CDevState state() except +translate
        string status() except +translate
        int ping() except +translate
        string name() except +translate
        string alias() except +translate
        string adm_name() except +translate
        string description() except +translate
        const CDeviceInfo &info() except +translate
        CDbDevImportInfo import_info() except +translate
        int get_tango_lib_version() except +translate
        vector[string] *black_box(int) except +translate
        CDatabase *get_device_db() except +translate

        CDeviceAttribute read_attribute(string &) except +translate
        vector[CDeviceAttribute] *read_attributes(vector[string] &) except +translate
        void write_attribute(CDeviceAttribute &) except +translate
        CDeviceAttribute write_read_attribute(CDeviceAttribute &) except +translate
        vector[CDeviceAttribute] *write_read_attributes(vector[CDeviceAttribute] &, vector[string] &) except +translate
        vector[CDeviceAttributeHistory] *attribute_history(string &, int) except +translate

        vector[string] *get_attribute_list() except +translate
        vector[string] *get_command_list() except +translate
        CAttributeInfoList *attribute_list_query() except +translate
        CAttributeInfoListEx *attribute_list_query_ex() except +translate
        CAttributeInfoList *get_attribute_config(vector[string] &) except +translate
        CAttributeInfoListEx *get_attribute_config_ex(vector[string] &) except +translate
        void set_attribute_config(CAttributeInfoList &) except +translate
        void set_attribute_config(CAttributeInfoListEx &) except +translate
        CCommandInfo command_query(string) except +translate
        CCommandInfoList *command_list_query() except +translate
        CCommandInfoList *get_command_config(vector[string] &) except +translate

        cbool is_command_polled(string &) except +translate
        cbool is_attribute_polled(string &) except +translate
        int get_command_poll_period(string &) except +translate
        int get_attribute_poll_period(string &) except +translate
        vector[string] *polling_status() except +translate
        void poll_command(string &, int) except +translate
        void poll_attribute(string &, int) except +translate
        void stop_poll_command(string &) except +translate
        void stop_poll_attribute(string &) except +translate

        void get_property(CDbData &) except +translate
        void put_property(CDbData &) except +translate
        void delete_property(CDbData &) except +translate
        void get_property_list(const string &, vector[string] &) except +translate

        void add_logging_target(const string &) except +translate
        void remove_logging_target(const string &) except +translate
        vector[string] get_logging_target() except +translate
        int get_logging_level() except +translate
        void set_logging_level(int) except +translate

        void lock(int) except +translate
        void unlock(cbool) except +translate
        string locking_status() except +translate
        cbool is_locked() except +translate
        cbool is_locked_by_me() except +translate
        cbool get_locker(CLockerInfo &) except +translate

    cdef cppclass CAttributeProxy "Tango::AttributeProxy":
        CAttributeProxy(string &) except +translate
        CAttributeProxy(const CDeviceProxy *, string &) except +translate
        string name() except +translate
        void get_property(CDbData &) except +translate
        void put_property(CDbData &) except +translate
        void delete_property(string &) except +translate
