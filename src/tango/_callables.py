"""Whether a callable can be called with what it is going to be given."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

__all__ = ["require_one_argument"]


def require_one_argument(function: Callable[..., Any], what: str) -> None:
    """Refuse a callable that cannot be called with one argument.

    Parameters
    ----------
    function
        The callable. What Python does not know the signature of is not refused.
    what
        What the argument is, for the message.

    Raises
    ------
    TypeError
        It takes none, or needs more.
    """
    try:
        signature = inspect.signature(function, follow_wrapped=False)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(None)
    except TypeError as error:
        name = getattr(function, "__qualname__", type(function).__qualname__)
        raise TypeError(f"callback {name}{signature} cannot be called with one argument, {what}: {error}") from None
