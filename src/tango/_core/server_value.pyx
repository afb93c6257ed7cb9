"""Attributes of a running device: their values on the way to the client, and what a client wrote."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string

from tango._core.buffers cimport Block
from tango._core.convert cimport IMAGE, SCALAR, Run, Values, to_values, wrap_run
from tango._core.device cimport is_read_by_another_process
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CAttribute, CDeviceImpl, CMultiAttribute, CWAttribute
from tango._core.types cimport Kind, Row, row_of

from tango.enums import AttrDataFormat, AttrQuality, AttrSerialModel, AttrWriteType, CmdArgType, ExtractAs
from tango.structs import TimeVal

cdef extern from "server_value.hpp" namespace "tangopy" nogil:
    void set_value(CAttribute &, int type, const void *, size_t count, long dim_x, long dim_y, bint copied) except +translate
    void set_value_date_quality(CAttribute &, int type, const void *, size_t count, long dim_x, long dim_y, bint copied,
                                double seconds, int quality) except +translate
    void set_date_quality(CAttribute &, double seconds, int quality) except +translate
    Block *written_value(CWAttribute &, int type, bint writing, size_t count) except +translate
    void reset_value(CAttribute &) except +translate
    cbool value_is_set(CAttribute &) except +translate

cdef int BY_KERNEL = int(AttrSerialModel.ATTR_BY_KERNEL)
cdef int WRITE_ONLY = int(AttrWriteType.WRITE)
cdef int ENCODED = int(CmdArgType.DevEncoded)
cdef object INVALID = AttrQuality.ATTR_INVALID


cdef double seconds_of(object time) except? -1:
    """A time given as seconds, TimeVal or datetime."""
    if isinstance(time, TimeVal):
        return time.totime()
    if hasattr(time, "timestamp"):
        return time.timestamp()
    return time


cdef int quality_of(object quality) except -1:
    return int(AttrQuality(quality))


cdef class Attribute:
    """An attribute of a running device.

    It is what the read method of the older API gets, and what `MultiAttribute` holds.
    """

    def __init__(self):
        raise TypeError(f"a {type(self).__name__} belongs to a device; get it with "
                        f"device.get_device_attr().get_attr_by_name(name)")

    cdef CAttribute *pointer(self) except NULL:
        if self.ptr == NULL or not self.device.alive():
            raise RuntimeError("this attribute has been removed, or its device has been deleted")
        return self.ptr

    cdef str where(self):
        return f"attribute {to_py_str(self.ptr.get_name())} of {self.device.label()}"

    def __repr__(self) -> str:
        if self.ptr == NULL or not self.device.alive():
            return f"{type(self).__name__}(removed)"
        return f"{type(self).__name__}({to_py_str(self.ptr.get_name())})"

    __str__ = __repr__

    # The value may be shared only while cppTango holds the lock of the attribute, which it does around a read and until
    # the reply is sent, but not when dev_state() reads the attribute for its alarms. A client in this process looks at the
    # very memory that is set here, without that lock.
    cdef bint must_copy(self):
        return (not self.reading or not self.ptr.get_wanted_date()
                or <int>self.ptr.get_attr_serial_model() != BY_KERNEL or not is_read_by_another_process())

    cdef int put(self, object value) except -1:
        cdef CAttribute *attribute = self.pointer()
        cdef Values values = to_values(value, self.type, self.format, self.where())
        cdef bint copied = self.must_copy()
        set_value(deref(attribute), values.type, values.data, <size_t>values.count, values.dim_x, values.dim_y, copied)
        if not copied:
            self.kept = values
        return 0

    cdef int put_all(self, object value, double seconds, int quality) except -1:
        cdef CAttribute *attribute = self.pointer()
        cdef Values values
        cdef bint copied
        if value is None and quality == int(INVALID):
            set_date_quality(deref(attribute), seconds, quality)
            return 0
        values = to_values(value, self.type, self.format, self.where())
        copied = self.must_copy()
        set_value_date_quality(deref(attribute), values.type, values.data, <size_t>values.count, values.dim_x, values.dim_y,
                               copied, seconds, quality)
        if not copied:
            self.kept = values
        return 0

    def set_value(self, *args) -> None:
        """Set the value that this read returns.

        Parameters
        ----------
        *args
            The value; for DevEncoded the format and the data, or an EncodedAttribute.

        Raises
        ------
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        DevFailed
            It has the wrong number of dimensions or is larger than the attribute allows.
        """
        if self.type == ENCODED and len(args) == 2:
            self.put(args)
        elif len(args) == 1:
            self.put(args[0])
        else:
            raise TypeError(f"set_value() of {self.where()} takes the value"
                            f"{', or the format and the data' if self.type == ENCODED else ''}: got {len(args)} arguments")

    def set_value_date_quality(self, *args) -> None:
        """Set the value that this read returns, with its time and quality.

        Parameters
        ----------
        *args
            The value (for DevEncoded also the format and the data), the time in seconds (or a TimeVal), the quality.

        Raises
        ------
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        DevFailed
            It has the wrong number of dimensions or is larger than the attribute allows.
        """
        if self.type == ENCODED and len(args) == 4:
            self.put_all(args[:2], seconds_of(args[2]), quality_of(args[3]))
        elif len(args) == 3:
            self.put_all(args[0], seconds_of(args[1]), quality_of(args[2]))
        else:
            raise TypeError(f"set_value_date_quality() of {self.where()} takes value, time and quality: "
                            f"got {len(args)} arguments")

    def get_name(self) -> str:
        """Tell the name of the attribute."""
        return to_py_str(self.pointer().get_name())

    def get_data_type(self) -> int:
        """Tell the type of the value, as a number of CmdArgType."""
        return self.pointer().get_data_type()

    def get_data_format(self) -> AttrDataFormat:
        """Tell whether the value is a scalar, a spectrum or an image."""
        return AttrDataFormat(<int>self.pointer().get_data_format())

    def get_writable(self) -> AttrWriteType:
        """Tell whether the attribute can be read and written."""
        return AttrWriteType(<int>self.pointer().get_writable())

    def get_quality(self) -> AttrQuality:
        """Tell the quality of the last value."""
        return AttrQuality(<int>self.pointer().get_quality())


cdef class WAttribute(Attribute):
    """A writable attribute of a running device."""

    cdef object written(self, int extract_as):
        cdef CWAttribute *attribute = <CWAttribute *>self.pointer()
        cdef const Row *row = row_of(self.type)
        cdef long dim_x = attribute.get_w_dim_x()
        cdef long dim_y = attribute.get_w_dim_y()
        cdef size_t count = <size_t>(dim_x * dim_y if self.format == IMAGE else dim_x)
        cdef Run run = wrap_run(written_value(deref(attribute), self.type, self.writing, count), row)
        if self.format == SCALAR:
            return run.scalar(0, extract_as)
        if run.block.length < count:
            # nothing has been written yet
            dim_x = dim_y = 0
        if row.kind == Kind.text:
            # arrays of text are lists in a server
            return run.part(0, dim_x, dim_y, self.format, ExtractAs.List)
        return run.part(0, dim_x, dim_y, self.format, extract_as)

    def get_write_value(self, extract_as: ExtractAs = ExtractAs.Numpy) -> object:
        """Give the value that a client wrote last.

        Parameters
        ----------
        extract_as
            The form of an array.

        Returns
        -------
        object
            A Python scalar, a numpy array that may be kept, or a list of str.
        """
        return self.written(extract_as)

    def get_write_value_length(self) -> int:
        """Tell how many elements the written value has."""
        return (<CWAttribute *>self.pointer()).get_write_value_length()


cdef Attribute attribute_of(DeviceCore device, CAttribute *attribute):
    cdef Attribute result = device.attributes.get(<size_t>attribute)
    if result is None:
        # an attribute that can be written is a WAttribute in C++ too
        if <int>attribute.get_writable() == 0:
            result = Attribute.__new__(Attribute)
        else:
            result = WAttribute.__new__(WAttribute)
        result.ptr = attribute
        result.device = device
        result.type = <int>attribute.get_data_type()
        result.format = <int>attribute.get_data_format()
        device.attributes[<size_t>attribute] = result
    return result


cdef Attribute attribute_named(DeviceCore device, str name):
    cdef Attribute known = device.by_name.get(name)
    if known is None:
        known = multi_attribute(device).get_attr_by_name(name)
        device.by_name[name] = known
    return known


cdef int forget_attribute(DeviceCore device, CAttribute *attribute) except -1:
    cdef Attribute known = device.attributes.pop(<size_t>attribute, None)
    device.by_name.clear()
    if known is not None:
        known.ptr = NULL
        # a reply with its last value may be on its way
        device.removed.append(known.kept)
        del device.removed[:-4]
    return 0


cdef int take_result(Attribute attribute, object result) except -1:
    cdef Py_ssize_t count
    if isinstance(result, (tuple, list)):
        count = len(result)
        if attribute.type == ENCODED:
            if count == 4 and isinstance(result[3], AttrQuality):
                return attribute.put_all(result[:2], seconds_of(result[2]), int(result[3]))
            if count == 3 and isinstance(result[2], AttrQuality):
                return attribute.put_all(result[0], seconds_of(result[1]), int(result[2]))
        elif count == 3 and isinstance(result[2], AttrQuality):
            return attribute.put_all(result[0], seconds_of(result[1]), int(result[2]))
    return attribute.put(result)


cdef class MultiAttribute:
    """The attributes of a device."""

    def __init__(self):
        raise TypeError("a MultiAttribute belongs to a device; get it with device.get_device_attr()")

    cdef CMultiAttribute *pointer(self) except NULL:
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        return deref(device).get_device_attr()

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
        cdef string name = to_cpp_str(attr_name)
        return attribute_of(self.device, &self.pointer().get_attr_by_name(name.c_str()))

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
        cdef string name = to_cpp_str(attr_name)
        return attribute_of(self.device, &self.pointer().get_w_attr_by_name(name.c_str()))

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
        """
        self.check(ind)
        return attribute_of(self.device, &self.pointer().get_attr_by_ind(ind))

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
        """
        self.check(ind)
        attribute = attribute_of(self.device, &self.pointer().get_attr_by_ind(ind))
        if not isinstance(attribute, WAttribute):
            raise TypeError(f"{(<Attribute>attribute).where()} cannot be written")
        return attribute

    def check(self, long ind):
        if not 0 <= ind < <long>self.pointer().get_attr_nb():
            raise IndexError(f"{self.device.label()} has {self.pointer().get_attr_nb()} attributes: there is no number {ind}")

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
        """
        cdef string name = to_cpp_str(attr_name)
        return self.pointer().get_attr_ind_by_name(name.c_str())

    def get_attr_nb(self) -> int:
        """Tell how many attributes the device has, State and Status included."""
        return self.pointer().get_attr_nb()

    def get_attribute_list(self) -> tuple[Attribute, ...]:
        """Give all attributes of the device."""
        cdef CAttribute *attribute
        cdef list result = []
        for attribute in self.pointer().get_attribute_list():
            result.append(attribute_of(self.device, attribute))
        return tuple(result)


def multi_attribute(DeviceCore device) -> MultiAttribute:
    """The attributes of a device."""
    cdef MultiAttribute result = MultiAttribute.__new__(MultiAttribute)
    device.use()
    result.device = device
    return result
