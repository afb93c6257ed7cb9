"""Values of Tango types as strings, as they stand in properties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tango.enums import AttrDataFormat, CmdArgType
from tango.type_checks import is_array_type, is_bool_type, is_float_type, is_int_type, is_non_str_seq, is_str_type

__all__ = ["obj_2_str", "seqStr_2_obj", "str_2_obj", "strtobool"]

_TRUE = {"y", "yes", "t", "true", "on", "1"}
_FALSE = {"n", "no", "f", "false", "off", "0"}


def strtobool(val: str) -> bool:
    """Return the truth value that a word stands for.

    Parameters
    ----------
    val : str
        ``y``, ``yes``, ``t``, ``true``, ``on`` or ``1``; or ``n``, ``no``, ``f``, ``false``, ``off`` or ``0``, in any
        case.

    Returns
    -------
    bool
        The truth value.

    Raises
    ------
    ValueError
        If it is another word.
    """
    word = str(val).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(f"invalid truth value {val}")


def str_2_obj(obj_str: str, tg_type: CmdArgType | None = None) -> Any:
    """Turn a string into a value of a Tango type.

    Parameters
    ----------
    obj_str : str
        The string.
    tg_type : CmdArgType, optional
        A number, a boolean or a string.

    Returns
    -------
    int, float, bool or str
        The value; for any other type the string as it is.

    Raises
    ------
    ValueError
        If the string does not stand for such a value.
    """
    if tg_type is None:
        return obj_str
    if is_int_type(tg_type):
        return int(obj_str)
    if is_float_type(tg_type):
        return float(obj_str)
    if is_bool_type(tg_type):
        return strtobool(obj_str)
    return str(obj_str) if is_str_type(tg_type) else obj_str


def obj_2_str(obj: Any, tg_type: CmdArgType | None = None) -> Any:
    """Turn a value of a Tango type into a string.

    Parameters
    ----------
    obj : object
        The value.
    tg_type : CmdArgType, optional
        Its type.

    Returns
    -------
    str
        The elements of an array in a line each; of a sequence given for a type that is not an array, the first. Without
        a type the value as it is.
    """
    if tg_type is None:
        return obj
    if not is_non_str_seq(obj):
        return str(obj)
    if is_array_type(tg_type):
        return "\n".join(str(item) for item in obj)
    return str(obj[0]) if len(obj) else ""


_ELEMENT: dict[CmdArgType, CmdArgType] = {
    array: CmdArgType[array.name.replace("Var", "").replace("Array", "")]
    for array in CmdArgType
    if is_array_type(array) and not array.name.endswith("StringArray") and array != CmdArgType.DevVarCharArray
}
_ELEMENT[CmdArgType.DevVarStringArray] = CmdArgType.DevString
_ELEMENT[CmdArgType.DevVarCharArray] = CmdArgType.DevUChar


def seqStr_2_obj(  # noqa: N802 (the public name)
    seq: Sequence[Any], tg_type: CmdArgType, tg_format: AttrDataFormat | None = None
) -> Any:
    """Turn strings into a value of a Tango type.

    Parameters
    ----------
    seq : sequence of str, or of sequences of str
        The strings.
    tg_type : CmdArgType
        Type of the value, or with `tg_format` of one element.
    tg_format : AttrDataFormat, optional
        Whether a scalar, a list or a list of lists is wanted; without it the type decides.

    Returns
    -------
    object
        The value of the first string for a scalar, else a list.

    Raises
    ------
    ValueError
        If a string does not stand for such a value, or there is none for a scalar.
    """
    element = _ELEMENT.get(tg_type, tg_type)
    if tg_format is None:
        tg_format = AttrDataFormat.SPECTRUM if tg_type in _ELEMENT else AttrDataFormat.SCALAR
    if tg_format == AttrDataFormat.SPECTRUM:
        return [str_2_obj(item, element) for item in seq]
    if tg_format == AttrDataFormat.IMAGE:
        return [[str_2_obj(item, element) for item in row] for row in seq]
    if isinstance(seq, str):
        return str_2_obj(seq, element)
    if len(seq) == 0:
        raise ValueError(f"no string for a value of type {tg_type}")
    return str_2_obj(seq[0], element)
