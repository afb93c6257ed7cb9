"""Proxies whose calls are awaited: ``dev = await DeviceProxy("sys/tg_test/1")``, then ``await dev.state()``."""

from __future__ import annotations

from typing import Any

from tango import proxies, proxy
from tango._mode_proxies import AwaitedProxy
from tango.enums import GreenMode

__all__ = ["DeviceProxy", "get_device_proxy"]


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
    return proxies.get_device_proxy(*args, green_mode=GreenMode.Asyncio, **options)


Device = DeviceProxy
