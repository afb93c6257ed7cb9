"""The argument and the result of a command: CORBA::Any and DeviceData."""
from cpython.ref cimport Py_DECREF
from libc.stddef cimport size_t
from libcpp.utility cimport move

from tango._core.buffers cimport Block
from tango._core.convert cimport SCALAR, SPECTRUM, Run, Values, element_to_py, encoded_to_py, to_values, wrap_run
from tango._core.errors cimport translate
from tango._core.errors cimport to_py_errors
from tango._core.lib.client cimport CTimeVal
from tango._core.types cimport Kind, Row, row_of, type_name

from tango.enums import CmdArgType, DataExceptFlags, DevState, ErrSeverity, ExtractAs
from tango.errors import DevError, DevFailed
from tango.structs import TimeVal, struct_repr, struct_str

cdef extern from "command_data.hpp" namespace "tangopy":
    CAny &any_of(CDeviceData &)
    int type_of(CDeviceData &) except +translate
    CAny *take_any(CDeviceData &)
    bint holds_nothing(CDeviceData &)
    bint look_into_any(const CAny &, int code, const void *&data, size_t &length)
    bint look_into_mixed(const CAny &, int code, const void *&, size_t &, const void *&, size_t &)
    Block *copy_elements(int type, const void *data, size_t length)
    Block *keep_in_any(CAny *, const void *data, size_t length)
    void put_in_any(CAny &, int code, const void *data, size_t count, bint copied)
    void put_mixed_in_any(CAny &, int code, const void *, size_t, const void *, size_t)

cdef extern from *:
    """
    // A reference or null without an exception, which Cython's `object` would not allow.
    static inline void *tangopy_scalar(const CORBA::Any &any, int code) { return tangopy::scalar_any_to_py(any, code); }
    """
    void *tangopy_scalar(const CAny &, int code)

cdef int DEV_VOID = CmdArgType.DevVoid
cdef int DEV_STATE = CmdArgType.DevState
cdef int DEV_LONG = CmdArgType.DevLong
cdef int DEV_DOUBLE = CmdArgType.DevDouble
cdef int DEV_STRING = CmdArgType.DevString
cdef int DEV_ENCODED = CmdArgType.DevEncoded
cdef int DEVVAR_LONGSTRINGARRAY = CmdArgType.DevVarLongStringArray
cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))


# --- Python to C++ ----------------------------------------------------------------------------------------------------

cdef object fill_any(CAny &any, int code, object value, object where, bint is_result=False):
    cdef Values numbers, texts
    if code == DEV_VOID:
        if value is None:
            return None
        raise misfit(value, code, where, is_result, "it takes no argument")
    try:
        if is_mixed(code):
            first, second = mixed_parts(value, code)
            numbers = to_values(first, DEV_LONG if code == DEVVAR_LONGSTRINGARRAY else DEV_DOUBLE, SPECTRUM, where)
            texts = to_values(second, DEV_STRING, SPECTRUM, where)
            put_mixed_in_any(any, code, numbers.data, numbers.count, texts.data, texts.count)
            return numbers, texts
        numbers = to_values(value, code, SPECTRUM if is_array(code) else SCALAR, where)
    except (TypeError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise
        raise misfit(value, code, where, is_result, error) from None
    put_in_any(any, code, numbers.data, numbers.count, is_result)
    return numbers


cdef object misfit(object value, int code, object where, bint is_result, object why):
    what = where if is_result else f"Invalid input argument for {where}"
    return TypeError(f"{what}: {value!r:.200} cannot be converted to type {type_name(code)} ({why})")


cdef tuple mixed_parts(object value, int code):
    if isinstance(value, (str, bytes)) or not hasattr(value, "__len__") or len(value) != 2:
        raise TypeError(f"{type_name(code)} is a pair: a sequence of numbers and a sequence of str")
    return value[0], value[1]


# --- C++ to Python ----------------------------------------------------------------------------------------------------

cdef object scalar_of(const CAny &any, int code):
    cdef void *found = tangopy_scalar(any, code)
    if found == NULL:
        raise wrong_content(code)
    result = <object>found
    Py_DECREF(result)  # the cast took a second reference
    if code == DEV_STATE:
        return STATES[result] if result < len(STATES) else result
    return result


cdef object wrong_content(int code):
    error = DevError()
    error.reason = "API_IncompatibleCmdArgumentType"
    error.desc = f"Incompatible argument type, expected type is : Tango::{type_name(code)}"
    error.origin = "the argument of a command"
    error.severity = ErrSeverity.ERR
    return DevFailed(error)


cdef object mixed_to_py(const CAny &any, int code, int extract_as):
    cdef const void *numbers = NULL
    cdef const void *texts = NULL
    cdef size_t number_count = 0
    cdef size_t text_count = 0
    cdef size_t i
    cdef Run run
    cdef int number_type = DEV_LONG if code == DEVVAR_LONGSTRINGARRAY else DEV_DOUBLE
    if not look_into_mixed(any, code, numbers, number_count, texts, text_count):
        raise wrong_content(code)
    run = wrap_run(copy_elements(number_type, numbers, number_count), row_of(number_type))
    return [
        run.part(0, <Py_ssize_t>number_count, 0, SPECTRUM, extract_as),
        [element_to_py(DEV_STRING, <void *>texts, i, extract_as) for i in range(text_count)],
    ]


cdef object run_to_py(Block *block, const Row *row, int extract_as):
    cdef Run run = wrap_run(block, row)
    cdef Py_ssize_t count = <Py_ssize_t>block.length
    if row.kind == Kind.text:
        # arrays of text are lists in commands, whatever was asked for
        return run.part(0, count, 0, SPECTRUM, ExtractAs.List)
    return run.part(0, count, 0, SPECTRUM, extract_as)


cdef object any_to_py(const CAny &any, int code, int extract_as):
    cdef const void *data = NULL
    cdef size_t length = 0
    cdef const Row *row
    if code == DEV_VOID:
        return None
    if is_mixed(code):
        return mixed_to_py(any, code, extract_as)
    if not is_array(code) and code != DEV_ENCODED:
        return scalar_of(any, code)
    if not look_into_any(any, code, data, length):
        raise wrong_content(code)
    row = row_of(code)
    if code == DEV_ENCODED:
        return encoded_to_py(<void *>data, 0, extract_as)
    return run_to_py(copy_elements(row.type, data, length), row, extract_as)


cdef object taken_any_to_py(CAny *any, int code, int extract_as):
    cdef const void *data = NULL
    cdef size_t length = 0
    cdef const Row *row = row_of(code)
    if not is_array(code) or row.kind == Kind.text or not look_into_any(any[0], code, data, length):
        try:
            return any_to_py(any[0], code, extract_as)
        finally:
            del any
    return run_to_py(keep_in_any(any, data, length), row, extract_as)


# --- DeviceData -------------------------------------------------------------------------------------------------------

cdef class DeviceData:
    """The argument or the result of a command, with its Tango type.

    Parameters
    ----------
    other
        A DeviceData to copy; without it an empty one is made.
    """

    except_flags = DataExceptFlags

    def __init__(self, DeviceData other=None):
        if other is not None:
            self.data = other.data
            self.keep = other.keep

    def __str__(self) -> str:
        return struct_str(self)

    def __repr__(self) -> str:
        return struct_repr(self)

    def is_empty(self) -> bool:
        """Whether it holds nothing.

        Raises
        ------
        WrongData
            ``API_EmptyDeviceData`` if it does hold nothing: cppTango guards its DeviceData in this way.
        """
        return holds_nothing(self.data) != 0

    def get_type(self) -> CmdArgType:
        """The type of what it holds; DevVoid if that is nothing."""
        code = type_of(self.data)
        return CmdArgType(code) if code >= 0 else CmdArgType.Unknown

    def extract(self, extract_as: ExtractAs = ExtractAs.Numpy) -> Any:
        """The value that it holds.

        Parameters
        ----------
        extract_as
            The form of an array.

        Returns
        -------
        object
            A Python scalar, a numpy array (a copy), a list of str, or None if it is empty.
        """
        return any_to_py(any_of(self.data), checked_type(self.data), extract_as)

    def _take(self, int extract_as) -> Any:
        """The value that it holds; arrays look at its memory, and it is empty afterwards."""
        return reply_to_py(self.data, checked_type(self.data), extract_as)

    def insert(self, data_type: CmdArgType, value: object) -> None:
        """Store a value.

        Parameters
        ----------
        data_type
            The type that it is stored as.
        value
            A Python scalar or sequence that fits the type.

        Raises
        ------
        TypeError, OverflowError
            If the value does not fit.
        """
        self._insert(data_type, value, "DeviceData")

    def _insert(self, int data_type, value: Any, str where) -> None:
        """Store a value; `where` names the command in messages."""
        cdef CDeviceData fresh
        self.keep = fill_any(any_of(fresh), data_type, value, where)
        self.data = move(fresh)


cdef class DeviceDataHistory(DeviceData):
    """One result that the polling of a command has kept, or the error that it has met.

    Parameters
    ----------
    other
        A DeviceDataHistory to copy; without it an empty one is made.
    """

    def __init__(self, DeviceDataHistory other=None):
        super().__init__(other)
        if other is not None:
            self.date, self.errors, self.failed = other.date, other.errors, other.failed

    def has_failed(self) -> bool:
        """Whether the command failed at that time; `get_err_stack` says why."""
        return self.failed

    def get_date(self) -> TimeVal:
        """When the polling ran the command."""
        return TimeVal() if self.date is None else self.date

    def get_err_stack(self) -> tuple[DevError, ...]:
        """The errors of a failed command.

        Returns
        -------
        tuple of DevError
        """
        return () if self.errors is None else self.errors


cdef DeviceDataHistory wrap_data_history(CDeviceDataHistory &entry):
    cdef DeviceDataHistory result = DeviceDataHistory.__new__(DeviceDataHistory)
    cdef CTimeVal date = entry.get_date()
    result.date = TimeVal(date.tv_sec, date.tv_usec, date.tv_nsec)
    result.failed = entry.has_failed()
    if result.failed:
        result.errors = to_py_errors(entry.get_err_stack())
    else:
        result.data = <CDeviceData &>entry
    return result


cdef int checked_type(CDeviceData &data) except -1:
    cdef int code = type_of(data)
    if code < 0:
        raise TypeError("the data holds a type that commands of Tango do not have")
    return code


cdef DeviceData wrap_device_data(CDeviceData &data):
    cdef DeviceData result = DeviceData.__new__(DeviceData)
    result.data = data
    return result


cdef object reply_to_py(CDeviceData &reply, int code, int extract_as):
    if code == DEV_VOID:
        return None
    return taken_any_to_py(take_any(reply), code, extract_as)
