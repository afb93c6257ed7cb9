"""The forms in which users write properties, and what the database takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tango.structs import DbData, DbDatum, StdStringVector
from tango.structs.base import decoded

__all__ = ["as_strings", "from_attribute_data", "from_data", "look_up", "to_attribute_data", "to_attribute_names", "to_data"]

FORMS = "a str, tango.DbDatum, tango.DbData, a sequence<DbDatum>, a sequence<str> or a dictionary"


def as_string(value: Any) -> str:
    """Return one string of a property's value.

    Parameters
    ----------
    value : object
        Text (str, bytes) as it is; anything else as ``str`` shows it.

    Returns
    -------
    str
        The string.
    """
    return decoded(value) if isinstance(value, bytes) else str(value)


def as_strings(value: Any, name: str) -> StdStringVector:
    """Return the value of a property as the database keeps it.

    Parameters
    ----------
    value : object
        A DbDatum, a scalar, or a sequence of scalars.
    name : str
        The property, for messages.

    Returns
    -------
    StdStringVector
        Its strings.

    Raises
    ------
    TypeError
        If the value, or one of several, is None, a dictionary or an object that has no text of its own.
    """
    if isinstance(value, DbDatum):
        return StdStringVector(value.value_string)
    _refuse_what_has_no_text(value, name)
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return StdStringVector([as_string(value)])
    if getattr(value, "ndim", 1) == 0:  # a numpy scalar or 0-dimensional array
        return StdStringVector([as_string(value)])
    items = list(value.tolist() if hasattr(value, "tolist") else value)
    for item in items:
        _refuse_what_has_no_text(item, name)
    return StdStringVector([as_string(item) for item in items])


def _refuse_what_has_no_text(value: Any, name: str) -> None:
    kind: Any = type(value)
    plain = kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__
    if value is None or isinstance(value, Mapping) or (plain and not isinstance(value, Iterable)):
        raise TypeError(f"property {name}: a value or a sequence of values was expected, not {value!r:.60}")


def datum(name: Any, values: Iterable[str] = ()) -> DbDatum:
    """Return a datum with a name and, if given, strings.

    Parameters
    ----------
    name : str or bytes
        Name of the property.
    values : iterable of str, optional
        Its value.

    Returns
    -------
    DbDatum
        The datum.

    Raises
    ------
    TypeError
        If the name is no text.
    """
    if isinstance(name, bytes):
        name = decoded(name)
    if not isinstance(name, str):
        raise TypeError(f"the name of a property is a str, not {type(name).__name__} {name!r:.60}")
    result = DbDatum(name)
    result.value_string = StdStringVector(values)
    return result


def to_data(value: Any, what: str = "value", *, names_only: bool = False) -> DbData:
    """Return properties in the form that the library takes.

    Parameters
    ----------
    value : object
        A name, a DbDatum, a DbData, a sequence of names and DbDatum, or a dictionary of names and values.
    what : str, optional
        What the argument is called, for messages.
    names_only : bool, optional
        Whether only the names matter, as for reading and deleting.

    Returns
    -------
    DbData
        One datum each.

    Raises
    ------
    TypeError
        If the value has another form.
    """
    if isinstance(value, (str, bytes)):
        return DbData([datum(value)])
    if isinstance(value, DbDatum):
        return DbData([value])
    if isinstance(value, DbData):
        return value
    if isinstance(value, Mapping):
        if names_only:
            return DbData([datum(name) for name in value])
        return DbData(
            [datum(getattr(item, "name", None) or name, as_strings(item, name)) for name, item in value.items()]
        )
    if isinstance(value, Iterable):
        return DbData([item if isinstance(item, DbDatum) else datum(item) for item in value])
    raise TypeError(f"{what} must be {FORMS}; not {type(value).__name__} {value!r:.60}")


def from_data(data: Iterable[DbDatum]) -> dict[str, StdStringVector]:
    """Return properties as a dictionary.

    Parameters
    ----------
    data : iterable of DbDatum
        What the library gave.

    Returns
    -------
    dict of str to StdStringVector
        The strings of each property; none for one that is not defined.
    """
    return {item.name: item.value_string for item in data}


def look_up(ask: Callable[[DbData], DbData], names: Any, what: str = "value", to_fill: Any = None) -> DbData:
    """Ask for properties, and fill what the user has given to be filled.

    Parameters
    ----------
    ask : callable
        Takes names and returns what the database has.
    names : object
        The names, as `to_data` takes them; a DbData is filled.
    what : str
        What the names are called, for the message.
    to_fill : DbData, optional
        Another one to fill.

    Returns
    -------
    DbData
        What the database has.

    Raises
    ------
    TypeError
        If the names have another form or `to_fill` is no DbData.
    """
    if to_fill is not None and not isinstance(to_fill, DbData):
        raise TypeError(f"get_property() fills a DbData, not {type(to_fill).__name__} {to_fill!r:.60}")
    found = ask(to_data(names, what, names_only=True))
    for target in (to_fill, names):
        if isinstance(target, DbData):
            target[:] = found
    return found


# --- properties of attributes ---------------------------------------------------------------------------------------


def to_attribute_data(value: Any) -> DbData:
    """Return properties of attributes in the form that the library takes.

    Parameters
    ----------
    value : object
        ``{attribute: {name: value}}``; or a DbData, or sequence of DbDatum, in the library's form: for each attribute a
        datum with the number of its properties, then those of its properties.

    Returns
    -------
    DbData
        In the library's form.

    Raises
    ------
    TypeError
        If the value has another form.
    """
    if isinstance(value, DbData):
        return value
    if isinstance(value, Mapping):
        result = DbData()
        for attribute, properties in value.items():
            if not isinstance(properties, Mapping):
                raise TypeError(
                    f"attribute {attribute}: a dictionary of properties was expected, not "
                    f"{type(properties).__name__} {properties!r:.60}"
                )
            items = to_data(properties)
            result.append(datum(attribute, [str(len(items))]))
            result.extend(items)
        return result
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, DbDatum)):
        found = list(value)
        if all(isinstance(item, DbDatum) for item in found):
            return DbData(found)
    raise TypeError(
        "value must be a dictionary {attribute: {name: value}}, a tango.DbData or a sequence<DbDatum>; "
        f"not {type(value).__name__} {value!r:.60}"
    )


def to_attribute_names(value: Any) -> list[DbData]:
    """Return which properties of which attributes are meant.

    Parameters
    ----------
    value : object
        ``{attribute: [name, ...]}``; a DbDatum with the name of an attribute and those of its properties; or a sequence
        of str or DbDatum, first the attribute, then its properties.

    Returns
    -------
    list of DbData
        For each attribute the data of the attribute and of its properties.

    Raises
    ------
    TypeError
        If the value has another form.
    """
    if isinstance(value, DbDatum):
        return [DbData([datum(value.name), *(datum(name) for name in value.value_string)])]
    if isinstance(value, Mapping):
        return [DbData([datum(attribute), *to_data(names, names_only=True)]) for attribute, names in value.items()]
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return [to_data(value, names_only=True)]
    raise TypeError(
        "value must be a dictionary {attribute: [name, ...]}, a tango.DbDatum or a sequence; "
        f"not {type(value).__name__} {value!r:.60}"
    )


def from_attribute_data(data: Iterable[DbDatum]) -> dict[str, dict[str, StdStringVector]]:
    """Return properties of attributes as a dictionary.

    Parameters
    ----------
    data : iterable of DbDatum
        In the library's form.

    Returns
    -------
    dict of str to dict
        The properties of each attribute.
    """
    result = {}
    items = iter(data)
    for attribute in items:
        count = int(attribute.value_string[0]) if attribute.value_string else 0
        result[attribute.name] = from_data(next(items) for _ in range(count))
    return result
