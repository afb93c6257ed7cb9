"""Decorators that do nothing, as users put them around the methods of their devices."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

__all__ = ["general_asyncio_decorator", "general_decorator"]


def general_decorator(function: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """Wrap a method; used with or without parentheses.

    Parameters
    ----------
    function
        The method.

    Returns
    -------
    callable
        A function that calls it.
    """
    if function is None:
        return general_decorator

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return call


def general_asyncio_decorator(function: Callable[..., Awaitable[Any]] | None = None) -> Callable[..., Any]:
    """Wrap a coroutine method; used with or without parentheses.

    Parameters
    ----------
    function
        The method.

    Returns
    -------
    callable
        A coroutine function that awaits it.
    """
    if function is None:
        return general_asyncio_decorator

    @wraps(function)
    async def call(*args: Any, **kwargs: Any) -> Any:
        return await function(*args, **kwargs)

    return call
