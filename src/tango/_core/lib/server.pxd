"""Declarations: the server side of cppTango."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.client cimport CAttrDataFormat, CAttrQuality, CDevState, CTimeVal
from tango._core.lib.log cimport CLogger


cdef extern from "compat.hpp" namespace "Tango" nogil:
    ctypedef int CAttrWriteType "Tango::AttrWriteType"
    ctypedef int CAttrSerialModel "Tango::AttrSerialModel"
    ctypedef int CDispLevel "Tango::DispLevel"
    ctypedef int CSerialModel "Tango::SerialModel"
    ctypedef int CCmdArgType "Tango::CmdArgType"

    cdef cppclass CDevVarStringArray "Tango::DevVarStringArray":
        unsigned int length()

    cdef cppclass CAttribute "Tango::Attribute":
        string &get_name()
        string &get_label()
        long get_data_type()
        CAttrDataFormat get_data_format()
        CAttrWriteType get_writable()
        CDispLevel get_disp_level()
        long get_max_dim_x()
        long get_max_dim_y()
        cbool is_polled() except +translate
        long get_polling_period()
        long get_x()
        long get_y()
        long get_data_size()
        CTimeVal &get_date()
        CAttrQuality get_quality()
        void set_quality(CAttrQuality, cbool) except +translate
        cbool get_wanted_date()
        cbool is_writ_associated() except +translate
        string &get_assoc_name()
        long get_assoc_ind()
        void set_assoc_ind(long)
        CAttrSerialModel get_attr_serial_model()
        void set_attr_serial_model(CAttrSerialModel) except +translate
        cbool is_change_event()
        cbool is_check_change_criteria()
        cbool is_archive_event()
        cbool is_check_archive_criteria()
        cbool is_data_ready_event()
        cbool use_zmq_event()
        cbool use_notifd_event()
        cbool is_min_alarm()
        cbool is_max_alarm()
        cbool is_min_warning()
        cbool is_max_warning()
        cbool is_rds_alarm()

    cdef cppclass CWAttribute "Tango::WAttribute"(CAttribute):
        long get_write_value_length() except +translate
        long get_w_dim_x()
        long get_w_dim_y()
        cbool is_min_value()
        cbool is_max_value()

    cdef cppclass CAttrProperty "Tango::AttrProperty":
        CAttrProperty(string &, string &)
        string &get_name()
        string &get_value()

    cdef cppclass CAttr "Tango::Attr":
        string &get_name()
        CAttrDataFormat get_format()
        CAttrWriteType get_writable()
        long get_type()
        CDispLevel get_disp_level()
        void set_disp_level(CDispLevel)
        long get_polling_period()
        void set_polling_period(long)
        void set_memorized() except +translate
        cbool get_memorized()
        void set_memorized_init(cbool)
        cbool get_memorized_init()
        void set_change_event(cbool, cbool)
        cbool is_change_event()
        cbool is_check_change_criteria()
        void set_archive_event(cbool, cbool)
        cbool is_archive_event()
        cbool is_check_archive_criteria()
        void set_data_ready_event(cbool)
        cbool is_data_ready_event()
        string &get_assoc()
        cbool is_assoc()
        const string &get_cl_name()
        void set_cl_name(const string &)
        void check_type() except +translate
        vector[CAttrProperty] &get_class_properties()
        vector[CAttrProperty] &get_user_default_properties()
        void set_class_properties(vector[CAttrProperty] &)

    cdef cppclass CCommand "Tango::Command":
        string &get_name()
        string &get_lower_name()
        CCmdArgType get_in_type()
        CCmdArgType get_out_type()
        string &get_in_type_desc()
        string &get_out_type_desc()
        CDispLevel get_disp_level()
        long get_polling_period()
        void set_polling_period(long)

    cdef cppclass CMultiClassAttribute "Tango::MultiClassAttribute":
        CAttr &get_attr(string &) except +translate
        vector[CAttr *] &get_attr_list()
        void remove_attr(const string &, const string &) except +translate

    cdef cppclass CTangoMonitor "Tango::TangoMonitor":
        pass

    cdef cppclass CDeviceImpl "Tango::DeviceImpl":
        CTangoMonitor &get_dev_monitor()
        string &get_name()
        string &get_name_lower()
        CDevState get_state()
        CDevState get_prev_state()
        string &get_status()
        void set_state(CDevState &) except +translate
        void set_status(string &) except +translate
        void append_status(string &, cbool) except +translate
        CDevState dev_state() except +translate
        CDeviceClass *get_device_class()
        cbool get_exported_flag()
        long get_dev_idl_version()
        void add_attribute(CAttr *) except +translate
        void remove_attribute(string &, cbool, cbool) except +translate
        cbool is_polled()
        long get_poll_ring_depth()
        long get_poll_old_factor()
        void set_poll_old_factor(long)
        int get_min_poll_period()
        vector[string] &get_cmd_min_poll_period()
        vector[string] &get_attr_min_poll_period()
        vector[string] &get_polled_cmd()
        vector[string] &get_polled_attr()
        vector[string] &get_non_auto_polled_cmd()
        vector[string] &get_non_auto_polled_attr()
        long get_cmd_poll_ring_depth(string &) except +translate
        long get_attr_poll_ring_depth(string &) except +translate
        cbool is_device_locked()
        void check_command_exists(const string &) except +translate
        void unregister_signal(long) except +translate
        CLogger *get_logger() except +translate
        void init_logger() except +translate
        void start_logging() except +translate
        void stop_logging() except +translate

    cdef cppclass CDeviceClass "Tango::DeviceClass":
        string &get_name()
        string &get_doc_url()
        string &get_type()
        void set_type(string &)
        vector[CDeviceImpl *] &get_device_list()
        vector[CCommand *] &get_command_list()
        CCommand &get_cmd_by_name(string &) except +translate
        CMultiClassAttribute *get_class_attr()
        void add_device(CDeviceImpl *)
        void device_destroyer(string &) except +translate
        string &get_cvs_tag()
        string &get_cvs_location()
        void unregister_signal(long) except +translate

    cdef cppclass CDServer "Tango::DServer"(CDeviceImpl):
        vector[CDeviceClass *] &get_class_list()
        string &get_process_name()
        string &get_instance_name()
        string &get_full_name()
        string &get_fqdn()
        unsigned long get_poll_th_pool_size()
        cbool get_opt_pool_usage()
        vector[string] get_poll_th_conf()
        CDevVarStringArray *query_class() except +translate
        CDevVarStringArray *query_device() except +translate
        CDevVarStringArray *query_sub_device() except +translate
        CDevVarStringArray *polled_device() except +translate
        CDevVarStringArray *query_class_prop(string &) except +translate
        CDevVarStringArray *query_dev_prop(string &) except +translate
        CDevVarStringArray *dev_poll_status(string &) except +translate
        void stop_polling() except +translate
        void start_polling() except +translate
        void start_logging() except +translate
        void stop_logging() except +translate
        void kill() except +translate
        void delete_devices() except +translate
        void restart(string &) except +translate
        void _create_cpp_class(const char *, const char *) except +translate

    cdef cppclass CUtil "Tango::Util":
        @staticmethod
        CUtil *instance(cbool) except +translate
        void server_init(cbool) except +translate
        void server_run() except +translate
        void server_cleanup() except +translate
        void connect_db() except +translate
        void reset_filedatabase() except +translate
        void unregister_server() except +translate
        void shutdown_ds() except +translate
        void set_trace_level(int)
        int get_trace_level()
        string &get_ds_inst_name()
        string &get_ds_exec_name()
        string &get_ds_name()
        string &get_host_name()
        string &get_pid_str()
        long get_pid()
        long get_tango_lib_release()
        string &get_version_str()
        string &get_server_version()
        void set_server_version(const char *)
        const vector[CDeviceClass *] *get_class_list()
        CSerialModel get_serial_model()
        void trigger_cmd_polling(CDeviceImpl *, string &) except +translate
        void trigger_attr_polling(CDeviceImpl *, string &) except +translate
        unsigned long get_polling_threads_pool_size()
        void set_polling_threads_pool_size(unsigned long)
        cbool is_svr_starting()
        cbool is_svr_shutting_down()
        cbool is_device_restarting(string &)
        vector[CDeviceImpl *] &get_device_list_by_class(string &) except +translate
        CDeviceImpl *get_device_by_name(string &) except +translate
        vector[CDeviceImpl *] get_device_list(string &) except +translate
        CDServer *get_dserver_device() except +translate
