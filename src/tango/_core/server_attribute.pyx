"""Attributes of running devices: what they are."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr

from tango._core.device cimport access_of_attribute, is_serialised
from tango._core.errors cimport to_py_str, translate
from tango._core.lib.client cimport CAttrQuality, CTimeVal
from tango._core.lib.server cimport CAttrSerialModel, CDeviceImpl

from datetime import datetime
from numbers import Real

from tango.enums import AttrDataFormat, AttrQuality, AttrSerialModel, AttrWriteType, CmdArgType, DispLevel
from tango.structs import TimeVal

cdef extern from "server_attribute.hpp" namespace "tangopy" nogil:
    void set_date(CAttribute &, double seconds)
    void reset_value(CAttribute &) except +translate
    cbool value_is_set(CAttribute &) except +translate

cdef extern from *:
    """
    static inline Tango::AttrQuality tangopy_quality(int quality) { return static_cast<Tango::AttrQuality>(quality); }
    static inline Tango::AttrSerialModel tangopy_model(int model) { return static_cast<Tango::AttrSerialModel>(model); }
    """
    CAttrQuality tangopy_quality(int)
    CAttrSerialModel tangopy_model(int)

cdef tuple QUALITIES = tuple(AttrQuality)
cdef int READ = int(AttrWriteType.READ)
cdef int ENCODED = int(CmdArgType.DevEncoded)
cdef int NO_SYNC = int(AttrSerialModel.ATTR_NO_SYNC)


cdef double seconds_of(object time, object where=None) except? -1:
    if isinstance(time, (float, int)):
        return time
    if isinstance(time, TimeVal):
        return time.totime()
    if isinstance(time, datetime):
        return time.timestamp()
    if isinstance(time, Real):
        return time
    raise TypeError(f"a time is a number of seconds, a TimeVal or a datetime, not {type(time).__name__} {time!r:.60}"
                    f"{'' if where is None else f' ({where})'}")


cdef int quality_of(object quality) except -1:
    if not isinstance(quality, AttrQuality):
        raise TypeError(f"a quality is an AttrQuality, not {type(quality).__name__} {quality!r:.60}")
    return int(quality)


cdef class Aside:
    """A value that was set outside of a read and waits to be pushed."""


cdef class AttributeCore:
    """What an attribute of a running device is, whatever its value."""

    def __init__(self):
        raise TypeError(f"{type(self).__name__}s belong to devices; get one with "
                        f"device.get_device_attr().get_attr_by_name(name)")

    cdef CAttribute *pointer(self) except NULL:
        if self.ptr == NULL or not self.device.alive():
            raise RuntimeError("this attribute has been removed, or its device has been deleted")
        return self.ptr

    # Green modes do not serialise requests.
    cdef bint is_shared(self):
        return self.device.runner is not None and not self.reading

    cdef Aside set_aside(self):
        return self.aside if self.is_shared() else None

    cdef str where(self):
        return f"attribute {to_py_str(self.ptr.get_name())} of {self.device.label()}"

    def __repr__(self) -> str:
        if self.ptr == NULL or not self.device.alive():
            return f"{type(self).__name__}(removed)"
        return f"{type(self).__name__}({to_py_str(self.ptr.get_name())})"

    __str__ = __repr__

    # --- what it was declared as ---

    def get_name(self) -> str:
        """Tell the name of the attribute."""
        return to_py_str(self.pointer().get_name())

    def get_label(self) -> str:
        """Tell what the attribute is called in user interfaces."""
        return to_py_str(self.pointer().get_label())

    def get_data_type(self) -> int:
        """Tell the type of the value, as a number of CmdArgType."""
        return self.pointer().get_data_type()

    def get_data_format(self) -> AttrDataFormat:
        """Tell whether the value is a scalar, a spectrum or an image."""
        return AttrDataFormat(<int>self.pointer().get_data_format())

    def get_writable(self) -> AttrWriteType:
        """Tell whether the attribute can be read and written."""
        return AttrWriteType(<int>self.pointer().get_writable())

    def get_disp_level(self) -> DispLevel:
        """Tell whom the attribute is shown to."""
        return DispLevel(<int>self.pointer().get_disp_level())

    def get_max_dim_x(self) -> int:
        """Tell the largest number of columns (of elements, for a spectrum)."""
        return self.pointer().get_max_dim_x()

    def get_max_dim_y(self) -> int:
        """Tell the largest number of rows; 0 unless the attribute is an image."""
        return self.pointer().get_max_dim_y()

    # --- polling ---

    def is_polled(self) -> bool:
        """Tell whether the attribute is polled."""
        return self.pointer().is_polled()

    def get_polling_period(self) -> int:
        """Tell the polling period in milliseconds; 0 if the attribute is not polled."""
        return self.pointer().get_polling_period()

    # --- the last value ---

    def get_x(self) -> int:
        """Tell the number of columns of the last value."""
        return self.pointer().get_x()

    def get_y(self) -> int:
        """Tell the number of rows of the last value; 0 unless the attribute is an image."""
        return self.pointer().get_y()

    def get_data_size(self) -> int:
        """Tell the number of elements of the last value."""
        return self.pointer().get_data_size()

    def value_is_set(self) -> bool:
        """Tell whether a value has been set."""
        return value_is_set(deref(self.pointer())) or self.set_aside() is not None

    def reset_value(self) -> None:
        """Forget that a value has been set, so that a read fails that sets none."""
        cdef CAttribute *attribute = self.pointer()
        if self.is_shared():
            self.aside = None
        else:
            reset_value(deref(attribute))
            self.fresh = False

    def get_date(self) -> TimeVal:
        """Tell the time of the last value."""
        cdef CTimeVal date = self.pointer().get_date()
        cdef Aside aside = self.set_aside()
        if aside is not None:
            return TimeVal(aside.seconds)
        return TimeVal(date.tv_sec, date.tv_usec, date.tv_nsec)

    def set_date(self, new_date: TimeVal) -> None:
        """Set the time of the value.

        Parameters
        ----------
        new_date
            A TimeVal, a number of seconds since 1970 or a datetime.

        Raises
        ------
        TypeError
            It is none of these.
        """
        cdef CAttribute *attribute = self.pointer()
        cdef double seconds = seconds_of(new_date)
        cdef Aside aside = self.set_aside()
        if aside is not None:
            aside.seconds = seconds
        else:
            set_date(deref(attribute), seconds)

    def get_quality(self) -> AttrQuality:
        """Tell the quality of the last value."""
        cdef CAttribute *attribute = self.pointer()
        cdef Aside aside = self.set_aside()
        return QUALITIES[<int>attribute.get_quality()] if aside is None else aside.quality

    def set_quality(self, quality: AttrQuality, bint send_event=False) -> None:
        """Set the quality of the value.

        Parameters
        ----------
        quality
            The quality.
        send_event
            Whether to push a change event, if the device pushes those of this attribute itself.

        Raises
        ------
        TypeError
            ``quality`` is no AttrQuality.
        DevFailed
            The event cannot be sent.
        """
        cdef CAttribute *attribute = self.pointer()
        cdef int cquality = quality_of(quality)
        cdef Aside aside = self.set_aside()
        if aside is not None:
            aside.quality = quality
        else:
            attribute.set_quality(tangopy_quality(cquality), False)
        if send_event:
            self.fire_change_event()

    # --- the set point ---

    def is_write_associated(self) -> bool:
        """Tell whether a read returns a set point too."""
        return self.pointer().is_writ_associated()

    def get_assoc_name(self) -> str:
        """Tell the name of the attribute that holds the set point; "None" if there is none."""
        return to_py_str(self.pointer().get_assoc_name())

    def get_assoc_ind(self) -> int:
        """Tell the number of the attribute that holds the set point.

        Returns
        -------
        int
            Its number in the list of attributes of the device; -1 if there is none.
        """
        if not self.pointer().is_writ_associated():
            return -1
        return self.pointer().get_assoc_ind()

    def set_assoc_ind(self, long index) -> None:
        """Set the number of the attribute that holds the set point.

        Parameters
        ----------
        index
            Its number in the list of attributes of the device.

        Raises
        ------
        IndexError
            There is no such attribute.
        TypeError
            It cannot be written.
        """
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef int access
        with nogil:
            access = access_of_attribute(deref(device), deref(self.device.interface), index)
        if access < 0:
            raise IndexError(f"{self.device.label()} has no attribute with the number {index}")
        if access == READ:
            raise TypeError(f"attribute number {index} of {self.device.label()} cannot be written and so has no set point")
        self.pointer().set_assoc_ind(index)

    # --- locking ---

    def get_attr_serial_model(self) -> AttrSerialModel:
        """Tell which lock protects the value until it is sent."""
        return AttrSerialModel(<int>self.pointer().get_attr_serial_model())

    def set_attr_serial_model(self, ser_model: AttrSerialModel) -> None:
        """Say which lock protects the value until it is sent.

        With ATTR_BY_KERNEL, which is the default, Tango locks the attribute and sends arrays without copying them. With
        ATTR_NO_SYNC it does not, and arrays are copied. Where requests to the device are not serialised either (SerialModel
        NO_SYNC, and the green modes), or the attribute is a DevEncoded with a set point, the lock stays: two reads at once would
        mix their values, which C++ has one place for.

        Parameters
        ----------
        ser_model
            The model.

        Raises
        ------
        DevFailed
            ATTR_BY_USER is chosen by the server class.
        """
        cdef CAttribute *attribute = self.pointer()
        cdef int model = int(AttrSerialModel(ser_model))
        cdef bint in_place = self.type == ENCODED and attribute.is_writ_associated()
        if model != NO_SYNC or (is_serialised() and not in_place):
            attribute.set_attr_serial_model(tangopy_model(model))
