"""The name of the compiled part of PyTango; whatever is looked for here is found in :mod:`tango`."""

from typing import Any


def __getattr__(name: str) -> Any:
    import tango
    from tango import enums

    for place in (tango, enums):
        if not name.startswith("__") and hasattr(place, name):
            return getattr(place, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
