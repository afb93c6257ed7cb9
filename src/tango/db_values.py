"""Python values as the database takes them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tango.structs import (
    DbData,
    DbDatum,
    DbDevExportInfo,
    DbDevExportInfos,
    DbDevInfo,
    DbDevInfos,
    StdDoubleVector,
    StdStringVector,
)
from tango.structs.base import decoded
from tango.type_checks import is_non_str_seq

__all__ = [
    "DbData_2_dict",
    "StdDoubleVector_2_seq",
    "StdStringVector_2_seq",
    "parameter_2_dbdata",
    "seq_2_DbData",
    "seq_2_DbDevExportInfos",
    "seq_2_DbDevInfos",
    "seq_2_StdDoubleVector",
    "seq_2_StdStringVector",
]


def seq_2_StdStringVector(seq: Iterable[Any], vec: StdStringVector | None = None) -> StdStringVector:  # noqa: N802
    """Return a StdStringVector with the strings of a sequence.

    Parameters
    ----------
    seq : iterable
        The elements; what is not a string is turned into one.
    vec : StdStringVector, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    StdStringVector
        The list.
    """
    if vec is None and isinstance(seq, StdStringVector):
        return seq
    result = StdStringVector() if vec is None else vec
    result.extend(item if isinstance(item, (str, bytes)) else str(item) for item in seq)
    return result


def StdStringVector_2_seq(vec: StdStringVector, seq: list[str] | None = None) -> list[str]:  # noqa: N802
    """Return a list with the strings of a StdStringVector.

    Parameters
    ----------
    vec : StdStringVector
        The strings.
    seq : list, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    list[str]
        The list.

    Raises
    ------
    TypeError
        If `vec` is not a StdStringVector.
    """
    if not isinstance(vec, StdStringVector):
        raise TypeError("vec must be a tango.StdStringVector")
    result = [] if seq is None else seq
    result.extend(vec)
    return result


def seq_2_StdDoubleVector(seq: Iterable[Any], vec: StdDoubleVector | None = None) -> StdDoubleVector:  # noqa: N802
    """Return a StdDoubleVector with the numbers of a sequence.

    Parameters
    ----------
    seq : iterable
        The elements, numbers or strings of numbers.
    vec : StdDoubleVector, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    StdDoubleVector
        The list.

    Raises
    ------
    ValueError
        If a string does not stand for a number.
    """
    if vec is None and isinstance(seq, StdDoubleVector):
        return seq
    result = StdDoubleVector() if vec is None else vec
    result.extend(float(item) for item in seq)
    return result


def StdDoubleVector_2_seq(vec: StdDoubleVector, seq: list[float] | None = None) -> list[float]:  # noqa: N802
    """Return a list with the numbers of a StdDoubleVector.

    Parameters
    ----------
    vec : StdDoubleVector
        The numbers.
    seq : list, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    list[float]
        The list.

    Raises
    ------
    TypeError
        If `vec` is not a StdDoubleVector.
    """
    if not isinstance(vec, StdDoubleVector):
        raise TypeError("vec must be a tango.StdDoubleVector")
    result = [] if seq is None else seq
    result.extend(vec)
    return result


def _datum(item: Any) -> DbDatum:
    if isinstance(item, DbDatum):
        return item
    if isinstance(item, (str, bytes)):
        return DbDatum(decoded(item) if isinstance(item, bytes) else item)
    raise TypeError(f"a property is named by a str or a DbDatum, not by {type(item).__name__} {item!r:.60}")


def seq_2_DbData(seq: Iterable[Any], vec: DbData | None = None) -> DbData:  # noqa: N802
    """Return a DbData with the properties of a sequence.

    Parameters
    ----------
    seq : iterable of DbDatum or str
        The properties; of a string a datum without a value is made.
    vec : DbData, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    DbData
        The list.

    Raises
    ------
    TypeError
        If an element is something else.
    """
    if vec is None and isinstance(seq, DbData):
        return seq
    result = DbData() if vec is None else vec
    result.extend(_datum(item) for item in seq)
    return result


def seq_2_DbDevInfos(seq: Iterable[DbDevInfo], vec: DbDevInfos | None = None) -> DbDevInfos:  # noqa: N802
    """Return a DbDevInfos with the elements of a sequence.

    Parameters
    ----------
    seq : iterable of DbDevInfo
        The devices.
    vec : DbDevInfos, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    DbDevInfos
        The list.
    """
    if vec is None and isinstance(seq, DbDevInfos):
        return seq
    result = DbDevInfos() if vec is None else vec
    result.extend(seq)
    return result


def seq_2_DbDevExportInfos(  # noqa: N802
    seq: Iterable[DbDevExportInfo], vec: DbDevExportInfos | None = None
) -> DbDevExportInfos:
    """Return a DbDevExportInfos with the elements of a sequence.

    Parameters
    ----------
    seq : iterable of DbDevExportInfo
        The devices.
    vec : DbDevExportInfos, optional
        A list to add them to, instead of a new one.

    Returns
    -------
    DbDevExportInfos
        The list.
    """
    if vec is None and isinstance(seq, DbDevExportInfos):
        return seq
    result = DbDevExportInfos() if vec is None else vec
    result.extend(seq)
    return result


def DbData_2_dict(db_data: DbData, d: dict[str, StdStringVector] | None = None) -> dict[str, StdStringVector]:  # noqa: N802
    """Return a dictionary with the properties of a DbData.

    Parameters
    ----------
    db_data : DbData
        The properties.
    d : dict, optional
        A dictionary to add them to, instead of a new one.

    Returns
    -------
    dict[str, StdStringVector]
        The strings of each property.

    Raises
    ------
    TypeError
        If `db_data` is not a DbData.
    """
    if not isinstance(db_data, DbData):
        raise TypeError(f"db_data must be a tango.DbData. A {type(db_data)} found instead")
    result = {} if d is None else d
    result.update((datum.name, datum.value_string) for datum in db_data)
    return result


def _datum_of_pair(name: str, value: Any) -> Iterable[DbDatum]:
    if isinstance(value, DbDatum):
        return [value]
    datum = DbDatum(name)
    result = [datum]
    if isinstance(value, Mapping):
        # The properties of an attribute: the number of properties under its name, then one datum each.
        datum.append(str(len(value)))
        for key, item in value.items():
            result.extend(_datum_of_pair(key, item))
    elif isinstance(value, (str, bytes)):
        datum.append(value)  # type: ignore[arg-type]
    elif is_non_str_seq(value):
        seq_2_StdStringVector(value, datum.value_string)
    else:
        datum.append(str(value))
    return result


def parameter_2_dbdata(param: Any, param_name: str) -> DbData:
    """Turn the properties that a user has given in any form into a DbData.

    Parameters
    ----------
    param : str, DbDatum, DbData, sequence of str or DbDatum, or dict
        The properties. In a dictionary the values are strings, sequences, anything that can be printed, or for an
        attribute again a dictionary of its properties.
    param_name : str
        How the parameter is called, for the error.

    Returns
    -------
    DbData
        The properties.

    Raises
    ------
    TypeError
        If the parameter is something else.
    """
    if isinstance(param, DbData):
        return param
    if isinstance(param, (str, DbDatum)):
        return DbData([_datum(param)])
    if isinstance(param, Mapping):
        return DbData(datum for name, value in param.items() for datum in _datum_of_pair(name, value))
    if is_non_str_seq(param) and not isinstance(param, (bytes, bytearray)):
        return seq_2_DbData(param)
    raise TypeError(
        f"{param_name} must be a str, tango.DbDatum, tango.DbData, a sequence<DbDatum>, a sequence<str> or a dictionary"
    )
