"""C++ exceptions arrive in Python, and Python exceptions leave for C++, through the functions of this file."""
from cpython.exc cimport PyErr_Clear, PyErr_Fetch, PyErr_NormalizeException
from cpython.object cimport PyObject
from cpython.ref cimport Py_XDECREF
from libc.limits cimport INT_MAX, INT_MIN
from libc.string cimport strlen

from tango._core.lib.except_ cimport built_with_version

from operator import index

from tango.enums import ErrSeverity
from tango.errors import CXX_ORDER, DevError, DevFailed, python_error

cdef extern from "text.hpp" namespace "tangopy":
    str text_from(const char *, Py_ssize_t)
    bint text_to_cpp(object, string &) except False

cdef extern from "errors.hpp" namespace "tangopy":
    ctypedef enum ErrorKind "tangopy::ErrorKind":
        pass

    cdef cppclass Caught:
        ErrorKind kind
        CDevErrorList errors
        string text

    # Not noexcept for the compiler, but it handles all that it rethrows.
    Caught caught() noexcept
    const char *error_reason(const CDevErrorList &, unsigned int) nogil
    const char *error_desc(const CDevErrorList &, unsigned int) nogil
    const char *error_origin(const CDevErrorList &, unsigned int) nogil
    int error_severity(const CDevErrorList &, unsigned int) nogil
    void set_error(CDevErrorList &, unsigned int, const string &, const string &, const string &, int) nogil


cdef tuple tango_errors = tuple(CXX_ORDER)
cdef dict severities = {int(severity): severity for severity in ErrSeverity}


cdef string to_cpp_str(object text, str what=None) except *:
    """Text of a str or bytes as it is sent (see text.hpp), without an embedded NUL: CORBA strings end there."""
    cdef string result
    if not isinstance(text, (str, bytes)):
        given = f"not {type(text).__name__} {ascii(text)[:60]}"
        raise TypeError(f"a str was expected, {given}" if what is None else f"{what} is a str, {given}")
    text_to_cpp(text, result)
    return result


cdef int to_cpp_int(object number, str what, str kind="an int") except? -1:
    cdef long long value
    try:
        value = number if isinstance(number, int) else index(number)
    except TypeError:
        raise TypeError(f"{what} is {kind}, not {type(number).__name__} {ascii(number)[:60]}") from None
    except OverflowError:
        value = INT_MAX + 1LL
    if not INT_MIN <= value <= INT_MAX:
        raise OverflowError(f"{what} is an int of 32 bits, not {ascii(number)[:60]}")
    return <int>value


cdef str to_py_str(const string &text):
    return text_from(text.data(), <Py_ssize_t>text.size())


cdef str to_py_chars(const char *text):
    if text == NULL:
        return ""
    return text_from(text, <Py_ssize_t>strlen(text))


cdef tuple to_py_errors(const CDevErrorList &errors):
    cdef unsigned int i
    cdef list result = []
    for i in range((<CDevErrorList &>errors).length()):
        error = DevError()
        error.reason = to_py_chars(error_reason(errors, i))
        error.severity = severities.get(error_severity(errors, i), ErrSeverity.ERR)
        error.desc = to_py_chars(error_desc(errors, i))
        error.origin = to_py_chars(error_origin(errors, i))
        result.append(error)
    return tuple(result)


cdef int translate() except -1:
    """Raise the Python exception for the C++ exception that is being handled."""
    cdef Caught error = caught()
    cdef int kind = <int>error.kind
    if kind < len(tango_errors):
        raise tango_errors[kind](*to_py_errors(error.errors))
    if kind == len(tango_errors):
        raise MemoryError()
    if kind == len(tango_errors) + 1:
        raise IndexError(to_py_str(error.text))
    raise RuntimeError(to_py_str(error.text))


cdef string lossy(object text) noexcept:
    """Text for an error list: what Latin-1 lacks is escaped, an embedded NUL shown; it must not fail."""
    try:
        return str(text).replace("\0", "\\0").encode("latin-1", "backslashreplace")
    except BaseException:
        return b"(text that cannot be shown)"


cdef int to_cpp_errors(object errors, CDevErrorList &out) except -1:
    cdef unsigned int i = 0
    cdef list items = list(errors)
    out.resize(<unsigned int>len(items))
    for error in items:
        set_error(out, i, lossy(error.reason), lossy(error.desc), lossy(error.origin), int(error.severity))
        i += 1
    return 0


cdef void exception_to_errors(object exception, CDevErrorList &out) noexcept:
    """A DevFailed passes unchanged; any other exception becomes PyDs_PythonError with its traceback as origin."""
    try:
        if isinstance(exception, DevFailed) and exception.args and all(isinstance(e, DevError) for e in exception.args):
            to_cpp_errors(exception.args, out)
            return
    except BaseException:
        pass
    try:
        error = python_error(exception, users_part(exception.__traceback__))
        desc, origin = error.desc, error.origin
    except BaseException:
        # there is no stack or no memory left to format with
        desc = f"{type(exception).__name__}: (its text cannot be shown)\n"
        origin = "(no traceback could be made)"
    out.resize(1)
    set_error(out, 0, b"PyDs_PythonError", lossy(desc), lossy(origin), <int>1)


# Files through which a hook is called, directly and in the green modes.
cdef tuple OUR_STEPS = (".pyx", "_asyncio_server.py", "_gevent_server.py")


cdef object users_part(object trace):
    """A traceback without the steps of this package that led to the user's code."""
    cdef object start = trace
    while start is not None and start.tb_frame.f_code.co_filename.endswith(OUR_STEPS):
        start = start.tb_next
    return trace if start is None else start


cdef void pending_to_errors(CDevErrorList &out) noexcept:
    cdef PyObject *kind = NULL
    cdef PyObject *value = NULL
    cdef PyObject *trace = NULL
    PyErr_Fetch(&kind, &value, &trace)
    PyErr_NormalizeException(&kind, &value, &trace)
    try:
        exception = <object>value if value != NULL else RuntimeError("an error without an exception")
        if trace != NULL:
            exception.__traceback__ = <object>trace
        exception_to_errors(exception, out)
    finally:
        Py_XDECREF(kind)
        Py_XDECREF(value)
        Py_XDECREF(trace)
        PyErr_Clear()


def tango_library_version() -> str:
    """Version of the cppTango headers this package was built with, for example ``"9.3.4"``."""
    return to_py_str(built_with_version())
