"""Events that devices push from their code."""

from __future__ import annotations

from typing import Any

from tango._core.device_events import DeviceEventsCore
from tango._core.server_pipe import push_error, push_value
from tango._core.server_value import Attribute
from tango.enums import EventType
from tango.pipe_values import normalized

__all__ = ["DeviceEvents"]


class DeviceEvents(DeviceEventsCore):
    """A device that pushes events. Any thread may push; several may do so at once."""

    def push_change_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push a change event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            The value; or value, time and quality; for DevEncoded the format before the value; or an exception; or nothing
            for State and Status.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.CHANGE_EVENT, attr_name, args, kwargs)

    def push_archive_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push an archive event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.ARCHIVE_EVENT, attr_name, args, kwargs)

    def push_alarm_event(self, attr_name: str, *args: Any, **kwargs: Any) -> None:
        """Push an alarm event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        NonSupportedFeature
            The library is older than 10.0.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.ALARM_EVENT, attr_name, args, kwargs)

    def push_event(self, attr_name: str, filt_names: list[str], filt_vals: list[float], *args: Any, **kwargs: Any) -> None:
        """Push a user event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        filt_names, filt_vals
            Names and values of what clients can filter by.
        *args, **kwargs
            As for `push_change_event`.

        Raises
        ------
        DevFailed
            There is no such attribute, or no value is given.
        TypeError, OverflowError
            The value does not fit the type of the attribute.
        """
        self._push_event(EventType.USER_EVENT, attr_name, args, kwargs, filt_names, filt_vals)

    def push_data_ready_event(self, attr_name: str, counter: int) -> None:
        """Tell clients that new data can be read.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        counter
            A number that clients get.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._push_data_ready_event(attr_name, counter)

    def push_pipe_event(self, pipe_name: str, value: Any, time: Any = None, reuse_it: bool = False) -> None:
        """Push an event of a pipe (cppTango up to 10.0).

        Parameters
        ----------
        pipe_name
            Name of the pipe.
        value
            The name of the blob and its elements, in the forms of :meth:`tango.DeviceProxy.write_pipe`; or an exception.
        time
            When the value came about: seconds, a `TimeVal` or a datetime; default: now.
        reuse_it
            Accepted for programs that give it: the value always stays as it is.

        Raises
        ------
        DevFailed
            There is no such pipe, or the name of an element is there twice.
        NonSupportedFeature
            The library is newer than 10.0.
        TypeError, ValueError, OverflowError
            The value has another form, its types are not clear, or it does not fit a type that was given.
        """
        if isinstance(value, BaseException):
            push_error(self, pipe_name, value)
            return
        if isinstance(time, bool):  # PyTango's form (pipe_name, value, reuse_it)
            time = None
        push_value(self, pipe_name, *normalized(value, f"pipe {pipe_name}"), time)

    def push_att_conf_event(self, attr: Attribute) -> None:
        """Tell clients that the configuration of an attribute has changed.

        Parameters
        ----------
        attr
            The attribute.
        """
        self._push_att_conf_event(attr)

    def set_change_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes change events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the change criteria.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.CHANGE_EVENT, attr_name, implemented, detect)

    def set_archive_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes archive events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the archive criteria.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.ARCHIVE_EVENT, attr_name, implemented, detect)

    def set_alarm_event(self, attr_name: str, implemented: bool, detect: bool = True) -> None:
        """Say that the device pushes alarm events of an attribute itself.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that change the alarm state.

        Raises
        ------
        DevFailed
            There is no such attribute.
        NonSupportedFeature
            The library is older than 10.0.
        """
        self._set_event(EventType.ALARM_EVENT, attr_name, implemented, detect)

    def set_data_ready_event(self, attr_name: str, implemented: bool) -> None:
        """Say that the device pushes data-ready events of an attribute.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        implemented
            Whether it does.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        self._set_event(EventType.DATA_READY_EVENT, attr_name, implemented, False)

    def is_there_subscriber(self, attr_name: str, event_type: EventType) -> bool:
        """Tell whether a client listens to an event.

        Parameters
        ----------
        attr_name
            Name of the attribute.
        event_type
            Kind of event.

        Returns
        -------
        bool
            Whether there is one.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return self._is_there_subscriber(attr_name, event_type)
