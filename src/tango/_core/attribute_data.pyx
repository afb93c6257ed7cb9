"""DeviceAttribute: the value of an attribute and what came with it."""
cimport cython
from libcpp.string cimport string

from tango._core.buffers cimport Block
from tango._core.convert cimport IMAGE, NOTHING, SCALAR, SPECTRUM, Run, wrap_run
from tango._core.errors cimport to_cpp_str, to_py_errors, to_py_str
from tango._core.types cimport Kind, Row, row_of

from tango.enums import (
    AttrDataFormat, AttributeExceptFlags, AttrQuality, CmdArgType, DevState, ExtractAs as ExtractAs_,
)
from tango.errors import DevFailed
from tango.structs import AttributeDimension, TimeVal, struct_repr, struct_str

cdef extern from "attribute_data.hpp" namespace "tangopy":
    int attribute_type(CDeviceAttribute &)
    Block *take(CDeviceAttribute &, int type) nogil
    void put(CDeviceAttribute &, int type, const void *data, size_t count, int dim_x, int dim_y)

cdef extern from *:
    """
    // A reference or null; Cython's `object` would take null for an error.
    static inline PyObject *tangopy_peek(Tango::DeviceAttribute &attribute, int type, unsigned index) {
        return tangopy::peek_number(attribute, type, index);
    }
    """
    void *tangopy_peek(CDeviceAttribute &, int type, unsigned int index)

cdef extern from "Python.h":
    void Py_DECREF(object)

cdef dict QUALITIES = {int(quality): quality for quality in AttrQuality}
cdef dict FORMATS = {int(format): format for format in AttrDataFormat}
cdef dict TYPES = {int(type): type for type in CmdArgType}
cdef dict STATES = {int(state): state for state in DevState}
cdef int UNKNOWN_TYPE = 100

cdef enum:
    # tango.enums.AttrQuality and ExtractAs, as C integers
    ATTR_INVALID = 1
    EXTRACT_NOTHING = 7


@cython.freelist(4)
cdef class DeviceAttribute:
    """What the read of an attribute returns: value, quality, time, dimensions and, for a failed read, the errors.

    Parameters
    ----------
    other
        A DeviceAttribute to copy; without it an empty one is made.

    Attributes
    ----------
    value
        The read value: a Python scalar, a numpy array for a numeric spectrum (shape ``(dim_x,)``) or image (shape
        ``(dim_y, dim_x)``), a tuple of str for a string spectrum; None if the quality is ATTR_INVALID. There is no such
        attribute if it was read with `ExtractAs.Nothing`.
    w_value
        The set point, in the same form; None if the attribute has none.
    has_failed, is_empty : bool
        Whether the read of this attribute failed, and whether it brought no data.

    Notes
    -----
    Arrays look at the memory of the reply, nothing is copied; that memory lives as long as any view of it.
    """

    ExtractAs = ExtractAs_
    except_flags = AttributeExceptFlags
    _prints_as_struct = True

    def __cinit__(self, other: DeviceAttribute | None = None):
        self.name = "Name not set"
        self.format_ = 3  # FMT_UNKNOWN
        self.quality_ = ATTR_INVALID
        self.type_ = UNKNOWN_TYPE
        self.empty = True
        self.errors = ()
        self.value_ = self.w_value_ = NOTHING

    def __init__(self, DeviceAttribute other=None):
        if other is None:
            return
        self.name = other.name
        self.dim_x, self.dim_y, self.w_dim_x, self.w_dim_y = other.dim_x, other.dim_y, other.w_dim_x, other.w_dim_y
        self.quality_, self.format_, self.type_, self.shape = other.quality_, other.format_, other.type_, other.shape
        self.seconds, self.microseconds, self.nanoseconds = other.seconds, other.microseconds, other.nanoseconds
        self.time_, self.value_, self.w_value_ = other.time_, other.value_, other.w_value_
        self.errors, self.empty = other.errors, other.empty
        vars(self).update(vars(other))

    def __str__(self) -> str:
        return struct_str(self)

    def __repr__(self) -> str:
        return struct_repr(self)

    @property
    def value(self) -> Any:
        """The read value."""
        if self.value_ is NOTHING:
            raise AttributeError("'DeviceAttribute' object has no attribute 'value': it was read without it (ExtractAs)")
        return self.value_

    @value.setter
    def value(self, value: Any):
        self.value_ = value

    @property
    def w_value(self) -> Any:
        """The set point."""
        if self.w_value_ is NOTHING:
            raise AttributeError("'DeviceAttribute' object has no attribute 'w_value': it was read without it (ExtractAs)")
        return self.w_value_

    @w_value.setter
    def w_value(self, value: Any):
        self.w_value_ = value

    @property
    def quality(self) -> AttrQuality:
        """Quality of the value."""
        return QUALITIES.get(self.quality_, self.quality_)

    @quality.setter
    def quality(self, value: Any):
        self.quality_ = value

    @property
    def data_format(self) -> AttrDataFormat:
        """SCALAR, SPECTRUM or IMAGE."""
        return FORMATS.get(self.format_, self.format_)

    @data_format.setter
    def data_format(self, value: Any):
        self.format_ = value

    @property
    def type(self) -> CmdArgType:
        """Type of one element."""
        return TYPES.get(self.type_, self.type_)

    @type.setter
    def type(self, value: Any):
        self.type_ = value

    @property
    def time(self) -> TimeVal:
        """When the server took the value."""
        if self.time_ is None:
            self.time_ = TimeVal(self.seconds, self.microseconds, self.nanoseconds)
        return self.time_

    @time.setter
    def time(self, value: Any):
        self.time_ = value

    def get_date(self) -> TimeVal:
        """When the server took the value."""
        return self.time

    @property
    def has_failed(self) -> bool:
        """Whether the read of this attribute failed; `get_err_stack` says why."""
        return bool(self.errors)

    @property
    def is_empty(self) -> bool:
        """Whether the reply brought no data."""
        return self.empty

    @is_empty.setter
    def is_empty(self, value: Any):
        self.empty = value

    def get_err_stack(self) -> tuple[DevError, ...]:
        """The errors of a failed read.

        Returns
        -------
        tuple of DevError
        """
        return self.errors

    @property
    def r_dimension(self) -> AttributeDimension:
        """Dimensions of the value."""
        return AttributeDimension(dim_x=self.dim_x, dim_y=self.dim_y)

    @property
    def w_dimension(self) -> AttributeDimension:
        """Dimensions of the set point."""
        return AttributeDimension(dim_x=self.w_dim_x, dim_y=self.w_dim_y)

    @property
    def nb_read(self) -> int:
        """Number of elements of the value."""
        return self.dim_x if self.dim_y == 0 else self.dim_x * self.dim_y

    @property
    def nb_written(self) -> int:
        """Number of elements of the set point."""
        return self.w_dim_x if self.w_dim_y == 0 else self.w_dim_x * self.w_dim_y

    def set_w_dim_x(self, val: int) -> None:
        """Set the first dimension of the set point."""
        self.w_dim_x = val

    def set_w_dim_y(self, val: int) -> None:
        """Set the second dimension of the set point."""
        self.w_dim_y = val


cdef class DeviceAttributeHistory(DeviceAttribute):
    """One value that the polling of an attribute has kept; `has_failed` tells whether it is an error instead.

    Parameters
    ----------
    other
        A DeviceAttribute to copy; without it an empty one is made.
    """


cdef int check_attribute(CDeviceAttribute &reply) except -1:
    if reply.has_failed():
        raise DevFailed(*to_py_errors(reply.get_err_stack()))
    return 0


cdef DeviceAttribute wrap_attribute(CDeviceAttribute &reply, int extract_as):
    return take_reply(DeviceAttribute.__new__(DeviceAttribute), reply, extract_as)


cdef DeviceAttribute wrap_attribute_history(CDeviceAttribute &reply, int extract_as):
    return take_reply(DeviceAttributeHistory.__new__(DeviceAttributeHistory), reply, extract_as)


cdef class AttributeReply:
    """The answer to a read, whose value is wanted later, perhaps in more than one form."""

    def __init__(self):
        raise TypeError("an AttributeReply comes from a read")

    @property
    def errors(self) -> tuple[DevError, ...]:
        """The errors of a failed read."""
        return self.bare.errors

    def get(self, int extract_as) -> DeviceAttribute:
        """The attribute with its value in a form.

        Parameters
        ----------
        extract_as
            The form of arrays.

        Returns
        -------
        DeviceAttribute
            A new one each time; arrays look at the same memory.
        """
        cdef DeviceAttribute result = DeviceAttribute(self.bare)
        if self.run is not None:
            shape_values(result, self.run, extract_as)
        return result


cdef AttributeReply wrap_reply(CDeviceAttribute &reply):
    cdef AttributeReply result = AttributeReply.__new__(AttributeReply)
    cdef const Row *row
    result.bare = take_meta(DeviceAttribute.__new__(DeviceAttribute), reply)
    row = row_of(result.bare.type_)
    if row != NULL and not result.bare.errors and result.bare.quality_ != ATTR_INVALID:
        result.run = wrap_run(take(reply, result.bare.type_), row)
    return result


cdef DeviceAttribute take_reply(DeviceAttribute result, CDeviceAttribute &reply, int extract_as):
    take_meta(result, reply)
    if not result.errors and result.quality_ != ATTR_INVALID:
        take_values(result, reply, extract_as)
    return result


cdef DeviceAttribute take_meta(DeviceAttribute result, CDeviceAttribute &reply):
    """All but the values."""
    result.name = to_py_str(reply.name)
    result.dim_x = reply.dim_x
    result.dim_y = reply.dim_y
    result.w_dim_x = reply.w_dim_x
    result.w_dim_y = reply.w_dim_y
    result.quality_ = <int>reply.quality
    result.format_ = <int>reply.data_format
    result.seconds = reply.time.tv_sec
    result.microseconds = reply.time.tv_usec
    result.nanoseconds = reply.time.tv_nsec
    result.value_ = result.w_value_ = None
    if reply.has_failed():
        result.errors = to_py_errors(reply.get_err_stack())
    else:
        result.type_ = attribute_type(reply)
        if result.format_ > IMAGE:
            # a server of an old generation does not tell the format
            result.shape = IMAGE if result.dim_y else SCALAR if result.dim_x <= 1 else SPECTRUM
        else:
            result.shape = result.format_
    return result


cdef inline bint holds_numbers(const Row *row) noexcept:
    return row.kind not in (Kind.text, Kind.encoded, Kind.state)


cdef object plain_number(CDeviceAttribute &reply):
    cdef int type
    cdef const Row *row
    if <int>reply.data_format != SCALAR or <int>reply.quality == ATTR_INVALID:
        return None
    type = attribute_type(reply)
    row = row_of(type)
    if row == NULL or row.kind == Kind.enumeration or not holds_numbers(row):
        return None
    return peek(reply, type, 0)


cdef inline object peek(CDeviceAttribute &reply, int type, unsigned int index):
    cdef void *found = tangopy_peek(reply, type, index)
    if found == NULL:
        return None
    number = <object>found
    Py_DECREF(number)  # the cast took a second reference
    return number


cdef int take_values(DeviceAttribute result, CDeviceAttribute &reply, int extract_as) except -1:
    cdef const Row *row = row_of(result.type_)
    if row == NULL:
        return 0
    if result.shape == SCALAR and holds_numbers(row) and extract_as != EXTRACT_NOTHING:
        result.value_ = peek(reply, result.type_, 0)
        result.empty = result.value_ is None
        if result.w_dim_x:
            # of an attribute that can only be written there is one number, the set point
            result.w_value_ = peek(reply, result.type_, 1)
            if result.w_value_ is None:
                result.w_value_ = result.value_
        return 0
    return shape_values(result, wrap_run(take(reply, result.type_), row), extract_as)


cdef int shape_values(DeviceAttribute result, Run run, int extract_as) except -1:
    cdef Py_ssize_t count, set_count
    if extract_as == EXTRACT_NOTHING:
        result.empty = False
        result.value_ = result.w_value_ = NOTHING
        return 0
    result.empty = run.block == NULL
    if result.shape == SCALAR:
        if run.block != NULL and run.block.length:
            result.value_ = run.scalar(0, extract_as)
            if result.w_dim_x:
                result.w_value_ = run.scalar(1 if run.block.length > 1 else 0, extract_as)
        return 0
    result.value_ = run.part(0, result.dim_x, result.dim_y, result.shape, extract_as)
    # The set point stands behind the value in the same memory; where the attribute can only be written they are one.
    count = result.dim_x * result.dim_y if result.shape == IMAGE else result.dim_x
    set_count = result.w_dim_x * result.w_dim_y if result.shape == IMAGE else result.w_dim_x
    if run.block != NULL and <Py_ssize_t>run.block.length < count + set_count:
        count = 0
    result.w_value_ = run.part(count, result.w_dim_x, result.w_dim_y, result.shape, extract_as)
    return 0


cdef int fill_attribute(CDeviceAttribute &target, object name, Values values) except -1:
    cdef string cname = to_cpp_str(name)
    target.name = cname
    put(target, values.type, values.data, <size_t>values.count, <int>values.dim_x, <int>values.dim_y)
    return 0
