"""Attributes and commands that a device gets and loses while it runs."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string

from tango._core.device cimport Interface
from tango._core.errors cimport to_cpp_str, translate
from tango._core.lib.server cimport CAttr, CAttribute, CCommand, CDeviceImpl
from tango._core.server_attr cimport Attr, as_called, attr_of, give_attr, take_back
from tango._core.server_command cimport CommandCore, give_command
from tango._core.server_value cimport Attribute, retire_attribute, retired_attribute

cdef extern from "device_interface.hpp" namespace "tangopy" nogil:
    cbool has_command(CDeviceImpl &, const CCommand *)

    cdef enum AttrFate:
        ATTR_KEPT
        ATTR_APART
        ATTR_DELETED

    CAttr *add_attribute(CDeviceImpl &, Interface &, CAttr *, cbool asks, AttrFate &) except +translate

    cdef cppclass Removal:
        Removal(CDeviceImpl &, Interface &, const string &name, cbool clean_database) except +translate
        CAttribute *attribute()
        void finish() except +translate
        CAttr *unused()

    void add_command(CDeviceImpl &, Interface &, CCommand *, cbool device_level) except +translate
    void remove_command(CDeviceImpl &, Interface &, const string &name, cbool clean_database) except +translate


cdef class DeviceInterfaceCore(DevicePollingCore):
    """A device that can change its interface."""

    def _add_attribute(self, Attr attr, reader: object, writer: object, is_allowed: object) -> None:
        """Add an attribute; what is None is left as the attribute has it."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef CAttr *pointer
        cdef CAttr *present
        cdef cbool asks
        cdef AttrFate fate = ATTR_KEPT
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
                present = add_attribute(deref(device), deref(self.interface), pointer, asks, fate)
        except BaseException:
            del self.own_attrs[attr.lower]
            raise
        finally:
            if fate == ATTR_APART and attr.behind != NULL:
                attr.behind.give_back()
        if fate == ATTR_DELETED:
            attr.life = attr_of(present).life  # it says the same

    def _remove_attribute(self, str name, bint free_it, bint clean_db) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef unique_ptr[Removal] removal
        cdef Attribute known
        cdef CAttr *unused
        cdef bint removed = False
        with nogil:
            removal.reset(new Removal(deref(device), deref(self.interface), cname, clean_db))
        known = retire_attribute(self, deref(removal).attribute())
        try:
            with nogil:
                deref(removal).finish()
            removed = True
        finally:
            retired_attribute(self, deref(removal).attribute(), known, removed)
            unused = deref(removal).unused()
            with nogil:
                removal.reset()
        self.own_attrs.pop(name.lower(), None)
        if unused != NULL:
            # nobody else has it; the Python object deletes it when it goes itself
            take_back(unused)

    def _add_command(self, CommandCore command, bint device_level) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef CCommand *pointer = give_command(command)
        try:
            with nogil:
                add_command(deref(device), deref(self.interface), pointer, device_level)
        except BaseException:
            if command.ptr != NULL and not has_command(deref(device), pointer):
                command.ptr.give_back()
            raise

    def _remove_command(self, str name, bint free_it, bint clean_db) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            remove_command(deref(device), deref(self.interface), cname, clean_db)
