"""Proxies of every green mode that can be used as plain ones, so that the same tests run in all modes."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable
from typing import Any

import tango
import tango.asyncio
import tango.futures
import tango.gevent
from tango import GreenMode


class Resolving:
    """Base of proxies whose calls are awaited in an event loop that runs only for them."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return found if name.startswith("_") or inspect.isclass(found) or not callable(found) else resolving(found)

    def __getattr__(self, name: str) -> Any:
        found = resolve(lambda: super(Resolving, self).__getattr__(name))  # type: ignore[misc]
        return resolving(found) if inspect.isfunction(found) else found

    def __getitem__(self, key: str) -> Any:
        return resolve(lambda: super(Resolving, self).__getitem__(key))  # type: ignore[misc]


def resolving(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function that returns what this one's result gives."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return resolve(lambda: function(*args, **kwargs))

    return call


def resolve(call: Callable[[], Any]) -> Any:
    """Make a call in a running event loop and await what it returns."""

    async def run() -> Any:
        result = call()
        return await result if inspect.isawaitable(result) and not isinstance(result, Resolving) else result

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run())
    return call()  # part of a call that is being resolved


class DeviceProxy(Resolving, tango.asyncio.DeviceProxy):
    """A proxy in mode Asyncio, connected when it is made."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, wait=True, **options)


class AttributeProxy(Resolving, tango.asyncio.AttributeProxy):
    """A proxy in mode Asyncio, connected when it is made."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, wait=True, **options)


DEVICE_PROXIES: dict[GreenMode, Callable[..., tango.DeviceProxy]] = {
    GreenMode.Synchronous: tango.DeviceProxy,
    GreenMode.Futures: tango.futures.DeviceProxy,
    GreenMode.Gevent: tango.gevent.DeviceProxy,
    GreenMode.Asyncio: DeviceProxy,
}
ATTRIBUTE_PROXIES: dict[GreenMode, Callable[..., tango.AttributeProxy]] = {
    GreenMode.Synchronous: tango.AttributeProxy,
    GreenMode.Futures: tango.futures.AttributeProxy,
    GreenMode.Gevent: tango.gevent.AttributeProxy,
    GreenMode.Asyncio: AttributeProxy,
}
