"""The ways that each use of a proxy takes, compiled: to a name, and to a call that may wait. What is rare is left to Python."""
from cpython.contextvars cimport get_value

from contextvars import ContextVar

from tango.enums import GreenMode

cdef extern from "quiet_getattr.hpp" namespace "tangopy":
    void tangopy_look_up_quietly "tangopy::look_up_quietly"(type)

cdef object SYNCHRONOUS = GreenMode.Synchronous
cdef object mode_of_all = SYNCHRONOUS
cdef object the_context = ContextVar("tango_green_mode", default=None)

mode_of_context: ContextVar[GreenMode | None] = the_context


def set_mode_of_all(mode: GreenMode) -> None:
    """Set the green mode of calls whose object and context have none.

    Parameters
    ----------
    mode
        The mode.
    """
    global mode_of_all
    mode_of_all = mode


cdef inline object present_mode():
    mode = get_value(the_context)
    return mode_of_all if mode is None else mode


def default_mode() -> GreenMode:
    """Tell the green mode of calls whose object has none: that of the context, else that of all."""
    return present_mode()


def marked(body: Callable[..., Any], general: Callable[..., Any], bint interruptible) -> Callable[..., Any]:
    """Make a method that takes the keywords green_mode, wait and timeout of another that does not.

    Parameters
    ----------
    body
        The other, which is called as it is for a plain call in synchronous mode.
    general
        What is called for any other: with the mode, the object, the arguments, the keywords, `wait` and `timeout`.
    interruptible
        Whether calls of an object that is patient (see `tango.green.HasGreenMode`) are no plain ones.

    Returns
    -------
    callable
        The method.
    """
    def call(self, /, *args, green_mode=None, wait=None, timeout=None, **kwargs):
        if green_mode is None:
            green_mode = self._green_mode
            if green_mode is None:
                green_mode = present_mode()
        if green_mode is SYNCHRONOUS and wait is None and timeout is None and not (interruptible and self._is_patient):
            if kwargs or len(args) > 2:
                return body(self, *args, **kwargs)
            # the usual numbers, without the tuples and the dictionary of a call with stars
            if len(args) == 2:
                return body(self, args[0], args[1])
            return body(self, args[0]) if args else body(self)
        return general(green_mode, self, args, kwargs, wait, timeout)

    return call


def look_up_quietly(cls: type) -> None:
    """Have the objects of a class with ``__getattr__`` look for what they may not have without an AttributeError nobody sees.

    Parameters
    ----------
    cls
        The class; if it has a ``__getattribute__`` of its own nothing changes.
    """
    tangopy_look_up_quietly(cls)
