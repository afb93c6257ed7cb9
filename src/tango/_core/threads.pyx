"""Python threads as cppTango's threads."""
from cpython.object cimport PyObject

cdef extern from *:
    """
    #include "compat.hpp"
    """
    cdef cppclass ensure_self "omni_thread::ensure_self":
        ensure_self() nogil

cdef extern from "compat.hpp" nogil:
    void *omni_self "omni_thread::self"()


def is_omni_thread() -> bool:
    """Tell whether cppTango knows the thread that asks.

    Returns
    -------
    bool
        True in a thread that the library started or that is inside :class:`EnsureOmniThread`, and in the main thread.
    """
    return omni_self() != NULL


cdef extern from "Python.h":
    int PyThreadState_SetAsyncExc(unsigned long thread, PyObject *exception) except -1


def raise_asynch_exception(unsigned long thread_id, exception: type) -> int:
    """Raise an exception in another Python thread, when that runs Python code next.

    Parameters
    ----------
    thread_id
        The thread, as :func:`threading.get_ident` tells it.
    exception
        Class of the exception.

    Returns
    -------
    int
        1, or 0 if there is no such thread.

    Raises
    ------
    TypeError
        If it is no class of exceptions.
    """
    if not (isinstance(exception, type) and issubclass(exception, BaseException)):
        raise TypeError(f"a class of exceptions was expected, not {type(exception).__name__} {exception!r:.60}")
    return PyThreadState_SetAsyncExc(thread_id, <PyObject *>exception)


cdef class EnsureOmniThread:
    """Make the thread of a ``with`` block known to cppTango.

    Programs of the older binding need it around event subscriptions and proxies in threads of their own. Here each call
    does so by itself; the block costs nothing and stays allowed, and saves a little in a thread with many calls.
    """

    cdef object __weakref__
    cdef ensure_self *held
    cdef int depth

    def __enter__(self) -> EnsureOmniThread:
        if self.depth == 0:
            self.held = new ensure_self()
        self.depth += 1
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.depth -= 1
        if self.depth == 0:
            del self.held
            self.held = NULL
