"""Lists of what commands take and return."""

from __future__ import annotations

from tango._core.command_data import DeviceData, DeviceDataHistory
from tango.structs import TypedList

__all__ = ["DeviceDataHistoryList", "DeviceDataList"]


class DeviceDataList(TypedList[DeviceData], item_type=DeviceData):
    """A list of :class:`DeviceData`: the arguments of a command for the devices of a group."""


class DeviceDataHistoryList(TypedList[DeviceDataHistory], item_type=DeviceDataHistory):
    """A list of :class:`DeviceDataHistory`."""
