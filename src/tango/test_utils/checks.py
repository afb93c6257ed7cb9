"""Assertions on values that were read."""

from __future__ import annotations

from typing import Any

from tango.enums import AttrDataFormat
from tango.utils import is_non_str_seq, is_number

__all__ = ["assert_close", "assert_value_label", "check_attr_type", "check_read_attr"]

_TOLERANCE = 1e-6


def assert_close(a: Any, b: Any) -> None:
    """Assert that two values are the same, numbers up to a millionth of them.

    Parameters
    ----------
    a, b
        Values, or sequences and arrays of them, nested at will; their types do not matter.

    Raises
    ------
    AssertionError
        They are not the same.
    """
    if is_non_str_seq(a) and not isinstance(a, bytes):
        assert len(a) == len(b), f"{a!r} has {len(a)} elements, {b!r} has {len(b)}"
        for left, right in zip(a, b, strict=True):
            assert_close(left, right)
    elif is_number(a) and is_number(b):
        assert abs(a - b) <= _TOLERANCE * abs(b), f"{a!r} is not close to {b!r}"
    else:
        assert a == b


def assert_value_label(read_attr: Any, value: int, label: str) -> None:
    """Assert value and label of an enumeration's member.

    Parameters
    ----------
    read_attr
        The member that was read.
    value, label
        What it should be.

    Raises
    ------
    AssertionError
        It is something else.
    """
    assert read_attr.value == value
    assert read_attr.name == label


def check_attr_type(read_attr: Any, attr_data_format: AttrDataFormat, desired_type: type) -> None:
    """Assert the type of all elements of a value.

    Parameters
    ----------
    read_attr
        The value that was read.
    attr_data_format
        Its format.
    desired_type
        The type of the elements.

    Raises
    ------
    AssertionError
        An element has another type.
    """
    for element in _elements(read_attr, attr_data_format):
        assert isinstance(element, desired_type), f"{element!r} is no {desired_type.__name__}"


def check_read_attr(read_attr: Any, attr_data_format: AttrDataFormat, value: int, label: str) -> None:
    """Assert that all elements of a value are one member of an enumeration.

    Parameters
    ----------
    read_attr
        The value that was read.
    attr_data_format
        Its format.
    value, label
        What the elements should be.

    Raises
    ------
    AssertionError
        An element is something else.
    """
    for element in _elements(read_attr, attr_data_format):
        assert_value_label(element, value, label)


def _elements(value: Any, attr_data_format: AttrDataFormat) -> list[Any]:
    if attr_data_format == AttrDataFormat.SCALAR:
        return [value]
    if attr_data_format == AttrDataFormat.SPECTRUM:
        return list(value)
    return [element for row in value for element in row]
