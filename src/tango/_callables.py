"""Whether a callable can be called with what it is going to be given."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

__all__ = ["require_call"]


def require_call(function: Callable[..., Any], what: str, given: str, *counts: int) -> None:
    """Refuse a callable that cannot be called with any of these numbers of arguments.

    Parameters
    ----------
    function
        The callable. What Python does not know the signature of is not refused.
    what
        What it is, for the message.
    given
        What it is called with, for the message.
    *counts
        The numbers of arguments.

    Raises
    ------
    TypeError
        It takes fewer, or needs more.
    """
    try:
        signature = inspect.signature(function, follow_wrapped=False)
    except (TypeError, ValueError):
        return
    refused = None
    for count in counts:
        try:
            signature.bind(*[None] * count)
        except TypeError as error:
            refused = error
        else:
            return
    name = getattr(function, "__qualname__", type(function).__qualname__)
    raise TypeError(f"{what} {name}{signature} cannot be called with {given}: {refused}")
