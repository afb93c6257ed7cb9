"""What event callbacks and callbacks of asynchronous calls receive."""

from collections.abc import Iterable
from typing import Annotated, Any

from tango.enums import EventReason
from tango.structs.base import Struct, each_instance
from tango.structs.config import AttributeInfoEx, AttributeInfoListEx, CommandInfoList
from tango.structs.error import DevError
from tango.structs.pipes import DevicePipe
from tango.structs.time import TimeVal

__all__ = [
    "AttrConfEventData",
    "AttrReadEvent",
    "AttrWrittenEvent",
    "CmdDoneEvent",
    "DataReadyEventData",
    "DevIntrChangeEventData",
    "EventData",
    "PipeEventData",
]


def _error_stack(errors: Any) -> tuple[DevError, ...]:
    """Take the errors out of a DevFailed or of a sequence."""
    stack = errors.args if isinstance(errors, BaseException) else errors
    if isinstance(stack, Iterable) and not isinstance(stack, (str, bytes)):
        stack = tuple(stack)
        if all(isinstance(error, DevError) for error in stack):
            return stack
    raise TypeError("DevFailed or a sequence of DevError")


class _Report(Struct):
    """Base of everything that is handed to a callback; compared by identity, and open for users' own attributes."""

    device: Any = None
    err: bool = False
    errors: Annotated[tuple[DevError, ...], _error_stack] = ()

    _open = True

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]


class _Event(_Report):
    event: str = ""
    event_reason: EventReason = EventReason.Update
    reception_date: TimeVal = each_instance(TimeVal)

    def _begin(self, device: Any, event_name: str | None, reason: EventReason | None, errors: Any) -> None:
        self.reception_date = TimeVal.now()
        self.device = device
        if event_name is not None:
            self.event = event_name
        if reason is not None:
            self.event_reason = reason
        if errors is not None:
            self.errors = errors
            self.err = bool(self.errors)

    def get_date(self) -> TimeVal:
        """Return when the event arrived.

        Returns
        -------
        TimeVal
            The time at which the event was received in this process.
        """
        return self.reception_date


class EventData(_Event):
    """A change, periodic, archive, alarm or user event of an attribute.

    Parameters
    ----------
    device_proxy : DeviceProxy or EventData, optional
        The device that sent the event, or an event to copy.
    attr_name, event_name : str, optional
        Names of the attribute and of the kind of event.
    attr_value : DeviceAttribute, optional
        The value.
    event_reason : EventReason, optional
        Why the callback is called.
    errors : DevFailed or sequence of DevError, optional
        What went wrong.

    Attributes
    ----------
    device : DeviceProxy
        The proxy that subscribed.
    attr_name : str
        Full name of the attribute.
    event : str
        Kind of the event: ``"change"``, ``"periodic"``, ``"archive"``, ``"alarm"`` or ``"user_event"``.
    attr_value : DeviceAttribute or None
        The value; None if `err` is true.
    err : bool
        Whether this is news of an error.
    errors : tuple[DevError, ...]
        The error stack.
    event_reason : EventReason
        Why the callback is called.
    reception_date : TimeVal
        When the event arrived.
    """

    attr_name: str = ""
    attr_value: Any = None

    def __init__(
        self,
        device_proxy: Any = None,
        attr_name: str | None = None,
        event_name: str | None = None,
        attr_value: Any = None,
        event_reason: EventReason | None = None,
        errors: Any = None,
        *,
        event: "EventData | None" = None,
    ) -> None:
        source = device_proxy if isinstance(device_proxy, EventData) else event
        if source is not None:
            self._copy_from(source)
            return
        self._begin(device_proxy, event_name, event_reason, errors)
        if attr_name is not None:
            self.attr_name = attr_name
        self.attr_value = attr_value


class AttrConfEventData(_Event):
    """News of a changed configuration of an attribute.

    Parameters
    ----------
    device_proxy : DeviceProxy or AttrConfEventData, optional
        The device that sent the event, or an event to copy.
    attr_name, event_name : str, optional
        Names of the attribute and of the kind of event.
    attr_conf : AttributeInfoEx, optional
        The new configuration.
    event_reason : EventReason, optional
        Why the callback is called.
    errors : DevFailed or sequence of DevError, optional
        What went wrong.

    Attributes
    ----------
    attr_conf : AttributeInfoEx or None
        The configuration; None if `err` is true.
    device, attr_name, event, err, errors, event_reason, reception_date
        As for :class:`EventData`; `event` is ``"attr_conf"``.
    """

    attr_name: str = ""
    attr_conf: AttributeInfoEx | None = None

    def __init__(
        self,
        device_proxy: Any = None,
        attr_name: str | None = None,
        event_name: str | None = None,
        attr_conf: AttributeInfoEx | None = None,
        event_reason: EventReason | None = None,
        errors: Any = None,
        *,
        event: "AttrConfEventData | None" = None,
    ) -> None:
        source = device_proxy if isinstance(device_proxy, AttrConfEventData) else event
        if source is not None:
            self._copy_from(source)
            return
        self._begin(device_proxy, event_name, event_reason, errors)
        if attr_name is not None:
            self.attr_name = attr_name
        self.attr_conf = attr_conf


class DataReadyEventData(_Event):
    """News that the data of an attribute are ready to be read.

    Parameters
    ----------
    device_proxy : DeviceProxy or DataReadyEventData, optional
        The device that sent the event, or an event to copy.
    att_data_ready : object with ``name``, ``data_type`` and ``ctr``, optional
        What the device sent.
    event_name : str, optional
        Name of the kind of event.
    event_reason : EventReason, optional
        Why the callback is called.
    errors : DevFailed or sequence of DevError, optional
        What went wrong.

    Attributes
    ----------
    attr_data_type : int
        Type of the attribute, as a number of :class:`tango.CmdArgType`; -1 if not known.
    ctr : int
        The number that the device gave with the event; -1 if not known.
    device, attr_name, event, err, errors, event_reason, reception_date
        As for :class:`EventData`; `event` is ``"data_ready"``.
    """

    attr_data_type: int = -1
    attr_name: str = "Unknown"
    ctr: int = -1

    def __init__(
        self,
        device_proxy: Any = None,
        att_data_ready: Any = None,
        event_name: str | None = None,
        event_reason: EventReason | None = None,
        errors: Any = None,
        *,
        event: "DataReadyEventData | None" = None,
    ) -> None:
        source = device_proxy if isinstance(device_proxy, DataReadyEventData) else event
        if source is not None:
            self._copy_from(source)
            return
        self._begin(device_proxy, event_name, event_reason, errors)
        if att_data_ready is not None:
            self.attr_name = att_data_ready.name
            self.attr_data_type = att_data_ready.data_type
            self.ctr = att_data_ready.ctr


class DevIntrChangeEventData(_Event):
    """News that a device has gained or lost commands or attributes.

    Parameters
    ----------
    device_proxy : DeviceProxy or DevIntrChangeEventData, optional
        The device that sent the event, or an event to copy.
    event_name, device_name : str, optional
        Names of the kind of event and of the device.
    cmd_list : CommandInfoList, optional
        The commands that the device has now.
    att_list : AttributeInfoListEx, optional
        The attributes that the device has now.
    dev_started : bool, optional
        Whether the event was sent because the device started.
    event_reason : EventReason, optional
        Why the callback is called.
    errors : DevFailed or sequence of DevError, optional
        What went wrong.

    Attributes
    ----------
    device, event, err, errors, event_reason, reception_date
        As for :class:`EventData`; `event` is ``"intr_change"``.
    """

    att_list: AttributeInfoListEx = each_instance(AttributeInfoListEx)
    cmd_list: CommandInfoList = each_instance(CommandInfoList)
    dev_started: bool = False
    device_name: str = ""

    def __init__(
        self,
        device_proxy: Any = None,
        event_name: str | None = None,
        device_name: str | None = None,
        cmd_list: Any = None,
        att_list: Any = None,
        dev_started: bool | None = None,
        event_reason: EventReason | None = None,
        errors: Any = None,
        *,
        event: "DevIntrChangeEventData | None" = None,
    ) -> None:
        source = device_proxy if isinstance(device_proxy, DevIntrChangeEventData) else event
        if source is not None:
            self._copy_from(source)
            return
        self._begin(device_proxy, event_name, event_reason, errors)
        given = {"device_name": device_name, "cmd_list": cmd_list, "att_list": att_list, "dev_started": dev_started}
        for name, value in given.items():
            if value is not None:
                setattr(self, name, value)


# --- asynchronous calls ----------------------------------------------------------------------------------------------


class PipeEventData(_Event):
    """An event of a pipe (cppTango up to 10.0).

    Parameters
    ----------
    device_proxy : DeviceProxy or PipeEventData, optional
        The device that sent the event, or an event to copy.
    pipe_name, event_name : str, optional
        Names of the pipe and of the kind of event.
    pipe_value : DevicePipe, optional
        The value.
    event_reason : EventReason, optional
        Why the callback is called.
    errors : DevFailed or sequence of DevError, optional
        What went wrong.

    Attributes
    ----------
    pipe_name : str
        Full name of the pipe.
    pipe_value : DevicePipe or None
        The value; None if `err` is true.
    device, event, err, errors, event_reason, reception_date
        As for :class:`EventData`; `event` is ``"pipe"``.
    """

    pipe_name: str = ""
    pipe_value: DevicePipe | None = None

    def __init__(
        self,
        device_proxy: Any = None,
        pipe_name: str | None = None,
        event_name: str | None = None,
        pipe_value: DevicePipe | None = None,
        event_reason: EventReason | None = None,
        errors: Any = None,
        *,
        event: "PipeEventData | None" = None,
    ) -> None:
        source = device_proxy if isinstance(device_proxy, PipeEventData) else event
        if source is not None:
            self._copy_from(source)
            return
        self._begin(device_proxy, event_name, event_reason, errors)
        if pipe_name is not None:
            self.pipe_name = pipe_name
        self.pipe_value = pipe_value


class CmdDoneEvent(_Report):
    """The answer to an asynchronous command.

    Attributes
    ----------
    device : DeviceProxy
        The proxy that sent the command.
    cmd_name : str
        The command.
    err : bool
        Whether it failed.
    errors : tuple[DevError, ...]
        The error stack.
    """

    cmd_name: str = ""
    _argout: Any = None
    _failure: BaseException | None = None

    @property
    def argout(self) -> Any:
        """The result of the command.

        Raises
        ------
        DevFailed
            If the command failed.
        """
        if self._failure is not None:
            raise self._failure
        return self._argout

    @argout.setter
    def argout(self, value: Any) -> None:
        self._argout = value

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "argout":
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)


class AttrReadEvent(_Report):
    """The answer to an asynchronous read.

    Attributes
    ----------
    device : DeviceProxy
        The proxy that sent the request.
    attr_names : StdStringVector
        The attributes asked for.
    argout : list[DeviceAttribute]
        Their values; empty if the whole request failed.
    err : bool
        Whether it failed.
    errors : tuple[DevError, ...]
        The error stack.
    """

    argout: Any = each_instance(list)
    attr_names: Any = each_instance(list)


class AttrWrittenEvent(_Report):
    """The answer to an asynchronous write.

    Attributes
    ----------
    device : DeviceProxy
        The proxy that sent the request.
    attr_names : StdStringVector
        The attributes written.
    err : bool
        Whether it failed.
    errors : NamedDevFailedList
        What went wrong, attribute by attribute.
    """

    attr_names: Any = each_instance(list)
    errors: Any = ()
