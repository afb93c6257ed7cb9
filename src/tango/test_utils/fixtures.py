"""Fixtures for pytest: each runs a test once per state, type, mode or format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tango.enums import AttrDataFormat, DevState, ExtractAs, GreenMode, SerialModel
from tango.test_utils.convert import create_result, repr_numpy_type, repr_type
from tango.test_utils.values import (
    BASE_TYPES,
    COMMAND_TYPED_VALUES,
    DEV_ENCODED_DATA,
    EXTRACT_AS,
    GENERAL_TYPED_VALUES,
    IMAGE_TYPED_VALUES,
    NUMPY_GENERAL_TYPING_HINTS,
    NUMPY_IMAGES_TYPING_HINTS,
    WRONG_NUMPY_TYPING_HINTS,
)

__all__ = [
    "attr_data_format",
    "attribute_numpy_typed_values",
    "attribute_typed_values",
    "attribute_wrong_numpy_typed",
    "base_type",
    "command_numpy_typed_values",
    "command_typed_values",
    "dev_encoded_values",
    "extract_as",
    "general_typed_values",
    "green_mode",
    "server_green_mode",
    "server_serial_model",
    "state",
]

#: dtype, values, and a function from a written value to the one that is read.
TypedValues = tuple[Any, Any, Callable[[Any], Any]]
#: Type hint, format, value, and a function from a written value to the one that is read.
NumpyTypedValues = tuple[Any, AttrDataFormat, Any, Callable[[Any], Any]]


def _with_result(param: tuple[Any, Any]) -> TypedValues:
    dtype, values = param
    return dtype, values, lambda v: create_result(dtype, v)


def _with_numpy_result(param: list[Any]) -> NumpyTypedValues:
    _, hint, dformat, value = param
    return hint, dformat, value, lambda v: v


def _type_id(param: tuple[Any, Any]) -> str:
    return repr_type(param[0])


def _numpy_id(param: list[Any]) -> str:
    return repr_numpy_type(param[0], param[2])


def _error_id(param: tuple[Any, ...]) -> str:
    return f"{param[4].__name__}: {param[5]}"


@pytest.fixture(params=list(DevState), ids=str)
def state(request: pytest.FixtureRequest) -> DevState:
    """Give each state."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=list(GENERAL_TYPED_VALUES.items()), ids=_type_id)
def general_typed_values(request: pytest.FixtureRequest) -> TypedValues:
    """Give scalars and spectra of each base type."""
    return _with_result(request.param)


@pytest.fixture(params=[*GENERAL_TYPED_VALUES.items(), *COMMAND_TYPED_VALUES.items()], ids=_type_id)
def command_typed_values(request: pytest.FixtureRequest) -> TypedValues:
    """Give values of each type that a command can have."""
    return _with_result(request.param)


@pytest.fixture(params=[*GENERAL_TYPED_VALUES.items(), *IMAGE_TYPED_VALUES.items()], ids=_type_id)
def attribute_typed_values(request: pytest.FixtureRequest) -> TypedValues:
    """Give values of each type that an attribute can have."""
    return _with_result(request.param)


@pytest.fixture(params=NUMPY_GENERAL_TYPING_HINTS, ids=_numpy_id)
def command_numpy_typed_values(request: pytest.FixtureRequest) -> NumpyTypedValues:
    """Give a value of each numpy type that a command can have."""
    return _with_numpy_result(request.param)


@pytest.fixture(params=[*NUMPY_GENERAL_TYPING_HINTS, *NUMPY_IMAGES_TYPING_HINTS], ids=_numpy_id)
def attribute_numpy_typed_values(request: pytest.FixtureRequest) -> NumpyTypedValues:
    """Give a value of each numpy type that an attribute can have."""
    return _with_numpy_result(request.param)


@pytest.fixture(params=WRONG_NUMPY_TYPING_HINTS, ids=_error_id)
def attribute_wrong_numpy_typed(request: pytest.FixtureRequest) -> tuple[Any, ...]:
    """Give declarations with numpy types that must fail."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=list(DEV_ENCODED_DATA.items()), ids=list(DEV_ENCODED_DATA))
def dev_encoded_values(request: pytest.FixtureRequest) -> tuple[str, Any]:
    """Give format and data of a DevEncoded, in each Python type."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=EXTRACT_AS, ids=[f"extract_as.{how.name}" for how, _ in EXTRACT_AS])
def extract_as(request: pytest.FixtureRequest) -> tuple[ExtractAs, type]:
    """Give each way to extract values, and the type of the result."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=BASE_TYPES)
def base_type(request: pytest.FixtureRequest) -> type:
    """Give each base type."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=list(GreenMode), ids=str)
def green_mode(request: pytest.FixtureRequest) -> GreenMode:
    """Give each green mode of clients."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=[GreenMode.Synchronous, GreenMode.Asyncio, GreenMode.Gevent], ids=str)
def server_green_mode(request: pytest.FixtureRequest) -> GreenMode:
    """Give each green mode of servers."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=[AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE], ids=str)
def attr_data_format(request: pytest.FixtureRequest) -> AttrDataFormat:
    """Give each format of attributes."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=list(SerialModel), ids=str)
def server_serial_model(request: pytest.FixtureRequest) -> SerialModel:
    """Give each way in which requests wait for each other."""
    return request.param  # type: ignore[no-any-return]
