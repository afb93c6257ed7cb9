"""Submodules that programs use without having imported them, and what completion offers of the package."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

__all__ = ["__dir__", "__getattr__"]

# With PyTango these are there once it is imported; most programs need none of them, so they come when they are asked for.
LAZY = {
    "_tango",
    "asyncio",
    "codec",
    "databaseds",
    "device_class",
    "device_proxy",
    "device_server",
    "futures",
    "gevent",
    "globals",
    "pyutil",
    "test_context",
    "test_utils",
    "time_val",
}


def __getattr__(name: str) -> ModuleType:
    if name in LAZY:
        return importlib.import_module(f"tango.{name}")
    raise AttributeError(f"module 'tango' has no attribute {name!r}")


# The modules of PyTango's API. The others are how this package is made.
SHOWN = LAZY - {"_tango"} | {
    "asyncio_executor",
    "attr_data",
    "attribute_proxy",
    "connection",
    "constants",
    "encoded_attribute",
    "futures_executor",
    "gevent_executor",
    "green",
    "group",
    "group_reply",
    "log4tango",
    "release",
    "server",
    "telemetry",
    "utils",
}


def __dir__() -> list[str]:
    package = sys.modules["tango"]
    there = vars(package).keys()
    own = {name for name in there if name.startswith("__")}
    return sorted({*package.__all__, *own, *(SHOWN & (there | LAZY))})
