"""Names that programs take from modules in which they are not at home."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

PLACES = ("tango", "tango.utils", "tango.green", "tango.server.values")
"""Where such names are looked for, in this order."""


def names_from_everywhere(module: str) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a module from which programs import more than what it defines.

    Parameters
    ----------
    module : str
        Name of the module.

    Returns
    -------
    callable
        Takes a name and returns what `PLACES` have under it.
    """

    def find(name: str) -> Any:
        if not name.startswith("_"):
            for place in PLACES:
                found = vars(importlib.import_module(place)).get(name)
                if found is not None:
                    return found
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return find
