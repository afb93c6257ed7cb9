"""The type hints and parameters of the methods that users give."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

__all__ = ("annotations_of", "parameter_hint", "positional_parameters", "return_hint")

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def annotations_of(obj: Any) -> dict[str, Any]:
    """Give the own annotations of a function or class; unresolved names as text where Python allows it."""
    try:
        return dict(inspect.get_annotations(obj))
    except NameError:
        import annotationlib  # Python 3.14: annotations are evaluated late, and this one names something unknown

        return dict(annotationlib.get_annotations(obj, format=annotationlib.Format.FORWARDREF))


def _function(f: Callable[..., Any]) -> Any:
    """Find the function that carries the annotations of a callable."""
    while isinstance(f, functools.partial):
        f = f.func
    f = inspect.unwrap(f)
    if inspect.ismethod(f):
        f = f.__func__
    if not inspect.isfunction(f) and not inspect.isbuiltin(f) and not inspect.isclass(f):
        f = type(f).__call__
    return inspect.unwrap(f)


def positional_parameters(f: Callable[..., Any]) -> list[str]:
    """List the names of the positional parameters after the device.

    Parameters
    ----------
    f
        A function of a class, a bound method or another callable that takes the device first.

    Returns
    -------
    list of str
        The names; ``*args`` counts as one.
    """
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):
        return []
    names = [p.name for p in parameters if p.kind in _POSITIONAL or p.kind is inspect.Parameter.VAR_POSITIONAL]
    takes_device = not inspect.ismethod(f) and bool(names) and parameters[0].kind in _POSITIONAL
    return names[1:] if takes_device else names


def parameter_hint(f: Callable[..., Any]) -> tuple[str | None, Any]:
    """Give name and hint of the first annotated parameter.

    Parameters
    ----------
    f
        A method or function.

    Returns
    -------
    tuple
        Name and hint; ``(None, None)`` if no parameter has a hint.
    """
    hints = annotations_of(_function(f))
    for name in positional_parameters(f):
        if name in hints:
            hint = hints[name]
            return name, None if hint in (None, type(None), "None") else hint
    return None, None


def return_hint(f: Callable[..., Any]) -> Any:
    """Give the hint of what a method returns, None if it has none (or says that it returns nothing).

    Parameters
    ----------
    f
        A method or function.

    Returns
    -------
    object
        The hint.
    """
    hint = annotations_of(_function(f)).get("return")
    return None if hint in (None, type(None), "None") else hint
