"""The polling of a device, as the device itself sees it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tango._core.polling_buffer import fill_attr_polling_buffer, fill_cmd_polling_buffer
from tango.enums import GreenMode
from tango.server.classic.device_events import DeviceEvents
from tango.server.classic.done import Done
from tango.structs import ClientAddr, StdStringVector, TimedAttrData, TimedCmdData

__all__ = ["DevicePolling"]


BRIEFLY = 0.05
"""Seconds that the event loop of a server stands still for a change of the polling at most."""


class DevicePolling(DeviceEvents):
    """A device that can have itself polled.

    In an asyncio server the methods that change the polling may be awaited. It is necessary only if the change has to be over: it
    waits for what is being polled at the moment, which may need the event loop.
    """

    if TYPE_CHECKING:  # a subclass has it

        def get_device_class(self) -> Any:
            """Return the device class."""

    def _change_polling(self, change: Callable[[], None]) -> Any:
        runner = self.get_device_class()._runner
        if runner is None:
            return change()
        if runner.mode == GreenMode.Asyncio:
            return Done() if (rest := runner.leave_briefly(change, BRIEFLY)) is None else rest
        return runner.leave(change)

    def poll_attribute(self, attr_name: str, period_ms: int) -> Any:
        """Have an attribute polled, or change the period of its polling.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        period_ms
            Time between two reads in milliseconds; 0: only when triggered.

        Raises
        ------
        DevFailed
            There is no such attribute, or the period is too short.
        """
        return self._change_polling(partial(self._poll_attribute, attr_name, period_ms))

    def poll_command(self, cmd_name: str, period_ms: int) -> Any:
        """Have a command polled, or change the period of its polling.

        Parameters
        ----------
        cmd_name
            Name of the command.
        period_ms
            Time between two executions in milliseconds; 0: only when triggered.

        Raises
        ------
        DevFailed
            There is no such command, it wants an argument, or the period is too short.
        """
        return self._change_polling(partial(self._poll_command, cmd_name, period_ms))

    def stop_poll_attribute(self, attr_name: str) -> Any:
        """Have an attribute polled no longer.

        Parameters
        ----------
        attr_name
            Name of the attribute.

        Raises
        ------
        DevFailed
            It is not polled.
        """
        return self._change_polling(partial(self._stop_poll_attribute, attr_name))

    def stop_poll_command(self, cmd_name: str) -> Any:
        """Have a command polled no longer.

        Parameters
        ----------
        cmd_name
            Name of the command.

        Raises
        ------
        DevFailed
            It is not polled.
        """
        return self._change_polling(partial(self._stop_poll_command, cmd_name))

    def stop_polling(self, with_db_upd: bool = True) -> Any:
        """Have nothing of the device polled any longer.

        Parameters
        ----------
        with_db_upd
            Whether the database is told, so that polling does not begin again when the server is restarted.
        """
        return self._change_polling(partial(self._stop_polling, with_db_upd))

    def is_polled(self) -> bool:
        """Tell whether anything of the device is polled.

        Returns
        -------
        bool
            Whether there is.
        """
        return self._is_polled()

    def is_attribute_polled(self, attr_name: str) -> bool:
        """Tell whether an attribute is polled.

        Parameters
        ----------
        attr_name
            Name of the attribute.

        Returns
        -------
        bool
            Whether it is; False also if there is no such attribute.
        """
        return self._is_attribute_polled(attr_name)

    def is_command_polled(self, cmd_name: str) -> bool:
        """Tell whether a command is polled.

        Parameters
        ----------
        cmd_name
            Name of the command.

        Returns
        -------
        bool
            Whether it is; False also if there is no such command.
        """
        return self._is_command_polled(cmd_name)

    def get_attribute_poll_period(self, attr_name: str) -> int:
        """Tell how often an attribute is polled.

        Parameters
        ----------
        attr_name
            Name of the attribute.

        Returns
        -------
        int
            The period in milliseconds; 0 if it is not polled.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return self._get_attribute_poll_period(attr_name)

    def get_command_poll_period(self, cmd_name: str) -> int:
        """Tell how often a command is polled.

        Parameters
        ----------
        cmd_name
            Name of the command.

        Returns
        -------
        int
            The period in milliseconds; 0 if it is not polled.

        Raises
        ------
        DevFailed
            There is no such command.
        """
        return self._get_command_poll_period(cmd_name)

    def get_poll_ring_depth(self) -> int:
        """Tell how many polled values are kept.

        Returns
        -------
        int
            The property ``poll_ring_depth``; 0 if it is not set.
        """
        return self._get_poll_ring_depth()

    def get_attr_poll_ring_depth(self, attr_name: str) -> int:
        """Tell how many polled values of an attribute are kept.

        Parameters
        ----------
        attr_name
            Name of the attribute.

        Returns
        -------
        int
            The number.
        """
        return self._get_attr_poll_ring_depth(attr_name)

    def get_cmd_poll_ring_depth(self, cmd_name: str) -> int:
        """Tell how many polled results of a command are kept.

        Parameters
        ----------
        cmd_name
            Name of the command.

        Returns
        -------
        int
            The number.
        """
        return self._get_cmd_poll_ring_depth(cmd_name)

    def get_poll_old_factor(self) -> int:
        """Tell after how many periods a polled value is too old for clients.

        Returns
        -------
        int
            The number.
        """
        return self._get_poll_old_factor()

    def get_min_poll_period(self) -> int:
        """Tell the shortest period that anything of the device may be polled with.

        Returns
        -------
        int
            The property ``min_poll_period`` in milliseconds; 0 if it is not set.
        """
        return self._get_min_poll_period()

    def get_attr_min_poll_period(self) -> StdStringVector:
        """Tell the shortest periods that single attributes may be polled with.

        Returns
        -------
        StdStringVector
            Names and periods in milliseconds in turn.
        """
        return self._get_attr_min_poll_period()

    def get_cmd_min_poll_period(self) -> StdStringVector:
        """Tell the shortest periods that single commands may be polled with.

        Returns
        -------
        StdStringVector
            Names and periods in milliseconds in turn.
        """
        return self._get_cmd_min_poll_period()

    def get_polled_attr(self) -> StdStringVector:
        """List the attributes whose polling was set from outside.

        Returns
        -------
        StdStringVector
            Names and periods in milliseconds in turn.
        """
        return self._get_polled_attr()

    def get_polled_cmd(self) -> StdStringVector:
        """List the commands whose polling was set from outside.

        Returns
        -------
        StdStringVector
            Names and periods in milliseconds in turn.
        """
        return self._get_polled_cmd()

    def get_non_auto_polled_attr(self) -> StdStringVector:
        """List the attributes that are polled by their declaration, but must not be here.

        Returns
        -------
        StdStringVector
            Their names.
        """
        return self._get_non_auto_polled_attr()

    def get_non_auto_polled_cmd(self) -> StdStringVector:
        """List the commands that are polled by their declaration, but must not be here.

        Returns
        -------
        StdStringVector
            Their names.
        """
        return self._get_non_auto_polled_cmd()

    # --- what was polled ---

    def fill_attr_polling_buffer(self, attribute_name: str, attr_history_stack: TimedAttrData | list[TimedAttrData]) -> None:
        """Add values to what clients read of a polled attribute.

        The attribute should be polled with a period of 0, so that nobody else adds any.

        Parameters
        ----------
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
        fill_attr_polling_buffer(self, attribute_name, attr_history_stack)

    def fill_cmd_polling_buffer(self, command_name: str, cmd_history_stack: TimedCmdData | list[TimedCmdData]) -> None:
        """Add results to what clients get of a polled command.

        The command should be polled with a period of 0, so that nobody else adds any.

        Parameters
        ----------
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
        fill_cmd_polling_buffer(self, command_name, cmd_history_stack)

    # --- clients ---

    def is_device_locked(self) -> bool:
        """Tell whether a client has locked the device.

        Returns
        -------
        bool
            Whether one has.
        """
        return self._is_device_locked()

    def get_client_ident(self) -> ClientAddr | None:
        """Tell whose request is being served.

        Returns
        -------
        ClientAddr or None
            The client; None outside of a request (in the thread of a green mode, when the server polls, at its start).
        """
        return self._get_client_ident()
