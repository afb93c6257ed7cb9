"""Proxies whose calls let other greenlets run: ``result = dev.state(wait=False)``, then ``result.get()``."""

from __future__ import annotations

from typing import Any

from tango import attribute_proxy, proxy
from tango._mode_proxies import WaitingProxy
from tango.enums import GreenMode
from tango.green import runner_of

__all__ = ["AttributeProxy", "DeviceProxy", "get_attribute_proxy", "get_device_proxy"]


class DeviceProxy(WaitingProxy, proxy.DeviceProxy):
    """A client's view of a device, in green mode Gevent.

    Parameters
    ----------
    *args
        As for :class:`tango.DeviceProxy`.
    green_mode : GreenMode, optional
        Another mode for its calls.
    wait : bool, optional
        False to get a :class:`gevent.event.AsyncResult` of the proxy.
    timeout : float, optional
        How long to wait for the connection, in seconds; then :class:`gevent.Timeout` is raised.
    """

    _mode = GreenMode.Gevent


class AttributeProxy(WaitingProxy, attribute_proxy.AttributeProxy):
    """A client's view of one attribute, in green mode Gevent.

    Parameters
    ----------
    *args
        As for :class:`tango.AttributeProxy`.
    green_mode : GreenMode, optional
        Another mode for its calls.
    wait : bool, optional
        False to get a :class:`gevent.event.AsyncResult` of the proxy.
    timeout : float, optional
        How long to wait for the connection, in seconds; then :class:`gevent.Timeout` is raised.
    """

    _mode = GreenMode.Gevent


def get_device_proxy(*args: Any, **options: Any) -> Any:
    """Make a proxy of this green mode: :func:`tango.get_device_proxy` with ``green_mode=GreenMode.Gevent``.

    Parameters
    ----------
    *args, **options
        See there.

    Returns
    -------
    DeviceProxy, or AsyncResult without `wait`
        The proxy.
    """
    return proxy.get_device_proxy(*args, green_mode=GreenMode.Gevent, **options)


def get_attribute_proxy(*args: Any, **options: Any) -> Any:
    """Make a proxy of this green mode: :func:`tango.get_attribute_proxy` with ``green_mode=GreenMode.Gevent``.

    Parameters
    ----------
    *args, **options
        See there.

    Returns
    -------
    AttributeProxy, or AsyncResult without `wait`
        The proxy.
    """
    return attribute_proxy.get_attribute_proxy(*args, green_mode=GreenMode.Gevent, **options)


def check_requirements() -> None:
    """Check that gevent is there.

    Raises
    ------
    ImportError
        If it is not; the text says what to do.
    """
    runner_of(GreenMode.Gevent)


Attribute = AttributeProxy
Device = DeviceProxy
