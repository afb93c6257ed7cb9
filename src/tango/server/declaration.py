"""Say where a declaration stands, so that its error can name class and variable."""

from __future__ import annotations

import dis
import functools
import inspect
import sys
from collections.abc import Callable
from types import FrameType
from typing import ParamSpec, TypeVar

from tango.dtypes import EnumTypeError
from tango.errors import DevError, DevFailed

#: What a wrong declaration may raise.
DECLARATION_ERRORS: tuple[type[Exception], ...] = (
    DevFailed,
    AttributeError,
    EnumTypeError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)

P = ParamSpec("P")
R = TypeVar("R")

_STORES = frozenset({"STORE_NAME", "STORE_FAST", "STORE_GLOBAL", "STORE_DEREF"})


def _assigned_name(frame: FrameType) -> str | None:
    """Find the variable that the statement being executed is about to bind."""
    for instruction in dis.get_instructions(frame.f_code):
        if instruction.offset > frame.f_lasti and instruction.opname in _STORES:
            return str(instruction.argval)
    return None


def _user_frame() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(("tango.server", "tango.attr_data")):
        frame = frame.f_back
    return frame


def current_declaration(kind: str) -> str:
    """Describe the declaration that user code is executing.

    Parameters
    ----------
    kind
        What is declared: ``"attribute"``, ``"command"``, ``"device property"`` ...

    Returns
    -------
    str
        For example ``"class 'PowerSupply', attribute 'voltage'"``; without the class outside of a class
        body, ``"attribute"`` alone where nothing is known.
    """
    frame = _user_frame()
    if frame is None:
        return kind
    name = _assigned_name(frame)
    text = f"{kind} '{name}'" if name else kind
    qualname = frame.f_locals.get("__qualname__") if "__module__" in frame.f_locals else None
    return f"class '{qualname}', {text}" if qualname else text


def declared_as(declared: object) -> str:
    """Describe a declaration by the variable that holds it in the class body being executed.

    Parameters
    ----------
    declared
        The attribute.

    Returns
    -------
    str
        For example ``"class 'PowerSupply', attribute 'voltage'"``.
    """
    frame = _user_frame()
    variables = frame.f_locals if frame is not None else {}
    name = next((name for name, value in variables.items() if value is declared), None)
    text = f"attribute '{name}'" if name else "attribute"
    return f"class '{variables['__qualname__']}', {text}" if "__qualname__" in variables else text


def tells_wrong_arguments(kind: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function of the API say in which declaration it was given a keyword that it does not know.

    Parameters
    ----------
    kind
        What it declares.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                signature.bind(*args, **kwargs)
            except TypeError as error:
                name = function.__qualname__.removesuffix(".__init__")
                raise TypeError(f"{name}() {error} ({current_declaration(kind)})") from None
            return function(*args, **kwargs)

        return call

    return decorate


def explain(error: Exception, where: str) -> Exception:
    """Say in an error's text which declaration it is about.

    Parameters
    ----------
    error
        What the declaration raised.
    where
        The declaration in words.

    Returns
    -------
    Exception
        An error of the same class with a longer text; ``error`` itself where that cannot be made.
    """
    if isinstance(error, DevFailed):
        first, *rest = error.args
        told = DevError()
        told.reason, told.origin, told.severity = first.reason, first.origin, first.severity
        told.desc = f"{first.desc} ({where})"
        return type(error)(told, *rest)
    if type(error) in DECLARATION_ERRORS and where not in str(error):
        return type(error)(f"{error} ({where})")
    return error
