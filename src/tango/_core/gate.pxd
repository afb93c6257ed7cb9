"""The gate from C++ into Python (see gate.hpp)."""
from tango._core.lib.except_ cimport CDevErrorList


cdef extern from "gate.hpp" namespace "tangopy":
    cdef cppclass Gate:
        pass

    ctypedef int (*Handler)(object target, void *frame) except -1

    # Const rows of a hook table: `Hook(name, handler)`.
    cdef cppclass Hook:
        const char *name
        Handler handler

    # Each module that includes gate.hpp sets its own copy at import: `set_door()` of the module's header part.
    Gate *door


# The one gate of the process.
cdef Gate *the_gate() noexcept nogil
