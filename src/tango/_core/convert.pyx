"""Values between Python and C++, through the rows of the type list.

Numbers come out as numpy arrays over the memory of the reply. On the way in, an array of the right dtype and layout is
handed to C++ as it is; another array is converted once; any other sequence is converted item by item, strictly.
"""
cimport cython
cimport numpy
from cpython.bytearray cimport PyByteArray_FromStringAndSize
from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.sequence cimport PySequence_Check, PySequence_Fast
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport strlen
from libcpp.vector cimport vector

from tango._core.buffers cimport view, wrap_block
from tango._core.errors cimport to_cpp_int
from tango._core.types cimport Kind, numpy_type, row_of, type_name

from tango.enums import DevState, ErrSeverity, ExtractAs
from tango.errors import DevError, DevFailed

numpy.import_array()

cdef extern from "convert.hpp" namespace "tangopy":
    cdef cppclass DevEncoded "Tango::DevEncoded":
        pass
    object number_to_py(int type, const void *data, size_t index)
    int number_from_py(int type, object value, void *data, size_t index, const char *name) except -1
    int numbers_from_py(int type, object sequence, void *data, size_t start, const char *name) except -1
    const char *encoded_format(const void *data, size_t index)
    const unsigned char *encoded_bytes(const void *data, size_t index)
    size_t encoded_length(const void *data, size_t index)
    DevEncoded *new_encoded(const char *format, const void *data, size_t length)
    object text_to_py(const char *text)

cdef extern from "Python.h":
    unsigned char *PyUnicode_1BYTE_DATA(object text)
    int PyUnicode_KIND(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)

cdef enum:
    # tango.enums.ExtractAs, as C integers
    NUMPY = 0
    BYTEARRAY = 1
    BYTES = 2
    TUPLE = 3
    LIST = 4
    STRING = 5
    # no value: 7 (ExtractAs.Nothing)

cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))


class _Nothing:
    def __repr__(self):
        return "nothing"


NOTHING = _Nothing()


# --- Python to C++ ----------------------------------------------------------------------------------------------------

cdef str told(object value):
    if isinstance(value, numpy.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    return f"{type(value).__name__} {ascii(value)[:80]}"


cdef object wrong_shape(object wanted, object value, const Row *row, object where):
    """The peer reports a wrong shape as a DevFailed, so that is what programs catch."""
    error = DevError()
    error.reason = "PyDs_WrongParameters"
    error.desc = f"Expecting a {wanted}. {where} takes elements of {to_str(row.name)} and cannot take {told(value)}"
    error.origin = str(where)
    error.severity = ErrSeverity.ERR
    return DevFailed(error)


cdef object no_sequence(int format, object value, const Row *row, object where):
    return wrong_shape("sequence of sequences (IMAGE attribute)" if format == IMAGE else "sequence (SPECTRUM attribute)",
                       value, row, where)


@cython.freelist(4)
cdef class Values:
    """One value on its way into C++, kept alive until the call is over."""

    def __cinit__(self):
        self.texts = NULL
        self.encoded = NULL

    def __dealloc__(self):
        del_texts(self.texts)
        del_encoded(self.encoded)

cdef void del_texts(void *texts) noexcept:
    cdef vector[const char *] *pointers = <vector[const char *] *>texts
    del pointers


cdef void del_encoded(void *encoded) noexcept:
    cdef DevEncoded *value = <DevEncoded *>encoded
    del value


cdef inline bint is_sequence(object value):
    return PySequence_Check(value) and not isinstance(value, (str, bytes, dict))


cdef int to_cpp_extract_as(object extract_as) except? -1:
    return to_cpp_int(extract_as, "extract_as", "a tango.ExtractAs")


cdef Values to_values(object value, int type, int format, object where):
    """Convert `value` for an attribute of `type` and `format`, or raise with `where` in the message."""
    cdef const Row *row = row_of(type)
    cdef Values result = Values.__new__(Values)
    if row == NULL:
        raise TypeError(f"{where}: values of {type_name(type)} cannot be converted")
    result.type = row.type
    result.dim_x = 1
    result.dim_y = 0
    if format == SCALAR and isinstance(value, numpy.ndarray) and numpy.PyArray_NDIM(value) == 0:
        value = value[()]
    if row.kind == Kind.text:
        texts_to_values(result, value, row, format, where)
    elif row.kind == Kind.encoded:
        encoded_to_values(result, value, format, where)
    elif format == SCALAR:
        try:
            number_from_py(row.type, value, result.scalar, 0, row.name)
        except (TypeError, ValueError, OverflowError) as error:
            raise __builtins__.type(error)(f"{error} ({where})") from None
        result.data = result.scalar
        result.count = 1
    else:
        numbers_to_values(result, value, row, format, where)
    return result


cdef int numbers_to_values(Values result, object value, const Row *row, int format, object where) except -1:
    cdef object array
    if isinstance(value, bytes):
        value = memoryview(value)  # numbers of 8 bits; numpy itself takes bytes for text
    if isinstance(value, numpy.ndarray):
        array = array_of(value, row, format, where)
    elif not is_sequence(value):
        raise no_sequence(format, value, row, where)
    elif PyObject_CheckBuffer(value):
        # memoryview, array.array, bytearray: numpy looks at their memory
        array = array_of(numpy.PyArray_FROM_O(value), row, format, where)
    else:
        array = elements_of(value, row, format, where)
    result.owner = array
    result.data = numpy.PyArray_DATA(array)
    result.count = numpy.PyArray_SIZE(array)
    if format == SPECTRUM:
        result.dim_x = numpy.PyArray_DIM(array, 0)
    else:
        result.dim_x = numpy.PyArray_DIM(array, 1)
        result.dim_y = numpy.PyArray_DIM(array, 0)
    return 0


cdef str to_str(const char *text):
    return (<bytes>text).decode("ascii")


cdef object array_of(object array, const Row *row, int format, object where):
    """An array of the row's type, which is the given one if that fits."""
    if numpy.PyArray_NDIM(array) != format:
        if numpy.PyArray_NDIM(array) == 1 and format == IMAGE and numpy.PyArray_SIZE(array) == 0:
            array = array.reshape(0, 0)
        elif numpy.PyArray_NDIM(array) == 0 or format == IMAGE:
            raise no_sequence(format, array, row, where)
        else:
            raise TypeError(f"{where} is a spectrum and cannot take an array of shape {array.shape}")
    if array.dtype.kind == "O":
        return elements_of(array.tolist(), row, format, where)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{where}: an array of dtype {array.dtype} cannot be converted to {to_str(row.name)}")
    # One conversion at most: dtype, byte order and layout together.
    array = numpy.PyArray_FROMANY(array, numpy_type(row), 0, 0, numpy.NPY_ARRAY_CARRAY_RO | numpy.NPY_ARRAY_FORCECAST)
    if row.kind == Kind.state and array.size and not 0 <= array.min() <= array.max() < len(STATES):
        raise ValueError(f"{where}: a DevState is one of 0 to {len(STATES) - 1}, not one of {array.min()} to {array.max()}")
    return array


cdef object elements_of(object value, const Row *row, int format, object where):
    """A new array of the elements of a sequence, or of its lines."""
    if format == SPECTRUM:
        return spectrum_of(value, row, where)
    return image_of(value, row, where)


cdef object spectrum_of(object value, const Row *row, object where):
    cdef object items = PySequence_Fast(value, "a sequence was expected")
    cdef numpy.npy_intp count = len(items)
    array = numpy.PyArray_SimpleNew(1, &count, numpy_type(row))
    fill(array, 0, items, row, where)
    return array


cdef object image_of(object value, const Row *row, object where):
    cdef numpy.npy_intp dims[2]
    cdef numpy.npy_intp y
    cdef list lines = []
    for line in value:
        if not is_sequence(line) and not isinstance(line, bytes):
            raise no_sequence(IMAGE, value, row, where)
        lines.append(PySequence_Fast(line, "a sequence was expected"))
    dims[0] = len(lines)
    dims[1] = len(lines[0]) if lines else 0
    for y in range(dims[0]):
        if len(lines[y]) != dims[1]:
            raise wrong_shape(f"sequence of sequences of one length; line 0 has {dims[1]} items, line {y} has "
                              f"{len(lines[y])}", value, row, where)
    array = numpy.PyArray_SimpleNew(2, dims, numpy_type(row))
    for y in range(dims[0]):
        fill(array, y * dims[1], lines[y], row, where)
    return array


cdef int fill(object array, size_t start, object items, const Row *row, object where) except -1:
    try:
        numbers_from_py(row.type, items, numpy.PyArray_DATA(array), start, row.name)
    except (TypeError, ValueError, OverflowError) as error:
        raise type(error)(f"{error} ({where})") from None
    return 0


cdef int texts_to_values(Values result, object value, const Row *row, int format, object where) except -1:
    cdef vector[const char *] *pointers = new vector[const char *]()
    cdef list kept = []
    result.texts = pointers
    result.owner = kept
    if format == SCALAR:
        pointers.push_back(latin1(value, kept, where))
    elif not is_sequence(value):
        raise no_sequence(format, value, row, where)
    elif format == SPECTRUM:
        for item in value:
            pointers.push_back(latin1(item, kept, where))
        result.dim_x = <long>pointers.size()
    else:
        result.dim_x = 0
        for line in value:
            if not is_sequence(line):
                raise no_sequence(format, value, row, where)
            if result.dim_y == 0:
                result.dim_x = len(line)
            elif len(line) != result.dim_x:
                raise wrong_shape(f"sequence of sequences of one length; line 0 has {result.dim_x} items, line "
                                  f"{result.dim_y} has {len(line)}", value, row, where)
            for item in line:
                pointers.push_back(latin1(item, kept, where))
            result.dim_y += 1
    result.count = <Py_ssize_t>pointers.size()
    result.data = pointers.data()
    return 0


cdef const char *latin1(object text, list kept, object where) except NULL:
    """The Latin-1 bytes of a text, without a copy where Python holds them in that form already."""
    cdef const char *data
    cdef Py_ssize_t length
    if isinstance(text, str):
        if PyUnicode_KIND(text) != 1:
            raise UnicodeEncodeError("latin-1", text, 0, len(text), f"Tango strings are Latin-1 ({where}); "
                                     "encode other text yourself, for example with .encode('utf-8')")
        kept.append(text)
        data = <const char *>PyUnicode_1BYTE_DATA(text)
        length = PyUnicode_GET_LENGTH(text)
    elif isinstance(text, (bytes, bytearray)):
        raw = bytes(text)
        kept.append(raw)
        data = PyBytes_AS_STRING(raw)
        length = len(raw)
    else:
        raise TypeError(f"a str was expected for {where}, not {type(text).__name__} {ascii(text)[:80]}")
    if <Py_ssize_t>strlen(data) != length:
        raise ValueError(f"{where}: a Tango string cannot hold a NUL character")
    return data


cdef class Bytes:
    """A contiguous view of the bytes of an object."""
    cdef Py_buffer buffer
    cdef bint held

    def __dealloc__(self):
        if self.held:
            PyBuffer_Release(&self.buffer)


cdef Bytes bytes_of(object data, object where):
    cdef Bytes result = Bytes.__new__(Bytes)
    if isinstance(data, str):
        data = (<str>data).encode("utf-8")
    if not PyObject_CheckBuffer(data):
        raise TypeError(f"{where}: the data of a DevEncoded must be bytes, str or a contiguous buffer, not "
                        f"{type(data).__name__}")
    PyObject_GetBuffer(data, &result.buffer, PyBUF_SIMPLE)
    result.held = True
    return result


cdef int encoded_to_values(Values result, object value, int format, object where) except -1:
    cdef Bytes data
    cdef list kept = []
    if format != SCALAR:
        raise TypeError(f"{where}: DevEncoded exists for scalars only")
    # an EncodedAttribute
    value = getattr(value, "encoded", value)
    if not is_sequence(value) or len(value) != 2:
        raise TypeError(f"{where}: a DevEncoded is a pair (format, data), not {type(value).__name__} {ascii(value)[:80]}")
    name, content = value
    data = bytes_of(content, where)
    result.encoded = new_encoded(latin1(name, kept, where), data.buffer.buf, <size_t>data.buffer.len)
    result.owner = data
    result.data = result.encoded
    result.count = 1
    return 0


# --- C++ to Python ----------------------------------------------------------------------------------------------------

cdef object encoded_to_py(void *data, size_t index, int extract_as):
    cdef const char *content = <const char *>encoded_bytes(data, index)
    cdef Py_ssize_t length = <Py_ssize_t>encoded_length(data, index)
    name = text_to_py(encoded_format(data, index))
    if content == NULL:
        content = b""
    if extract_as == BYTEARRAY:
        return name, PyByteArray_FromStringAndSize(content, length)
    if extract_as == STRING:
        return name, PyUnicode_DecodeUTF8(content, length, NULL)
    return name, PyBytes_FromStringAndSize(content, length)


cdef object element_to_py(int type, void *data, size_t index, int extract_as):
    cdef const Row *row = row_of(type)
    if row.kind == Kind.text:
        return text_to_py((<const char **>data)[index])
    if row.kind == Kind.encoded:
        return encoded_to_py(data, index, extract_as)
    number = number_to_py(row.type, data, index)
    if row.kind == Kind.state:
        return STATES[number] if 0 <= number < len(STATES) else number
    return number


cdef class Run:
    """A run of elements from C++, of which the value and the set point of an attribute are parts."""

    def __dealloc__(self):
        if self.buffer is None:
            del self.block

    cdef object scalar(self, Py_ssize_t index, int extract_as):
        return element_to_py(self.row.type, self.block.data, <size_t>index, extract_as)

    cdef object part(self, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int format, int extract_as):
        cdef Py_ssize_t count = dim_x * dim_y if format == IMAGE else dim_x
        if self.block == NULL:
            # an empty value comes without memory
            self.block = new Block()
        if start + count > <Py_ssize_t>self.block.length:
            raise ValueError(f"the reply holds {self.block.length} elements but announces {start + count}")
        if self.row.kind == Kind.text or self.row.kind == Kind.encoded:
            if extract_as in (BYTES, BYTEARRAY, STRING, ExtractAs.Nothing):
                return NOTHING
            return self.items(start, dim_x, dim_y, format, extract_as == LIST)
        if extract_as == NUMPY:
            if self.buffer is None:
                self.buffer = wrap_block(self.block, self.row)
            return view(self.buffer, start, dim_x, dim_y, format)
        if extract_as == LIST or extract_as == TUPLE:
            return self.items(start, dim_x, dim_y, format, extract_as == LIST)
        return self.raw(start, count, extract_as)

    cdef object items(self, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int format, bint as_list):
        cdef Py_ssize_t i
        cdef list result
        if format == IMAGE:
            result = [self.items(start + i * dim_x, dim_x, 0, SPECTRUM, as_list) for i in range(dim_y)]
        else:
            result = [element_to_py(self.row.type, self.block.data, start + i, NUMPY) for i in range(dim_x)]
        return result if as_list else tuple(result)

    cdef object raw(self, Py_ssize_t start, Py_ssize_t count, int extract_as):
        cdef char *data = <char *>self.block.data
        cdef Py_ssize_t length = count * <Py_ssize_t>self.row.size
        if data == NULL:
            data = b""
        else:
            data += start * <Py_ssize_t>self.row.size
        if extract_as == BYTES:
            return PyBytes_FromStringAndSize(data, length)
        if extract_as == BYTEARRAY:
            return PyByteArray_FromStringAndSize(data, length)
        if extract_as == STRING:
            return PyUnicode_DecodeUTF8(data, length, NULL)
        return NOTHING


cdef Run wrap_run(Block *block, const Row *row):
    cdef Run run = Run.__new__(Run)
    run.block = block
    run.row = row
    return run
