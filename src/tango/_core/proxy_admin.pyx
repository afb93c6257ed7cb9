"""The client's view of a device: its description, configuration, polling, logging, locks and properties."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_int, to_cpp_str, to_py_str
from tango._core.lib.client cimport CDeviceProxy, CLockerInfo
from tango._core.lib.structs cimport (
    CAttributeInfoList, CAttributeInfoListEx, CCommandInfo, CCommandInfoList, CDbData, CDbDevImportInfo, CDeviceInfo,
)
from tango._core.structs cimport (
    to_cpp_attribute_infos, to_cpp_attribute_infos_ex, to_cpp_data, to_cpp_strings, to_py_attribute_infos,
    to_py_attribute_infos_ex, to_py_command_info, to_py_command_infos, to_py_data, to_py_device_info, to_py_import_info,
    to_py_strings,
)

from tango.enums import LockerLanguage

cdef extern from *:
    """
    // The identity is a process number, or a UUID for a Java client.
    static inline unsigned long tangopy_locker_part(const Tango::LockerInfo &info, int index) { return info.li.UUID[index]; }
    static inline long tangopy_locker_pid(const Tango::LockerInfo &info) { return static_cast<long>(info.li.LockerPid); }
    """
    unsigned long tangopy_locker_part(const CLockerInfo &, int)
    long tangopy_locker_pid(const CLockerInfo &)


cdef class DeviceAdminCore(DeviceProxyCore):
    """What a proxy does besides reading, writing and running commands."""

    # --- description ----------------------------------------------------------------------------------------------------

    def _name(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string result
        with nogil:
            result = deref(ptr).name()
        return to_py_str(result)

    def _alias(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string result
        with nogil:
            result = deref(ptr).alias()
        return to_py_str(result)

    def _adm_name(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string result
        with nogil:
            result = deref(ptr).adm_name()
        return to_py_str(result)

    def _description(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string result
        with nogil:
            result = deref(ptr).description()
        return to_py_str(result)

    def _info(self) -> DeviceInfo:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CDeviceInfo result
        with nogil:
            result = deref(ptr).info()
        return to_py_device_info(result)

    def _import_info(self) -> DbDevImportInfo:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CDbDevImportInfo result
        with nogil:
            result = deref(ptr).import_info()
        return to_py_import_info(result)

    def _get_tango_lib_version(self) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int result
        with nogil:
            result = deref(ptr).get_tango_lib_version()
        return result

    def _black_box(self, count: int) -> StdStringVector:
        cdef int ccount = to_cpp_int(count, "a number of entries")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[vector[string]] result
        with nogil:
            result.reset(deref(ptr).black_box(ccount))
        return to_py_strings(deref(result))

    # --- attributes and commands ----------------------------------------------------------------------------------------

    def _get_attribute_list(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[vector[string]] result
        with nogil:
            result.reset(deref(ptr).get_attribute_list())
        return to_py_strings(deref(result))

    def _get_command_list(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[vector[string]] result
        with nogil:
            result.reset(deref(ptr).get_command_list())
        return to_py_strings(deref(result))

    def _attribute_list_query(self) -> AttributeInfoList:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[CAttributeInfoList] result
        with nogil:
            result.reset(deref(ptr).attribute_list_query())
        return to_py_attribute_infos(deref(result))

    def _attribute_list_query_ex(self) -> AttributeInfoListEx:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[CAttributeInfoListEx] result
        with nogil:
            result.reset(deref(ptr).attribute_list_query_ex())
        return to_py_attribute_infos_ex(deref(result))

    def _get_attribute_config(self, names: Sequence[str]) -> AttributeInfoList:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] cnames
        cdef unique_ptr[CAttributeInfoList] result
        to_cpp_strings(names, cnames, "names of attributes")
        with nogil:
            result.reset(deref(ptr).get_attribute_config(cnames))
        return to_py_attribute_infos(deref(result))

    def _get_attribute_config_ex(self, names: Sequence[str]) -> AttributeInfoListEx:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] cnames
        cdef unique_ptr[CAttributeInfoListEx] result
        to_cpp_strings(names, cnames, "names of attributes")
        with nogil:
            result.reset(deref(ptr).get_attribute_config_ex(cnames))
        return to_py_attribute_infos_ex(deref(result))

    def _set_attribute_config(self, infos: Iterable[Any]) -> None:
        """Set configurations without alarms and events."""
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CAttributeInfoList configs
        to_cpp_attribute_infos(infos, configs)
        with nogil:
            deref(ptr).set_attribute_config(configs)

    def _set_attribute_config_ex(self, infos: Iterable[Any]) -> None:
        """Set whole configurations."""
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CAttributeInfoListEx configs
        to_cpp_attribute_infos_ex(infos, configs)
        with nogil:
            deref(ptr).set_attribute_config(configs)

    def _command_query(self, name: str) -> CommandInfo:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef CCommandInfo result
        with nogil:
            result = deref(ptr).command_query(cname)
        return to_py_command_info(result)

    def _command_list_query(self) -> CommandInfoList:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[CCommandInfoList] result
        with nogil:
            result.reset(deref(ptr).command_list_query())
        return to_py_command_infos(deref(result))

    def _get_command_config(self, names: Sequence[str]) -> CommandInfoList:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] cnames
        cdef unique_ptr[CCommandInfoList] result
        to_cpp_strings(names, cnames, "names of commands")
        with nogil:
            result.reset(deref(ptr).get_command_config(cnames))
        return to_py_command_infos(deref(result))

    # --- polling --------------------------------------------------------------------------------------------------------

    def _is_command_polled(self, name: str) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef cbool result
        with nogil:
            result = deref(ptr).is_command_polled(cname)
        return result

    def _is_attribute_polled(self, name: str) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef cbool result
        with nogil:
            result = deref(ptr).is_attribute_polled(cname)
        return result

    def _get_command_poll_period(self, name: str) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        cdef int result
        with nogil:
            result = deref(ptr).get_command_poll_period(cname)
        return result

    def _get_attribute_poll_period(self, name: str) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef int result
        with nogil:
            result = deref(ptr).get_attribute_poll_period(cname)
        return result

    def _polling_status(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[vector[string]] result
        with nogil:
            result.reset(deref(ptr).polling_status())
        return to_py_strings(deref(result))

    def _poll_command(self, name: str, period: int) -> None:
        cdef int cperiod = to_cpp_int(period, "a period")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        with nogil:
            deref(ptr).poll_command(cname, cperiod)

    def _poll_attribute(self, name: str, period: int) -> None:
        cdef int cperiod = to_cpp_int(period, "a period")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        with nogil:
            deref(ptr).poll_attribute(cname, cperiod)

    def _stop_poll_command(self, name: str) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a command")
        with nogil:
            deref(ptr).stop_poll_command(cname)

    def _stop_poll_attribute(self, name: str) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        with nogil:
            deref(ptr).stop_poll_attribute(cname)

    # --- logging --------------------------------------------------------------------------------------------------------

    def _add_logging_target(self, target: str) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string ctarget = to_cpp_str(target, "a logging target")
        with nogil:
            deref(ptr).add_logging_target(ctarget)

    def _remove_logging_target(self, target: str) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string ctarget = to_cpp_str(target, "a logging target")
        with nogil:
            deref(ptr).remove_logging_target(ctarget)

    def _get_logging_target(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] result
        with nogil:
            result = deref(ptr).get_logging_target()
        return to_py_strings(result)

    def _get_logging_level(self) -> int:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef int result
        with nogil:
            result = deref(ptr).get_logging_level()
        return result

    def _set_logging_level(self, level: int) -> None:
        cdef int clevel = to_cpp_int(level, "a logging level")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            deref(ptr).set_logging_level(clevel)

    # --- locks ----------------------------------------------------------------------------------------------------------

    def _lock(self, validity: int) -> None:
        cdef int cvalidity = to_cpp_int(validity, "a validity")
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            deref(ptr).lock(cvalidity)

    def _unlock(self, cbool force) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            deref(ptr).unlock(force)

    def _locking_status(self) -> str:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string result
        with nogil:
            result = deref(ptr).locking_status()
        return to_py_str(result)

    def _is_locked(self) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef cbool result
        with nogil:
            result = deref(ptr).is_locked()
        return result

    def _is_locked_by_me(self) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef cbool result
        with nogil:
            result = deref(ptr).is_locked_by_me()
        return result

    def _get_locker(self) -> dict[str, Any] | None:
        """Who has locked the device, as the fields of a LockerInfo; None if nobody has."""
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CLockerInfo info
        cdef cbool locked
        with nogil:
            locked = deref(ptr).get_locker(info)
        if not locked:
            return None
        language = LockerLanguage(<int>info.ll)
        if language in (LockerLanguage.JAVA, LockerLanguage.JAVA_6):
            identity = tuple([tangopy_locker_part(info, i) for i in range(4)])
        else:
            identity = tangopy_locker_pid(info)
        return {"ll": language, "li": identity, "locker_host": to_py_str(info.locker_host),
                "locker_class": to_py_str(info.locker_class)}

    # --- properties -----------------------------------------------------------------------------------------------------

    def _get_property(self, data: Iterable[DbDatum]) -> DbData:
        """The data with its values filled in."""
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_property(cdata)
        return to_py_data(cdata)

    def _put_property(self, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_property(cdata)

    def _delete_property(self, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_property(cdata)

    def _get_property_list(self, filter: str) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cfilter = to_cpp_str(filter, "a pattern")
        cdef vector[string] result
        with nogil:
            deref(ptr).get_property_list(cfilter, result)
        return to_py_strings(result)
