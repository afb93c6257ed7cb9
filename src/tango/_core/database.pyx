"""The Tango database: servers, devices, aliases, services, and lists of them."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, static_pointer_cast
from libcpp.string cimport string
from libcpp.utility cimport move
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, to_py_errors, to_py_str, translate
from tango._core.lib.client cimport CConnection, CDeviceProxy
from tango._core.lib.db cimport CDatabase
from tango._core.lib.structs cimport (
    CDbDatum, CDbDevExportInfo, CDbDevExportInfos, CDbDevFullInfo, CDbDevImportInfo, CDbDevInfo, CDbDevInfos,
    CDbServerInfo,
)
from tango._core.live cimport LIVE_CONNECTION, born, gone
from tango._core.orb cimport know_connection
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport (
    to_cpp_dev_info, to_cpp_dev_infos, to_cpp_export_info, to_cpp_export_infos, to_cpp_server_info, to_cpp_strings,
    to_py_datum, to_py_full_info, to_py_import_info, to_py_server_info, to_py_strings,
)

from tango.enums import AccessControlType, ErrSeverity
from tango.errors import DevError, NonSupportedFeature

cdef extern from "database.hpp" namespace "tangopy" nogil:
    void start_orb() except +translate
    shared_ptr[CDatabase] lent_database(CDatabase *)
    void export_event(CDatabase &, const vector[string] &) except +translate


cdef object no_server(str what):
    error = DevError()
    error.reason = "API_NotSupportedFeature"
    error.desc = f"a database that is a file does not support {what}: it needs a database server"
    error.origin = "Database"
    error.severity = ErrSeverity.ERR
    return NonSupportedFeature(error)


cdef class DatabaseCore(ConnectionCore):
    """Owner of one C++ Database, or borrower of the one that a device proxy uses."""

    cdef shared_ptr[CDatabase] database(self) except *:
        if not self.ptr:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed")
        return self.ptr

    cdef shared_ptr[CDatabase] served(self, str what) except *:
        """The database if there is a server behind it."""
        if self.is_file:
            raise no_server(what)
        return self.database()

    cdef shared_ptr[CConnection] remote(self) except *:
        if self.is_file:
            raise no_server("this call")
        return self.share()

    def __dealloc__(self):
        cdef shared_ptr[CDatabase] last = move(self.ptr)
        if last and self.owned:
            gone(LIVE_CONNECTION)
        with nogil:
            last.reset()

    cdef int adopt(self, shared_ptr[CDatabase] fresh, bint owned) except -1:
        cdef shared_ptr[CDatabase] former = move(self.ptr)
        if former and self.owned:
            gone(LIVE_CONNECTION)
        if owned:
            born(LIVE_CONNECTION)
        self.owned = owned
        self.ptr = fresh
        self.connection = static_pointer_cast[CConnection, CDatabase](fresh)
        with nogil:
            if owned:
                know_connection(self.connection)
            former.reset()
        return 0

    def _open_default(self) -> None:
        """Connect to the database of TANGO_HOST."""
        cdef CDatabase *fresh
        with nogil:
            fresh = new CDatabase()
        self.adopt(shared_ptr[CDatabase](fresh), True)

    def _open_host(self, host: str | bytes, int port) -> None:
        cdef string chost = to_cpp_str(host, "the name of a host")
        cdef CDatabase *fresh
        with nogil:
            fresh = new CDatabase(chost, port)
        self.adopt(shared_ptr[CDatabase](fresh), True)

    def _open_file(self, path: str | bytes) -> None:
        cdef string cpath = to_cpp_str(path, "the name of a file")
        cdef CDatabase *fresh
        with nogil:
            start_orb()
            fresh = new CDatabase(cpath)
        self.adopt(shared_ptr[CDatabase](fresh), True)
        self.is_file = True

    def _borrow(self, DeviceProxyCore proxy not None) -> bool:
        """Use the database connection of a device proxy; False if it has none."""
        cdef shared_ptr[CDeviceProxy] ptr = proxy.proxy()
        cdef CDatabase *theirs
        with nogil:
            theirs = deref(ptr).get_device_db()
        if theirs == NULL:
            return False
        self.adopt(lent_database(theirs), False)
        return True

    # --- the database itself ------------------------------------------------------------------------------------------

    def _get_info(self) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string result
        with nogil:
            result = deref(ptr).get_info()
        return to_py_str(result)

    def _get_file_name(self) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string result
        with nogil:
            result = deref(ptr).get_file_name()
        return to_py_str(result)

    def _write_filedatabase(self) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        with nogil:
            deref(ptr).write_filedatabase()

    def _reread_filedatabase(self) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        with nogil:
            deref(ptr).reread_filedatabase()

    def _build_connection(self) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("build_connection")
        with nogil:
            deref(ptr).build_connection()

    def _is_file(self) -> bool:
        """Whether it is a file, not a server."""
        return self.is_file != 0

    def _check_tango_host(self, tango_host: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string chost = to_cpp_str(tango_host, "the name of a host")
        with nogil:
            deref(ptr).check_tango_host(chost.c_str())

    def _check_access_control(self, device: str) -> AccessControlType:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef int access
        with nogil:
            access = <int>deref(ptr).check_access_control(cdevice)
        return AccessControlType(access)

    def _is_control_access_checked(self) -> bool:
        return deref(self.database()).is_control_access_checked()

    def _set_access_checked(self, cbool on) -> None:
        deref(self.database()).set_access_checked(on)

    def _get_access_except_errors(self) -> tuple[DevError, ...]:
        return to_py_errors(deref(self.database()).get_access_except_errors())

    def _get_server_release(self) -> int:
        return deref(self.database()).get_server_release()

    def _is_multi_tango_host(self) -> bool:
        return deref(self.database()).is_multi_tango_host()

    # --- devices ------------------------------------------------------------------------------------------------------

    def _add_device(self, info: Any) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef CDbDevInfo cinfo
        to_cpp_dev_info(info, cinfo)
        with nogil:
            deref(ptr).add_device(cinfo)

    def _delete_device(self, device: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        with nogil:
            deref(ptr).delete_device(cdevice)

    def _import_device(self, device: str) -> DbDevImportInfo:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbDevImportInfo result
        with nogil:
            result = deref(ptr).import_device(cdevice)
        return to_py_import_info(result)

    def _export_device(self, info: Any) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef CDbDevExportInfo cinfo
        to_cpp_export_info(info, cinfo)
        with nogil:
            deref(ptr).export_device(cinfo)

    def _unexport_device(self, device: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        with nogil:
            deref(ptr).unexport_device(cdevice)

    def _get_device_info(self, device: str) -> DbDevFullInfo:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_info")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbDevFullInfo result
        with nogil:
            result = deref(ptr).get_device_info(cdevice)
        return to_py_full_info(result)

    def _get_class_for_device(self, device: str) -> str:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_for_device")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string result
        with nogil:
            result = deref(ptr).get_class_for_device(cdevice)
        return to_py_str(result)

    def _get_class_inheritance_for_device(self, device: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_inheritance_for_device")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_class_inheritance_for_device(cdevice)
        return to_py_datum(result)

    # --- servers ------------------------------------------------------------------------------------------------------

    def _add_server(self, server: str, infos: Iterable[Any]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef CDbDevInfos cinfos
        to_cpp_dev_infos(infos, cinfos)
        with nogil:
            deref(ptr).add_server(cserver, cinfos)

    def _delete_server(self, server: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cserver = to_cpp_str(server, "the name of a server")
        with nogil:
            deref(ptr).delete_server(cserver)

    def _export_server(self, infos: Iterable[Any]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef CDbDevExportInfos cinfos
        to_cpp_export_infos(infos, cinfos)
        with nogil:
            deref(ptr).export_server(cinfos)

    def _unexport_server(self, server: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cserver = to_cpp_str(server, "the name of a server")
        with nogil:
            deref(ptr).unexport_server(cserver)

    def _rename_server(self, old: str, new: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("rename_server")
        cdef string cold = to_cpp_str(old, "the name of a server")
        cdef string cnew = to_cpp_str(new, "the name of a server")
        with nogil:
            deref(ptr).rename_server(cold, cnew)

    def _get_server_info(self, server: str) -> DbServerInfo:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef CDbServerInfo result
        with nogil:
            result = deref(ptr).get_server_info(cserver)
        return to_py_server_info(result)

    def _put_server_info(self, info: Any) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("put_server_info")
        cdef CDbServerInfo cinfo
        to_cpp_server_info(info, cinfo)
        with nogil:
            deref(ptr).put_server_info(cinfo)

    def _delete_server_info(self, server: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("delete_server_info")
        cdef string cserver = to_cpp_str(server, "the name of a server")
        with nogil:
            deref(ptr).delete_server_info(cserver)

    # --- services and events ------------------------------------------------------------------------------------------

    def _get_services(self, service: str, instance: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_services")
        cdef string cservice = to_cpp_str(service, "the name of a service")
        cdef string cinstance = to_cpp_str(instance, "the name of an instance")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_services(cservice, cinstance)
        return to_py_datum(result)

    def _get_device_service_list(self, service: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_service_list")
        cdef string cservice = to_cpp_str(service, "the name of a service")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_service_list(cservice)
        return to_py_datum(result)

    def _register_service(self, service: str, instance: str, device: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("register_service")
        cdef string cservice = to_cpp_str(service, "the name of a service")
        cdef string cinstance = to_cpp_str(instance, "the name of an instance")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        with nogil:
            deref(ptr).register_service(cservice, cinstance, cdevice)

    def _unregister_service(self, service: str, instance: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("unregister_service")
        cdef string cservice = to_cpp_str(service, "the name of a service")
        cdef string cinstance = to_cpp_str(instance, "the name of an instance")
        with nogil:
            deref(ptr).unregister_service(cservice, cinstance)

    def _export_event(self, event: Sequence[str]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("export_event")
        cdef vector[string] parts
        to_cpp_strings(event, parts, "the description of an event channel")
        with nogil:
            export_event(deref(ptr), parts)

    def _unexport_event(self, event: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("unexport_event")
        cdef string cevent = to_cpp_str(event, "an event")
        with nogil:
            deref(ptr).unexport_event(cevent)

    # --- aliases ------------------------------------------------------------------------------------------------------

    def _get_device_from_alias(self, alias: str) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string calias = to_cpp_str(alias, "an alias")
        cdef string result
        with nogil:
            deref(ptr).get_device_from_alias(calias, result)
        return to_py_str(result)

    def _get_alias_from_device(self, device: str) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string result
        with nogil:
            deref(ptr).get_alias_from_device(cdevice, result)
        return to_py_str(result)

    def _put_device_alias(self, device: str, alias: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("put_device_alias")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string calias = to_cpp_str(alias, "an alias")
        with nogil:
            deref(ptr).put_device_alias(cdevice, calias)

    def _delete_device_alias(self, alias: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("delete_device_alias")
        cdef string calias = to_cpp_str(alias, "an alias")
        with nogil:
            deref(ptr).delete_device_alias(calias)

    def _get_attribute_from_alias(self, alias: str) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string calias = to_cpp_str(alias, "an alias")
        cdef string result
        with nogil:
            deref(ptr).get_attribute_from_alias(calias, result)
        return to_py_str(result)

    def _get_alias_from_attribute(self, attribute: str) -> str:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cattribute = to_cpp_str(attribute, "the name of an attribute")
        cdef string result
        with nogil:
            deref(ptr).get_alias_from_attribute(cattribute, result)
        return to_py_str(result)

    def _put_attribute_alias(self, attribute: str, alias: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("put_attribute_alias")
        cdef string cattribute = to_cpp_str(attribute, "the name of an attribute")
        cdef string calias = to_cpp_str(alias, "an alias")
        with nogil:
            deref(ptr).put_attribute_alias(cattribute, calias)

    def _delete_attribute_alias(self, alias: str) -> None:
        cdef shared_ptr[CDatabase] ptr = self.served("delete_attribute_alias")
        cdef string calias = to_cpp_str(alias, "an alias")
        with nogil:
            deref(ptr).delete_attribute_alias(calias)

    # --- lists --------------------------------------------------------------------------------------------------------

    def _get_host_list(self, wildcard: str | None = None) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_host_list")
        cdef string cwildcard = to_cpp_str("" if wildcard is None else wildcard)
        cdef bint everything = wildcard is None
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_host_list() if everything else deref(ptr).get_host_list(cwildcard)
        return to_py_datum(result)

    def _get_server_list(self, wildcard: str | None = None) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_server_list")
        cdef string cwildcard = to_cpp_str("" if wildcard is None else wildcard)
        cdef bint everything = wildcard is None
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_server_list() if everything else deref(ptr).get_server_list(cwildcard)
        return to_py_datum(result)

    def _get_server_class_list(self, server: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_server_class_list")
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_server_class_list(cserver)
        return to_py_datum(result)

    def _get_server_name_list(self) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_server_name_list")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_server_name_list()
        return to_py_datum(result)

    def _get_instance_name_list(self, name: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_instance_name_list")
        cdef string cname = to_cpp_str(name)
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_instance_name_list(cname)
        return to_py_datum(result)

    def _get_host_server_list(self, host: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_host_server_list")
        cdef string chost = to_cpp_str(host, "the name of a host")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_host_server_list(chost)
        return to_py_datum(result)

    def _get_device_name(self, server: str, class_name: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_name(cserver, cclass_name)
        return to_py_datum(result)

    def _get_device_exported(self, filter: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cfilter = to_cpp_str(filter, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_exported(cfilter)
        return to_py_datum(result)

    def _get_device_domain(self, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_domain(cwildcard)
        return to_py_datum(result)

    def _get_device_family(self, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_family(cwildcard)
        return to_py_datum(result)

    def _get_device_member(self, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_member(cwildcard)
        return to_py_datum(result)

    def _get_device_class_list(self, server: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_class_list")
        cdef string cserver = to_cpp_str(server, "the name of a server")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_class_list(cserver)
        return to_py_datum(result)

    def _get_device_exported_for_class(self, class_name: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_exported_for_class")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_exported_for_class(cclass_name)
        return to_py_datum(result)

    def _get_object_list(self, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_object_list")
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_object_list(cwildcard)
        return to_py_datum(result)

    def _get_object_property_list(self, name: str, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_object_property_list")
        cdef string cname = to_cpp_str(name)
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_object_property_list(cname, cwildcard)
        return to_py_datum(result)

    def _get_class_list(self, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_list")
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_class_list(cwildcard)
        return to_py_datum(result)

    def _get_class_property_list(self, class_name: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_property_list")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_class_property_list(cclass_name)
        return to_py_datum(result)

    def _get_class_attribute_list(self, class_name: str, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_attribute_list")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_class_attribute_list(cclass_name, cwildcard)
        return to_py_datum(result)

    def _get_device_alias_list(self, filter: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cfilter = to_cpp_str(filter, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_device_alias_list(cfilter)
        return to_py_datum(result)

    def _get_attribute_alias_list(self, filter: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cfilter = to_cpp_str(filter, "a pattern")
        cdef CDbDatum result
        with nogil:
            result = deref(ptr).get_attribute_alias_list(cfilter)
        return to_py_datum(result)

    def _get_device_property_list(self, device: str, wildcard: str) -> DbDatum:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_property_list")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string cwildcard = to_cpp_str(wildcard, "a pattern")
        cdef CDbDatum result = CDbDatum(cdevice)
        with nogil:
            deref(ptr).get_device_property_list(cdevice, cwildcard, result.value_string)
        return to_py_datum(result)

    def _get_device_attribute_list(self, device: str) -> StdStringVector:
        """The attributes of a device that have properties."""
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_attribute_list")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef vector[string] result
        with nogil:
            deref(ptr).get_device_attribute_list(cdevice, result)
        return to_py_strings(result)
