"""The gate from C++ into Python, and its closing at exit."""
import atexit
import os


from tango._core.errors cimport pending_to_errors
from tango._core.lib.except_ cimport CDevErrorList

cdef extern from "gate_door.hpp" namespace "tangopy":
    cdef cppclass Door(Gate):
        bint close(double seconds) nogil
        int inside() nogil
        void after_fork_in_child() nogil
        void (*to_errors)(CDevErrorList &) noexcept

    Door &the_door() noexcept nogil

# Cython's own reference to a function of another module is not a plain C pointer, so it gets one here.
cdef void errors_of_pending(CDevErrorList &errors) noexcept:
    pending_to_errors(errors)


cdef Gate *the_gate() noexcept nogil:
    return &the_door()


the_door().to_errors = errors_of_pending

# What must end before the interpreter does, in the order of its registration, before and after the door is shut.
cdef list enders = []
cdef list closers = []


def before_close(function: Callable[[], None]) -> None:
    """Have `function` called at interpreter exit, while callbacks still reach Python (last registered, first called)."""
    enders.append(function)


def at_close(function: Callable[[], None]) -> None:
    """Have `function` called at interpreter exit, after the door is shut (last registered, first called)."""
    closers.append(function)


def close_gate(double seconds=3.0) -> bool:
    """Let nobody enter any more and wait for those inside.

    Parameters
    ----------
    seconds
        How long to wait at most.

    Returns
    -------
    bool
        False if a callback was still running when the time was over.
    """
    cdef bint empty
    with nogil:
        empty = the_door().close(seconds)
    return empty


def callbacks_inside() -> int:
    """How many threads of the library are in Python code now."""
    return the_door().inside()


def _at_exit():
    while enders:
        enders.pop()()
    close_gate()
    while closers:
        closers.pop()()


def _after_fork():
    the_door().after_fork_in_child()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
