"""Attributes of a running device: their values on the way to the client, and what a client wrote."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.buffers cimport Block
from tango._core.convert cimport IMAGE, NOTHING, SCALAR, Run, Values, to_values, wrap_run
from tango._core.device cimport all_attributes, attribute_by_name, is_read_by_another_process
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CAttribute, CDeviceImpl, CWAttribute
from tango._core.server_attribute cimport Aside, quality_of, seconds_of
from tango._core.server_attribute_config cimport MAX_VALUE, MIN_VALUE
from tango._core.types cimport Kind, Row, row_of, type_name

import time

import numpy

from tango.enums import AttrQuality, AttrSerialModel, AttrWriteType, CmdArgType, ErrSeverity, ExtractAs
from tango.errors import DevError, DevFailed

cdef extern from "server_value.hpp" namespace "tangopy" nogil:
    void set_value(CAttribute &, int type, const void *, size_t count, long dim_x, long dim_y, bint copied) except +translate
    void set_value_date_quality(CAttribute &, int type, const void *, size_t count, long dim_x, long dim_y, bint copied,
                                double seconds, int quality) except +translate
    void set_date_quality(CAttribute &, double seconds, int quality) except +translate
    Block *written_value(CWAttribute &, int type, bint writing, size_t count) except +translate
    void set_write_value(CDeviceImpl &, CAttribute *&, int type, const void *, long dim_x, long dim_y) except +translate

cdef int BY_KERNEL = int(AttrSerialModel.ATTR_BY_KERNEL)
cdef int READ = int(AttrWriteType.READ)
cdef int ENCODED = int(CmdArgType.DevEncoded)
cdef int TEXT = int(CmdArgType.DevString)
cdef object VALID = AttrQuality.ATTR_VALID
cdef object INVALID = AttrQuality.ATTR_INVALID
cdef str NO_DIMENSIONS = "Note, that dim_x and dim_y arguments are no longer supported."


cdef object refused(str reason, str text):
    error = DevError()
    error.reason, error.desc, error.origin, error.severity = reason, text, "Attribute.set_value", ErrSeverity.ERR
    return DevFailed(error)


cdef class Attribute(AttributeConfigured):
    """An attribute of a running device.

    It is what the read method of the older API gets, and what `MultiAttribute` holds.
    """

    # The value may be shared only while cppTango holds the lock of the attribute, which it does around a read and until
    # the reply is sent, but not when dev_state() reads the attribute for its alarms. A client in this process looks at the
    # very memory that is set here, without that lock. A text with a set point is sent from the C++ object, which an event or
    # another client may change meanwhile, unless it is a copy.
    cdef bint must_copy(self):
        return (not self.reading or not self.ptr.get_wanted_date()
                or <int>self.ptr.get_attr_serial_model() != BY_KERNEL or not is_read_by_another_process()
                or (self.type == TEXT and self.format == SCALAR and self.ptr.is_writ_associated()))

    # As cppTango does it, with the numbers: it tells them from version 10 on.
    cdef int check_size(self, Values values) except -1:
        cdef long max_x
        cdef long max_y
        if self.format == SCALAR:
            return 0
        max_x = self.ptr.get_max_dim_x()
        max_y = self.ptr.get_max_dim_y()
        if values.dim_x > max_x or values.dim_y > max_y:
            given, limit = (values.dim_x,), (max_x,)
            if self.format == IMAGE:
                given, limit = (values.dim_y, values.dim_x), (max_y, max_x)
            raise refused("API_AttrOptProp", f"Data size for attribute {to_py_str(self.ptr.get_name())} exceeds given limit: "
                          f"{self.where()} takes {'rows and columns' if self.format == IMAGE else 'elements'} up to {limit}, not "
                          f"{given}")
        return 0

    cdef int expect_value(self) except -1:
        if not self.value_is_set() and <int>self.ptr.get_quality() != int(INVALID):
            raise refused("API_AttrValueNotSet", f"Read value for attribute {to_py_str(self.ptr.get_name())} has not been "
                          f"updated: its read method returned None, but {self.where()} is {type_name(self.type)}")
        return 0

    cdef int put_aside(self, object value, double seconds, object quality) except -1:
        cdef Aside aside = Aside.__new__(Aside)
        if value is not None or quality != INVALID:
            # cppTango would have a copy
            aside.values = to_values(value.copy() if isinstance(value, numpy.ndarray) else value, self.type, self.format, self.where())
            self.check_size(aside.values)
        aside.seconds = seconds
        aside.quality = quality
        self.aside = aside
        return 0

    cdef int put(self, object value) except -1:
        if self.is_shared():
            return self.put_aside(value, time.time(), VALID)
        cdef CAttribute *attribute = self.pointer()
        cdef Values values = to_values(value, self.type, self.format, self.where())
        cdef bint copied = self.must_copy()
        self.check_size(values)
        set_value(deref(attribute), values.type, values.data, <size_t>values.count, values.dim_x, values.dim_y, copied)
        self.fresh = True
        if not copied:
            self.kept = values
        return 0

    cdef int put_all(self, object value, double seconds, int quality) except -1:
        if self.is_shared():
            return self.put_aside(value, seconds, AttrQuality(quality))
        cdef CAttribute *attribute = self.pointer()
        cdef Values values
        cdef bint copied
        if value is None and quality == int(INVALID):
            set_date_quality(deref(attribute), seconds, quality)
            self.fresh = False
            return 0
        values = to_values(value, self.type, self.format, self.where())
        copied = self.must_copy()
        self.check_size(values)
        set_value_date_quality(deref(attribute), values.type, values.data, <size_t>values.count, values.dim_x, values.dim_y,
                               copied, seconds, quality)
        self.fresh = True
        if not copied:
            self.kept = values
        return 0

    def set_value(self, *args: Any) -> None:
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
        self.pointer()
        if self.type == ENCODED and len(args) == 2:
            self.put(args)
        elif len(args) == 1:
            self.put(args[0])
        else:
            raise TypeError(f"{'Too many arguments' if args else 'No value'}: set_value() of {self.where()} takes the value"
                            f"{', or the format and the data' if self.type == ENCODED else ''}, and got {len(args)} arguments. "
                            f"{NO_DIMENSIONS}")

    def set_value_date_quality(self, *args: Any) -> None:
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
        self.pointer()
        if len(args) >= 3 and not isinstance(args[-1], AttrQuality):
            raise TypeError(f"Last argument, {args[-1]!r:.60}, has the incorrect type: {type(args[-1])}. It must be AttrQuality. "
                            f"{NO_DIMENSIONS} ({self.where()})")
        if self.type == ENCODED and len(args) == 4:
            self.put_all(args[:2], seconds_of(args[2], self.where()), quality_of(args[3]))
        elif len(args) == 3:
            self.put_all(args[0], seconds_of(args[1], self.where()), quality_of(args[2]))
        else:
            raise TypeError(f"set_value_date_quality() of {self.where()} takes value, time and quality, and got {len(args)} "
                            f"arguments. {NO_DIMENSIONS}")


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
        """Give the value that a client wrote last, or that `set_write_value` has set.

        Parameters
        ----------
        extract_as
            The form of an array. Older programs pass a list instead, which is filled with the elements.

        Returns
        -------
        object
            A Python scalar, a numpy array that may be kept, or for text a list; None where ``extract_as`` leaves nothing.
        """
        if isinstance(extract_as, list):
            value = self.written(ExtractAs.List)
            if self.format == IMAGE:
                value = [item for line in value for item in line]
            (<list>extract_as)[:] = [value] if self.format == SCALAR else value
            return None
        value = self.written(int(ExtractAs(extract_as)))
        return None if value is NOTHING else value

    def get_write_value_length(self) -> int:
        """Tell how many elements the written value has."""
        return (<CWAttribute *>self.pointer()).get_write_value_length()

    def set_write_value(self, value: object) -> None:
        """Set the set point, as if a client had written it; the write method is not called.

        Parameters
        ----------
        value
            The value, of the type and format of the attribute.

        Raises
        ------
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        DevFailed
            It is outside of the limits or has the wrong number of dimensions, or the attribute is a DevEncoded.
        """
        self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef Values values = to_values(value, self.type, self.format, self.where())
        with nogil:
            set_write_value(deref(device), self.ptr, values.type, values.data, values.dim_x, values.dim_y)

    def set_min_value(self, value: object) -> None:
        """Set the smallest value that clients may write, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MIN_VALUE, value)

    def get_min_value(self) -> object:
        """Tell the smallest value that clients may write.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MIN_VALUE)

    def is_min_value(self) -> bool:
        """Tell whether there is a smallest value that clients may write."""
        return (<CWAttribute *>self.pointer()).is_min_value()

    def set_max_value(self, value: object) -> None:
        """Set the largest value that clients may write, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MAX_VALUE, value)

    def get_max_value(self) -> object:
        """Tell the largest value that clients may write.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MAX_VALUE)

    def is_max_value(self) -> bool:
        """Tell whether there is a largest value that clients may write."""
        return (<CWAttribute *>self.pointer()).is_max_value()


cdef Attribute attribute_of(DeviceCore device, CAttribute *attribute):
    cdef Attribute result = device.attributes.get(<size_t>attribute)
    if result is None:
        if <size_t>attribute in device.retiring:
            raise RuntimeError(f"an attribute of {device.label()} is being removed")
        # an attribute that can be written is a WAttribute in C++ too
        if <int>attribute.get_writable() == READ:
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
        known = find_attribute(device, name)
        device.by_name[name] = known
    return known


cdef Attribute find_attribute(DeviceCore device, str name):
    cdef shared_ptr[CDeviceImpl] keep = device.use()
    cdef string cname = to_cpp_str(name)
    cdef CAttribute *found
    cdef unsigned long removals
    while True:
        removals = device.removals
        with nogil:
            found = attribute_by_name(deref(keep), deref(device.interface), cname)
        if removals == device.removals:
            return attribute_of(device, found)


cdef list list_attributes(DeviceCore device):
    cdef shared_ptr[CDeviceImpl] keep = device.use()
    cdef vector[CAttribute *] found
    cdef CAttribute *attribute
    cdef unsigned long removals
    while True:
        removals = device.removals
        with nogil:
            found = all_attributes(deref(keep), deref(device.interface))
        if removals == device.removals:
            return [attribute_of(device, attribute) for attribute in found if <size_t>attribute not in device.retiring]


cdef Attribute retire_attribute(DeviceCore device, CAttribute *attribute):
    cdef Attribute known = device.attributes.get(<size_t>attribute)
    device.removals += 1
    if known is not None:
        known.ptr = NULL
        del device.attributes[<size_t>attribute]
    device.by_name.clear()
    device.retiring.add(<size_t>attribute)
    return known


cdef int retired_attribute(DeviceCore device, CAttribute *attribute, Attribute known, bint gone) except -1:
    device.retiring.discard(<size_t>attribute)
    if known is None:
        return 0
    if gone:
        # a reply with its last value may be on its way
        device.removed.append(known.kept)
        del device.removed[:-4]
    else:
        known.ptr = attribute
        device.attributes[<size_t>attribute] = known
    return 0


cdef int take_result(Attribute attribute, object result) except -1:
    cdef Py_ssize_t count
    if isinstance(result, (tuple, list)):
        count = len(result)
        if count == 4 and attribute.type == ENCODED and isinstance(result[3], AttrQuality):
            return attribute.put_all(result[:2], seconds_of(result[2], attribute.where()), int(result[3]))
        if count == 3 and isinstance(result[2], AttrQuality):
            return attribute.put_all(result[0], seconds_of(result[1], attribute.where()), int(result[2]))
    return attribute.put(result)
