"""Values of pipes in the forms that users write them, brought into one: items (name, type code, value)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from tango._core.types import TYPES
from tango.dtypes import TO_TANGO_TYPE, get_tango_type_format
from tango.encoded_attribute import EncodedAttribute
from tango.enums import AttrDataFormat, CmdArgType, DevState

__all__ = ["Items", "normalized"]

Items = list[tuple[str, int, Any]]
"""The elements of a blob; the value of a blob inside is a pair of its name and its elements."""

FORM = (
    "the value of a pipe is a pair (name of the blob, elements); the elements are a dict {name: value} or a sequence of pairs "
    "(name, value) or of dicts with name, value and perhaps dtype"
)

_ARRAYS: dict[CmdArgType | None, CmdArgType] = {row.type: row.array for row in TYPES if row.array is not None}
_ELEMENTS = {row.type for row in TYPES}.union(_ARRAYS.values())
_BYTES = (bytes, bytearray, memoryview)
# Each can hold what those before it hold.
_NUMBERS: tuple[CmdArgType | None, ...] = (CmdArgType.DevLong64, CmdArgType.DevULong64, CmdArgType.DevDouble)


def normalized(value: Any, where: str) -> tuple[str, Items]:
    """Check the value of a pipe and find the types of its elements.

    Parameters
    ----------
    value
        A pair: the name of the blob, and its elements as a dict, or as a sequence of pairs or dicts.
    where
        What the value is for, for messages.

    Returns
    -------
    tuple
        The name of the blob and its items.

    Raises
    ------
    TypeError
        If the value has another form, or a type cannot be an element of a pipe.
    ValueError
        If the type of an element cannot be found out.
    """
    if isinstance(value, (str, *_BYTES, Mapping)) or not hasattr(value, "__len__") or len(value) != 2:
        raise TypeError(f"{where}: {FORM}; not {type(value).__name__} {value!r:.80}")
    name, content = value
    if not isinstance(name, str):
        raise TypeError(f"{where}: the name of a blob is a str, not {type(name).__name__} {name!r:.80}")
    if isinstance(content, (str, *_BYTES)) or not isinstance(content, Iterable):
        raise TypeError(f"{where}: {FORM}; the elements of {name!r} are {type(content).__name__} {content!r:.80}")
    elements = content.items() if isinstance(content, Mapping) else content
    return name, [_item(element, where) for element in elements]


def _item(element: Any, where: str) -> tuple[str, int, Any]:
    dtype = None
    if isinstance(element, Mapping):
        if "name" not in element or "value" not in element:
            has = ", ".join(map(str, element)) or "nothing"
            raise ValueError(f"{where}: an element that is a dict needs name and value, not only {has}")
        name, value, dtype = element["name"], element["value"], element.get("dtype")
    elif isinstance(element, (tuple, list)) and len(element) == 2:
        name, value = element
    else:
        raise TypeError(
            f"{where}: an element is a pair (name, value) or a dict with name and value, not {type(element).__name__} {element!r:.80}"
        )
    if not isinstance(name, str):
        raise TypeError(f"{where}: the name of an element is a str, not {type(name).__name__} {name!r:.80}")
    here = f"{where}, element {name}"
    code = _type_of(value, here) if dtype is None else _declared(dtype, here)
    if code == CmdArgType.DevPipeBlob:
        return name, int(code), normalized(value, here)
    if isinstance(value, _BYTES) and code in _ARRAYS.values():
        value = np.frombuffer(value, np.uint8)
    return name, int(code), value


# --- types ---------------------------------------------------------------------------------------------------------------


def _declared(dtype: Any, where: str) -> CmdArgType:
    """Find the type that `dtype` names."""
    if dtype in ("DevPipeBlob", CmdArgType.DevPipeBlob):
        return CmdArgType.DevPipeBlob
    try:
        element, data_format = get_tango_type_format(dtype)
    except (RuntimeError, TypeError) as error:
        raise TypeError(f"{where}: {error}") from None
    found = element if data_format == AttrDataFormat.SCALAR else _ARRAYS.get(element)
    if found is None or found not in _ELEMENTS or data_format == AttrDataFormat.IMAGE:
        raise TypeError(f"{where}: dtype {dtype!r} cannot be an element of a pipe; scalars, arrays of one dimension and DevPipeBlob can")
    return found


def _type_of(value: Any, where: str) -> CmdArgType:
    """Find the type that suits a value."""
    scalar = _scalar_type(value)
    if scalar is not None:
        return scalar
    if isinstance(value, np.ndarray):
        return _array_type(value, where)
    if isinstance(value, _BYTES):
        return CmdArgType.DevVarCharArray
    if not hasattr(value, "__len__") or isinstance(value, (Mapping, set, frozenset)):
        raise ValueError(
            f"{where}: Cannot determine object tango type of {type(value).__name__} {value!r:.80}; a blob inside of a blob is a "
            "pair of its name and its elements"
        )
    items = list(value)
    if len(items) == 2 and isinstance(items[0], str) and not isinstance(items[1], str):
        return CmdArgType.DevEncoded if isinstance(items[1], _BYTES) else CmdArgType.DevPipeBlob
    return _sequence_type(items, where)


def _scalar_type(value: Any) -> CmdArgType | None:
    if isinstance(value, (bool, np.bool_)):
        return CmdArgType.DevBoolean
    if isinstance(value, DevState):
        return CmdArgType.DevState
    if isinstance(value, str):
        return CmdArgType.DevString
    if isinstance(value, int):
        return CmdArgType.DevLong64 if value < 2**63 else CmdArgType.DevULong64
    if isinstance(value, np.generic):
        return TO_TANGO_TYPE.get(type(value))
    if isinstance(value, float):
        return CmdArgType.DevDouble
    if isinstance(value, EncodedAttribute):
        return CmdArgType.DevEncoded
    return None


def _array_type(value: np.ndarray, where: str) -> CmdArgType:
    if value.ndim == 0:
        raise TypeError(f"{where}: an array without dimensions is neither a scalar nor an array of Tango; use its item()")
    if value.ndim != 1:
        raise TypeError(
            f"{where}: arrays in pipes have one dimension; cannot translate numpy array with {value.ndim} dimensions to tango type"
        )
    if value.dtype.kind == "U":
        return CmdArgType.DevVarStringArray
    scalar = TO_TANGO_TYPE.get(value.dtype.type)
    if scalar not in _ARRAYS:
        raise TypeError(f"{where}: Cannot determine object tango type of an array of dtype {value.dtype}")
    return _ARRAYS[scalar]


def _sequence_type(items: list[Any], where: str) -> CmdArgType:
    if not items:
        raise ValueError(f"{where}: the type of an empty sequence is not known; give dtype, or an empty numpy array")
    found = {_scalar_type(item) for item in items}
    if len(found) == 1:
        scalar = found.pop()
    elif found <= set(_NUMBERS):
        scalar = max(found, key=_NUMBERS.index)  # a sequence of integers and floats is one of floats
    else:
        raise ValueError(f"{where}: Cannot determine object tango type: the items of {items!r:.80} are not of one type; give dtype")
    if scalar not in _ARRAYS:
        raise ValueError(f"{where}: Cannot determine object tango type: there is no array of {type(items[0]).__name__} {items[0]!r:.80}")
    return _ARRAYS[scalar]
