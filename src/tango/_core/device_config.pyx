"""The configuration of a device's attributes, in the form of each interface version, and the versions that it tells of."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.utility cimport pair
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CDeviceImpl
from tango._core.structs cimport to_cpp_strings

import tango.enums as enums
import tango.structs as structs

cdef extern from *:
    """
    // A Python exception is pending when a conversion says no.
    static inline int tangopy_done(bool ok) { return ok ? 0 : -1; }
    """
    int tangopy_done(cbool) except -1

cdef extern from "device_config.hpp" namespace "Tango":
    ctypedef int CmdArgType
    ctypedef int AttrDataFormat
    ctypedef int AttrWriteType
    ctypedef int DispLevel
    cdef cppclass AttributeAlarm:
        pass
    cdef cppclass ChangeEventProp:
        pass
    cdef cppclass PeriodicEventProp:
        pass
    cdef cppclass ArchiveEventProp:
        pass
    cdef cppclass EventProperties:
        pass
    cdef cppclass AttributeConfig:
        pass
    cdef cppclass AttributeConfig_2:
        pass
    cdef cppclass AttributeConfig_3:
        pass
    cdef cppclass AttributeConfigList:
        pass
    cdef cppclass AttributeConfigList_2:
        pass
    cdef cppclass AttributeConfigList_3:
        pass

cdef extern from "device_config.hpp" namespace "tangopy":
    void set_python_class[T](object)
    object configs_to_py[T](const T &)
    cbool configs_from_py[T](object, T &)
    AttributeConfigList *get_config(CDeviceImpl &, const vector[string] &) except +translate nogil
    AttributeConfigList_2 *get_config_2(CDeviceImpl &, const vector[string] &) except +translate nogil
    AttributeConfigList_3 *get_config_3(CDeviceImpl &, const vector[string] &) except +translate nogil
    void set_config(CDeviceImpl &, const AttributeConfigList &) except +translate nogil
    void set_config_3(CDeviceImpl &, const AttributeConfigList_3 &) except +translate nogil
    cbool c_add_version_info "tangopy::add_version_info"(CDeviceImpl &, const string &, const string &) except +translate nogil
    vector[pair[string, string]] version_info(CDeviceImpl &) except +translate nogil

set_python_class[CmdArgType](enums.CmdArgType)
set_python_class[AttrDataFormat](enums.AttrDataFormat)
set_python_class[AttrWriteType](enums.AttrWriteType)
set_python_class[DispLevel](enums.DispLevel)
set_python_class[AttributeAlarm](structs.AttributeAlarm)
set_python_class[ChangeEventProp](structs.ChangeEventProp)
set_python_class[PeriodicEventProp](structs.PeriodicEventProp)
set_python_class[ArchiveEventProp](structs.ArchiveEventProp)
set_python_class[EventProperties](structs.EventProperties)
set_python_class[AttributeConfig](structs.AttributeConfig)
set_python_class[AttributeConfig_2](structs.AttributeConfig_2)
set_python_class[AttributeConfig_3](structs.AttributeConfig_3)


def get_attribute_config(DeviceCore device not None, names: Sequence[str]) -> list[Any]:
    """The configuration of attributes in the form of interface version 1."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef vector[string] cnames
    cdef unique_ptr[AttributeConfigList] configs
    to_cpp_strings(names, cnames, "get_attribute_config()")
    with nogil:
        configs.reset(get_config(deref(cpp), cnames))
    return configs_to_py[AttributeConfigList](deref(configs))


def get_attribute_config_2(DeviceCore device not None, names: Sequence[str]) -> list[Any]:
    """The configuration of attributes in the form of interface version 2."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef vector[string] cnames
    cdef unique_ptr[AttributeConfigList_2] configs
    to_cpp_strings(names, cnames, "get_attribute_config_2()")
    with nogil:
        configs.reset(get_config_2(deref(cpp), cnames))
    return configs_to_py[AttributeConfigList_2](deref(configs))


def get_attribute_config_3(DeviceCore device not None, names: Sequence[str]) -> list[Any]:
    """The configuration of attributes in the form of interface version 3."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef vector[string] cnames
    cdef unique_ptr[AttributeConfigList_3] configs
    to_cpp_strings(names, cnames, "get_attribute_config_3()")
    with nogil:
        configs.reset(get_config_3(deref(cpp), cnames))
    return configs_to_py[AttributeConfigList_3](deref(configs))


def set_attribute_config(DeviceCore device not None, list configs not None) -> None:
    """Change the configuration of attributes, given in the form of interface version 1."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef AttributeConfigList cconfigs
    tangopy_done(configs_from_py[AttributeConfigList](configs, cconfigs))
    with nogil:
        set_config(deref(cpp), cconfigs)


def set_attribute_config_3(DeviceCore device not None, list configs not None) -> None:
    """Change the configuration of attributes, given in the form of interface version 3."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef AttributeConfigList_3 cconfigs
    tangopy_done(configs_from_py[AttributeConfigList_3](configs, cconfigs))
    with nogil:
        set_config_3(deref(cpp), cconfigs)


def add_version_info(DeviceCore device not None, str key, str value) -> bool:
    """Let the library keep a version; False if it has no place for it."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef string ckey = to_cpp_str(key)
    cdef string cvalue = to_cpp_str(value)
    cdef cbool kept
    with nogil:
        kept = c_add_version_info(deref(cpp), ckey, cvalue)
    return kept


def get_version_info(DeviceCore device not None) -> dict[str, str]:
    """The versions that the library keeps."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef vector[pair[string, string]] versions
    with nogil:
        versions = version_info(deref(cpp))
    return {to_py_str(version.first): to_py_str(version.second) for version in versions}
