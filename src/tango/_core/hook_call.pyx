"""A user's hook on its way through an event loop (see tango._asyncio_server and tango._gevent_server)."""
from functools import partial

from tango.enums import GreenMode

cdef extern from "Python.h" nogil:
    ctypedef void *PyThread_type_lock
    PyThread_type_lock PyThread_allocate_lock()
    void PyThread_free_lock(PyThread_type_lock)
    int PyThread_acquire_lock(PyThread_type_lock, int)
    void PyThread_release_lock(PyThread_type_lock)

cdef extern from "Python.h":
    bint PyCoro_CheckExact(object)


cdef class HookCall:
    """A hook for which a thread of cppTango waits while a loop runs it.

    The lock is one of the interpreter, whatever has been put in the place of those of `threading`: a thread of cppTango has
    no loop that could run meanwhile.

    Parameters
    ----------
    work
        What the loop is to call.
    """

    cdef PyThread_type_lock lock
    cdef readonly object work
    cdef object result
    cdef object error
    cdef list errands
    cdef bint over
    cdef bint released  # and not taken by the waiting thread yet

    def __cinit__(self, work: Callable[[], Any]) -> None:
        self.errands = []
        self.lock = PyThread_allocate_lock()
        if self.lock == NULL:
            raise MemoryError()
        PyThread_acquire_lock(self.lock, 0)
        self.work = work

    def __dealloc__(self):
        if self.lock != NULL:
            PyThread_free_lock(self.lock)

    def succeed(self, result: Any) -> None:
        """End the call with a result; only the first end counts."""
        if not self.over:
            self.over = True
            self.result = result
            self.wake()

    def fail(self, error: BaseException) -> None:
        """End the call with an error; only the first end counts."""
        if not self.over:
            self.over = True
            self.error = error
            self.wake()

    def errand(self, work: Callable[[], None]) -> bool:
        """Have the thread that waits run something meanwhile: it holds the locks of the request.

        Parameters
        ----------
        work
            What to call; it does not raise.

        Returns
        -------
        bool
            Whether it will be called; the call may be over.
        """
        if self.over:
            return False
        self.errands.append(work)
        self.wake()
        return True

    cdef int wake(self) except -1:
        if not self.released:
            self.released = True
            PyThread_release_lock(self.lock)
        return 0

    def wait(self) -> Any:
        """Wait for the end of the call and return its result, or raise its error."""
        cdef object error
        while not self.over:
            with nogil:
                PyThread_acquire_lock(self.lock, 1)
            self.released = False
            while self.errands:
                self.errands.pop(0)()
        self.work = None
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return self.result


# --- what is called ---------------------------------------------------------------------------------------------------

def function_of(work: object) -> Any:
    """The function behind a partial of it, of a method, or behind both.

    Parameters
    ----------
    work
        A callable.

    Returns
    -------
    callable
        What the user has written.
    """
    while isinstance(work, partial):
        work = work.func
    return getattr(work, "__func__", work)


def name_of(work: object) -> str:
    """The name of the function behind a callable, for messages: ``Motor.move``.

    Parameters
    ----------
    work
        A callable.

    Returns
    -------
    str
        Class and method, as far as known.
    """
    function = function_of(work)
    return getattr(function, "__qualname__", type(function).__name__).rpartition("<locals>.")[2]


def is_farewell(work: object) -> bool:
    """Whether it is a hook that belongs to the end of a device."""
    return getattr(function_of(work), "__name__", "") == "delete_device"


def refuse_coroutine(result: Any, work: object, mode: GreenMode = GreenMode.Synchronous) -> Any:
    """Return what a hook returned, unless that is a coroutine, which nobody would run.

    Parameters
    ----------
    result
        What it returned.
    work
        What was called.
    mode
        The green mode of the server.

    Returns
    -------
    object
        The result.

    Raises
    ------
    TypeError
        If it is a coroutine.
    """
    return no_coroutine(result, work, mode)


cdef object no_coroutine(object result, object work, object mode):
    if PyCoro_CheckExact(result):
        result.close()
        raise TypeError(f"{name_of(work)} is a coroutine function, which a device server in green mode {mode.name} does not run: set "
                        "green_mode = GreenMode.Asyncio in the device class, or make it a plain method")
    return result
