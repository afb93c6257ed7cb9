"""The client's view of one attribute."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.utility cimport move

from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.client cimport CAttributeProxy, CDeviceProxy
from tango._core.lib.structs cimport CDbData
from tango._core.live cimport LIVE_CONNECTION, born, gone
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport to_cpp_data, to_py_data

cdef extern from *:
    """
    #include <memory>

    // The proxy of the device belongs to that of the attribute and lives as long as anybody uses it.
    static inline std::shared_ptr<Tango::DeviceProxy> tangopy_device_of(std::shared_ptr<Tango::AttributeProxy> &attribute) {
        return std::shared_ptr<Tango::DeviceProxy>(attribute, attribute->get_device_proxy());
    }
    """
    shared_ptr[CDeviceProxy] tangopy_device_of(shared_ptr[CAttributeProxy] &)


cdef extern from "attribute_proxy.hpp" namespace "tangopy" nogil:
    unique_ptr[CAttributeProxy] attribute_named(const string &) except +translate
    unique_ptr[CAttributeProxy] attribute_of(CDeviceProxy &, const string &) except +translate


cdef class AttributeProxyCore:
    """Owner of one C++ AttributeProxy."""

    cdef shared_ptr[CAttributeProxy] attribute(self) except *:
        if not self.ptr:
            raise RuntimeError(f"this {type(self).__name__} is not connected: its __init__ has not run or has failed")
        return self.ptr

    def __dealloc__(self):
        # Closing may talk to the network.
        cdef shared_ptr[CAttributeProxy] last = move(self.ptr)
        if last:
            gone(LIVE_CONNECTION)
        with nogil:
            last.reset()

    cdef int adopt(self, CAttributeProxy *fresh) except -1:
        cdef shared_ptr[CAttributeProxy] former = move(self.ptr)
        if not former:
            born(LIVE_CONNECTION)
        self.ptr.reset(fresh)
        with nogil:
            former.reset()
        return 0

    def _is_connected(self) -> bool:
        """Whether there is a C++ object behind this one."""
        return <bint>(self.ptr.get() != NULL)

    def _connect(self, name: str | bytes) -> None:
        """Find an attribute by its name or alias."""
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef CAttributeProxy *fresh
        with nogil:
            fresh = attribute_named(cname).release()
        self.adopt(fresh)

    def _connect_through(self, DeviceProxyCore device not None, name: str) -> None:
        """Find an attribute of a device."""
        cdef shared_ptr[CDeviceProxy] source = device.proxy()
        cdef string cname = to_cpp_str(name, "the name of an attribute")
        cdef CAttributeProxy *fresh
        with nogil:
            fresh = attribute_of(deref(source), cname).release()
        self.adopt(fresh)

    def _lend_device(self, DeviceProxyCore proxy not None) -> None:
        """Have a device proxy that is not connected use the connection of this attribute."""
        cdef shared_ptr[CAttributeProxy] ptr = self.attribute()
        proxy.adopt(tangopy_device_of(ptr))

    def _name(self) -> str:
        return to_py_str(deref(self.attribute()).name())

    def _get_property(self, data: Iterable[DbDatum]) -> DbData:
        """The data with its values filled in."""
        cdef shared_ptr[CAttributeProxy] ptr = self.attribute()
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).get_property(cdata)
        return to_py_data(cdata)

    def _put_property(self, data: Iterable[DbDatum]) -> None:
        cdef shared_ptr[CAttributeProxy] ptr = self.attribute()
        cdef CDbData cdata
        to_cpp_data(data, cdata)
        with nogil:
            deref(ptr).put_property(cdata)

    def _delete_property(self, name: str) -> None:
        """Delete one; the library writes beyond its memory when it is given several."""
        cdef shared_ptr[CAttributeProxy] ptr = self.attribute()
        cdef string cname = to_cpp_str(name, "the name of a property")
        with nogil:
            deref(ptr).delete_property(cname)
