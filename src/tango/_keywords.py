"""The values of the keywords of declarations."""

from __future__ import annotations

import inspect
import operator
from typing import Any

__all__ = ["callable_name", "enum_member", "flag", "integer"]


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


def flag(keywords: dict[str, Any], name: str, default: bool) -> bool:
    """Take a keyword that is on or off.

    Parameters
    ----------
    keywords
        All keywords; this one is gone afterwards.
    name
        The keyword.
    default
        What to give if it is None or not there.

    Returns
    -------
    bool
        Whether it is on.

    Raises
    ------
    TypeError
        The value is neither True nor False.
    """
    value = keywords.pop(name, default)
    if value is None:
        return default
    if isinstance(value, str) or not isinstance(value, (bool, int)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def integer(keywords: dict[str, Any], name: str, default: int) -> int:
    """Take a keyword whose value is an integer that cppTango can hold.

    Parameters
    ----------
    keywords
        All keywords; this one is gone afterwards.
    name
        The keyword.
    default
        What to give if it is None or not there.

    Returns
    -------
    int
        The number, or the default.

    Raises
    ------
    TypeError
        The value is no integer.
    ValueError
        It has more than 32 bits.
    """
    value = keywords.pop(name, default)
    if value is None:
        return default
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, not {value!r}") from None
    if abs(number) >= 2**31:
        raise ValueError(f"{name} must be an integer of 32 bits, not {value!r}")
    return number


def enum_member(keywords: dict[str, Any], name: str, enumeration: type, default: Any) -> Any:
    """Take a keyword whose value is a member of an enumeration.

    Parameters
    ----------
    keywords
        All keywords; this one is gone afterwards.
    name
        The keyword.
    enumeration
        The enumeration.
    default
        What to give if it is None or not there.

    Returns
    -------
    object
        The member, or the default.

    Raises
    ------
    TypeError
        The value is no member, or one that stands for what is not known.
    """
    value = keywords.pop(name, None)
    if value is None:
        return default
    try:
        member: Any = enumeration(value)
    except ValueError:
        member = None
    if member is None or member.name.endswith("UNKNOWN"):
        raise TypeError(f"{name} must be a tango.{enumeration.__name__}, not {value!r}")
    return member
