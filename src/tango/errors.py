"""The exceptions of Tango, and the functions of the older API that raise them."""

from __future__ import annotations

import sys
import textwrap
import traceback as tracebacks
from collections.abc import Iterable
from types import TracebackType
from typing import Any, NoReturn

from tango.enums import ErrSeverity
from tango.structs import DevError
from tango.structs.base import Struct, TypedList, each_instance

__all__ = [
    "AsynCall",
    "AsynReplyNotArrived",
    "CommunicationFailed",
    "ConnectionFailed",
    "DevError",
    "DevFailed",
    "DeviceUnlocked",
    "EventSystemFailed",
    "Except",
    "NamedDevFailed",
    "NamedDevFailedList",
    "NonDbDevice",
    "NonSupportedFeature",
    "NotAllowed",
    "PyTangoUserWarning",
    "StdNamedDevFailedVector",
    "WrongData",
    "WrongNameSyntax",
]


class DevFailed(Exception):
    """An error from Tango or from a device.

    ``args`` is the error stack, a tuple of :class:`tango.DevError`: first what went wrong, then what failed because
    of it.
    """

    def __str__(self) -> str:
        entries = ",\n".join(str(entry).strip() for entry in self.args)
        return f"DevFailed[\n{textwrap.indent(entries, '    ')}\n]"

    def __repr__(self) -> str:
        return f"{type(self).__name__}(args = {self.args!r})"


class ConnectionFailed(DevFailed):
    """A connection to a device or to the database could not be made."""


class CommunicationFailed(DevFailed):
    """A request to a device got no answer, or none in time."""


class WrongNameSyntax(DevFailed):
    """A name is not a valid name of a device, an attribute or a host."""


class NonDbDevice(DevFailed):
    """A device that is not in a database was asked for something only the database has."""


class WrongData(DevFailed):
    """A value could not be put into, or taken out of, a carrier of Tango values."""


class NonSupportedFeature(DevFailed):
    """The device, or the library, is too old for the request."""


class AsynCall(DevFailed):
    """An asynchronous call was misused, for instance with an unknown identifier."""


class AsynReplyNotArrived(DevFailed):
    """The answer to an asynchronous call has not arrived yet."""


class EventSystemFailed(DevFailed):
    """An event could not be subscribed, or its subscription not be ended."""


class DeviceUnlocked(DevFailed):
    """The lock on a device was broken by another client."""


class NotAllowed(DevFailed):
    """The request is not allowed."""


CXX_ORDER: tuple[type[DevFailed], ...] = (
    DevFailed,
    ConnectionFailed,
    CommunicationFailed,
    WrongNameSyntax,
    NonDbDevice,
    WrongData,
    NonSupportedFeature,
    AsynCall,
    AsynReplyNotArrived,
    EventSystemFailed,
    DeviceUnlocked,
    NotAllowed,
)
"""The classes in the order of ``ErrorKind`` in ``_core/errors.hpp``."""


class NamedDevFailed(Struct):
    """What went wrong with one attribute of a request for several.

    Attributes
    ----------
    name : str
        Name of the attribute.
    idx_in_call : int
        Its place in the request.
    err_stack : tuple[DevError, ...]
        The error stack.
    """

    err_stack: Any = ()
    idx_in_call: int = 0
    name: str = ""


class StdNamedDevFailedVector(TypedList[NamedDevFailed], item_type=NamedDevFailed):
    """A list of :class:`NamedDevFailed`."""


class NamedDevFailedList(Struct):
    """What went wrong in a request for several attributes.

    Attributes
    ----------
    err_list : StdNamedDevFailedVector
        The attributes that failed.
    """

    err_list: StdNamedDevFailedVector = each_instance(StdNamedDevFailedVector)

    def get_faulty_attr_nb(self) -> int:
        """Return how many attributes failed.

        Returns
        -------
        int
            Their number.
        """
        return len(self.err_list)

    def call_failed(self) -> bool:
        """Return whether the request failed as a whole, not attribute by attribute.

        Returns
        -------
        bool
            True if no single attribute is to blame.
        """
        return not self.err_list


class PyTangoUserWarning(UserWarning):
    """A warning about the use of this package."""


def make_error(reason: str, description: str, origin: str, severity: ErrSeverity = ErrSeverity.ERR) -> DevError:
    """Return one entry of an error stack.

    Parameters
    ----------
    reason : str
        Short name of the error, for programs.
    description : str
        What happened, for people.
    origin : str
        Where it happened.
    severity : ErrSeverity, optional
        How grave it is.

    Returns
    -------
    DevError
        The entry.

    Raises
    ------
    TypeError
        If an argument is not of the type named here.
    """
    return DevError(reason=reason, desc=description, origin=origin, severity=severity)


class Except:
    """Functions of the older API that raise, convert, compare and print errors."""

    @staticmethod
    def throw_exception(
        reason: str, description: str, origin: str, severity: ErrSeverity = ErrSeverity.ERR
    ) -> NoReturn:
        """Raise a DevFailed with one entry.

        Parameters
        ----------
        reason : str
            Short name of the error, for programs.
        description : str
            What happened, for people.
        origin : str
            Where it happened.
        severity : ErrSeverity, optional
            How grave it is.

        Raises
        ------
        DevFailed
            Always.
        TypeError
            If an argument is not of the type named here.
        """
        raise DevFailed(make_error(reason, description, origin, severity))

    @staticmethod
    def re_throw_exception(
        exception: DevFailed, reason: str, description: str, origin: str, severity: ErrSeverity = ErrSeverity.ERR
    ) -> NoReturn:
        """Raise a DevFailed again, with one more entry.

        Parameters
        ----------
        exception : DevFailed
            The error so far.
        reason, description, origin : str
            The new entry, as for :meth:`throw_exception`.
        severity : ErrSeverity, optional
            Its severity.

        Raises
        ------
        DevFailed
            Always; a plain one, whatever the class of `exception`.
        TypeError
            If an argument is not of the type named here.
        """
        if not isinstance(exception, DevFailed):
            raise TypeError(
                f"re_throw_exception(): expected a DevFailed, got {type(exception).__name__} {exception!r:.60}"
            )
        raise DevFailed(*exception.args, make_error(reason, description, origin, severity)) from exception

    @staticmethod
    def to_dev_failed(
        type: Any = None,
        value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> DevFailed:
        """Turn a Python exception into a DevFailed.

        Parameters
        ----------
        type, value, traceback : optional
            The exception, as returned by :func:`sys.exc_info`; without them the exception that is being handled.

        Returns
        -------
        DevFailed
            With the reason ``PyDs_PythonError``, the exception as description and the traceback as origin. If there
            is no exception, with the reason ``PyDs_BadPythonException``.
        """
        if isinstance(type, BaseException) and value is None:
            value = type
        if type is None and value is None:
            _, value, traceback = sys.exc_info()
        if not isinstance(value, BaseException):
            return DevFailed(
                make_error("PyDs_BadPythonException", "A badly formed exception has been received", "Py_to_dev_failed")
            )
        return DevFailed(python_error(value, traceback))

    @staticmethod
    def throw_python_exception(
        type: Any = None,
        value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> NoReturn:
        """Raise a Python exception as a DevFailed.

        Parameters
        ----------
        type, value, traceback : optional
            The exception, as returned by :func:`sys.exc_info`; without them the exception that is being handled.

        Raises
        ------
        DevFailed
            Always; see :meth:`to_dev_failed`.
        """
        raise Except.to_dev_failed(type, value, traceback) from None

    @staticmethod
    def compare_exception(first: DevFailed, second: DevFailed) -> bool:
        """Return whether two errors have the same entries.

        Parameters
        ----------
        first, second : DevFailed
            The errors.

        Returns
        -------
        bool
            True if reason, description, origin and severity of all entries are equal.

        Raises
        ------
        TypeError
            If an argument is not a DevFailed.
        """
        for error in (first, second):
            if not isinstance(error, DevFailed):
                raise TypeError(f"compare_exception(): expected a DevFailed, got {type(error).__name__} {error!r:.60}")
        return first.args == second.args

    @staticmethod
    def print_error_stack(error_stack: Iterable[DevError]) -> None:
        """Print an error stack to the standard error output.

        Parameters
        ----------
        error_stack : iterable of DevError
            The entries; ``args`` of a DevFailed.

        Raises
        ------
        TypeError
            If there is something else among the entries.
        """
        entries = error_stack.args if isinstance(error_stack, DevFailed) else error_stack
        for entry in entries:
            if not isinstance(entry, DevError):
                raise TypeError(f"error stack: expected a DevError, got {entry.__class__.__name__} {entry!r:.60}")
            severity = {ErrSeverity.WARN: "WARNING", ErrSeverity.ERR: "ERROR", ErrSeverity.PANIC: "PANIC"}
            print(
                "Tango error stack",
                f"Severity = {severity.get(entry.severity, 'Unknown severity code')}",
                f"Error reason = {entry.reason}",
                f"Desc : {entry.desc}",
                f"Origin : {entry.origin}",
                "",
                sep="\n",
                file=sys.stderr,
            )

    @staticmethod
    def print_exception(exception: DevFailed) -> None:
        """Print the error stack of a DevFailed to the standard error output.

        Parameters
        ----------
        exception : DevFailed
            The error.
        """
        Except.print_error_stack(exception.args)


def python_error(error: BaseException, traceback: TracebackType | None = None) -> DevError:
    """Describe a Python exception as one entry of an error stack.

    Parameters
    ----------
    error : BaseException
        The exception.
    traceback : traceback, optional
        Where it was raised, if not what the exception itself knows.

    Returns
    -------
    DevError
        With the reason ``PyDs_PythonError``.
    """
    traceback = error.__traceback__ if traceback is None else traceback
    try:
        description = "".join(tracebacks.format_exception_only(type(error), error))
        origin = "".join(tracebacks.format_exception(type(error), error, traceback))
    except BaseException as failure:  # an exception with a broken __str__ or __cause__ must be reported all the same
        description = f"{type(error).__name__}: <could not be printed: {type(failure).__name__}>\n"
        origin = "".join(tracebacks.format_tb(traceback))
    return make_error("PyDs_PythonError", description, origin)
