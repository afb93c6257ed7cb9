"""The log of a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tango.log import DEBUG, ERROR, FATAL, INFO, WARN, Logger
from tango.log4tango import TangoStream
from tango.server.classic.device_polling import DevicePolling

__all__ = ["DeviceLog"]


class DeviceLog(DevicePolling):
    """A device that has a log."""

    def get_logger(self) -> Logger:
        """Give the logger of the device.

        Returns
        -------
        Logger
            Always the same object.
        """
        logger: Logger | None = self.__dict__.get("_logger")
        if logger is None:
            logger = self.__dict__["_logger"] = Logger._of_device(self)
        return logger

    def init_logger(self) -> None:
        """Give the logger the level and the targets of the command line, or else of the database; done when the device starts."""
        self._init_logger()

    def start_logging(self) -> None:
        """Let the device log again, as it did before `stop_logging`."""
        self._start_logging()

    def stop_logging(self) -> None:
        """Let the device log nothing."""
        self._stop_logging()

    def debug_stream(self, msg: str, *args: Any, source: Callable[..., Any] | None = None) -> None:
        """Write a debug line.

        Parameters
        ----------
        msg
            The text.
        *args
            What is put into the text with ``%``; without any the text is left as it is.
        source
            The function that the line is about; by default the one that calls this.
        """
        self.get_logger()._log(DEBUG, source, msg, args)

    def info_stream(self, msg: str, *args: Any, source: Callable[..., Any] | None = None) -> None:
        """Write an info line.

        Parameters
        ----------
        msg, *args, source
            As for `debug_stream`.
        """
        self.get_logger()._log(INFO, source, msg, args)

    def warn_stream(self, msg: str, *args: Any, source: Callable[..., Any] | None = None) -> None:
        """Write a warning.

        Parameters
        ----------
        msg, *args, source
            As for `debug_stream`.
        """
        self.get_logger()._log(WARN, source, msg, args)

    def error_stream(self, msg: str, *args: Any, source: Callable[..., Any] | None = None) -> None:
        """Write an error.

        Parameters
        ----------
        msg, *args, source
            As for `debug_stream`.
        """
        self.get_logger()._log(ERROR, source, msg, args)

    def fatal_stream(self, msg: str, *args: Any, source: Callable[..., Any] | None = None) -> None:
        """Write a fatal error.

        Parameters
        ----------
        msg, *args, source
            As for `debug_stream`.
        """
        self.get_logger()._log(FATAL, source, msg, args)

    @property
    def log_debug(self) -> TangoStream:
        """A file-like object for debug lines: ``print("text", file=self.log_debug)``."""
        return self._stream("debug_stream")

    @property
    def log_info(self) -> TangoStream:
        """A file-like object for info lines."""
        return self._stream("info_stream")

    @property
    def log_warn(self) -> TangoStream:
        """A file-like object for warnings."""
        return self._stream("warn_stream")

    @property
    def log_error(self) -> TangoStream:
        """A file-like object for errors."""
        return self._stream("error_stream")

    @property
    def log_fatal(self) -> TangoStream:
        """A file-like object for fatal errors."""
        return self._stream("fatal_stream")

    def _stream(self, method: str) -> TangoStream:
        streams: dict[str, TangoStream] = self.__dict__.setdefault("_log_streams", {})
        if method not in streams:
            streams[method] = TangoStream(getattr(self, method))
        return streams[method]
