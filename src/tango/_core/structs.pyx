"""C++ structures <-> tango.structs; the tables of fields are in structs.hpp."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_py_str
from tango._core.lib.pipes cimport CPipeInfo, CPipeInfoList
from tango._core.lib.structs cimport (
    CArchiveEventInfo, CArchiveEventProp, CAttributeAlarm, CAttributeAlarmInfo, CAttributeEventInfo, CChangeEventInfo,
    CChangeEventProp, CEventProperties, CPeriodicEventInfo, CPeriodicEventProp,
)

import tango.enums as enums
import tango.structs as structs

cdef extern from *:
    """
    // A Python exception is pending when a conversion says no.
    static inline int tangopy_done(bool ok) { return ok ? 0 : -1; }
    """
    int tangopy_done(cbool) except -1

cdef extern from "structs.hpp" namespace "tangopy":
    void set_python_class[T](object)
    object struct_to_py[T](const T &)
    object vector_to_py[T](const T &)
    object device_info_to_py(const CDeviceInfo &)
    cbool struct_from_py[T](object, T &)
    cbool vector_from_py[T](object, T &)

cdef extern from "compat.hpp":
    ctypedef int CmdArgType "Tango::CmdArgType"
    ctypedef int AttrDataFormat "Tango::AttrDataFormat"
    ctypedef int AttrWriteType "Tango::AttrWriteType"
    ctypedef int DispLevel "Tango::DispLevel"
    ctypedef int AttrMemorizedType "Tango::AttrMemorizedType"

cdef extern from "compat_pipes.hpp":
    ctypedef int PipeWriteType "tangopy::PipeWriteType"

set_python_class[CmdArgType](enums.CmdArgType)
set_python_class[AttrDataFormat](enums.AttrDataFormat)
set_python_class[AttrWriteType](enums.AttrWriteType)
set_python_class[DispLevel](enums.DispLevel)
set_python_class[AttrMemorizedType](enums.AttrMemorizedType)
set_python_class[PipeWriteType](enums.PipeWriteType)
set_python_class[vector[string]](structs.StdStringVector)
set_python_class[CChangeEventInfo](structs.ChangeEventInfo)
set_python_class[CPeriodicEventInfo](structs.PeriodicEventInfo)
set_python_class[CArchiveEventInfo](structs.ArchiveEventInfo)
set_python_class[CAttributeEventInfo](structs.AttributeEventInfo)
set_python_class[CAttributeAlarmInfo](structs.AttributeAlarmInfo)
set_python_class[CAttributeInfo](structs.AttributeInfo)
set_python_class[CAttributeInfoEx](structs.AttributeInfoEx)
set_python_class[CAttributeInfoList](structs.AttributeInfoList)
set_python_class[CAttributeInfoListEx](structs.AttributeInfoListEx)
set_python_class[CAttributeAlarm](structs.AttributeAlarm)
set_python_class[CChangeEventProp](structs.ChangeEventProp)
set_python_class[CPeriodicEventProp](structs.PeriodicEventProp)
set_python_class[CArchiveEventProp](structs.ArchiveEventProp)
set_python_class[CEventProperties](structs.EventProperties)
set_python_class[CAttributeConfig](structs.AttributeConfig)
set_python_class[CAttributeConfig_2](structs.AttributeConfig_2)
set_python_class[CAttributeConfig_3](structs.AttributeConfig_3)
set_python_class[CAttributeConfig_5](structs.AttributeConfig_5)
set_python_class[CCommandInfo](structs.CommandInfo)
set_python_class[CCommandInfoList](structs.CommandInfoList)
set_python_class[CPipeInfo](structs.PipeInfo)
set_python_class[CPipeInfoList](structs.PipeInfoList)
set_python_class[CDeviceInfo](structs.DeviceInfo)
set_python_class[CDbDatum](structs.DbDatum)
set_python_class[CDbData](structs.DbData)
set_python_class[CDbDevImportInfo](structs.DbDevImportInfo)
set_python_class[CDbDevFullInfo](structs.DbDevFullInfo)
set_python_class[CDbServerInfo](structs.DbServerInfo)


# --- C++ to Python ----------------------------------------------------------------------------------------------------

cdef object to_py_strings(const vector[string] &values):
    return vector_to_py[vector[string]](values)


cdef object to_py_attribute_info(const CAttributeInfo &value):
    return struct_to_py[CAttributeInfo](value)


cdef object to_py_attribute_info_ex(const CAttributeInfoEx &value):
    return struct_to_py[CAttributeInfoEx](value)


cdef object to_py_attribute_infos(const CAttributeInfoList &value):
    return vector_to_py[CAttributeInfoList](value)


cdef object to_py_attribute_infos_ex(const CAttributeInfoListEx &value):
    return vector_to_py[CAttributeInfoListEx](value)


cdef object to_py_command_info(const CCommandInfo &value):
    return struct_to_py[CCommandInfo](value)


cdef object to_py_command_infos(const CCommandInfoList &value):
    return vector_to_py[CCommandInfoList](value)


cdef object to_py_pipe_infos(const CPipeInfoList &value):
    return vector_to_py[CPipeInfoList](value)


cdef object to_py_device_info(const CDeviceInfo &value):
    return device_info_to_py(value)


cdef object to_py_config(const CAttributeConfig &value):
    return struct_to_py[CAttributeConfig](value)


cdef object to_py_config_2(const CAttributeConfig_2 &value):
    return struct_to_py[CAttributeConfig_2](value)


cdef object to_py_config_3(const CAttributeConfig_3 &value):
    return struct_to_py[CAttributeConfig_3](value)


cdef object to_py_config_5(const CAttributeConfig_5 &value):
    return struct_to_py[CAttributeConfig_5](value)


cdef object to_py_datum(const CDbDatum &value):
    return struct_to_py[CDbDatum](value)


cdef object to_py_data(const CDbData &value):
    return vector_to_py[CDbData](value)


cdef object to_py_import_info(const CDbDevImportInfo &value):
    return struct_to_py[CDbDevImportInfo](value)


cdef object to_py_full_info(const CDbDevFullInfo &value):
    return struct_to_py[CDbDevFullInfo](value)


cdef object to_py_server_info(const CDbServerInfo &value):
    return struct_to_py[CDbServerInfo](value)


cdef object to_py_history(vector[CDbHistory] &value):
    cdef size_t i
    result = structs.DbHistoryList()
    for i in range(value.size()):
        entry = structs.DbHistory.__new__(structs.DbHistory)
        entry._name = to_py_str(value[i].get_name())
        entry._attribute = to_py_str(value[i].get_attribute_name())
        entry._date = to_py_str(value[i].get_date())
        entry._value = to_py_datum(value[i].get_value())
        result.append(entry)
    return result


# --- Python to C++ ----------------------------------------------------------------------------------------------------

cdef int to_cpp_strings(object values, vector[string] &out, str what) except -1:
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{what}: a sequence of str was expected, not {type(values).__name__} {values!r:.60}")
    for item in (items := list(values)):
        if not isinstance(item, (str, bytes)):
            raise TypeError(f"{what}: a str was expected, not {type(item).__name__} {item!r:.60}")
    tangopy_done(vector_from_py[vector[string]](items, out))
    return 0


cdef int to_cpp_attribute_infos(object value, CAttributeInfoList &out) except -1:
    tangopy_done(vector_from_py[CAttributeInfoList](value, out))
    return 0


cdef int to_cpp_attribute_infos_ex(object value, CAttributeInfoListEx &out) except -1:
    tangopy_done(vector_from_py[CAttributeInfoListEx](value, out))
    return 0


cdef int to_cpp_pipe_infos(object value, CPipeInfoList &out) except -1:
    tangopy_done(vector_from_py[CPipeInfoList](value, out))
    return 0


cdef int to_cpp_config(object value, CAttributeConfig &out) except -1:
    tangopy_done(struct_from_py[CAttributeConfig](value, out))
    return 0


cdef int to_cpp_config_3(object value, CAttributeConfig_3 &out) except -1:
    tangopy_done(struct_from_py[CAttributeConfig_3](value, out))
    return 0


cdef int to_cpp_config_5(object value, CAttributeConfig_5 &out) except -1:
    tangopy_done(struct_from_py[CAttributeConfig_5](value, out))
    return 0


cdef int to_cpp_datum(object value, CDbDatum &out) except -1:
    tangopy_done(struct_from_py[CDbDatum](value, out))
    return 0


cdef int to_cpp_data(object value, CDbData &out) except -1:
    tangopy_done(vector_from_py[CDbData](value, out))
    return 0


cdef int to_cpp_dev_info(object value, CDbDevInfo &out) except -1:
    tangopy_done(struct_from_py[CDbDevInfo](value, out))
    return 0


cdef int to_cpp_dev_infos(object value, CDbDevInfos &out) except -1:
    tangopy_done(vector_from_py[CDbDevInfos](value, out))
    return 0


cdef int to_cpp_export_info(object value, CDbDevExportInfo &out) except -1:
    tangopy_done(struct_from_py[CDbDevExportInfo](value, out))
    return 0


cdef int to_cpp_export_infos(object value, CDbDevExportInfos &out) except -1:
    tangopy_done(vector_from_py[CDbDevExportInfos](value, out))
    return 0


cdef int to_cpp_server_info(object value, CDbServerInfo &out) except -1:
    tangopy_done(struct_from_py[CDbServerInfo](value, out))
    return 0
