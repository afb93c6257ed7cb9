"""What the devices of a group answer."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, TypeVar

from tango._core.attribute_data import AttributeReply, DeviceAttribute
from tango._core.command_data import DeviceData
from tango.enums import ExtractAs
from tango.errors import DevError, DevFailed, make_error
from tango.structs import TypedList

__all__ = ["GroupAttrReply", "GroupAttrReplyList", "GroupCmdReply", "GroupCmdReplyList", "GroupReply", "GroupReplyList"]

_R = TypeVar("_R", bound="GroupReply")


class GroupReply:
    """What one device of a group answers to a write; also what all answers have in common.

    Parameters
    ----------
    other : GroupReply, optional
        A reply to copy; without it an empty one is made.
    """

    _exceptions = False

    def __init__(self, other: GroupReply | None = None) -> None:
        self._dev_name = "unknown"
        self._obj_name = "unknown"
        self._enabled = True
        self._errors: tuple[DevError, ...] = ()
        self._data: Any = None
        if other is not None:
            if not isinstance(other, type(self)):
                raise TypeError(f"{type(self).__name__}() copies a {type(self).__name__}, not a {type(other).__name__}")
            self.__dict__.update(other.__dict__)

    @classmethod
    def _made(
        cls: type[_R],
        dev_name: str,
        obj_name: str,
        *,
        enabled: bool = True,
        errors: Sequence[DevError] = (),
        data: Any = None,
    ) -> _R:
        reply = cls()
        reply._dev_name, reply._obj_name, reply._enabled = dev_name, obj_name, enabled
        reply._errors, reply._data = tuple(errors), data
        return reply

    @staticmethod
    def enable_exception(exception_mode: bool = True) -> bool:
        """Set whether `get_data` of replies raises if there are no data; by default it does not.

        Parameters
        ----------
        exception_mode : bool, optional
            True to have it raise.

        Returns
        -------
        bool
            How it was set before.
        """
        former, GroupReply._exceptions = GroupReply._exceptions, bool(exception_mode)
        return former

    def has_failed(self) -> bool:
        """Return whether the request failed for this device; :meth:`get_err_stack` says why."""
        return bool(self._errors)

    def dev_name(self) -> str:
        """Return the name of the device, as it is in the group."""
        return self._dev_name

    def obj_name(self) -> str:
        """Return the name of the command or attribute."""
        return self._obj_name

    def group_element_enabled(self) -> bool:
        """Return whether the device was enabled in its group; the others are not asked."""
        return self._enabled

    def get_err_stack(self) -> tuple[DevError, ...]:
        """Return the errors of a failed request.

        Returns
        -------
        tuple of DevError
            Nothing if it did not fail.
        """
        return self._errors

    def _no_data(self) -> bool:
        """Return whether there are no data; raise if that was asked for."""
        if GroupReply._exceptions and not self._enabled:
            raise DevFailed(
                make_error(
                    "no data - group member is disabled",
                    f"{self._dev_name} is disabled in its group, so there are no data of {self._obj_name}",
                    f"{type(self).__name__}.get_data",
                )
            )
        if GroupReply._exceptions and self._errors:
            raise DevFailed(*self._errors)
        return not self._enabled or bool(self._errors)

    def _shown(self) -> str | None:
        """Return how the data are printed, None if this kind of reply has none."""
        return None

    def __str__(self) -> str:
        lines = [
            f'dev_name = "{self._dev_name}"',
            f'obj_name = "{self._obj_name}"',
            f"enabled = {self._enabled}",
            f"has_failed = {self.has_failed()}",
        ]
        if self._errors:
            stack = ",\n".join(str(error) for error in self._errors)
            lines.append(f"err_stack = [\n{textwrap.indent(stack, '    ')}\n]")
        elif self._enabled and (shown := self._shown()) is not None:
            lines.append(f"data = {shown}")
        text = textwrap.indent("\n".join(lines), "    ")
        return f"{type(self).__name__}[\n{text}\n]"

    def __repr__(self) -> str:
        outcome = "failed" if self._errors else "ok" if self._enabled else "disabled"
        return f"{type(self).__name__}({self._dev_name}, {self._obj_name}: {outcome})"


class GroupAttrReply(GroupReply):
    """What one device of a group answers to a read.

    Parameters
    ----------
    other : GroupAttrReply, optional
        A reply to copy; without it an empty one is made.
    """

    _data: AttributeReply | None

    def get_data(self, extract_as: ExtractAs = ExtractAs.Numpy) -> DeviceAttribute:
        """Return the attribute.

        Parameters
        ----------
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        DeviceAttribute
            An empty one if the read failed or the device is disabled.

        Raises
        ------
        DevFailed
            In these cases, if :meth:`enable_exception` has asked for it.
        """
        return DeviceAttribute() if self._no_data() or self._data is None else self._data.get(extract_as)

    def _shown(self) -> str:
        return str(self._data.get(ExtractAs.Numpy)) if self._data is not None else "None"


class GroupCmdReply(GroupReply):
    """What one device of a group answers to a command.

    Parameters
    ----------
    other : GroupCmdReply, optional
        A reply to copy; without it an empty one is made.
    """

    _data: DeviceData | None

    def get_data(self) -> Any:
        """Return what the command returned.

        Returns
        -------
        object
            As for :meth:`tango.DeviceProxy.command_inout`; None if the command failed or the device is disabled.

        Raises
        ------
        DevFailed
            In these cases, if :meth:`enable_exception` has asked for it.
        """
        return self.get_data_raw().extract()

    def get_data_raw(self) -> DeviceData:
        """Return what the command returned, as it came.

        Returns
        -------
        DeviceData
            An empty one if the command failed or the device is disabled.

        Raises
        ------
        DevFailed
            In these cases, if :meth:`enable_exception` has asked for it.
        """
        return DeviceData() if self._no_data() or self._data is None else self._data

    def _shown(self) -> str:
        return repr(self._data.extract()) if self._data is not None else "None"


class ReplyList(TypedList[_R]):
    """The answers of a group to one request."""

    def has_failed(self) -> bool:
        """Return whether the request failed for one device at least."""
        return any(reply.has_failed() for reply in self)

    def push_back(self, reply: _R) -> None:
        """Add a reply.

        Parameters
        ----------
        reply : GroupReply
            The reply.
        """
        self.append(reply)

    def reset(self) -> None:
        """Remove all replies."""
        self.clear()


class GroupReplyList(ReplyList[GroupReply], item_type=GroupReply):
    """The answers of a group to a write."""


class GroupAttrReplyList(ReplyList[GroupAttrReply], item_type=GroupAttrReply):
    """The answers of a group to a read."""


class GroupCmdReplyList(ReplyList[GroupCmdReply], item_type=GroupCmdReply):
    """The answers of a group to a command."""
