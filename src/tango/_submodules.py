"""Submodules that programs use without having imported them."""

from __future__ import annotations

import importlib
from types import ModuleType

__all__ = ["__getattr__"]

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
