"""Proxies whose calls are awaited: ``dev = await DeviceProxy("sys/tg_test/1")``, then ``await dev.state()``."""

from __future__ import annotations

from typing import Any

from tango import attribute_proxy, proxy
from tango._mode_proxies import AwaitedProxy
from tango.enums import GreenMode

__all__ = ["AttributeProxy", "DeviceProxy", "get_attribute_proxy", "get_device_proxy"]


class DeviceProxy(AwaitedProxy, proxy.DeviceProxy):
    """A client's view of a device, in green mode Asyncio.

    It is awaited to be connected: ``dev = await DeviceProxy("sys/tg_test/1")``.

    Parameters
    ----------
    *args
        As for :class:`tango.DeviceProxy`.
    green_mode : GreenMode, optional
        Another mode for its calls.
    wait : bool, optional
        True to connect at once, where no event loop runs; then it need not be awaited.
    timeout : float, optional
        How long connecting may take, in seconds.
    """

    _mode = GreenMode.Asyncio


class AttributeProxy(AwaitedProxy, attribute_proxy.AttributeProxy):
    """A client's view of one attribute, in green mode Asyncio.

    It is awaited to be connected: ``attr = await AttributeProxy("sys/tg_test/1/ampli")``.

    Parameters
    ----------
    *args
        As for :class:`tango.AttributeProxy`.
    green_mode : GreenMode, optional
        Another mode for its calls.
    wait : bool, optional
        True to connect at once, where no event loop runs; then it need not be awaited.
    timeout : float, optional
        How long connecting may take, in seconds.
    """

    _mode = GreenMode.Asyncio


def get_device_proxy(*args: Any, **options: Any) -> Any:
    """Make a proxy of this green mode: :func:`tango.get_device_proxy` with ``green_mode=GreenMode.Asyncio``.

    Parameters
    ----------
    *args, **options
        See there.

    Returns
    -------
    Awaitable of DeviceProxy
        Its proxy is connected.
    """
    return proxy.get_device_proxy(*args, green_mode=GreenMode.Asyncio, **options)


def get_attribute_proxy(*args: Any, **options: Any) -> Any:
    """Make a proxy of this green mode: :func:`tango.get_attribute_proxy` with ``green_mode=GreenMode.Asyncio``.

    Parameters
    ----------
    *args, **options
        See there.

    Returns
    -------
    Awaitable of AttributeProxy
        Its proxy is connected.
    """
    return attribute_proxy.get_attribute_proxy(*args, green_mode=GreenMode.Asyncio, **options)


Attribute = AttributeProxy
Device = DeviceProxy
