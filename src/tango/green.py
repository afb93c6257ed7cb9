"""Green modes: where a blocking call runs and what its caller gets back."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from tango.enums import GreenMode

__all__ = ["blocking", "get_green_mode"]

F = TypeVar("F", bound=Callable[..., Any])


def get_green_mode() -> GreenMode:
    """The green mode of calls that name no other."""
    return GreenMode.Synchronous


def blocking(method: F) -> F:
    """Mark a method that waits for the network; it takes the keywords green_mode, wait and timeout."""
    signature = inspect.signature(method)

    @functools.wraps(method)
    def call(self: Any, /, *args: Any, green_mode: GreenMode | None = None, wait: bool | None = None,
             timeout: float | None = None, **kwargs: Any) -> Any:
        return method(self, *args, **kwargs)

    extra = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in ("green_mode", "wait", "timeout")]
    call.__signature__ = signature.replace(parameters=[*signature.parameters.values(), *extra])  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]
