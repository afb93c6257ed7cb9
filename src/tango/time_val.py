"""Old import path of :class:`tango.TimeVal`."""

from tango.structs import TimeVal

__all__ = ["TimeVal"]
