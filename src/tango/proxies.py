"""Functions that make proxies in any green mode."""

from __future__ import annotations

import importlib
from typing import Any

from tango.enums import GreenMode
from tango.green import as_green_mode, get_green_mode, runner_of
from tango.proxy import DeviceProxy

__all__ = ["get_device_proxy"]

_MODULES = {GreenMode.Futures: "tango.futures", GreenMode.Gevent: "tango.gevent", GreenMode.Asyncio: "tango.asyncio"}


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
        As for :class:`tango.DeviceProxy`.
    green_mode : GreenMode, optional
        How to connect and how its calls wait; without it the default (:func:`tango.get_green_mode`), which the proxy goes
        on following.
    wait : bool, optional
        False to get something that gives the proxy later: a Future, an AsyncResult or an awaitable, by the mode. In mode
        Asyncio that is what one gets anyhow.
    timeout : float, optional
        How long connecting may take, in seconds.
    **options
        As for :class:`tango.DeviceProxy`.

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
    return _make("DeviceProxy", DeviceProxy, args, green_mode, wait, timeout, options)


def _make(
    name: str,
    plain: type,
    args: tuple[Any, ...],
    green_mode: GreenMode | None,
    wait: bool | None,
    timeout: float | None,
    options: dict[str, Any],
) -> Any:
    mode = get_green_mode() if green_mode is None else as_green_mode(green_mode)
    runner = runner_of(mode)
    wait = runner.default_wait if wait is None else wait
    if mode == GreenMode.Synchronous:
        return runner.call(lambda: plain(*args, green_mode=green_mode, **options), wait, timeout)
    if green_mode is None:
        return runner.call(lambda: plain(*args, **options), wait, timeout)
    proxy = getattr(importlib.import_module(_MODULES[mode]), name)(*args, wait=wait, timeout=timeout, **options)
    return _scheduled(proxy) if mode == GreenMode.Asyncio and not wait else proxy


def _scheduled(proxy: Any) -> Any:
    """Let a loop that runs begin to connect at once."""
    import asyncio  # only who uses it waits for it: it takes a fifth of the time of `import tango`

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return proxy
    return asyncio.ensure_future(proxy)
