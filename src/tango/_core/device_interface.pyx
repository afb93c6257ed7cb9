"""Attributes and commands that a device gets and loses while it runs."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string

from tango._core.errors cimport to_cpp_str
from tango._core.lib.server cimport CAttr, CAttribute, CCommand, CDeviceImpl
from tango._core.server_attr cimport Attr, as_called, ask_first, give_attr, take_back
from tango._core.server_command cimport CommandCore, give_command
from tango._core.server_value cimport Attribute, retire_attribute, retired_attribute

cdef extern from "device_interface.hpp" namespace "tangopy" nogil:
    cbool uses_database()
    cbool has_attr(CDeviceImpl &, const CAttr *)
    CAttr *attr_behind(CDeviceImpl &, const string &name)
    CAttribute *attribute_or_null(CDeviceImpl &, const string &name)
    cbool has_command(CDeviceImpl &, const CCommand *)


cdef class DeviceInterfaceCore(DevicePollingCore):
    """A device that can change its interface."""

    def _add_attribute(self, Attr attr, reader: object, writer: object, is_allowed: object) -> None:
        """Add an attribute; what is None is left as the attribute has it."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string name = to_cpp_str(attr.name)
        cdef CAttr *pointer
        cdef CAttr *behind
        if reader is not None:
            attr._set_reader(as_called(reader, self))
        if writer is not None:
            attr._set_writer(as_called(writer, self))
        if is_allowed is not None:
            attr._set_is_allowed(as_called(is_allowed, self))
        self.own_attrs[attr.lower] = attr
        asks = attr.allower is not None
        pointer = give_attr(attr)
        try:
            with nogil:
                deref(device).add_attribute(pointer)
        except BaseException:
            del self.own_attrs[attr.lower]
            if attr.behind != NULL and not has_attr(deref(device), pointer):
                attr.behind.give_back()
            raise
        self.by_name.clear()
        if asks:
            with nogil:
                behind = attr_behind(deref(device), name)
            ask_first(behind)

    def _remove_attribute(self, str name, bint free_it, bint clean_db) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef CAttribute *attribute = attribute_or_null(deref(device), cname)
        cdef CAttr *behind = attr_behind(deref(device), cname)
        cdef Attribute known = retire_attribute(self, attribute)
        cdef bint removed = False
        try:
            with nogil:
                deref(device).remove_attribute(cname, False, clean_db and uses_database())
            removed = True
        finally:
            retired_attribute(self, attribute, known, removed)
        self.own_attrs.pop(name.lower(), None)
        if behind != NULL and not has_attr(deref(device), behind):
            # nobody else has it; the Python object deletes it when it goes itself
            take_back(behind)

    def _add_command(self, CommandCore command, bint device_level) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef CCommand *pointer = give_command(command)
        try:
            with nogil:
                deref(device).add_command(pointer, device_level)
        except BaseException:
            if command.ptr != NULL and not has_command(deref(device), pointer):
                command.ptr.give_back()
            raise

    def _remove_command(self, str name, bint free_it, bint clean_db) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            deref(device).remove_command(cname, True, clean_db and uses_database())
