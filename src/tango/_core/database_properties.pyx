"""The Tango database: properties."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str
from tango._core.lib.db cimport CDatabase
from tango._core.lib.structs cimport CDbData, CDbHistory
from tango._core.structs cimport to_cpp_data, to_py_data, to_py_history


cdef class DatabasePropertiesCore(DatabaseCore):
    """The properties of a database.

    For the properties of attributes a list holds the datum of an attribute, whose value is the number of its properties,
    then those of its properties, and so on.
    """

    cdef int check_values(self, data) except -1:
        """A database file cannot hold a property without a value; the library would read beyond it."""
        if self.is_file:
            for item in data:
                if not len(item.value_string):
                    raise ValueError(f"property {item.name!r}: a database file needs at least one value")
        return 0

    # --- properties of free objects -----------------------------------------------------------------------------------

    def _get_property(self, owner: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_property(cowner, cdata)
        return to_py_data(cdata)

    def _get_property_forced(self, owner: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_property_forced(cowner, cdata)
        return to_py_data(cdata)

    def _put_property(self, owner: str, data: Iterable[DbDatum]) -> None:
        self.check_values(data)
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_property(cowner, cdata)

    def _delete_property(self, owner: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_property(cowner, cdata)

    def _get_property_history(self, owner: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_property_history")
        cdef string cowner = to_cpp_str(owner, "the name of an owner of properties")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = deref(ptr).get_property_history(cowner, cname)
        return to_py_history(result)

    # --- properties of devices ----------------------------------------------------------------------------------------

    def _get_device_property(self, device: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_device_property(cdevice, cdata)
        return to_py_data(cdata)

    def _put_device_property(self, device: str, data: Iterable[DbDatum]) -> None:
        self.check_values(data)
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_device_property(cdevice, cdata)

    def _delete_device_property(self, device: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_device_property(cdevice, cdata)

    def _get_device_property_history(self, device: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_property_history")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = deref(ptr).get_device_property_history(cdevice, cname)
        return to_py_history(result)

    # --- properties of attributes of devices --------------------------------------------------------------------------

    def _get_device_attribute_property(self, device: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_device_attribute_property(cdevice, cdata)
        return to_py_data(cdata)

    def _put_device_attribute_property(self, device: str, data: Iterable[DbDatum]) -> None:
        self.check_values(data)
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_device_attribute_property(cdevice, cdata)

    def _delete_device_attribute_property(self, device: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_device_attribute_property(cdevice, cdata)

    def _get_device_attribute_property_history(self, device: str, attribute: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_device_attribute_property_history")
        cdef string cdevice = to_cpp_str(device, "the name of a device")
        cdef string cattribute = to_cpp_str(attribute, "the name of an attribute")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = deref(ptr).get_device_attribute_property_history(cdevice, cattribute, cname)
        return to_py_history(result)

    # --- properties of classes ----------------------------------------------------------------------------------------

    def _get_class_property(self, class_name: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_class_property(cclass_name, cdata)
        return to_py_data(cdata)

    def _put_class_property(self, class_name: str, data: Iterable[DbDatum]) -> None:
        self.check_values(data)
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_class_property(cclass_name, cdata)

    def _delete_class_property(self, class_name: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_class_property(cclass_name, cdata)

    def _get_class_property_history(self, class_name: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_property_history")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = deref(ptr).get_class_property_history(cclass_name, cname)
        return to_py_history(result)

    # --- properties of attributes of classes --------------------------------------------------------------------------

    def _get_class_attribute_property(self, class_name: str, data: Iterable[DbDatum]) -> DbData:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_class_attribute_property(cclass_name, cdata)
        return to_py_data(cdata)

    def _put_class_attribute_property(self, class_name: str, data: Iterable[DbDatum]) -> None:
        self.check_values(data)
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_class_attribute_property(cclass_name, cdata)

    def _delete_class_attribute_property(self, class_name: str, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CDatabase] ptr = self.database()
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).delete_class_attribute_property(cclass_name, cdata)

    def _get_class_attribute_property_history(self, class_name: str, attribute: str, name: str) -> DbHistoryList:
        cdef shared_ptr[CDatabase] ptr = self.served("get_class_attribute_property_history")
        cdef string cclass_name = to_cpp_str(class_name, "the name of a class")
        cdef string cattribute = to_cpp_str(attribute, "the name of an attribute")
        cdef string cname = to_cpp_str(name, "the name of a property")
        cdef vector[CDbHistory] result
        with nogil:
            result = deref(ptr).get_class_attribute_property_history(cclass_name, cattribute, cname)
        return to_py_history(result)
