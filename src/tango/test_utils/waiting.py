"""Wait for device servers that are starting."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from tango.errors import DevFailed
from tango.proxy import DeviceProxy
from tango.test_context import get_server_port_via_pid

__all__ = ["wait_for_nodb_proxy_via_pid", "wait_for_proxy"]

P = TypeVar("P")


def wait_for_proxy(
    dev_name: str, proxy_class: Callable[[str], P] = DeviceProxy, retries: int = 600, delay: float = 0.02  # type: ignore[assignment]
) -> P:
    """Make a proxy as soon as its device answers.

    Parameters
    ----------
    dev_name
        Name or address of the device.
    proxy_class
        Makes the proxy of the name. For asyncio, ``functools.partial(tango.asyncio.DeviceProxy, wait=True)``.
    retries
        How often to try.
    delay
        Seconds between two attempts.

    Returns
    -------
    DeviceProxy
        The proxy.

    Raises
    ------
    RuntimeError
        The device does not answer; the text holds the last error.
    """
    error: Any = None
    for _ in range(retries):
        try:
            made = proxy_class(dev_name)
            proxy: Any = made
            proxy.ping(wait=True)
            proxy.state(wait=True)
            return made
        except DevFailed as failure:
            error = failure
            time.sleep(delay)
    raise RuntimeError(
        f"Device at {dev_name} did not respond within {retries * delay:.1f} sec!\nLast error: {error}."
    )


def wait_for_nodb_proxy_via_pid(
    pid: int, host: str, dev_name: str, proxy_class: type[DeviceProxy], retries: int = 600, delay: float = 0.02
) -> DeviceProxy:
    """Make a proxy of a device whose server has no database, as soon as it answers.

    Parameters
    ----------
    pid
        Process of the server, from which its port is found out.
    host
        Address on which the server listens.
    dev_name
        Short name of the device.
    proxy_class
        Makes the proxy of the name. For asyncio, ``functools.partial(tango.asyncio.DeviceProxy, wait=True)``.
    retries
        How often to try.
    delay
        Seconds between two attempts.

    Returns
    -------
    DeviceProxy
        The proxy.

    Raises
    ------
    RuntimeError
        The process does not listen, or the device does not answer.
    """
    port = get_server_port_via_pid(pid, host, retries=retries, delay=delay)
    return wait_for_proxy(f"tango://{host}:{port}/{dev_name}#dbase=no", proxy_class, retries, delay)
