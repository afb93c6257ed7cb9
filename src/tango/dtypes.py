"""How users spell a Tango type: Python types, names, numpy types, type hints.

Two questions are answered here, for attributes, commands and properties alike:

* which Tango type and format does a ``dtype`` mean (`get_tango_type_format`),
* which ``dtype``, format and dimensions does a type hint mean (`parse_type_hint`).
"""

from __future__ import annotations

import collections.abc
import contextlib
import difflib
import enum
import inspect
import sys
import types
import typing
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from tango.enums import AttrDataFormat, AttrQuality, CmdArgType, DevState

__all__ = (
    "FROM_TANGO_TO_NUMPY_TYPE",
    "TO_TANGO_TYPE",
    "EnumTypeError",
    "TypeHint",
    "eval_in_fallback_frames",
    "from_typeformat_to_type",
    "get_attribute_type_format",
    "get_enum_labels",
    "get_tango_type_format",
    "parse_type_hint",
    "scalar_to_array_type",
)

_SCALAR = AttrDataFormat.SCALAR
_SPECTRUM = AttrDataFormat.SPECTRUM
_IMAGE = AttrDataFormat.IMAGE

#: How many frames above the caller are searched for the names in a postponed annotation.
MAX_FALLBACK_FRAMES = 6
_OWN_MODULES = ("tango.dtypes", "tango.server")


class EnumTypeError(Exception):
    """An enumeration class cannot describe a Tango enumeration."""


# ---------------------------------------------------------------------------------------------- spellings

_SPELLINGS: dict[CmdArgType, tuple[Any, ...]] = {
    CmdArgType.DevVoid: (None, "None"),
    CmdArgType.DevBoolean: (bool, "bool", "boolean", np.bool_),
    CmdArgType.DevUChar: (chr, "byte", "chr", "char", np.uint8),
    CmdArgType.DevShort: ("int16", np.int16),
    CmdArgType.DevUShort: ("uint16", np.uint16),
    CmdArgType.DevLong: ("int32", np.int32),
    CmdArgType.DevULong: ("uint32", np.uint32),
    CmdArgType.DevLong64: (int, "int", "int64", np.int64),
    CmdArgType.DevULong64: ("uint", "uint64", np.uint64),
    CmdArgType.DevFloat: ("float32", np.float32),
    CmdArgType.DevDouble: (float, "float", "float64", "double", np.float64),
    CmdArgType.DevString: (str, "str", "string", "text"),
    CmdArgType.DevEncoded: (bytearray, "bytes", "bytearray"),
    CmdArgType.DevState: ("state",),
    CmdArgType.DevEnum: ("enum",),
}


def _all_spellings() -> dict[Any, CmdArgType]:
    spellings = {spelling: tango_type for tango_type, row in _SPELLINGS.items() for spelling in row}
    for tango_type in CmdArgType:
        if tango_type.name.startswith("Dev") and not tango_type.name.startswith("DevPipe"):
            spellings[tango_type.name] = spellings[tango_type] = tango_type
    return spellings


#: Every accepted spelling of a Tango type, without the nesting that makes it a spectrum or an image.
TO_TANGO_TYPE: dict[Any, CmdArgType] = _all_spellings()

_NAMES = [spelling for spelling in TO_TANGO_TYPE if isinstance(spelling, str)]

#: The numpy type (``str`` for text) that holds one element of a Tango type.
FROM_TANGO_TO_NUMPY_TYPE: dict[CmdArgType, type] = {
    CmdArgType.DevBoolean: np.bool_,
    CmdArgType.DevUChar: np.uint8,
    CmdArgType.DevShort: np.int16,
    CmdArgType.DevUShort: np.uint16,
    CmdArgType.DevLong: np.int32,
    CmdArgType.DevULong: np.uint32,
    CmdArgType.DevLong64: np.int64,
    CmdArgType.DevULong64: np.uint64,
    CmdArgType.DevString: str,
    CmdArgType.DevDouble: np.float64,
    CmdArgType.DevFloat: np.float32,
}

_SCALAR_TO_ARRAY: dict[CmdArgType, CmdArgType] = {
    CmdArgType.DevBoolean: CmdArgType.DevVarBooleanArray,
    CmdArgType.DevUChar: CmdArgType.DevVarCharArray,
    CmdArgType.DevShort: CmdArgType.DevVarShortArray,
    CmdArgType.DevUShort: CmdArgType.DevVarUShortArray,
    CmdArgType.DevLong: CmdArgType.DevVarLongArray,
    CmdArgType.DevULong: CmdArgType.DevVarULongArray,
    CmdArgType.DevLong64: CmdArgType.DevVarLong64Array,
    CmdArgType.DevULong64: CmdArgType.DevVarULong64Array,
    CmdArgType.DevFloat: CmdArgType.DevVarFloatArray,
    CmdArgType.DevDouble: CmdArgType.DevVarDoubleArray,
    CmdArgType.DevString: CmdArgType.DevVarStringArray,
    CmdArgType.ConstDevString: CmdArgType.DevVarStringArray,
}


def scalar_to_array_type(tg_type: CmdArgType) -> CmdArgType:
    """Give the array type whose elements have a scalar type.

    Parameters
    ----------
    tg_type
        A scalar Tango type, for example ``CmdArgType.DevLong``.

    Returns
    -------
    CmdArgType
        The array type that a command or property of many such elements has, for example
        ``CmdArgType.DevVarLongArray``.

    Raises
    ------
    ValueError
        Commands and properties have no such array.
    """
    try:
        return _SCALAR_TO_ARRAY[tg_type]
    except KeyError:
        raise ValueError(
            f"Invalid tango scalar type: {tg_type} (commands and properties have no arrays of it)"
        ) from None


# ---------------------------------------------------------------------------------------------- enumerations


def get_enum_labels(enum_cls: type[enum.Enum]) -> list[str]:
    """List the labels of an enumeration, for use as ``enum_labels``.

    Parameters
    ----------
    enum_cls
        A class derived from `enum.Enum` whose values are 0, 1, 2 ... without gaps.

    Returns
    -------
    list of str
        The names of the members in the order of their values.

    Raises
    ------
    EnumTypeError
        The class is no enumeration, has two names for one value, or values other than 0, 1, 2 ...
    """
    if not issubclass(enum_cls, enum.Enum):
        raise EnumTypeError(f"Input class '{enum_cls}' must be derived from enum.Enum")
    try:
        enum.unique(enum_cls)
    except ValueError as error:
        raise EnumTypeError(f"Input class '{enum_cls}' must be unique - {error}") from None
    if not list(enum_cls):
        raise EnumTypeError(f"Input class '{enum_cls}' has no members!")
    members = sorted(enum_cls, key=lambda member: member.value)
    values = [member.value for member in members]
    if values != list(range(len(values))):
        raise EnumTypeError(f"Enum values for '{enum_cls}' must start at 0 and increment by 1.  Values: {values}")
    return [member.name for member in members]


def _is_enum_class(dtype: Any) -> bool:
    return inspect.isclass(dtype) and issubclass(dtype, enum.Enum)


# ---------------------------------------------------------------------------------------------- dtype -> Tango


def _is_sequence(dtype: Any) -> bool:
    return isinstance(dtype, (tuple, list))


def _peel(dtype: Any, caller: str | None) -> tuple[Any, AttrDataFormat]:
    """Take the nesting off ``dtype``: the element spelling and the format the nesting means."""
    if not _is_sequence(dtype):
        return dtype, _SCALAR
    cells: Any = dtype[0] if dtype and _is_sequence(dtype[0]) else ()
    if any(element != dtype[0] for element in dtype) or any(element != cells[0] for element in cells):
        raise TypeError(f"{dtype!r} mixes types: a spectrum is (<dtype>,), an image ((<dtype>,),)")
    if not dtype:
        raise TypeError(f"Spectrum {caller or 'attribute'} type must be specified as (<dtype>,)")
    element = dtype[0]
    if not _is_sequence(element):
        return element, _SPECTRUM
    if not element:
        raise TypeError("Image attribute type must be specified as ((<dtype>,),)")
    return element[0], _IMAGE


def _look_up(dtype: Any) -> CmdArgType:
    if isinstance(dtype, np.dtype):
        dtype = dtype.type
    if dtype is DevState:
        return CmdArgType.DevState
    try:
        return TO_TANGO_TYPE[dtype]
    except (KeyError, TypeError):
        pass
    text = f"Cannot translate {dtype!r} to TANGO type. See documentation for the allowed types"
    if isinstance(dtype, str) and (near := difflib.get_close_matches(dtype, _NAMES, 3, 0.8)):
        text += f" (near to it: {', '.join(near)})"
    if any(dtype is bare for bare in (list, tuple, np.ndarray)):
        text += f": {dtype.__name__} does not say of what; write list[int] or numpy.typing.NDArray[numpy.float64]"
    elif _is_sequence(dtype):
        text += "; it is nested too deeply, or its nesting and a dformat are given together"
    elif isinstance(dtype, str):
        text += (
            '. If you are declaring type with type hints and using "from __future__ import annotations", please '
            "make the type visible where the class is defined: a name local to a function that has returned, or "
            "imported only under TYPE_CHECKING, cannot be found"
        )
    raise RuntimeError(text)


def _is_generic_alias(dtype: Any) -> bool:
    return typing.get_origin(dtype) is not None


def get_tango_type_format(
    dtype: Any, dformat: AttrDataFormat | None = None, caller: str | None = None
) -> tuple[CmdArgType, AttrDataFormat]:
    """Translate a type as users write it to a Tango type and format.

    Parameters
    ----------
    dtype
        A Python type (``int``), a name (``"float32"``, ``"DevLong"``), a numpy type or dtype, a
        `CmdArgType`; ``(dtype,)`` or ``[dtype]`` for a spectrum, ``((dtype,),)`` for an image; or a
        generic such as ``list[int]``.
    dformat
        The format, when ``dtype`` gives only the type of the elements.
    caller
        ``"attribute"``, ``"command"`` or ``"property"``: for whom, which decides some refusals.

    Returns
    -------
    tuple
        The `CmdArgType` and the `AttrDataFormat`.

    Raises
    ------
    RuntimeError
        No Tango type corresponds to ``dtype``.
    TypeError
        ``dtype`` is an empty sequence.
    """
    if dformat is None:
        if _is_generic_alias(dtype):
            hint = parse_type_hint(dtype, caller)
            element = hint.dtype[0] if _is_sequence(hint.dtype) else hint.dtype
            if hint.dformat is None:
                raise RuntimeError(_NO_NUMPY_FORMAT)
            return _look_up(element), hint.dformat
        element, dformat = _peel(dtype, caller)
    else:
        element = dtype
    return _look_up(element), dformat


def get_attribute_type_format(
    dtype: Any, dformat: AttrDataFormat | None, enum_labels: collections.abc.Sequence[str] | None
) -> tuple[CmdArgType, AttrDataFormat, list[str] | None]:
    """Translate the type of an attribute, which may be an enumeration class.

    Parameters
    ----------
    dtype, dformat
        See `get_tango_type_format`; moreover an `enum.Enum` class, alone or nested.
    enum_labels
        The labels, for an enumeration that is not given as a class.

    Returns
    -------
    tuple
        The `CmdArgType`, the `AttrDataFormat` and the labels (None where there are none).

    Raises
    ------
    TypeError
        Labels and an enumeration class were given together, or the labels are no sequence of text.
    ValueError
        A label is there twice, or holds a comma.
    EnumTypeError
        The enumeration class cannot describe a Tango enumeration.
    RuntimeError
        No Tango type corresponds to ``dtype``.
    """
    if dformat is None:
        if _is_generic_alias(dtype):
            hint = parse_type_hint(dtype, "attribute")
            element, dformat = hint.dtype, hint.dformat
            if dformat is None:
                raise RuntimeError(_NO_NUMPY_FORMAT)
        else:
            element, dformat = _peel(dtype, "attribute")
    else:
        element = _peel(dtype, None)[0] if _is_sequence(dtype) and _is_enum_class(_peel(dtype, None)[0]) else dtype
    if _is_enum_class(element) and element is not DevState and element is not CmdArgType:
        if enum_labels:
            raise TypeError(
                "For dtype of enum.Enum, (enum.Enum,) or ((enum.Enum,),) the enum_labels must not be specified "
                f"- dtype: {element}, enum_labels: {enum_labels}."
            )
        return CmdArgType.DevEnum, dformat, get_enum_labels(element)
    return _look_up(element), dformat, None if enum_labels is None else _checked_labels(enum_labels)


def _checked_labels(labels: collections.abc.Sequence[str]) -> list[str]:
    if isinstance(labels, (str, bytes)) or not isinstance(labels, collections.abc.Iterable):
        raise TypeError(f"enum_labels must be a sequence of str, not {labels!r}")
    checked = list(labels)
    for label in checked:
        if not isinstance(label, str):
            raise TypeError(f"enum_labels must be a sequence of str; {label!r} is {type(label).__name__}")
        if "," in label:  # cppTango makes two of it
            raise ValueError(f"enum_labels: {label!r} holds a comma, which stands between labels")
        if checked.count(label) > 1:
            raise ValueError(f"enum_labels: {label!r} is there twice")
    return checked


def from_typeformat_to_type(dtype: CmdArgType, dformat: AttrDataFormat) -> CmdArgType:
    """Join an element type and a format to the one type that a command or property has.

    Parameters
    ----------
    dtype
        The type of the elements, or already an array type.
    dformat
        ``SCALAR`` or ``SPECTRUM``.

    Returns
    -------
    CmdArgType
        ``dtype`` for a scalar, its array type for a spectrum.

    Raises
    ------
    TypeError
        ``dformat`` is ``IMAGE``, or there is no such array type.
    """
    if dformat == _SCALAR:
        return dtype
    if dformat == _IMAGE:
        raise TypeError("Cannot translate IMAGE to tango type")
    return scalar_to_array_type(dtype)


# ---------------------------------------------------------------------------------------------- type hints

_NO_NUMPY_FORMAT = "For numpy.ndarrays AttrDataFormat has to be specified"

# `type X = ...`, from Python 3.12
_ALIASES: tuple[Any, ...] = (typing.TypeAliasType,) if hasattr(typing, "TypeAliasType") else ()


class TypeHint(NamedTuple):
    """What a type hint says: the element type, the format (None: not said) and the largest dimensions."""

    dtype: Any
    dformat: AttrDataFormat | None
    max_dim_x: int | None
    max_dim_y: int | None


def eval_in_fallback_frames(dtype_str: str, try_depth: int) -> Any:
    """Evaluate a postponed annotation with the names that the calling frames see.

    Parameters
    ----------
    dtype_str
        The annotation as text.
    try_depth
        How many frames above the caller to search. Frames of this package do not count.

    Returns
    -------
    object
        The value; the text itself if no frame knows its names.
    """
    frame: FrameType | None = sys._getframe(1)
    left = try_depth + 1
    while frame is not None and left > 0:
        if frame.f_globals.get("__name__", "").startswith(_OWN_MODULES):
            frame = frame.f_back
            continue
        with contextlib.suppress(Exception):  # whatever goes wrong here, the next frame may know better
            return eval(dtype_str, frame.f_globals, dict(frame.f_locals))
        frame = frame.f_back
        left -= 1
    return dtype_str


def _resolve_text(text: str, namespace: collections.abc.Mapping[str, Any] | None) -> Any:
    """Turn an annotation given as text into the object it names; the text itself if that fails."""
    if namespace is not None:
        with contextlib.suppress(Exception):
            return eval(text, dict(namespace))
    value = eval_in_fallback_frames(text, try_depth=MAX_FALLBACK_FRAMES)
    if isinstance(value, str):
        value = TO_TANGO_TYPE.get(value, value)
    return value


def _resolve(hint: Any, namespace: collections.abc.Mapping[str, Any] | None) -> Any:
    if isinstance(hint, typing.ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        hint = _resolve_text(hint, namespace)
    return _unwrap(hint)


def _unwrap(hint: Any) -> Any:
    """Take off what says nothing about the type: ``Annotated``, ``ClassVar``, ``Final``, ``| None`` and aliases."""
    while True:
        origin = typing.get_origin(hint)
        if isinstance(hint, _ALIASES):
            hint = hint.__value__
        elif isinstance(origin, _ALIASES):  # numpy.typing.NDArray is one since numpy 2.5
            hint = origin.__value__[typing.get_args(hint)]
        elif origin in (typing.Annotated, typing.ClassVar, typing.Final):
            hint = typing.get_args(hint)[0]
        elif origin in (typing.Union, types.UnionType):
            alternatives = [arg for arg in typing.get_args(hint) if arg is not type(None)]
            if len(alternatives) != 1:
                return hint
            hint = alternatives[0]
        else:
            return hint


def _is_array_hint(hint: Any) -> bool:
    return typing.get_origin(hint) is np.ndarray


def _is_nested(hint: Any) -> bool:
    return typing.get_origin(hint) in (tuple, list)


def _parse_array(hint: Any, caller: str | None) -> TypeHint:
    shape, dtype = typing.get_args(hint)[:2]
    element = (typing.get_args(dtype) or (dtype,))[0]
    if caller in ("command", "property"):
        return TypeHint((element,), None, None, None)
    axes = typing.get_args(shape)
    known = {1: _SPECTRUM, 2: _IMAGE}.get(len(axes)) if Ellipsis not in axes else None
    return TypeHint(element, known, None, None)


def _dimension(args: tuple[Any, ...]) -> int | None:
    """Say how many elements a hint names: a list names one, ``...`` leaves it open."""
    return None if Ellipsis in args else len(args)


def _elements(hint: Any, namespace: collections.abc.Mapping[str, Any] | None) -> tuple[Any, ...]:
    args = tuple(_resolve(arg, namespace) for arg in typing.get_args(hint))
    if not args:
        raise RuntimeError(f"Cannot translate {hint!r} to TANGO type: it names no element type")
    return args


def _check_same(types_seen: collections.abc.Iterable[Any], dformat: AttrDataFormat, caller: str | None) -> None:
    if len({repr(seen) for seen in types_seen}) > 1:
        what = {"command": "command", "property": "property"}.get(caller or "", "attributes")
        raise RuntimeError(f"PyTango does not support mixed types in {dformat.name} {what}")


def _special_pair(args: tuple[Any, ...]) -> str | None:
    """Recognise the hints of the three types that are pairs."""
    if len(args) != 2:
        return None
    if args[0] is str and args[1] in (bytes, bytearray):
        return "DevEncoded"
    if all(typing.get_origin(arg) is list for arg in args):
        first, second = (typing.get_args(arg) for arg in args)
        if second == (str,) and first == (int,):
            return "DevVarLongStringArray"
        if second == (str,) and first == (float,):
            return "DevVarDoubleStringArray"
    return None


def parse_type_hint(
    annotation: Any, caller: str | None, namespace: collections.abc.Mapping[str, Any] | None = None
) -> TypeHint:
    """Say what a type hint means for an attribute, a command or a property.

    ``tuple[T, float, AttrQuality]`` (value, time stamp and quality) means ``T``; ``tuple[str, bytes]``
    means DevEncoded, with or without time stamp and quality; ``list``, ``tuple`` and numpy arrays make
    spectra and images; ``T | None`` means ``T``.

    Parameters
    ----------
    annotation
        The hint, or its text where annotations are postponed.
    caller
        ``"attribute"``, ``"command"`` or ``"property"``.
    namespace
        Where the names in a postponed annotation are looked up first; then the calling frames are searched.

    Returns
    -------
    TypeHint
        Element type, format and largest dimensions. For commands and properties an array's element type
        comes wrapped, as ``(T,)``, where the format is not given apart.

    Raises
    ------
    RuntimeError
        The hint mixes types, or names an image for a command or property.
    """
    hint = _resolve(annotation, namespace)
    if typing.get_origin(hint) is tuple:
        args = tuple(_resolve(arg, namespace) for arg in typing.get_args(hint))
        if len(args) in (3, 4) and args[-2:] == (float, AttrQuality):
            hint = args[0] if len(args) == 3 else tuple[args[:-2]]  # type: ignore[misc]
    if _is_array_hint(hint):
        return _parse_array(hint, caller)
    if not _is_nested(hint):
        return TypeHint(hint, _SCALAR, None, None)

    args = _elements(hint, namespace)
    pair = _special_pair(args)
    if pair is not None:
        return TypeHint(pair, _SCALAR, None, None)
    rows = [arg for arg in args if arg is not Ellipsis]
    if any(_is_nested(row) for row in rows):
        return _parse_image(rows, _dimension(args), caller, namespace)
    _check_same(rows, _SPECTRUM, caller)
    element = (rows[0],) if caller == "property" else rows[0]
    return TypeHint(element, _SPECTRUM, _dimension(args), None)


def _parse_image(
    rows: list[Any],
    max_dim_y: int | None,
    caller: str | None,
    namespace: collections.abc.Mapping[str, Any] | None,
) -> TypeHint:
    if caller in ("command", "property"):
        raise RuntimeError(f"{caller.capitalize()} does not support IMAGE type")
    _check_same(rows, _IMAGE, caller)
    args = _elements(rows[0], namespace)
    cells = [arg for arg in args if arg is not Ellipsis]
    _check_same(cells, _IMAGE, caller)
    return TypeHint(cells[0], _IMAGE, _dimension(args), max_dim_y)
