"""The mark on methods that merely stand for cppTango's own answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["default_hook"]

F = TypeVar("F", bound=Callable[..., Any])


def default_hook(method: F) -> F:
    """Mark a hook method that a device class need not call Python for.

    The server core looks for the mark when a device is made. Only a class that defines the hook without the mark is asked;
    for the others cppTango's answer is taken, which saves entering Python at each request.

    Parameters
    ----------
    method
        The method, which does what cppTango does without it.

    Returns
    -------
    Callable
        The same method.
    """
    method._default_hook = True  # type: ignore[attr-defined]
    return method
