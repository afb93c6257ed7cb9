"""Exceptions across the C++ border: one function each way, and the text rule."""
from libcpp.string cimport string

from tango._core.lib.except_ cimport CDevErrorList


# Named in `except +translate`: runs with the GIL inside the catch block of the call that failed.
cdef int translate() except -1

# A C++ error list as a tuple of DevError.
cdef tuple to_py_errors(const CDevErrorList &errors)

# A sequence of DevError as a C++ error list.
cdef int to_cpp_errors(object errors, CDevErrorList &out) except -1

# The Python exception as an error list for a remote caller; never raises.
cdef void exception_to_errors(object exception, CDevErrorList &out) noexcept

# Takes the pending Python exception and does the same with it.
cdef void pending_to_errors(CDevErrorList &out) noexcept

# Text that describes, not values: see text.hpp.
cdef string to_cpp_str(object text, str what=*) except *
cdef str to_py_str(const string &text)
cdef str to_py_chars(const char *text)

# An int that C++ can hold; `what` is what the message calls it.
cdef int to_cpp_int(object number, str what, str kind=*) except? -1
