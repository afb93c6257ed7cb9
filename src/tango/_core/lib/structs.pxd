"""Declarations: the structures of the client library; their fields are listed in structs.hpp."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate


cdef extern from "compat.hpp" namespace "Tango" nogil:
    cdef cppclass CChangeEventInfo "Tango::ChangeEventInfo":
        pass

    cdef cppclass CPeriodicEventInfo "Tango::PeriodicEventInfo":
        pass

    cdef cppclass CArchiveEventInfo "Tango::ArchiveEventInfo":
        pass

    cdef cppclass CAttributeEventInfo "Tango::AttributeEventInfo":
        pass

    cdef cppclass CAttributeAlarmInfo "Tango::AttributeAlarmInfo":
        pass

    cdef cppclass CAttributeInfo "Tango::AttributeInfo":
        CAttributeInfo()
        string name
        int data_type
        int data_format

    cdef cppclass CAttributeInfoEx "Tango::AttributeInfoEx"(CAttributeInfo):
        CAttributeInfoEx()

    cdef cppclass CAttributeInfoList "Tango::AttributeInfoList":
        CAttributeInfoList()

    cdef cppclass CAttributeInfoListEx "Tango::AttributeInfoListEx":
        CAttributeInfoListEx()

    cdef cppclass CCommandInfo "Tango::CommandInfo":
        CCommandInfo()
        string cmd_name
        long in_type
        long out_type

    cdef cppclass CCommandInfoList "Tango::CommandInfoList":
        CCommandInfoList()

    cdef cppclass CDeviceInfo "Tango::DeviceInfo":
        CDeviceInfo()

    cdef cppclass CAttributeAlarm "Tango::AttributeAlarm":
        pass

    cdef cppclass CChangeEventProp "Tango::ChangeEventProp":
        pass

    cdef cppclass CPeriodicEventProp "Tango::PeriodicEventProp":
        pass

    cdef cppclass CArchiveEventProp "Tango::ArchiveEventProp":
        pass

    cdef cppclass CEventProperties "Tango::EventProperties":
        pass

    cdef cppclass CAttributeConfig "Tango::AttributeConfig":
        CAttributeConfig()

    cdef cppclass CAttributeConfig_2 "Tango::AttributeConfig_2":
        CAttributeConfig_2()

    cdef cppclass CAttributeConfig_3 "Tango::AttributeConfig_3":
        CAttributeConfig_3()

    cdef cppclass CAttributeConfig_5 "Tango::AttributeConfig_5":
        CAttributeConfig_5()

    cdef cppclass CDbDatum "Tango::DbDatum":
        CDbDatum()
        CDbDatum(string)
        string name
        vector[string] value_string

    # a vector of CDbDatum
    cdef cppclass CDbData "Tango::DbData":
        CDbData()
        size_t size()
        CDbDatum &operator[](size_t)
        void push_back(CDbDatum &)

    cdef cppclass CDbDevInfo "Tango::DbDevInfo":
        CDbDevInfo()

    cdef cppclass CDbDevInfos "Tango::DbDevInfos":
        CDbDevInfos()

    cdef cppclass CDbDevImportInfo "Tango::DbDevImportInfo":
        CDbDevImportInfo()

    cdef cppclass CDbDevFullInfo "Tango::DbDevFullInfo":
        CDbDevFullInfo()

    cdef cppclass CDbDevExportInfo "Tango::DbDevExportInfo":
        CDbDevExportInfo()

    cdef cppclass CDbDevExportInfos "Tango::DbDevExportInfos":
        CDbDevExportInfos()

    cdef cppclass CDbServerInfo "Tango::DbServerInfo":
        CDbServerInfo()

    cdef cppclass CDbHistory "Tango::DbHistory":
        string get_name() except +translate
        string get_attribute_name() except +translate
        string get_date() except +translate
        CDbDatum get_value() except +translate
