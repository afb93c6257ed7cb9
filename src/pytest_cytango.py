"""Fixtures for pytest: running devices, as many as a test needs, without a database.

pytest finds this plugin by itself where cytango is installed. It is a module of its own so that `tango` is not imported
in test runs that have nothing to do with Tango::

    def test_calibration(tango_device):
        supply = tango_device(PowerSupply, properties={"host": "ps1"})
        supply.calibrate()
        assert supply.voltage == 1.23
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from tango import DeviceProxy
    from tango.test_context import MultiDeviceTestContext

__all__ = ["tango_device", "tango_devices", "tango_wait", "wait_for_value"]


class StartDevice(Protocol):
    """Start one device; the keywords are those of `tango.test_context.DeviceTestContext`."""

    def __call__(self, device: Any, **options: Any) -> DeviceProxy: ...


class StartDevices(Protocol):
    """Start several devices; the keywords are those of `tango.test_context.MultiDeviceTestContext`."""

    def __call__(self, devices_info: Sequence[Mapping[str, Any]], **options: Any) -> MultiDeviceTestContext: ...


@pytest.fixture
def tango_device() -> Iterator[StartDevice]:
    """Give a function that starts a device and returns its proxy; the devices stop after the test.

    The first device runs in a thread of this process, further ones at the same time in a process of its own each.

    Yields
    ------
    callable
        ``tango_device(DeviceClass, properties={...}, ...)``.
    """
    from tango.test_context import DeviceTestContext

    with contextlib.ExitStack() as running:
        yield lambda device, **options: running.enter_context(DeviceTestContext(device, **options))


@pytest.fixture
def tango_devices() -> Iterator[StartDevices]:
    """Give a function that starts several devices in one server; they stop after the test.

    Yields
    ------
    callable
        ``tango_devices([{"class": ..., "devices": [...]}, ...])``; it returns the context, whose ``get_device(name)``
        gives the proxies.
    """
    from tango.test_context import MultiDeviceTestContext

    with contextlib.ExitStack() as running:
        yield lambda devices_info, **options: running.enter_context(MultiDeviceTestContext(devices_info, **options))


@pytest.fixture
def tango_wait() -> Callable[..., Any]:
    """Give a function that waits until an attribute has a value.

    Returns
    -------
    callable
        ``tango_wait(proxy, "voltage", 1.23)`` or ``tango_wait(proxy, "voltage", lambda v: v > 1, timeout=2)``. It
        wakes up with the change events of the attribute, or reads it every 20 ms where it has none, returns
        the value, and fails the test when ``timeout`` seconds (default 5) have passed.
    """
    return wait_for_value


def wait_for_value(proxy: Any, attribute: str, expected: Any, timeout: float = 5.0) -> Any:
    """Wait until an attribute has a value.

    Parameters
    ----------
    proxy : DeviceProxy
        The device.
    attribute
        Name of the attribute.
    expected
        The value, or a function that says whether a value will do.
    timeout
        Seconds.

    Returns
    -------
    object
        The value.

    Raises
    ------
    pytest.fail.Exception
        It did not have the value in time.
    DevFailed
        It cannot be read.
    """
    import tango

    def will_do(value: Any) -> bool:
        return bool(expected(value) if callable(expected) else value == expected)

    changed = threading.Event()
    interval = 0.02
    subscription = None
    with contextlib.suppress(tango.DevFailed):
        subscription = proxy.subscribe_event(attribute, tango.EventType.CHANGE_EVENT, lambda _event: changed.set())
        interval = 0.2
    deadline = time.monotonic() + timeout
    try:
        while True:
            changed.clear()
            value = proxy.read_attribute(attribute).value
            if will_do(value):
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                pytest.fail(f"{proxy.dev_name()}/{attribute} is still {value!r} after {timeout:g} s")
            changed.wait(min(interval, left))
    finally:
        if subscription is not None:
            proxy.unsubscribe_event(subscription)
