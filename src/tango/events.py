"""Events of devices: how a proxy subscribes to them."""

from __future__ import annotations

import operator
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tango._callables import require_call
from tango._core.events import Subscription, report, subscribe, subscription_of
from tango._core.proxy import DeviceProxyCore
from tango.enums import ErrSeverity, EventSubMode, EventType, ExtractAs, GreenMode
from tango.errors import DevError, EventSystemFailed
from tango.event_stream import Errors, EventStream, Overflow
from tango.green import HasGreenMode, Listener, blocking, runner_of
from tango.structs import TimeVal
from tango.structs.base import decoded

__all__ = ["EventMethods", "PositionalArgTypeError"]

KEYWORDS = frozenset(
    ("attr_name", "cb", "event_type", "extract_as", "filters", "green_mode", "queuesize", "stateless", "sub_mode")
)


class PositionalArgTypeError(TypeError):
    """An argument of `subscribe_event` has a type that does not fit its place."""


class MissingArgumentError(TypeError, IndexError):
    """An argument of `subscribe_event` is missing."""


# --- what a call of subscribe_event asks for ----------------------------------------------------------------------------


@dataclass
class Request:
    """The arguments of `subscribe_event`, in one form."""

    attribute: str
    event_type: EventType
    callback: Callable[[Any], Any] | None
    queue_size: int
    mode: EventSubMode
    extract_as: ExtractAs


class _Arguments:
    """The arguments of one call, taken one after the other by position or by name."""

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        unknown = set(kwargs) - KEYWORDS
        if unknown:
            raise TypeError(
                f"Got unexpected keyword argument(s): {', '.join(sorted(unknown))}.\n"
                f"Allowed keys are: {', '.join(sorted(KEYWORDS))}"
            )
        self.args = args
        self.kwargs = kwargs
        self.at = 0

    def __str__(self) -> str:
        return f"args={self.args}, kwargs={self.kwargs}"

    def left(self) -> tuple[Any, ...]:
        return self.args[self.at :]

    def take(self, name: str, check: Callable[[Any], bool], wanted: str) -> Any:
        """Return an argument that there must be."""
        if name in self.kwargs:
            value, place = self.kwargs[name], "as a keyword"
        elif self.left():
            value, place = self.args[self.at], f"at position {self.at}"
            self.at += 1
        else:
            raise MissingArgumentError(
                f"Expected parameter '{name}' as either positional arg {self.at + 1}, (but only {len(self.args)} "
                f"provided), or as keyword argument. {self}"
            )
        if not check(value):
            raise PositionalArgTypeError(
                f"Invalid type for parameter '{name}' {place}: Parameter '{name}' must be {wanted}. Received: {type(value)}"
            )
        return value

    def option(self, name: str, check: Callable[[Any], bool], wanted: str, default: Any) -> Any:
        """Return an argument that there may be."""
        return self.take(name, check, wanted) if name in self.kwargs or self.left() else default


def _is_callback(value: Any) -> bool:
    return callable(value) or callable(getattr(value, "push_event", None))


def _is_size(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        operator.index(value)
    except TypeError:
        return False
    return True


def _is_filters(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, (str, bytes))


def _function(callback: Any) -> Callable[[Any], Any]:
    push = getattr(callback, "push_event", None)
    function: Callable[[Any], Any] = push if callable(push) else callback
    require_call(function, "callback", "one argument, the event", 1)
    return function


_warned: set[str] = set()


def _deprecated(what: str) -> None:
    """Warn once: programs that subscribe this way do it for each of many attributes."""
    if what not in _warned:
        _warned.add(what)
        warnings.warn(
            f"{what} deprecated; use the parameter 'sub_mode' (a tango.EventSubMode) instead", DeprecationWarning, stacklevel=5
        )


def _mode(arguments: _Arguments, deprecated: str, *, by_position: bool) -> EventSubMode:
    """Return the mode, from `sub_mode` or from the older `stateless`."""
    if "stateless" in arguments.kwargs or by_position:
        if "sub_mode" in arguments.kwargs:
            raise TypeError(f"Parameters 'sub_mode' and 'stateless' cannot be used together. {arguments}")
        _deprecated(deprecated)
        stateless = arguments.option("stateless", lambda value: isinstance(value, (bool, int)), "a bool", False)
        return EventSubMode.Stateless if stateless else EventSubMode.SyncRead
    return arguments.option(  # type: ignore[no-any-return]
        "sub_mode", lambda value: isinstance(value, EventSubMode), "of type EventSubMode", EventSubMode.SyncRead
    )


def read_request(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Request:
    """Bring the arguments of `subscribe_event` into one form.

    Parameters
    ----------
    args, kwargs
        The arguments of the call, without those of the green mode.

    Returns
    -------
    Request
        What they mean.

    Raises
    ------
    TypeError
        If they fit none of the signatures.
    """
    arguments = _Arguments(args, kwargs)
    first = kwargs.get("event_type") if "event_type" in kwargs and not args else args[0] if args else None
    if isinstance(first, EventType) and "attr_name" not in kwargs:
        return _request_for_device(arguments)
    return _request_for_attribute(arguments)


def _request_for_device(arguments: _Arguments) -> Request:
    event_type = arguments.take("event_type", lambda value: isinstance(value, EventType), "an EventType")
    if event_type != EventType.INTERFACE_CHANGE_EVENT:
        raise TypeError(
            f"This method is only for Interface Change Events: a subscription to {event_type.name} needs the name of an "
            "attribute as its first argument"
        )
    callback = arguments.take("cb", _is_callback, "callable object or an object with a 'push_event' method")
    by_position = bool(arguments.left()) and isinstance(arguments.left()[0], bool)
    mode = _mode(arguments, "The parameter 'stateless' is", by_position=by_position)
    return Request("", event_type, _function(callback), 0, mode, ExtractAs.Numpy)


def _request_for_attribute(arguments: _Arguments) -> Request:
    kwargs = arguments.kwargs
    name = arguments.take("attr_name", lambda value: isinstance(value, (str, bytes)), "a str")
    event_type = arguments.take("event_type", lambda value: isinstance(value, EventType), "an EventType")
    if "cb" in kwargs and "queuesize" in kwargs:
        raise TypeError(f"Parameters 'cb' and 'queuesize' cannot be used together. {arguments}")
    target: Any = kwargs.get("cb", kwargs.get("queuesize"))
    if "cb" not in kwargs and "queuesize" not in kwargs and arguments.left():
        target = arguments.args[arguments.at]
        arguments.at += 1
    called = _is_callback(target) and "queuesize" not in kwargs
    if not called and (not _is_size(target) or "cb" in kwargs):
        raise TypeError(
            "Either parameter 'queuesize' must be an integer, or parameter 'cb' must be callable object or an object with "
            f"a 'push_event' method. {arguments}"
        )
    if not called and operator.index(target) < 0:
        raise EventSystemFailed(_error("API_InvalidArgs", f"the size of an event queue must be positive, not {target}"))
    by_position = bool(arguments.left()) and _is_filters(arguments.left()[0])
    if by_position:
        arguments.at += 1  # filters belonged to the event system of Tango 7; nobody looks at them
    if by_position or "filters" in kwargs or "stateless" in kwargs:
        mode = _mode(arguments, "The parameters 'stateless' and 'filters' are", by_position=True)
    else:
        mode = _mode(arguments, "", by_position=False)
    extract_as = arguments.option(
        "extract_as", lambda value: isinstance(value, ExtractAs), "of type ExtractAs", ExtractAs.Numpy
    )
    return Request(
        name if isinstance(name, str) else decoded(name),
        event_type,
        _function(target) if called else None,
        0 if called else operator.index(target),
        mode,
        extract_as,
    )


def _error(reason: str, desc: str) -> DevError:
    error = DevError()
    error.reason, error.desc, error.origin, error.severity = reason, desc, "DeviceProxy events", ErrSeverity.ERR
    return error


# --- the methods of a proxy -----------------------------------------------------------------------------------------------


class EventMethods(HasGreenMode, DeviceProxyCore):
    """What a device proxy does with events."""

    def _subscriptions(self) -> dict[int, Subscription]:
        """Return the subscriptions of this proxy by number; they end when the proxy is gone."""
        subscriptions: dict[int, Subscription] = self.__dict__.setdefault("_event_subscriptions", {})
        return subscriptions

    def subscribe_event(
        self,
        *args: Any,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> int:
        """Subscribe to an event.

        There are three signatures; all arguments may be given by name::

            subscribe_event(attr_name, event_type, cb, sub_mode=SyncRead, extract_as=Numpy)
            subscribe_event(attr_name, event_type, queuesize, sub_mode=SyncRead, extract_as=Numpy)
            subscribe_event(event_type, cb, sub_mode=SyncRead)          # INTERFACE_CHANGE_EVENT

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
        event_type : EventType
            Kind of the event.
        cb : callable or object with a method push_event
            It is called with each event: an :class:`tango.EventData`, :class:`tango.AttrConfEventData`,
            :class:`tango.DataReadyEventData`, :class:`tango.DevIntrChangeEventData` or :class:`tango.PipeEventData`.
        queuesize : int
            How many events are kept until :meth:`get_events` takes them, 0 for all; a full queue drops the oldest.
        sub_mode : EventSubMode, optional
            Whether to wait for the subscription, to begin with a value read from the device, and what to do if it does not
            work: see :class:`tango.EventSubMode`.
        extract_as : ExtractAs, optional
            The form of arrays.
        filters, stateless : optional
            Deprecated; ``stateless=True`` is the mode Stateless, filters have no effect.
        green_mode, wait, timeout : optional
            As for all calls that wait for the network.

        Returns
        -------
        int
            A number for :meth:`unsubscribe_event`.

        Raises
        ------
        TypeError
            If the arguments fit none of the signatures.
        DevFailed
            If the device refuses or cannot be reached, in the modes Sync and SyncRead; or if the library in use cannot do
            what is asked for (:class:`tango.NonSupportedFeature`).

        Notes
        -----
        Callbacks run one after the other, in the order in which the events arrived, on a thread of their own; the first
        event is delivered during the call. No lock is held meanwhile: a callback may read, subscribe, unsubscribe and wait.
        In the modes Asyncio and Gevent callbacks run in the event loop or hub from which the subscription was made, and may be
        coroutine functions. What a callback raises goes to `sys.unraisablehook`.

        Events that a slow callback cannot keep up with wait, up to 100 000 of them or 256 MiB; then the oldest are given up,
        which an event with the error ``API_MissedEvents`` tells.
        """
        request = read_request(args, kwargs)
        if request.callback is not None:
            mode = self.get_green_mode() if green_mode is None else green_mode
            request.callback = runner_of(mode).listen(request.callback)
        return self._subscribe_event(request, green_mode=green_mode, wait=wait, timeout=timeout)  # type: ignore[call-arg]

    @blocking
    def _subscribe_event(self, request: Request) -> int:
        subscription = subscribe(
            self,
            request.attribute,
            request.event_type,
            request.callback,
            request.queue_size,
            request.mode,
            request.extract_as,
            self._subscriptions(),
            attach=request.callback.attach if isinstance(request.callback, Listener) else None,
        )
        return subscription.id  # type: ignore[no-any-return]

    def events(
        self,
        attr_name: str | EventType,
        event_type: EventType | None = None,
        *,
        queue_size: int = 1000,
        overflow: Overflow = "drop_oldest",
        errors: Errors = "deliver",
        sub_mode: EventSubMode = EventSubMode.SyncRead,
        extract_as: ExtractAs = ExtractAs.Numpy,
    ) -> EventStream:
        """Make a stream of events, to be iterated over with ``for`` or ``async for``.

        Parameters
        ----------
        attr_name : str or EventType
            Name of the attribute; or INTERFACE_CHANGE_EVENT, which is one of the device.
        event_type : EventType, optional
            Kind of the event; change events if it is left out.
        queue_size : int, optional
            How many events wait at most until they are taken, 0 for any number. Whatever the number, it is 256 MiB at most.
        overflow : {"drop_oldest", "drop_newest", "latest_only", "fail"}, optional
            What happens when the queue is full: the oldest event goes; the new one goes; only the newest is kept ever (and the
            queue is never longer than one); the new one goes, and where it is missing the iteration raises `EventSystemFailed`
            once. Whatever goes is counted in `EventStream.lost`.
        errors : {"deliver", "raise", "skip"}, optional
            What becomes of an event that tells an error, for instance that the server does not answer any more: it is delivered
            as it is, its attribute ``err`` is True; it is raised as `DevFailed`, and who asks again gets the next event; it is left
            out.
        sub_mode : EventSubMode, optional
            As for :meth:`subscribe_event`. In the modes Sync and SyncRead a device that is not there is an error where the stream is
            opened; in the modes Stateless, Async and AsyncRead it is waited for. In all modes a device that goes away later
            and comes back is subscribed to again.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        EventStream
            It subscribes when it is entered by ``with`` or ``async with``, or when the first event is asked for.

        Raises
        ------
        TypeError
            If an argument is of a wrong type.
        ValueError
            If `overflow` or `errors` is none of those words, or `queue_size` is negative.
        """
        if isinstance(attr_name, EventType) and event_type is None:
            event_type, attr_name = attr_name, ""
        event_type = EventType.CHANGE_EVENT if event_type is None else event_type
        if not isinstance(attr_name, str) or not isinstance(event_type, EventType):
            raise TypeError(f"events wants the name of an attribute and an EventType, not {attr_name!r} and {event_type!r}")
        if (event_type == EventType.INTERFACE_CHANGE_EVENT) != (attr_name == ""):
            raise TypeError("INTERFACE_CHANGE_EVENT, and no other kind of event, is one of the device: events(INTERFACE_CHANGE_EVENT)")
        return EventStream(self, attr_name, event_type, operator.index(queue_size), overflow, errors, sub_mode, extract_as)

    @blocking
    def unsubscribe_event(self, event_id: int) -> None:
        """End a subscription; its callback is not called any more when this returns.

        Parameters
        ----------
        event_id : int
            What :meth:`subscribe_event` returned.

        Raises
        ------
        KeyError
            If this proxy has no such subscription (any more).

        Notes
        -----
        If the callback is running on another thread, the call waits for it, three seconds at most.
        """
        subscription = self._subscriptions().pop(event_id, None)
        if subscription is None:
            raise KeyError(f"This device proxy does not own this subscription {event_id}")
        subscription.close()

    def get_events(
        self, event_id: int, callback: Any = None, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> list[Any] | None:
        """Take all events out of the queue of a subscription.

        Parameters
        ----------
        event_id : int
            What :meth:`subscribe_event` returned for a queue.
        callback : callable or object with a method push_event, optional
            What is called with each event; what it raises goes to `sys.unraisablehook`.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        list or None
            The events, oldest first; None if there is a callback.

        Raises
        ------
        ValueError
            If this proxy has no such subscription.
        TypeError
            If the callback cannot be called.
        EventSystemFailed
            If the subscription has a callback and therefore no queue.
        """
        if callback is not None and not _is_callback(callback):
            raise TypeError("Parameter 'callback' should be None, a callable object or an object with a 'push_event' method.")
        subscription = self._subscriptions().get(event_id)
        if subscription is None:
            raise ValueError(f"Invalid event_id. You are not subscribed to event {event_id}.")
        events: list[Any] = subscription.take(self, extract_as)
        if callback is None:
            return events
        function = _function(callback)
        for event in events:
            try:
                function(event)
            except Exception as error:
                report(error, function)  # the other events must not get lost
        return None

    def _queue(self, event_id: int) -> Subscription:
        if not _is_size(event_id):
            raise TypeError(f"a subscription has a number, not {type(event_id).__name__} {event_id!r:.60}")
        subscription = self._subscriptions().get(event_id) or subscription_of(event_id)
        if subscription is None:
            raise EventSystemFailed(_error("API_EventNotFound", f"there is no subscription with the number {event_id}"))
        return subscription

    def event_queue_size(self, event_id: int) -> int:
        """Return the number of events in the queue of a subscription.

        Parameters
        ----------
        event_id : int
            What :meth:`subscribe_event` returned for a queue.

        Returns
        -------
        int
            How many events :meth:`get_events` would return.

        Raises
        ------
        EventSystemFailed
            If there is no such subscription, or it has no queue.
        """
        return self._queue(event_id).size()

    def is_event_queue_empty(self, event_id: int) -> bool:
        """Return whether the queue of a subscription is empty.

        Parameters
        ----------
        event_id : int
            What :meth:`subscribe_event` returned for a queue.

        Returns
        -------
        bool
            True if no event is waiting.

        Raises
        ------
        EventSystemFailed
            If there is no such subscription, or it has no queue.
        """
        return self._queue(event_id).size() == 0

    def get_last_event_date(self, event_id: int) -> TimeVal:
        """Return when the newest event in the queue of a subscription arrived.

        Parameters
        ----------
        event_id : int
            What :meth:`subscribe_event` returned for a queue.

        Returns
        -------
        TimeVal
            The time at which it arrived.

        Raises
        ------
        EventSystemFailed
            If the queue is empty, there is no such subscription, or it has no queue.
        """
        return self._queue(event_id).last_date()
