"""The attributes of a device, and those that its device class describes."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore, alarmed_attributes, place_of_attribute
from tango._core.device_class cimport DeviceClassCore
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CAttr, CDeviceClass, CDeviceImpl, CMultiClassAttribute
from tango._core.server_attr cimport Attr, attr_of, take_back
from tango._core.server_value cimport Attribute, WAttribute, find_attribute, list_attributes

from tango.errors import DevError, DevFailed
from tango.structs import StdLongVector

cdef extern from "server_lock.hpp" namespace "tangopy" nogil:
    void read_alarms(CDeviceImpl &, string &status) except +translate


cdef object not_writable(Attribute attribute):
    error = DevError()
    error.reason = "API_AttrNotFound"
    error.desc = f"{attribute.where()} cannot be written"
    error.origin = "MultiAttribute.get_w_attr_by_name"
    return error


cdef class MultiAttribute:
    """The attributes of a device."""

    cdef object __weakref__
    cdef DeviceCore device

    def __init__(self):
        raise TypeError("a MultiAttribute belongs to a device; get it with device.get_device_attr()")

    def get_attr_by_name(self, str attr_name) -> Attribute:
        """Give an attribute by its name.

        Parameters
        ----------
        attr_name
            Its name; upper and lower case are the same.

        Returns
        -------
        Attribute
            A WAttribute if it can be written.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return find_attribute(self.device, attr_name)

    def get_w_attr_by_name(self, str attr_name) -> WAttribute:
        """Give a writable attribute by its name.

        Parameters
        ----------
        attr_name
            Its name; upper and lower case are the same.

        Returns
        -------
        WAttribute
            The attribute.

        Raises
        ------
        DevFailed
            There is no such attribute, or it cannot be written.
        """
        cdef Attribute attribute = find_attribute(self.device, attr_name)
        if not isinstance(attribute, WAttribute):
            raise DevFailed(not_writable(attribute))
        return attribute

    def get_attr_by_ind(self, long ind) -> Attribute:
        """Give an attribute by its number.

        Parameters
        ----------
        ind
            Its number, as in the list that read_attr_hardware gets.

        Returns
        -------
        Attribute
            A WAttribute if it can be written.

        Raises
        ------
        IndexError
            There is no such attribute.
        """
        cdef list attributes = list_attributes(self.device)
        if not 0 <= ind < len(attributes):
            raise IndexError(f"{self.device.label()} has {len(attributes)} attributes: there is no number {ind}")
        return attributes[ind]

    def get_w_attr_by_ind(self, long ind) -> WAttribute:
        """Give a writable attribute by its number.

        Parameters
        ----------
        ind
            Its number, as in the list that read_attr_hardware gets.

        Returns
        -------
        WAttribute
            The attribute.

        Raises
        ------
        IndexError
            There is no such attribute.
        TypeError
            It cannot be written.
        """
        cdef Attribute attribute = self.get_attr_by_ind(ind)
        if not isinstance(attribute, WAttribute):
            raise TypeError(f"{attribute.where()} cannot be written")
        return attribute

    def get_attr_ind_by_name(self, str attr_name) -> int:
        """Tell the number of an attribute.

        Parameters
        ----------
        attr_name
            Its name; upper and lower case are the same.

        Returns
        -------
        int
            Its number, as in the list that read_attr_hardware gets.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef string name = to_cpp_str(attr_name)
        cdef long place
        with nogil:
            place = place_of_attribute(deref(device), deref(self.device.interface), name)
        return place

    def get_attr_nb(self) -> int:
        """Tell how many attributes the device has, State and Status included."""
        return len(list_attributes(self.device))

    def get_attribute_list(self) -> tuple[Attribute, ...]:
        """Give all attributes of the device."""
        return tuple(list_attributes(self.device))

    def get_alarm_list(self) -> StdLongVector:
        """Give the numbers of the attributes that have limits for alarms or warnings."""
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef vector[long] numbers
        with nogil:
            numbers = alarmed_attributes(deref(device), deref(self.device.interface))
        return StdLongVector(list(numbers))

    def check_alarm(self, ind: int | str | None = None, attr_name: str | None = None) -> bool:
        """Tell whether attributes are in alarm or warn.

        Parameters
        ----------
        ind
            Number of an attribute, or its name; without either all attributes are meant that have limits.
        attr_name
            Name of an attribute.

        Returns
        -------
        bool
            Whether the attribute, or one of them, is in alarm or warns.

        Raises
        ------
        DevFailed
            There is no attribute of this name, or it has no limits.
        IndexError
            There is no attribute of this number.
        TypeError
            Both number and name are given.
        """
        if ind is not None and attr_name is not None:
            raise TypeError("check_alarm() takes the number or the name of an attribute, not both")
        which = attr_name if ind is None else ind
        if which is None:
            return any([self.get_attr_by_ind(number).check_alarm() for number in self.get_alarm_list()])
        return (self.get_attr_by_name(which) if isinstance(which, str) else self.get_attr_by_ind(which)).check_alarm()

    def read_alarm(self, str status) -> str:
        """Add to a status which attributes are in alarm or warn.

        Parameters
        ----------
        status
            The status.

        Returns
        -------
        str
            The status with a line for each such attribute.
        """
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef string text = to_cpp_str(status)
        with nogil:
            read_alarms(deref(device), text)
        return to_py_str(text)


def multi_attribute(DeviceCore device) -> MultiAttribute:
    """The attributes of a device."""
    cdef MultiAttribute result = MultiAttribute.__new__(MultiAttribute)
    device.use()
    result.device = device
    return result


cdef class MultiClassAttribute:
    """The attributes that a device class describes; its devices may have fewer."""

    cdef object __weakref__
    cdef DeviceClassCore device_class

    def __init__(self):
        raise TypeError("a MultiClassAttribute belongs to a device class; get it with device_class.get_class_attr()")

    # The result is good as long as the GIL is held.
    cdef CMultiClassAttribute *pointer(self) except NULL:
        cdef shared_ptr[CDeviceClass] device_class = self.device_class.use()
        return deref(device_class).get_class_attr()

    def get_attr(self, str attr_name) -> Attr:
        """Give the description of an attribute.

        Parameters
        ----------
        attr_name
            Its name; upper and lower case are the same.

        Returns
        -------
        Attr
            A SpectrumAttr or an ImageAttr, if it is one.

        Raises
        ------
        DevFailed
            The class has no such attribute.
        """
        cdef string name = to_cpp_str(attr_name)
        return attr_of(&self.pointer().get_attr(name))

    def get_attr_list(self) -> tuple[Attr, ...]:
        """Give the descriptions of all attributes."""
        cdef CAttr *attr
        cdef list result = []
        for attr in self.pointer().get_attr_list():
            result.append(attr_of(attr))
        return tuple(result)

    def remove_attr(self, str attr_name, str cl_name) -> None:
        """Take an attribute out of the description.

        Parameters
        ----------
        attr_name
            Its name.
        cl_name
            Name of the device class that it was declared for, see `Attr.get_cl_name`.

        Raises
        ------
        RuntimeError
            The class has devices, which know their attributes by number: remove it from them, with
            `DeviceImpl.remove_attribute`, and it goes here too.
        DevFailed
            The class has no such attribute.
        """
        cdef shared_ptr[CDeviceClass] device_class = self.device_class.use()
        cdef string name = to_cpp_str(attr_name)
        cdef string owner = to_cpp_str(cl_name)
        cdef CAttr *attr = &self.pointer().get_attr(name)
        cdef CAttr *other
        if deref(device_class).get_device_list().size() != 0:
            raise RuntimeError(f"the class of attribute {attr_name} has devices: remove the attribute from them")
        self.pointer().remove_attr(name, owner)
        for other in self.pointer().get_attr_list():
            if other == attr:
                return
        take_back(attr)


def multi_class_attribute(DeviceClassCore device_class) -> MultiClassAttribute:
    """The attributes that a device class describes."""
    cdef MultiClassAttribute result = MultiClassAttribute.__new__(MultiClassAttribute)
    device_class.use()
    result.device_class = device_class
    return result
