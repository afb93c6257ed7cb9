"""DeviceProxy: a client's view of a device."""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tango._core import operations
from tango._core.async_engine import Operation
from tango._core.attribute_data import DeviceAttribute, DeviceAttributeHistory
from tango._making import make_proxy
from tango._operations import VALUE_ERRORS, DeviceProxyOperations, is_stale, pairs_of
from tango.asynch import AsynchAttributes
from tango.connection import Connection, is_interactive
from tango.data_lists import DeviceDataHistoryList
from tango.device_pipes import DevicePipes
from tango.device_telemetry import DeviceTelemetry
from tango.dynamic import Config, DynamicInterface, Interface
from tango.enums import DevState, ExtractAs, GreenMode
from tango.errors import DevFailed
from tango.events import EventMethods
from tango.green import as_green_mode, blocking
from tango.structs import AttributeInfoEx
from tango.trl import get_device_trl

__all__ = ["Connection", "DeviceProxy", "get_device_proxy"]

if TYPE_CHECKING:
    from tango.database import Database

T = TypeVar("T")

NOT_INITIALIZED = "<object was not fully initialized>"


class DeviceProxy(DeviceProxyOperations, AsynchAttributes, DynamicInterface, DevicePipes, DeviceTelemetry, EventMethods):
    """A client's view of a device.

    Parameters
    ----------
    *args
        The name of the device, optionally followed by a bool (whether to ask the access control service what this
        client may do); or another DeviceProxy, for a second connection to its device.
    green_mode : GreenMode, optional
        How calls of this proxy wait; without it as :func:`tango.get_green_mode` says at each call.
    executor, threadpool, asyncio_executor : optional
        What runs the calls of a green mode, an object of the older interface (`tango.futures_executor.FuturesExecutor`,
        `tango.gevent_executor.GeventExecutor`, `tango.asyncio_executor.AsyncioExecutor`); best left out.

    Raises
    ------
    DevFailed
        If the name is wrong (:class:`tango.WrongNameSyntax`), or the database does not know it or cannot be reached.
    TypeError
        If the arguments are of other types.

    Notes
    -----
    Attributes and commands of the device are attributes of the proxy: ``dev.attr`` reads, ``dev.attr = 1`` writes,
    ``dev.Command(1)`` runs a command, ``dev["attr"]`` is the whole :class:`tango.DeviceAttribute`.
    """

    def __init__(
        self,
        *args: Any,
        green_mode: GreenMode | None = None,
        executor: Any = None,
        threadpool: Any = None,
        asyncio_executor: Any = None,
    ) -> None:
        self.__dict__["_interface"] = Interface()
        self._argument_types.clear()
        self.__dict__["_green_mode"] = None if green_mode is None else as_green_mode(green_mode)
        executors = {GreenMode.Futures: executor, GreenMode.Gevent: threadpool, GreenMode.Asyncio: asyncio_executor}
        if is_interactive():
            self.__dict__["_is_patient"] = True
        self.__dict__["_executors"] = {mode: own for mode, own in executors.items() if own is not None}
        self._open(args)

    def _open(self, args: tuple[Any, ...]) -> None:
        if len(args) == 1 and isinstance(args[0], DeviceProxy):
            self._connect_like(args[0])
        elif 1 <= len(args) <= 2 and isinstance(args[0], (str, bytes)) and isinstance(args[-1], (str, bytes, bool)):
            name, *rest = args
            self._connect(get_device_trl(name) if isinstance(name, str) else name, *rest)
        else:
            given = ", ".join(f"{arg!r:.60}" for arg in args)
            raise TypeError(
                f"{type(self).__name__}({given}): the name of a device is needed, or another DeviceProxy, for example "
                "DeviceProxy('sys/tg_test/1')"
            )

    def _asks_nobody(self, args: tuple[Any, ...]) -> bool:
        """Return whether to connect needs no network, as that of a second proxy, or fails at once."""
        return len(args) == 1 and not isinstance(args[0], (str, bytes))

    @classmethod
    def _borrowed(cls, lend: Callable[[DeviceProxy], None], green_mode: GreenMode | None) -> DeviceProxy:
        """Return a proxy that uses the connection which `lend` gives it."""
        proxy = cls.__new__(cls)
        proxy.__dict__["_interface"] = Interface()
        proxy.__dict__["_green_mode"] = green_mode
        lend(proxy)
        return proxy

    # --- what it is ---------------------------------------------------------------------------------------------------

    def __str__(self) -> str:
        if not self._is_connected():
            return f"{type(self).__name__}<Unknown Device>({NOT_INITIALIZED})"
        return f"{self._device_class()}({self._dev_name()})"

    __repr__ = __str__

    def _device_class(self) -> str:
        """Return the class of the device; ``"Device"`` as long as it cannot be asked."""
        known = self.__dict__.get("_class")
        if known is None:
            try:
                known = self.__dict__["_class"] = self._info().dev_class
            except DevFailed:
                return "Device"
        return known

    def __getstate__(self) -> tuple[str, ...]:
        return (self._full_name(),)

    def __setstate__(self, state: tuple[str, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def __reduce_ex__(self, protocol: Any) -> Any:
        return copyreg.__newobj__, (type(self),), self.__getstate__()  # type: ignore[attr-defined]

    def __copy__(self) -> DeviceProxy:
        return type(self)(self)

    def __deepcopy__(self, memo: Any) -> DeviceProxy:
        return type(self)(self)

    def _full_name(self) -> str:
        """Return a name that leads to the same device from any process."""
        if self._is_dbase_used():
            return f"tango://{self._get_db_host()}:{self._get_db_port()}/{self._dev_name()}"
        return f"tango://{self._get_dev_host()}:{self._get_dev_port()}/{self._dev_name()}#dbase=no"

    # --- state --------------------------------------------------------------------------------------------------------

    @blocking(operation="_start_state")
    def state(self) -> DevState:
        """Return the state of the device.

        Returns
        -------
        DevState
            The state.

        Raises
        ------
        DevFailed
            If the device cannot be reached, or what it raised itself.
        """
        return self._state()

    @blocking(operation="_start_status")
    def status(self) -> str:
        """Return the status of the device.

        Returns
        -------
        str
            A text for people.

        Raises
        ------
        DevFailed
            If the device cannot be reached, or what it raised itself.
        """
        return self._status()

    @blocking(operation="_start_ping")
    def ping(self) -> int:
        """Ask the device whether it is there.

        Returns
        -------
        int
            How long the answer took, in microseconds.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._ping()

    # --- reading ------------------------------------------------------------------------------------------------------

    @blocking(operation="_start_read_attribute")
    def read_attribute(self, attr_name: str, extract_as: ExtractAs = ExtractAs.Numpy) -> DeviceAttribute:
        """Read one attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        DeviceAttribute
            Value, quality, time and dimensions. Arrays look at the memory of the reply: nothing is copied.

        Raises
        ------
        DevFailed
            If the read failed or the device cannot be reached.
        """
        return self._read_attribute(attr_name, extract_as)

    @blocking(operation="_start_read_attributes")
    def read_attributes(
        self, attr_names: Sequence[str], extract_as: ExtractAs = ExtractAs.Numpy
    ) -> list[DeviceAttribute]:
        """Read several attributes with one request.

        Parameters
        ----------
        attr_names : sequence of str
            Names of the attributes.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        list of DeviceAttribute
            In the order of the names. An attribute that failed has ``has_failed`` set and does not raise.

        Raises
        ------
        DevFailed
            If the device cannot be reached, or a name is there twice.
        """
        return self._read_attributes(attr_names, extract_as)

    # --- writing ------------------------------------------------------------------------------------------------------

    @blocking(operation="_start_write_attribute")
    def write_attribute(self, attr: str | AttributeInfoEx, value: Any) -> None:
        """Write one attribute.

        Parameters
        ----------
        attr : str or AttributeInfoEx
            Name of the attribute, or its configuration; with the latter the device is not asked for it.
        value : object
            A value that fits the type and format of the attribute.

        Raises
        ------
        TypeError, OverflowError
            If the value does not fit.
        DevFailed
            If the write failed or the device cannot be reached.
        """
        known = False
        if isinstance(attr, str) and (config := self._own_interface().configs.get(attr.lower())) is not None:
            known = True
            try:  # the usual case, without detours
                self._write_attribute(attr, config.type, config.format, value)
                return
            except (*VALUE_ERRORS, DevFailed) as error:
                if not is_stale(error):
                    raise
        self._with_configs([(attr, value)], lambda items: self._write_attribute(*items[0]), fresh=known)

    @blocking(operation="_start_write_attributes")
    def write_attributes(self, attr_values: Sequence[tuple[str | AttributeInfoEx, Any]]) -> None:
        """Write several attributes with one request.

        Parameters
        ----------
        attr_values : sequence of tuple
            Pairs of a name, or configuration, and a value.

        Raises
        ------
        TypeError, OverflowError
            If a value does not fit its attribute.
        DevFailed
            If one or more writes failed (the others are done) or the device cannot be reached.
        """
        pairs = pairs_of(attr_values)
        if pairs:
            self._with_configs(pairs, self._write_attributes)

    @blocking
    def write_read_attribute(
        self, attr: str | AttributeInfoEx, value: Any, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> DeviceAttribute:
        """Write one attribute and read it, with nobody else in between.

        Parameters
        ----------
        attr : str or AttributeInfoEx
            Name of the attribute, or its configuration.
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
        def call(items: list[tuple[Any, ...]]) -> DeviceAttribute:
            name, type_code, data_format, item = items[0]
            return self._write_read_attribute(name, type_code, data_format, item, extract_as)

        return self._with_configs([(attr, value)], call)

    @blocking
    def write_read_attributes(
        self,
        attr_values: Sequence[tuple[str | AttributeInfoEx, Any]],
        attr_read_names: Sequence[str],
        extract_as: ExtractAs = ExtractAs.Numpy,
    ) -> list[DeviceAttribute]:
        """Write several attributes and read several, with nobody else in between.

        Parameters
        ----------
        attr_values : sequence of tuple
            Pairs of a name, or configuration, and a value.
        attr_read_names : sequence of str
            Names of the attributes to read.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        list of DeviceAttribute
            What was read; an attribute that failed has ``has_failed`` set and does not raise.

        Raises
        ------
        TypeError, OverflowError
            If a value does not fit its attribute.
        DevFailed
            If a write failed or the device cannot be reached.
        """
        return self._with_configs(
            pairs_of(attr_values), lambda items: self._write_read_attributes(items, attr_read_names, extract_as)
        )

    def _with_configs(
        self, pairs: list[tuple[str | AttributeInfoEx, Any]], call: Callable[[list[tuple[Any, ...]]], T], fresh: bool = False
    ) -> T:
        """Call with (name, type, format, value) of each pair; once more if what we know about the types was wrong."""
        while True:
            remembered = not fresh and self._remembers(attr for attr, _ in pairs)
            items = [self._item(attr, value, fresh) for attr, value in pairs]
            try:
                return call(items)
            except (*VALUE_ERRORS, DevFailed) as error:
                if not remembered or not is_stale(error):
                    raise
                fresh = True

    def _write_later(self, attr: str | AttributeInfoEx, value: Any) -> Operation:
        """Return the request of a write."""
        operation = self._with_configs([(attr, value)], lambda items: operations.write_operation(self, *items[0]))
        operation.body = lambda: self._with_configs([(attr, value)], lambda items: self._write_attribute(*items[0]))
        operation.again = is_stale
        return operation

    def _write_many_later(self, pairs: list[tuple[str | AttributeInfoEx, Any]]) -> Operation | None:
        """Return the request of several writes, None if there is nothing to write."""
        if not pairs:
            return None
        operation = self._with_configs(pairs, lambda items: operations.write_many_operation(self, items))
        operation.body = lambda: self._with_configs(pairs, self._write_attributes)
        operation.again = is_stale
        return operation

    def _remembers(self, attrs: Iterable[str | AttributeInfoEx]) -> bool:
        known = self._own_interface().configs
        return any(isinstance(attr, str) and attr.lower() in known for attr in attrs)

    def _item(self, attr: str | AttributeInfoEx, value: Any, fresh: bool) -> tuple[Any, ...]:
        if isinstance(attr, str):
            config = self._config(attr, refresh=fresh)
        elif isinstance(attr, AttributeInfoEx):
            config = Config(attr)
        else:
            raise TypeError(
                f"an attribute to write is a str or AttributeInfoEx, not {type(attr).__name__} {attr!r:.60}"
            )
        return (attr if isinstance(attr, str) else attr.name), config.type, config.format, value

    def get_device_db(self) -> Database | None:
        """Return the database through which the device was found.

        Returns
        -------
        Database or None
            It uses the same connection as the proxy; None if the device was found without a database.
        """
        from tango.database import Database

        return Database._of_proxy(self)

    # --- what the polling has kept ------------------------------------------------------------------------------------

    def attribute_history(
        self, attr_name: str, depth: int, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> list[DeviceAttributeHistory]:
        """Return the last values of a polled attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.
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
        return self._attribute_history(attr_name, depth, extract_as)

    def command_history(self, cmd_name: str, depth: int) -> DeviceDataHistoryList:
        """Return the last results of a polled command.

        Parameters
        ----------
        cmd_name : str
            Name of the command.
        depth : int
            How many results at most.

        Returns
        -------
        DeviceDataHistoryList
            The results, the oldest first.

        Raises
        ------
        DevFailed
            If the command is not polled or the device cannot be reached.
        """
        return DeviceDataHistoryList(self._command_history(cmd_name, depth))


def get_device_proxy(
    *args: Any,
    green_mode: GreenMode | None = None,
    wait: bool | None = None,
    timeout: float | None = None,
    **options: Any,
) -> Any:
    """Make a proxy of a device, connecting as its calls do.

    Parameters
    ----------
    *args
        As for :class:`DeviceProxy`.
    green_mode : GreenMode, optional
        How to connect and how its calls wait; without it the default (:func:`tango.get_green_mode`), which the proxy goes
        on following.
    wait : bool, optional
        False to get something that gives the proxy later: a Future, an AsyncResult or an awaitable, by the mode. In mode
        Asyncio that is what one gets anyhow.
    timeout : float, optional
        How long connecting may take, in seconds.
    **options
        As for :class:`DeviceProxy`.

    Returns
    -------
    DeviceProxy
        The proxy, or what gives it later.

    Raises
    ------
    DevFailed
        If the name is wrong or unknown.
    ValueError
        If `wait` or `timeout` is given in mode Synchronous.
    """
    return make_proxy(DeviceProxy, args, green_mode, wait, timeout, options)
