"""The values of the keywords of declarations."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from typing import Any

__all__ = ["callable_name", "enum_member", "flag", "integer", "take"]


def callable_name(method: Any, keyword: str) -> str:
    """Give the name of a method that a keyword holds.

    Parameters
    ----------
    method
        A method, a function, or a name.
    keyword
        What it is given as, for messages.

    Returns
    -------
    str
        The name.

    Raises
    ------
    TypeError
        It is none of these.
    """
    if isinstance(method, str):
        return method
    if inspect.isclass(method):
        raise TypeError(f"{keyword} must be a method, a function or the name of a method, not {method!r}: a type is given as dtype=...")
    if callable(method):
        return getattr(method, "__name__", type(method).__name__)
    raise TypeError(f"{keyword} must be a method, a function or the name of a method, not {method!r}")


def take(keywords: dict[str, Any], name: str, default: Any, check: Callable[..., Any], *more: Any) -> Any:
    """Take a keyword out of all.

    Parameters
    ----------
    keywords
        All keywords; this one is gone afterwards.
    name
        The keyword.
    default
        What to give if it is None or not there.
    check
        Gets the name, the value and `more`, and gives what is meant: `flag`, `integer` or `enum_member`.
    *more
        What else it gets.

    Returns
    -------
    object
        What `check` gives, or the default.
    """
    value = keywords.pop(name, None)
    return default if value is None else check(name, value, *more)


def flag(name: str, value: Any) -> bool:
    """Check a value that is on or off.

    Parameters
    ----------
    name
        Its keyword, for messages.
    value
        The value.

    Returns
    -------
    bool
        Whether it is on.

    Raises
    ------
    TypeError
        The value is neither True nor False.
    """
    if isinstance(value, str) or not isinstance(value, (bool, int)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def integer(name: str, value: Any) -> int:
    """Check an integer that cppTango has to hold.

    Parameters
    ----------
    name
        Its keyword, for messages.
    value
        The value.

    Returns
    -------
    int
        The number.

    Raises
    ------
    TypeError
        The value is no integer.
    ValueError
        It has more than 32 bits.
    """
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, not {value!r}") from None
    if abs(number) >= 2**31:
        raise ValueError(f"{name} must be an integer of 32 bits, not {value!r}")
    return number


def enum_member(name: str, value: Any, enumeration: type) -> Any:
    """Check a member of an enumeration.

    Parameters
    ----------
    name
        Its keyword, for messages.
    value
        The member, or its number.
    enumeration
        The enumeration.

    Returns
    -------
    object
        The member.

    Raises
    ------
    TypeError
        The value is no member, or one that stands for what is not known.
    """
    try:
        member: Any = enumeration(value)
    except ValueError:
        member = None
    if member is None or member.name.endswith("UNKNOWN"):
        raise TypeError(f"{name} must be a tango.{enumeration.__name__}, not {value!r}")
    return member
