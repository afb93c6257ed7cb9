"""AttributeProxy: a client's view of one attribute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tango._core import operations
from tango._core.async_engine import Operation
from tango._core.attribute_data import DeviceAttribute, DeviceAttributeHistory
from tango._core.attribute_proxy import AttributeProxyCore
from tango._making import make_proxy
from tango.enums import DevState, EventType, ExtractAs, GreenMode
from tango.event_stream import EventStream
from tango.green import as_green_mode, blocking
from tango.properties import from_data, look_up, to_data
from tango.proxy import NOT_INITIALIZED, DeviceProxy
from tango.structs import AttributeInfo, AttributeInfoEx, DbData, StdStringVector, TimeVal
from tango.trl import get_device_trl

__all__ = ["AttributeProxy", "get_attribute_proxy"]


class AttributeProxy(AttributeProxyCore):
    """A client's view of one attribute.

    Parameters
    ----------
    *args
        The name of the attribute, ``domain/family/member/attribute``, or its alias; or a DeviceProxy and the name of
        one of its attributes; or another AttributeProxy.
    green_mode : GreenMode, optional
        How calls of this proxy wait; without it as :func:`tango.get_green_mode` says at each call.

    Raises
    ------
    DevFailed
        If the name is wrong or the device has no such attribute (:class:`tango.WrongNameSyntax`), or it cannot be
        reached.
    TypeError
        If the arguments are of other types.

    Notes
    -----
    Methods that take ``**green`` take the keywords ``green_mode``, ``wait`` and ``timeout`` of DeviceProxy.
    """

    _green_mode: GreenMode | None = None

    def __init__(self, *args: Any, green_mode: GreenMode | None = None) -> None:
        self._green_mode = None if green_mode is None else as_green_mode(green_mode)
        self._device: DeviceProxy | None = None
        self._open(args)

    def _open(self, args: tuple[Any, ...]) -> None:
        if len(args) == 1 and isinstance(args[0], AttributeProxy):
            self._connect_through(args[0].get_device_proxy(), args[0].name())
        elif len(args) == 1 and isinstance(args[0], (str, bytes)):
            self._connect(_whole_name(args[0]))
        elif len(args) == 2 and isinstance(args[0], DeviceProxy) and isinstance(args[1], (str, bytes)):
            self._connect_through(*args)
        else:
            given = ", ".join(f"{arg!r:.60}" for arg in args)
            raise TypeError(
                f"{type(self).__name__}({given}): the name of an attribute is needed, or a DeviceProxy and a name, for "
                "example AttributeProxy('sys/tg_test/1/ampli')"
            )

    def _asks_nobody(self, args: tuple[Any, ...]) -> bool:
        """Return whether to connect needs no network: only an error does not."""
        return not args or not isinstance(args[0], (str, bytes, DeviceProxy, AttributeProxy))

    def _start_open(self, args: tuple[Any, ...]) -> Operation | None:
        """Return the operation that connects, None if it takes a Python thread."""
        if len(args) == 1 and isinstance(args[0], (str, bytes)):
            return operations.connect_attribute_operation(self, _whole_name(args[0]))
        return None

    def __str__(self) -> str:
        if not self._is_connected():
            return f"{type(self).__name__}<Unknown Attribute>({NOT_INITIALIZED})"
        return f"{type(self).__name__}({self._name()})"

    __repr__ = __str__

    def __getstate__(self) -> tuple[str, ...]:
        device, hash_mark, options = self.get_device_proxy()._full_name().partition("#")
        return (f"{device}/{self._name()}{hash_mark}{options}",)

    def __setstate__(self, state: tuple[str, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    # --- what it is ---------------------------------------------------------------------------------------------------

    def name(self) -> str:
        """Return the name of the attribute, without its device."""
        return self._name()

    def get_device_proxy(self) -> DeviceProxy:
        """Return a proxy of the attribute's device.

        Returns
        -------
        DeviceProxy
            Always the same; it shares the connection of this attribute.
        """
        if self._device is None:
            self._device = DeviceProxy._borrowed(self._lend_device, self._green_mode)
        return self._device

    def get_transparency_reconnection(self) -> bool:
        """Return whether a lost connection is made again without an error."""
        return self.get_device_proxy().get_transparency_reconnection()

    def set_transparency_reconnection(self, yesno: bool) -> None:
        """Set whether a lost connection is made again without an error.

        Parameters
        ----------
        yesno : bool
            False to get one error for each lost connection.
        """
        self.get_device_proxy().set_transparency_reconnection(yesno)

    def state(self, **green: Any) -> DevState:
        """Return the state of the device."""
        return self.get_device_proxy().state(**green)

    def status(self, **green: Any) -> str:
        """Return the status of the device."""
        return self.get_device_proxy().status(**green)

    def ping(self, **green: Any) -> int:
        """Ask the device whether it is there.

        Returns
        -------
        int
            How long the answer took, in microseconds.
        """
        return self.get_device_proxy().ping(**green)

    # --- values -------------------------------------------------------------------------------------------------------

    def read(self, extract_as: ExtractAs = ExtractAs.Numpy, **green: Any) -> DeviceAttribute:
        """Read the attribute.

        Parameters
        ----------
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        DeviceAttribute
            Value, quality, time and dimensions.

        Raises
        ------
        DevFailed
            If the read failed or the device cannot be reached.
        """
        return self.get_device_proxy().read_attribute(self._name(), extract_as, **green)

    def write(self, value: Any, **green: Any) -> None:
        """Write the attribute.

        Parameters
        ----------
        value : object
            A value that fits the type and format of the attribute.

        Raises
        ------
        TypeError, OverflowError
            If the value does not fit.
        DevFailed
            If the write failed or the device cannot be reached.
        """
        return self.get_device_proxy().write_attribute(self._name(), value, **green)

    def write_read(self, value: Any, extract_as: ExtractAs = ExtractAs.Numpy, **green: Any) -> DeviceAttribute:
        """Write the attribute and read it, with nobody else in between.

        Parameters
        ----------
        value : object
            A value that fits the type and format of the attribute.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        DeviceAttribute
            What was read.

        Raises
        ------
        TypeError, OverflowError
            If the value does not fit.
        DevFailed
            If the write or the read failed or the device cannot be reached.
        """
        return self.get_device_proxy().write_read_attribute(self._name(), value, extract_as, **green)

    def history(self, depth: int, extract_as: ExtractAs = ExtractAs.Numpy) -> list[DeviceAttributeHistory]:
        """Return the last values that the polling has kept.

        Parameters
        ----------
        depth : int
            How many values at most.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        list of DeviceAttributeHistory
            The values, the oldest first.

        Raises
        ------
        DevFailed
            If the attribute is not polled or the device cannot be reached.
        """
        return self.get_device_proxy().attribute_history(self._name(), depth, extract_as)

    # --- asynchronous calls -------------------------------------------------------------------------------------------

    def read_asynch(self, *args: Any, **kwargs: Any) -> Any:
        """Begin to read the attribute; see :meth:`DeviceProxy.read_attribute_asynch`."""
        return self.get_device_proxy().read_attribute_asynch(self._name(), *args, **kwargs)

    def read_reply(self, *args: Any, **kwargs: Any) -> DeviceAttribute:
        """Return the answer to a read that was begun; see :meth:`DeviceProxy.read_attribute_reply`."""
        return self.get_device_proxy().read_attribute_reply(*args, **kwargs)

    def write_asynch(self, *args: Any, **kwargs: Any) -> Any:
        """Begin to write the attribute; see :meth:`DeviceProxy.write_attribute_asynch`."""
        return self.get_device_proxy().write_attribute_asynch(self._name(), *args, **kwargs)

    def write_reply(self, *args: Any, **kwargs: Any) -> None:
        """Wait for a write that was begun; see :meth:`DeviceProxy.write_attribute_reply`."""
        return self.get_device_proxy().write_attribute_reply(*args, **kwargs)

    # --- events -------------------------------------------------------------------------------------------------------

    def subscribe_event(self, event_type: EventType, *args: Any, **kwargs: Any) -> int:
        """Subscribe to events of the attribute; see :meth:`DeviceProxy.subscribe_event`."""
        return self.get_device_proxy().subscribe_event(self._name(), event_type, *args, **kwargs)

    def events(self, event_type: EventType | None = None, **options: Any) -> EventStream:
        """Make a stream of events of the attribute; see :meth:`DeviceProxy.events`."""
        return self.get_device_proxy().events(self._name(), event_type, **options)

    def unsubscribe_event(self, event_id: int, **green: Any) -> None:
        """End a subscription; see :meth:`DeviceProxy.unsubscribe_event`."""
        return self.get_device_proxy().unsubscribe_event(event_id, **green)

    def get_events(
        self, event_id: int, callback: Callable[..., Any] | None = None, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> Any:
        """Return the events that wait in a subscription's queue; see :meth:`DeviceProxy.get_events`."""
        return self.get_device_proxy().get_events(event_id, callback, extract_as)

    def event_queue_size(self, event_id: int) -> int:
        """Return how many events wait in a subscription's queue."""
        return self.get_device_proxy().event_queue_size(event_id)

    def get_last_event_date(self, event_id: int) -> TimeVal:
        """Return when the last event of a subscription's queue arrived."""
        return self.get_device_proxy().get_last_event_date(event_id)

    def is_event_queue_empty(self, event_id: int) -> bool:
        """Return whether no event waits in a subscription's queue."""
        return self.get_device_proxy().is_event_queue_empty(event_id)

    # --- configuration and polling ------------------------------------------------------------------------------------

    def get_config(self, **green: Any) -> AttributeInfoEx:
        """Return the configuration of the attribute.

        Returns
        -------
        AttributeInfoEx
            The configuration.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self.get_device_proxy().get_attribute_config(self._name(), **green)

    def set_config(
        self, value: AttributeInfo | AttributeInfoEx | Sequence[AttributeInfo] | Sequence[AttributeInfoEx], **green: Any
    ) -> None:
        """Change the configuration of the attribute.

        Parameters
        ----------
        value : AttributeInfo, AttributeInfoEx or sequence of them
            The new configuration.

        Raises
        ------
        DevFailed
            If the device refuses it or cannot be reached.
        TypeError
            If the value is something else.
        """
        return self.get_device_proxy().set_attribute_config(value, **green)

    def is_polled(self) -> bool:
        """Return whether the server polls the attribute."""
        return self.get_device_proxy().is_attribute_polled(self._name())

    def get_poll_period(self) -> int:
        """Return the polling period in milliseconds, 0 if the attribute is not polled."""
        return self.get_device_proxy().get_attribute_poll_period(self._name())

    def poll(self, period: int) -> None:
        """Have the server poll the attribute, or change the period of its polling.

        Parameters
        ----------
        period : int
            Time between two reads in milliseconds.
        """
        self.get_device_proxy().poll_attribute(self._name(), period)

    def stop_poll(self) -> None:
        """End the polling of the attribute."""
        self.get_device_proxy().stop_poll_attribute(self._name())

    # --- properties ---------------------------------------------------------------------------------------------------

    @blocking
    def get_property(self, propname: Any, value: DbData | None = None) -> dict[str, StdStringVector]:
        """Return properties of the attribute from the database.

        Parameters
        ----------
        propname : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.
        value : DbData, optional
            Is filled with what is found, too.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        TypeError
            If the names have another form.
        """
        return from_data(look_up(self._get_property, propname, "propname", value))

    @blocking
    def put_property(self, value: Any) -> None:
        """Store properties of the attribute in the database.

        Parameters
        ----------
        value : DbDatum, DbData, sequence of DbDatum, or dict
            Names and values.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        TypeError
            If the value has another form.
        """
        self._put_property(to_data(value))

    @blocking
    def delete_property(self, value: Any) -> None:
        """Delete properties of the attribute from the database.

        Parameters
        ----------
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        TypeError
            If the names have another form.
        """
        for item in to_data(value, names_only=True):
            self._delete_property(item.name)


def _whole_name(name: str | bytes) -> str | bytes:
    return get_device_trl(name) if isinstance(name, str) else name


def get_attribute_proxy(
    *args: Any,
    green_mode: GreenMode | None = None,
    wait: bool | None = None,
    timeout: float | None = None,
    **options: Any,
) -> Any:
    """Make a proxy of an attribute, connecting as its calls do.

    Parameters
    ----------
    *args
        As for :class:`AttributeProxy`.
    green_mode : GreenMode, optional
        How to connect and how its calls wait; without it the default (:func:`tango.get_green_mode`), which the proxy goes
        on following.
    wait : bool, optional
        False to get something that gives the proxy later: a Future, an AsyncResult or an awaitable, by the mode. In mode
        Asyncio that is what one gets anyhow.
    timeout : float, optional
        How long connecting may take, in seconds.
    **options
        As for :class:`AttributeProxy`.

    Returns
    -------
    AttributeProxy
        The proxy, or what gives it later.

    Raises
    ------
    DevFailed
        If the name is wrong or unknown.
    ValueError
        If `wait` or `timeout` is given in mode Synchronous.
    """
    return make_proxy(AttributeProxy, args, green_mode, wait, timeout, options)
