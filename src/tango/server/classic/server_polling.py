"""What a device server polls."""

from __future__ import annotations

from typing import Any

from tango._core.polling_buffer import fill_attr_polling_buffer, fill_cmd_polling_buffer
from tango.server.classic.device import DeviceImpl
from tango.server.classic.server_facts import ServerFacts
from tango.structs import TimedAttrData, TimedCmdData

__all__ = ["ServerPolling"]


class ServerPolling(ServerFacts):
    """A server that polls its devices."""

    def get_polling_threads_pool_size(self) -> int:
        """Tell how many threads may poll.

        Returns
        -------
        int
            The number.
        """
        size: int = self._get_polling_threads_pool_size()
        return size

    def set_polling_threads_pool_size(self, thread_nb: int) -> None:
        """Say how many threads may poll.

        Parameters
        ----------
        thread_nb
            The number.
        """
        self._set_polling_threads_pool_size(thread_nb)

    def trigger_attr_polling(self, dev: Any, name: str) -> None:
        """Have an attribute polled now that is polled only when triggered.

        Parameters
        ----------
        dev
            The device.
        name
            Name of the attribute.

        Raises
        ------
        DevFailed
            It is not polled, or polled periodically.
        """
        self._trigger_polling(dev.get_name(), name, False)

    def trigger_cmd_polling(self, dev: Any, name: str) -> None:
        """Have a command polled now that is polled only when triggered.

        Parameters
        ----------
        dev
            The device.
        name
            Name of the command.

        Raises
        ------
        DevFailed
            It is not polled, or polled periodically.
        """
        self._trigger_polling(dev.get_name(), name, True)

    def fill_attr_polling_buffer(
        self, device: DeviceImpl, attribute_name: str, attr_history_stack: TimedAttrData | list[TimedAttrData]
    ) -> None:
        """Add values to what clients read of a polled attribute.

        Parameters
        ----------
        device
            The device.
        attribute_name
            Name of the attribute.
        attr_history_stack
            One value or several, the oldest first: each with quality and time, or an exception in its place.

        Raises
        ------
        DevFailed
            The attribute is not polled or cannot be read, keeps fewer values than are given, or is smaller than they are.
        TypeError, OverflowError
            A value does not fit the type of the attribute.
        """
        fill_attr_polling_buffer(device, attribute_name, attr_history_stack)

    def fill_cmd_polling_buffer(
        self, device: DeviceImpl, command_name: str, cmd_history_stack: TimedCmdData | list[TimedCmdData]
    ) -> None:
        """Add results to what clients get of a polled command.

        Parameters
        ----------
        device
            The device.
        command_name
            Name of the command.
        cmd_history_stack
            One result or several, the oldest first: each with its time, or an exception in its place.

        Raises
        ------
        DevFailed
            The command is not polled, or keeps fewer results than are given.
        TypeError, OverflowError
            A result does not fit the type of the command.
        """
        fill_cmd_polling_buffer(device, command_name, cmd_history_stack)
