"""The calls of a proxy that the core can run without a Python thread.

Each method here has the parameters of the public method that it belongs to and returns an operation, or None if only that method
itself can do what is asked for (`tango.green.blocking`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tango._core import operations
from tango._core.async_engine import Operation
from tango._core.command_data import DeviceData
from tango.enums import CmdArgType, ExtractAs
from tango.errors import DevFailed
from tango.trl import get_device_trl

if TYPE_CHECKING:
    from tango.proxy import DeviceProxy

# Values that are members of an enumeration for users of ``dev.attr``.
NAMED_VALUES = (CmdArgType.DevState, CmdArgType.DevEnum)

# What a write or a command says if the type that we remember is no longer that of the device.
STALE = ("API_IncompatibleAttrDataType", "API_AttrNotFound", "API_IncompatibleCmdArgumentType")


VALUE_ERRORS = (TypeError, ValueError, OverflowError)
"""What is wrong with a value that does not fit a type."""


def is_stale(error: BaseException) -> bool:
    """Tell whether a request may have failed because the device has changed since we asked for its types.

    Parameters
    ----------
    error
        What it failed with.

    Returns
    -------
    bool
        Whether it is worth a second try.
    """
    if isinstance(error, DevFailed):
        return bool(error.args) and error.args[0].reason in STALE
    return isinstance(error, VALUE_ERRORS)


def pairs_of(attr_values: Any) -> list[tuple[Any, Any]]:
    """Return the pairs of a request for several writes.

    Parameters
    ----------
    attr_values
        What the user gave.

    Returns
    -------
    list of tuple
        Names, or configurations, and values.

    Raises
    ------
    TypeError
        If it has another form.
    """
    result = []
    if isinstance(attr_values, (str, bytes, dict)) or not isinstance(attr_values, Iterable):
        raise TypeError(f"pairs (attribute, value) were expected, not {type(attr_values).__name__} {attr_values!r:.60}")
    for pair in attr_values:
        if isinstance(pair, (str, bytes)) or not hasattr(pair, "__len__") or len(pair) != 2:
            raise TypeError(f"a pair (attribute, value) was expected, not {pair!r:.60}")
        result.append((pair[0], pair[1]))
    return result


class NeedsThreadError(Exception):
    """Raised where a result needs more of the device before it is one."""


def _needs_thread(error: BaseException) -> bool:
    return isinstance(error, NeedsThreadError) or is_stale(error)


class DeviceProxyOperations:
    """Operations for the methods of DeviceProxy."""

    def _start_state(self: DeviceProxy) -> Operation:  # type: ignore[misc]
        return operations.state_operation(self)

    def _start_status(self: DeviceProxy) -> Operation:  # type: ignore[misc]
        return operations.status_operation(self)

    def _start_ping(self: DeviceProxy) -> Operation:  # type: ignore[misc]
        return operations.ping_operation(self)

    def _start_read_attribute(  # type: ignore[misc]
        self: DeviceProxy, attr_name: str, extract_as: ExtractAs = ExtractAs.Numpy
    ) -> Operation:
        return operations.read_operation(self, attr_name, extract_as)

    def _start_read_attributes(  # type: ignore[misc]
        self: DeviceProxy, attr_names: Sequence[str], extract_as: ExtractAs = ExtractAs.Numpy
    ) -> Operation | None:
        return operations.read_many_operation(self, attr_names, extract_as)

    def _start_get_value(self: DeviceProxy, name: str) -> Operation:  # type: ignore[misc]
        operation = operations.read_operation(self, name, ExtractAs.Numpy)
        operation.then = self._plain_value
        operation.again = _needs_thread
        return operation

    def _plain_value(self: DeviceProxy, reply: Any) -> Any:  # type: ignore[misc]
        """Return the value of a reply; that of an enumeration may need the labels, which only a thread may ask for."""
        if reply.type not in NAMED_VALUES or reply.value is None:
            return reply.value
        if reply.type == CmdArgType.DevState:
            return self._with_names(reply)
        config = self._own_interface().configs.get(reply.name.lower())
        if config is None or np.max(reply.value, initial=0) >= len(config.labels):
            raise NeedsThreadError
        return self._with_names(reply)

    def _start_write_attribute(self: DeviceProxy, attr: Any, value: Any) -> Operation | None:  # type: ignore[misc]
        items = self._known_items([(attr, value)])
        return None if items is None else self._or_none(lambda: operations.write_operation(self, *items[0]))

    def _start_write_attributes(self: DeviceProxy, attr_values: Any) -> Operation | None:  # type: ignore[misc]
        try:
            pairs = [(attr, value) for attr, value in attr_values]
        except (TypeError, ValueError):
            return None
        items = self._known_items(pairs)
        return self._or_none(lambda: operations.write_many_operation(self, items)) if items else None

    def _known_items(  # type: ignore[misc]
        self: DeviceProxy, pairs: list[tuple[Any, Any]]
    ) -> list[tuple[Any, ...]] | None:
        """Return (name, type, format, value) of each pair, or None if we do not remember all types."""
        known = self._own_interface().configs
        items = []
        for attr, value in pairs:
            config = known.get(attr.lower()) if isinstance(attr, str) else None
            if config is None:
                return None
            items.append((attr, config.type, config.format, value))
        return items

    def _or_none(self, make: Callable[[], Operation]) -> Operation | None:
        """Return the operation; a value that does not fit is left to the method, which looks a second time."""
        try:
            operation = make()
        except (TypeError, ValueError, OverflowError):
            return None
        operation.again = is_stale
        return operation

    def _start_command_inout(  # type: ignore[misc]
        self: DeviceProxy, name: str, cmd_param: Any = None
    ) -> Operation | None:
        if cmd_param is None:
            return operations.command_operation(self, name, CmdArgType.DevVoid, None, self.defaultCommandExtractAs)
        if isinstance(cmd_param, DeviceData) or not isinstance(name, str):
            return None
        kind = self._argument_types.get(name.lower())
        if kind is None:
            return None
        return self._or_none(
            lambda: operations.command_operation(self, name, kind, cmd_param, self.defaultCommandExtractAs)
        )

    def _start_open(self: DeviceProxy, args: tuple[Any, ...]) -> Operation | None:  # type: ignore[misc]
        if 1 <= len(args) <= 2 and isinstance(args[0], (str, bytes)) and isinstance(args[-1], (str, bytes, bool)):
            name, *rest = args
            return operations.connect_operation(self, get_device_trl(name) if isinstance(name, str) else name, *rest)
        return None
