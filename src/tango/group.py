"""Group: one request for many devices."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tango._core import operations
from tango._core.async_engine import Operation
from tango._core.command_data import DeviceData
from tango._group_tree import GroupTree, Member
from tango._pending import Answer, Requests
from tango.data_lists import DeviceDataList
from tango.errors import AsynCall, DevError, DevFailed, WrongData, make_error
from tango.group_reply import (
    GroupAttrReply,
    GroupAttrReplyList,
    GroupCmdReply,
    GroupCmdReplyList,
    GroupReply,
    GroupReplyList,
    ReplyList,
)
from tango.structs import AttributeInfoEx

__all__ = ["Group"]

_R = TypeVar("_R", bound=GroupReply)


class _Request:
    """A request to the devices of a group, as long as nobody has asked for the answers."""

    def __init__(self, kind: str, names: Sequence[str]) -> None:
        self.kind = kind
        self.names = names
        self.sent = Requests()
        self.outcomes: list[tuple[Member, bool, Answer | Sequence[DevError]]] = []
        """Of each device whether it was enabled, and the answer to wait for or what made a request impossible."""


class Group(GroupTree):
    """Devices that get the same requests at the same time.

    Groups may have groups as elements. A device may be given by a pattern with ``*``; then the devices are added that the
    database has under such a name, and are exported, now.

    Parameters
    ----------
    name : str
        Name of the group.

    Raises
    ------
    TypeError
        If the name is no str.

    Notes
    -----
    Devices need not be there when they are added; a device that does not answer fails in the reply, not in the call.
    Where `forward` is True, the default, groups in the group take part.

    Examples
    --------
    >>> group = Group("gauges")
    >>> group.add("sys/gauge/*")
    >>> for reply in group.read_attribute("pressure"):
    ...     print(reply.dev_name(), reply.get_err_stack() if reply.has_failed() else reply.get_data().value)
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._requests: dict[int, _Request] = {}
        self._numbers = itertools.count(1)

    # --- requests -------------------------------------------------------------------------------------------------------

    def _send(
        self,
        kind: str,
        names: Sequence[str],
        members: Sequence[tuple[Member, bool]],
        make: Callable[[Member, int], Operation | None],
    ) -> _Request:
        """Send a request to devices; `make` gets each and its place in the group.

        All requests to devices that are known to be there are made before one is sent, so that an argument of a wrong type
        has no effect. Others come last, as connecting may take its time.
        """
        request = _Request(kind, names)
        outcomes: dict[int, Answer | Sequence[DevError]] = {}
        enabled = [number for number, (_, enabled) in enumerate(members) if enabled]
        for reachable in (True, False):
            made: dict[int, Operation | None] = {}
            for number in enabled:
                if number in outcomes or members[number][0].is_reachable() is not reachable:
                    continue
                try:
                    operation = make(members[number][0], number)
                except DevFailed as error:
                    outcomes[number] = error.args
                else:
                    made[number] = operation
            for number, operation in made.items():
                outcomes[number] = request.sent.send(operation)
        request.outcomes = [(member, enabled, outcomes.get(i, ())) for i, (member, enabled) in enumerate(members)]
        return request

    def _keep(self, request: _Request) -> int:
        number = next(self._numbers)
        self._requests[number] = request
        return number

    def _reply(
        self,
        kind: str,
        req_id: int,
        timeout_ms: int,
        replies: type[ReplyList[_R]],
        made: Callable[[Member, _Request, Any], list[_R]],
    ) -> Any:
        """Return the answers to the request with a number; they can be had once."""
        request = self._requests.get(req_id)
        if request is None:
            raise DevFailed(
                make_error(
                    "API_BadAsynPollId",
                    f"Invalid asynch. request identifier specified: group {self._name} has no request {req_id!r}",
                    f"Group.{kind}_reply",
                )
            )
        if request.kind != kind:
            raise AsynCall(
                make_error("API_BadAsynReqType", f"Incompatible request type: {req_id} is a {request.kind}", f"Group.{kind}_reply")
            )
        del self._requests[req_id]
        return self._collect(request, req_id, timeout_ms, replies, made)

    def _collect(
        self,
        request: _Request,
        req_id: int,
        timeout_ms: int,
        replies: type[ReplyList[_R]],
        made: Callable[[Member, _Request, Any], list[_R]],
    ) -> Any:
        """Wait for the answers to a request, `timeout_ms` for each of them (0: as long as it takes)."""
        result = replies()
        reply_type: type[_R] = replies.item_type
        for member, enabled, outcome in request.outcomes:
            if not isinstance(outcome, Answer):
                errors = outcome
            elif not request.sent.wait(outcome, timeout_ms / 1000 if timeout_ms else None):
                errors = [_not_arrived(member, req_id, request.kind)]
            else:
                try:
                    result += made(member, request, outcome.get())
                except DevFailed as error:
                    errors = error.args
                else:
                    continue
            result += [reply_type._made(member._name, name, enabled=enabled, errors=errors) for name in request.names]
        request.sent.cancel()
        return result

    def ping(self, forward: bool = True) -> bool:
        """Return whether all devices are there.

        Parameters
        ----------
        forward : bool, optional
            Whether to ask those of groups in the group.
        """
        members = [(member, True) for member, _ in self._members(forward)]
        request = self._send("ping", ["ping"], members, lambda member, _: operations.ping_operation(member.proxy()))
        return not self._collect(request, 0, 0, GroupReplyList, _written).has_failed()

    # --- commands -------------------------------------------------------------------------------------------------------

    def command_inout(self, cmd_name: str, param: Any = None, forward: bool = True) -> GroupCmdReplyList:
        """Run a command on all devices.

        Parameters
        ----------
        cmd_name : str
            Name of the command.
        param : object, optional
            Its argument, as for :meth:`tango.DeviceProxy.command_inout`; or a :class:`tango.DeviceDataList` with one for
            each device.
        forward : bool, optional
            Whether those of groups in the group take part.

        Returns
        -------
        GroupCmdReplyList
            A reply for each device.

        Raises
        ------
        TypeError
            If the argument does not fit the type of the command.
        WrongData
            If the list has another length than the group.
        """
        return self.command_inout_reply(self.command_inout_asynch(cmd_name, param, forward))

    def command_inout_asynch(self, cmd_name: str, param: Any = None, forward: bool = True) -> int:
        """Run a command on all devices and do not wait.

        Parameters
        ----------
        cmd_name, param, forward
            As for :meth:`command_inout`.

        Returns
        -------
        int
            A number for :meth:`command_inout_reply`.

        Raises
        ------
        TypeError
            If the argument does not fit the type of the command.
        WrongData
            If the list has another length than the group.
        """
        members = self._members(forward)
        params = _one_each(param, members) if isinstance(param, DeviceDataList) else [param] * len(members)

        def make(member: Member, number: int) -> Operation:
            proxy = member.proxy()
            return operations.raw_command_operation(proxy, cmd_name, proxy._command_data(cmd_name, params[number]))

        return self._keep(self._send("command_inout", [cmd_name], members, make))

    def command_inout_reply(self, req_id: int, timeout_ms: int = 0) -> GroupCmdReplyList:
        """Return the replies to a command.

        Parameters
        ----------
        req_id : int
            What :meth:`command_inout_asynch` returned.
        timeout_ms : int, optional
            How long to wait for each device, in milliseconds; 0 for as long as it takes. A reply that is late fails.

        Returns
        -------
        GroupCmdReplyList
            A reply for each device.

        Raises
        ------
        DevFailed
            If there is no such request, or its replies have been returned already.
        """
        return self._reply("command_inout", req_id, timeout_ms, GroupCmdReplyList, _answered)  # type: ignore[no-any-return]

    # --- reading --------------------------------------------------------------------------------------------------------

    def read_attribute(self, attr_name: str, forward: bool = True) -> GroupAttrReplyList:
        """Read an attribute of all devices.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
        forward : bool, optional
            Whether those of groups in the group take part.

        Returns
        -------
        GroupAttrReplyList
            A reply for each device.
        """
        return self.read_attribute_reply(self.read_attribute_asynch(attr_name, forward))

    def read_attribute_asynch(self, attr_name: str, forward: bool = True) -> int:
        """Read an attribute of all devices and do not wait.

        Parameters
        ----------
        attr_name, forward
            As for :meth:`read_attribute`.

        Returns
        -------
        int
            A number for :meth:`read_attribute_reply`.
        """
        return self.read_attributes_asynch([attr_name], forward)

    def read_attribute_reply(self, req_id: int, timeout_ms: int = 0) -> GroupAttrReplyList:
        """Return the replies to a read.

        Parameters
        ----------
        req_id : int
            What :meth:`read_attribute_asynch` returned.
        timeout_ms : int, optional
            How long to wait for each device, in milliseconds; 0 for as long as it takes. A reply that is late fails.

        Returns
        -------
        GroupAttrReplyList
            A reply for each device.

        Raises
        ------
        DevFailed
            If there is no such request, or its replies have been returned already.
        """
        return self._reply("read_attribute", req_id, timeout_ms, GroupAttrReplyList, _read)  # type: ignore[no-any-return]

    def read_attributes(self, attr_names: Sequence[str], forward: bool = True) -> GroupAttrReplyList:
        """Read several attributes of all devices, each device with one request.

        Parameters
        ----------
        attr_names : sequence of str
            Names of the attributes.
        forward : bool, optional
            Whether those of groups in the group take part.

        Returns
        -------
        GroupAttrReplyList
            A reply for each attribute of the first device, then for each of the second, and so on.
        """
        return self.read_attributes_reply(self.read_attributes_asynch(attr_names, forward))

    def read_attributes_asynch(self, attr_names: Sequence[str], forward: bool = True) -> int:
        """Read several attributes of all devices and do not wait.

        Parameters
        ----------
        attr_names, forward
            As for :meth:`read_attributes`.

        Returns
        -------
        int
            A number for :meth:`read_attributes_reply`.
        """
        names = _names(attr_names)
        request = self._send(
            "read_attribute",
            names,
            self._members(forward) if names else (),
            lambda member, _: operations.read_later_operation(member.proxy(), names),
        )
        return self._keep(request)

    def read_attributes_reply(self, req_id: int, timeout_ms: int = 0) -> GroupAttrReplyList:
        """Return the replies to a read of several attributes.

        Parameters
        ----------
        req_id : int
            What :meth:`read_attributes_asynch` returned.
        timeout_ms : int, optional
            How long to wait for each device, in milliseconds; 0 for as long as it takes. A reply that is late fails.

        Returns
        -------
        GroupAttrReplyList
            A reply for each attribute of the first device, then for each of the second, and so on.

        Raises
        ------
        DevFailed
            If there is no such request, or its replies have been returned already.
        """
        return self.read_attribute_reply(req_id, timeout_ms)

    # --- writing --------------------------------------------------------------------------------------------------------

    def write_attribute(
        self, attr_name: str | AttributeInfoEx, value: Any, forward: bool = True, multi: bool = False
    ) -> GroupReplyList:
        """Write an attribute of all devices.

        Parameters
        ----------
        attr_name : str or AttributeInfoEx
            Name of the attribute, or its configuration; with the latter the devices are not asked for it.
        value : object
            What to write, as for :meth:`tango.DeviceProxy.write_attribute`.
        forward : bool, optional
            Whether those of groups in the group take part.
        multi : bool, optional
            True if `value` is a sequence with a value for each device.

        Returns
        -------
        GroupReplyList
            A reply for each device.

        Raises
        ------
        TypeError
            If a value does not fit the attribute.
        WrongData
            If there are more or fewer values than devices.
        """
        return self.write_attribute_reply(self.write_attribute_asynch(attr_name, value, forward, multi))

    def write_attribute_asynch(
        self, attr_name: str | AttributeInfoEx, value: Any, forward: bool = True, multi: bool = False
    ) -> int:
        """Write an attribute of all devices and do not wait.

        Parameters
        ----------
        attr_name, value, forward, multi
            As for :meth:`write_attribute`.

        Returns
        -------
        int
            A number for :meth:`write_attribute_reply`.

        Raises
        ------
        TypeError
            If a value does not fit the attribute.
        WrongData
            If there are more or fewer values than devices.
        """
        members = self._members(forward)
        if multi and (isinstance(value, (str, bytes)) or not hasattr(value, "__len__")):
            raise TypeError(
                "When multi is set, value must be a Python sequence (e.g., list or tuple) with an element for each device, "
                f"not {type(value).__name__} {value!r:.60}"
            )
        values = _one_each(value, members) if multi else [value] * len(members)

        def make(member: Member, number: int) -> Operation:
            proxy = member.proxy()
            return proxy._write_later(attr_name, values[number])

        name = attr_name if isinstance(attr_name, str) else str(getattr(attr_name, "name", attr_name))
        return self._keep(self._send("write_attribute", [name], members, make))

    def write_attribute_reply(self, req_id: int, timeout_ms: int = 0) -> GroupReplyList:
        """Return the replies to a write.

        Parameters
        ----------
        req_id : int
            What :meth:`write_attribute_asynch` returned.
        timeout_ms : int, optional
            How long to wait for each device, in milliseconds; 0 for as long as it takes. A reply that is late fails.

        Returns
        -------
        GroupReplyList
            A reply for each device.

        Raises
        ------
        DevFailed
            If there is no such request, or its replies have been returned already.
        """
        return self._reply("write_attribute", req_id, timeout_ms, GroupReplyList, _written)  # type: ignore[no-any-return]


# --- replies of one device ----------------------------------------------------------------------------------------------


def _answered(member: Member, request: _Request, data: DeviceData) -> list[GroupCmdReply]:
    return [GroupCmdReply._made(member._name, request.names[0], data=data)]


def _read(member: Member, request: _Request, replies: Any) -> list[GroupAttrReply]:
    return [
        GroupAttrReply._made(member._name, name, errors=reply.errors, data=reply)
        for name, reply in zip(request.names, replies or (), strict=True)
    ]


def _written(member: Member, request: _Request, nothing: Any) -> list[GroupReply]:
    return [GroupReply._made(member._name, request.names[0])]


def _not_arrived(member: Member, req_id: int, kind: str) -> DevError:
    return make_error(
        "API_AsynReplyNotArrived",
        f"Device {member._name}: Reply for asynchronous call (id = {req_id}) is not yet arrived",
        f"Group.{kind}_reply",
    )


# --- arguments ----------------------------------------------------------------------------------------------------------





def _names(attr_names: Sequence[str]) -> list[str]:
    if isinstance(attr_names, (str, bytes)) or not all(isinstance(name, str) for name in attr_names):
        raise TypeError(f"names of attributes are a sequence of str, not {type(attr_names).__name__} {attr_names!r:.60}")
    return list(attr_names)


def _one_each(values: Any, members: Sequence[Any]) -> Sequence[Any]:
    if len(values) != len(members):
        raise WrongData(
            make_error(
                "API_MethodArgument",
                "the size of the input argument list must equal the number of device in the group "
                f"[expected:{len(members)} - got:{len(values)}]",
                "Group",
            )
        )
    return values  # type: ignore[no-any-return]
