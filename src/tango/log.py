"""The logs of a device server: loggers, their levels and their targets."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any

from tango._core import log as core

__all__ = ["Level", "Logger", "Logging", "get_source_location"]

OFF, FATAL, ERROR, WARN, INFO, DEBUG = range(100, 601, 100)

_NAMES = {OFF: "OFF", FATAL: "FATAL", ERROR: "ERROR", WARN: "WARN", INFO: "INFO", DEBUG: "DEBUG"}
_UNKNOWN = ("(unknown)", 0)
# What writes lines for somebody else.
_STREAMS = ("tango.log4tango",)


def _base_name(code: CodeType) -> str:
    return code.co_filename.replace("\\", "/").rpartition("/")[2]


def get_source_location(source: Callable[..., Any] | None = None, _depth: int = 1) -> tuple[str, int]:
    """Tell where a function is written, or where the caller is.

    Parameters
    ----------
    source
        A function or method; what decorators have put around it is taken off.

    Returns
    -------
    tuple of str and int
        Name of the file, without its folder, and number of the line; ``("(unknown)", 0)`` if it is not written in Python.
    """
    if source is None:
        frame = sys._getframe(_depth)
        while frame.f_globals.get("__name__") in _STREAMS and frame.f_back is not None:
            frame = frame.f_back
        return _base_name(frame.f_code), frame.f_lineno
    try:
        code = inspect.unwrap(source).__code__
    except (AttributeError, ValueError):
        return _UNKNOWN
    return _base_name(code), code.co_firstlineno


class Logger(core.LoggerCore):
    """What writes lines to the targets of a log, if they are important enough.

    The logger of a device is given by its method ``get_logger``.

    Parameters
    ----------
    name
        Its name, which stands in each line.
    level
        Lines of this importance and above are written: a number of :class:`Level`.
    """

    def __init__(self, name: str, level: int = OFF) -> None:
        self._make(name, level)

    @classmethod
    def _of_device(cls, device: Any) -> Logger:
        logger = cls.__new__(cls)
        logger._take_device(device)
        return logger

    def _log(self, level: int, source: Callable[..., Any] | None, msg: str, args: tuple[Any, ...], depth: int = 3) -> None:
        """Write a line if the level is on; `depth` is how far up the one who asked for it is."""
        if self._is_level_enabled(level):
            self._write(level, *get_source_location(source, depth), msg % args if args else msg)

    def get_name(self) -> str:
        """Tell the name of the logger.

        Returns
        -------
        str
            The name; for the logger of a device that of the device.
        """
        return self._get_name()

    def get_level(self) -> int:
        """Tell which lines are written.

        Returns
        -------
        int
            The level, a number of :class:`Level`.
        """
        return self._get_level()

    def set_level(self, level: int) -> None:
        """Say which lines are written.

        Parameters
        ----------
        level
            A number of :class:`Level`: 100 (none), 200 (fatal), 300 (error), 400 (warn), 500 (info), 600 (debug).
        """
        self._set_level(level)

    def is_level_enabled(self, level: int) -> bool:
        """Tell whether lines of a level are written.

        Parameters
        ----------
        level
            The level.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(level)

    def is_debug_enabled(self) -> bool:
        """Tell whether debug lines are written.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(DEBUG)

    def is_info_enabled(self) -> bool:
        """Tell whether info lines are written.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(INFO)

    def is_warn_enabled(self) -> bool:
        """Tell whether warnings are written.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(WARN)

    def is_error_enabled(self) -> bool:
        """Tell whether errors are written.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(ERROR)

    def is_fatal_enabled(self) -> bool:
        """Tell whether fatal errors are written.

        Returns
        -------
        bool
            Whether they are.
        """
        return self._is_level_enabled(FATAL)

    def debug(self, msg: str, *args: Any) -> None:
        """Write a debug line.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(DEBUG, None, msg, args)

    def info(self, msg: str, *args: Any) -> None:
        """Write an info line.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(INFO, None, msg, args)

    def warn(self, msg: str, *args: Any) -> None:
        """Write a warning.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(WARN, None, msg, args)

    def warning(self, msg: str, *args: Any) -> None:
        """Write a warning.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(WARN, None, msg, args)

    def error(self, msg: str, *args: Any) -> None:
        """Write an error.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(ERROR, None, msg, args)

    def fatal(self, msg: str, *args: Any) -> None:
        """Write a fatal error.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(FATAL, None, msg, args)

    def log(self, level: int, msg: str, *args: Any) -> None:
        """Write a line of any level.

        Parameters
        ----------
        level
            The level, a number of :class:`Level`.
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._log(level, None, msg, args)

    def log_unconditionally(self, level: int, msg: str, *args: Any) -> None:
        """Write a line even if its level is off.

        Parameters
        ----------
        level
            The level that stands in the line, a number of :class:`Level`.
        msg
            The text.
        *args
            What is put into the text with ``%``.
        """
        self._write(level, *get_source_location(None, 2), msg % args if args else msg)


class Level:
    """The levels of a logger: numbers from 100 (OFF) to 600 (DEBUG)."""

    @staticmethod
    def get_name(level: int) -> str:
        """Name a level.

        Parameters
        ----------
        level
            Its number.

        Returns
        -------
        str
            OFF, FATAL, ERROR, WARN, INFO, DEBUG, or UNKNOWN.
        """
        return _NAMES.get(int(level) // 100 * 100, "UNKNOWN")

    @staticmethod
    def get_value(name: str) -> int:
        """Give the number of a level.

        Parameters
        ----------
        name
            Its name in capitals, or the number as text.

        Returns
        -------
        int
            The number.

        Raises
        ------
        ValueError
            There is no such level.
        """
        for level, known in _NAMES.items():
            if name == known:
                return level
        if name.isdecimal():
            return int(name)
        raise ValueError(f"unknown level name: '{name}' (known are {', '.join(_NAMES.values())})")


class Logging:
    """The logs of all devices of the server."""

    @staticmethod
    def get_core_logger() -> Logger:
        """Give the logger of the library, which is that of the administration device.

        Returns
        -------
        Logger
            The logger.

        Raises
        ------
        DevFailed
            There is no server.
        """
        logger = Logger.__new__(Logger)
        logger._take_core()
        return logger

    @staticmethod
    def add_logging_target(targets: Sequence[str]) -> None:
        """Have devices log to targets.

        Parameters
        ----------
        targets
            Names of devices (``*`` stands for anything) and targets in turn; a target is ``console::cout``,
            ``file::<path>`` or ``device::<name>``.

        Raises
        ------
        DevFailed
            There is no such device, or the target cannot be used.
        """
        core.add_target(list(targets))

    @staticmethod
    def remove_logging_target(targets: Sequence[str]) -> None:
        """Have devices log to targets no longer.

        Parameters
        ----------
        targets
            As for `add_logging_target`; ``file::*`` means all files.

        Raises
        ------
        DevFailed
            There is no such device.
        """
        core.remove_target(list(targets))

    @staticmethod
    def start_logging() -> None:
        """Let all devices of the server log again, as they did before `stop_logging`."""
        core.start_logging_of_all()

    @staticmethod
    def stop_logging() -> None:
        """Let no device of the server log."""
        core.stop_logging_of_all()
