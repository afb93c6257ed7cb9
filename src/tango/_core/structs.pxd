"""C++ structures <-> tango.structs; the tables of fields are in structs.hpp."""
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.lib.pipes cimport CPipeInfoList
from tango._core.lib.structs cimport (
    CAttributeConfig, CAttributeConfig_2, CAttributeConfig_3, CAttributeConfig_5, CAttributeInfo, CAttributeInfoEx,
    CAttributeInfoList, CAttributeInfoListEx, CCommandInfo, CCommandInfoList, CDbData, CDbDatum, CDbDevExportInfo,
    CDbDevExportInfos, CDbDevFullInfo, CDbDevImportInfo, CDbDevInfo, CDbDevInfos, CDbHistory, CDbServerInfo,
    CDeviceInfo,
)

cdef object to_py_strings(const vector[string] &values)
cdef object to_py_attribute_info(const CAttributeInfo &value)
cdef object to_py_attribute_info_ex(const CAttributeInfoEx &value)
cdef object to_py_attribute_infos(const CAttributeInfoList &value)
cdef object to_py_attribute_infos_ex(const CAttributeInfoListEx &value)
cdef object to_py_command_info(const CCommandInfo &value)
cdef object to_py_command_infos(const CCommandInfoList &value)
cdef object to_py_pipe_infos(const CPipeInfoList &value)
cdef object to_py_device_info(const CDeviceInfo &value)
cdef object to_py_config(const CAttributeConfig &value)
cdef object to_py_config_2(const CAttributeConfig_2 &value)
cdef object to_py_config_3(const CAttributeConfig_3 &value)
cdef object to_py_config_5(const CAttributeConfig_5 &value)
cdef object to_py_datum(const CDbDatum &value)
cdef object to_py_data(const CDbData &value)
cdef object to_py_import_info(const CDbDevImportInfo &value)
cdef object to_py_full_info(const CDbDevFullInfo &value)
cdef object to_py_server_info(const CDbServerInfo &value)
cdef object to_py_history(vector[CDbHistory] &value)

# A sequence of str; a single str is an error that names `what`.
cdef int to_cpp_strings(object values, vector[string] &out, str what) except -1
cdef int to_cpp_attribute_infos(object value, CAttributeInfoList &out) except -1
cdef int to_cpp_attribute_infos_ex(object value, CAttributeInfoListEx &out) except -1
cdef int to_cpp_pipe_infos(object value, CPipeInfoList &out) except -1
cdef int to_cpp_config(object value, CAttributeConfig &out) except -1
cdef int to_cpp_config_3(object value, CAttributeConfig_3 &out) except -1
cdef int to_cpp_config_5(object value, CAttributeConfig_5 &out) except -1
cdef int to_cpp_datum(object value, CDbDatum &out) except -1
cdef int to_cpp_data(object value, CDbData &out) except -1
cdef int to_cpp_dev_info(object value, CDbDevInfo &out) except -1
cdef int to_cpp_dev_infos(object value, CDbDevInfos &out) except -1
cdef int to_cpp_export_info(object value, CDbDevExportInfo &out) except -1
cdef int to_cpp_export_infos(object value, CDbDevExportInfos &out) except -1
cdef int to_cpp_server_info(object value, CDbServerInfo &out) except -1
