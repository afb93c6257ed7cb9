"""Declarations: the client of the Tango database."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.client cimport CAccessControlType, CConnection
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.structs cimport (
    CDbData, CDbDatum, CDbDevExportInfo, CDbDevExportInfos, CDbDevFullInfo, CDbDevImportInfo, CDbDevInfo, CDbDevInfos,
    CDbHistory, CDbServerInfo,
)


cdef extern from "compat.hpp" namespace "Tango" nogil:
    cdef cppclass CDatabase "Tango::Database"(CConnection):
        CDatabase() except +translate
        CDatabase(string &, int) except +translate
        CDatabase(string &) except +translate

        string get_info() except +translate
        const string &get_file_name() except +translate
        void write_filedatabase() except +translate
        void reread_filedatabase() except +translate
        void build_connection() except +translate
        void check_tango_host(const char *) except +translate
        CAccessControlType check_access_control(string &) except +translate
        cbool is_control_access_checked() except +translate
        void set_access_checked(cbool) except +translate
        int get_server_release() except +translate
        CDevErrorList &get_access_except_errors() except +translate
        cbool is_multi_tango_host() except +translate

        void add_device(CDbDevInfo &) except +translate
        void delete_device(string) except +translate
        CDbDevImportInfo import_device(string &) except +translate
        void export_device(CDbDevExportInfo &) except +translate
        void unexport_device(string) except +translate
        CDbDevFullInfo get_device_info(string &) except +translate
        string get_class_for_device(string &) except +translate
        CDbDatum get_class_inheritance_for_device(string &) except +translate

        void add_server(string &, CDbDevInfos &) except +translate
        void delete_server(string &) except +translate
        void export_server(CDbDevExportInfos &) except +translate
        void unexport_server(string &) except +translate
        void rename_server(const string &, const string &) except +translate
        CDbServerInfo get_server_info(string &) except +translate
        void put_server_info(CDbServerInfo &) except +translate
        void delete_server_info(string &) except +translate

        CDbDatum get_services(string &, string &) except +translate
        CDbDatum get_device_service_list(string &) except +translate
        void register_service(string &, string &, string &) except +translate
        void unregister_service(string &, string &) except +translate
        void unexport_event(string &) except +translate

        CDbDatum get_host_list() except +translate
        CDbDatum get_host_list(string &) except +translate
        CDbDatum get_server_class_list(string &) except +translate
        CDbDatum get_server_name_list() except +translate
        CDbDatum get_instance_name_list(string &) except +translate
        CDbDatum get_server_list() except +translate
        CDbDatum get_server_list(string &) except +translate
        CDbDatum get_host_server_list(string &) except +translate
        CDbDatum get_device_name(string &, string &) except +translate
        CDbDatum get_device_exported(string &) except +translate
        CDbDatum get_device_domain(string &) except +translate
        CDbDatum get_device_family(string &) except +translate
        CDbDatum get_device_member(string &) except +translate
        CDbDatum get_device_class_list(string &) except +translate
        CDbDatum get_device_exported_for_class(string &) except +translate
        CDbDatum get_object_list(string &) except +translate
        CDbDatum get_object_property_list(string &, string &) except +translate
        CDbDatum get_class_list(string &) except +translate
        CDbDatum get_class_property_list(string &) except +translate
        CDbDatum get_class_attribute_list(string &, string &) except +translate
        CDbDatum get_device_alias_list(string &) except +translate
        CDbDatum get_attribute_alias_list(string &) except +translate
        void get_device_property_list(string &, const string &, vector[string] &) except +translate
        void get_device_attribute_list(string &, vector[string] &) except +translate

        void get_device_from_alias(string, string &) except +translate
        void get_alias_from_device(string, string &) except +translate
        void put_device_alias(string &, string &) except +translate
        void delete_device_alias(string &) except +translate
        void get_attribute_from_alias(string, string &) except +translate
        void get_alias_from_attribute(string, string &) except +translate
        void put_attribute_alias(string &, string &) except +translate
        void delete_attribute_alias(string &) except +translate

        void get_property(string, CDbData &) except +translate
        void get_property_forced(string, CDbData &) except +translate
        void put_property(string, CDbData &) except +translate
        void delete_property(string, CDbData &) except +translate
        void get_device_property(string, CDbData &) except +translate
        void put_device_property(string, CDbData &) except +translate
        void delete_device_property(string, CDbData &) except +translate
        void get_device_attribute_property(string, CDbData &) except +translate
        void put_device_attribute_property(string, CDbData &) except +translate
        void delete_device_attribute_property(string, CDbData &) except +translate
        void get_class_property(string, CDbData &) except +translate
        void put_class_property(string, CDbData &) except +translate
        void delete_class_property(string, CDbData &) except +translate
        void get_class_attribute_property(string, CDbData &) except +translate
        void put_class_attribute_property(string, CDbData &) except +translate
        void delete_class_attribute_property(string, CDbData &) except +translate

        vector[CDbHistory] get_property_history(string &, string &) except +translate
        vector[CDbHistory] get_device_property_history(string &, string &) except +translate
        vector[CDbHistory] get_device_attribute_property_history(string &, string &, string &) except +translate
        vector[CDbHistory] get_class_property_history(string &, string &) except +translate
        vector[CDbHistory] get_class_attribute_property_history(string &, string &, string &) except +translate
