"""Making proxies in any green mode."""

from __future__ import annotations

import importlib
from typing import Any

from tango.enums import GreenMode
from tango.green import as_green_mode, get_green_mode, runner_of

_MODULES = {GreenMode.Futures: "tango.futures", GreenMode.Gevent: "tango.gevent", GreenMode.Asyncio: "tango.asyncio"}


def make_proxy(
    plain: type,
    args: tuple[Any, ...],
    green_mode: GreenMode | None,
    wait: bool | None,
    timeout: float | None,
    options: dict[str, Any],
) -> Any:
    """Make a proxy, connecting as its calls do.

    Parameters
    ----------
    plain
        Its class in mode Synchronous; the module of each other mode has a class of the same name.
    args, options
        What its constructor gets.
    green_mode
        How to connect and how its calls wait; None for the default, which the proxy then goes on following.
    wait
        False to get something that gives the proxy later.
    timeout
        How long connecting may take, in seconds.

    Returns
    -------
    object
        The proxy, or what gives it later.
    """
    mode = get_green_mode() if green_mode is None else as_green_mode(green_mode)
    runner = runner_of(mode)
    wait = runner.default_wait if wait is None else wait
    if green_mode is None:
        return runner.call(lambda: plain(*args, **options), wait, timeout)
    if mode == GreenMode.Synchronous:
        return runner.call(lambda: plain(*args, green_mode=mode, **options), wait, timeout)
    made = getattr(importlib.import_module(_MODULES[mode]), plain.__name__)
    proxy = made(*args, wait=wait, timeout=timeout, **options)
    if mode == GreenMode.Asyncio and not wait and _loop_runs():
        import asyncio

        return asyncio.ensure_future(proxy)
    return proxy


def _loop_runs() -> bool:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
