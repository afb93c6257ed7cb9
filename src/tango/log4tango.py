"""What writes to the log of a device: decorators for its methods, a stream of lines, a handler for Python's logging."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["DebugIt", "DeviceHandler", "ErrorIt", "FatalIt", "InfoIt", "LogIt", "TangoStream", "WarnIt"]

MAX_ARG_LEN = 25
"""How many characters of an argument or result are written."""

_CUT = "[...]"

_F = TypeVar("_F", bound=Callable[..., Any])


def _short(value: Any) -> str:
    try:
        text = repr(value)
    except Exception as error:  # the log must not change what the method does
        text = f"<{type(value).__name__}, not printable: {type(error).__name__}>"
    return text if len(text) <= MAX_ARG_LEN else text[: MAX_ARG_LEN - len(_CUT)] + _CUT


class LogIt:
    """Decorator that writes the beginning and the end of each call of a device's method to its log, at debug level.

    Parameters
    ----------
    show_args, show_kwargs, show_ret : bool, optional
        Whether the positional arguments, the keyword arguments and the result are written too.

    Raises
    ------
    TypeError
        If it is used without parentheses.

    Examples
    --------
    >>> class Motor(Device):
    ...     @command
    ...     @InfoIt(show_args=True)
    ...     def Move(self, position: float) -> None: ...
    """

    _level = "debug"

    def __init__(self, show_args: bool = False, show_kwargs: bool = False, show_ret: bool = False) -> None:
        if callable(show_args):
            name = type(self).__name__
            raise TypeError(f"the decorator is written with parentheses: @{name}()")
        self._show_args = show_args
        self._show_kwargs = show_kwargs
        self._show_ret = show_ret

    def is_enabled(self, obj: Any) -> bool:
        """Return whether a device writes messages of this level.

        Parameters
        ----------
        obj : DeviceImpl
            The device.

        Returns
        -------
        bool
            Whether it does.
        """
        return bool(getattr(obj.get_logger(), f"is_{self._level}_enabled")())

    def get_log_func(self, obj: Any) -> Callable[..., None]:
        """Return the method of a device that writes a message of this level.

        Parameters
        ----------
        obj : DeviceImpl
            The device.

        Returns
        -------
        callable
            Takes the message, and as the keyword `source` the function that it is about.
        """
        return getattr(obj, f"{self._level}_stream")  # type: ignore[no-any-return]

    def _called(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        shown = [_short(arg) for arg in args] if self._show_args else []
        if self._show_kwargs:
            shown += [f"{name}={_short(value)}" for name, value in kwargs.items()]
        return ", ".join(shown)

    def __call__(self, fn: _F) -> _F:
        """Wrap a method, or a coroutine method, of a device."""
        if inspect.iscoroutinefunction(fn):

            @functools.wraps(fn)
            async def log_coroutine(device: Any, *args: Any, **kwargs: Any) -> Any:
                if not self.is_enabled(device):
                    return await fn(device, *args, **kwargs)
                call = _Call(self, fn, device, args, kwargs)
                try:
                    result = await fn(device, *args, **kwargs)
                except BaseException:
                    call.raised()
                    raise
                return call.returned(result)

            return log_coroutine  # type: ignore[return-value]

        @functools.wraps(fn)
        def log_call(device: Any, *args: Any, **kwargs: Any) -> Any:
            if not self.is_enabled(device):
                return fn(device, *args, **kwargs)
            call = _Call(self, fn, device, args, kwargs)
            try:
                result = fn(device, *args, **kwargs)
            except BaseException:
                call.raised()
                raise
            return call.returned(result)

        return log_call  # type: ignore[return-value]


class _Call:
    """One call that is written to the log: it began when this object is made."""

    def __init__(
        self, log: LogIt, fn: Callable[..., Any], device: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        self._log = log
        self._write = functools.partial(log.get_log_func(device), source=fn)
        self._name = f"{type(device).__name__}.{fn.__name__}"
        self._write(f"-> {self._name}({log._called(args, kwargs)})")

    def raised(self) -> None:
        self._write(f"<- {self._name}() raised exception!")

    def returned(self, result: Any) -> Any:
        shown = f"{_short(result)} " if self._log._show_ret else ""
        self._write(f"{shown}<- {self._name}()")
        return result


class DebugIt(LogIt):
    """A :class:`LogIt` that writes at debug level."""


class InfoIt(LogIt):
    """A :class:`LogIt` that writes at info level."""

    _level = "info"


class WarnIt(LogIt):
    """A :class:`LogIt` that writes at warning level."""

    _level = "warn"


class ErrorIt(LogIt):
    """A :class:`LogIt` that writes at error level."""

    _level = "error"


class FatalIt(LogIt):
    """A :class:`LogIt` that writes at fatal level."""

    _level = "fatal"


class TangoStream:
    """A text stream that hands over what is written to it when a line is complete.

    Parameters
    ----------
    fn : callable
        Takes the text, without the line break at its end.
    """

    def __init__(self, fn: Callable[[str], Any]) -> None:
        self._fn = fn
        self._waiting = ""

    def write(self, s: str) -> int:
        """Write text; complete lines are handed over.

        Parameters
        ----------
        s : str
            The text.

        Returns
        -------
        int
            Number of characters written.
        """
        complete, line_break, rest = (self._waiting + s).rpartition("\n")
        if line_break:
            self._fn(complete)
        self._waiting = rest
        return len(s)

    def flush(self) -> None:
        """Hand over a line that is not complete yet."""
        if self._waiting:
            waiting, self._waiting = self._waiting, ""
            self._fn(waiting)


class DeviceHandler(logging.Handler):
    """A handler of Python's :mod:`logging` that writes to the log of a device.

    Lines keep their file and number; the level of the device decides which are written.

    Parameters
    ----------
    device : DeviceImpl
        The device.
    level : int or str, optional
        The level of the handler itself, as for every handler.

    Examples
    --------
    >>> class Motor(Device):
    ...     def init_device(self):
    ...         super().init_device()
    ...         logging.getLogger("motor_library").addHandler(DeviceHandler(self))
    """

    def __init__(self, device: Any, level: int | str = logging.NOTSET) -> None:
        super().__init__(level)
        self._device = device

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record.

        Parameters
        ----------
        record : LogRecord
            The record.
        """
        try:
            logger = self._device.get_logger()
            level = _tango_level(record.levelno)
            if logger.is_level_enabled(level):
                logger._write(level, record.filename, record.lineno, self.format(record))
        except Exception:
            self.handleError(record)


def _tango_level(level: int) -> int:
    """Translate a level of Python's logging: DEBUG is 10 there and 600 in Tango, CRITICAL 50 and FATAL 200."""
    return max(200, 600 - max(level - 10, 0) // 10 * 100)
