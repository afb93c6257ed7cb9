"""Reading of the string lists in which property values travel to the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tango.databaseds.db_errors import DB_IncorrectArguments, fail

__all__ = ["attribute_properties", "properties", "to_count"]

Properties = list[tuple[str, list[str]]]


def to_count(text: str | int, what: str, origin: str) -> int:
    """Return a number of things that a client sent as text.

    Raises
    ------
    tango.DevFailed
        ``DB_IncorrectArguments`` if it is not a number or is negative.
    """
    try:
        count = int(text)
    except ValueError:
        count = -1
    if count < 0:
        fail(DB_IncorrectArguments, f"{what} must be a number (0 or more), not '{text}'", origin)
    return count


class _Reader:
    """Takes one string after the other and says what was missing at the end of the list."""

    def __init__(self, texts: Sequence[str], origin: str) -> None:
        self._texts: Iterator[str] = iter(texts)
        self._origin = origin

    def text(self, what: str) -> str:
        text = next(self._texts, None)
        if text is None:
            fail(DB_IncorrectArguments, f"the list of arguments ends where {what} was expected", self._origin)
        return text

    def count(self, what: str) -> int:
        return to_count(self.text(what), what, self._origin)

    def property(self) -> tuple[str, list[str]]:
        name = self.text("the name of a property")
        size = self.count(f"the number of values of property '{name}'")
        return name, [self.text(f"value {i + 1} of {size} of property '{name}'") for i in range(size)]

    def single_property(self) -> tuple[str, list[str]]:
        name = self.text("the name of a property")
        return name, [self.text(f"the value of property '{name}'")]


def properties(nb_properties: str | int, texts: Sequence[str], origin: str) -> Properties:
    """Read ``name, number of values, value, ...`` for a number of properties.

    Parameters
    ----------
    nb_properties : str or int
        How many properties follow.
    texts : sequence of str
        The strings after that number.
    origin : str
        Name of the database call, for error messages.

    Returns
    -------
    list of (str, list of str)
        Names and values.
    """
    reader = _Reader(texts, origin)
    return [reader.property() for _ in range(to_count(nb_properties, "the number of properties", origin))]


def attribute_properties(
    nb_attributes: str | int, texts: Sequence[str], origin: str, *, arrays: bool
) -> list[tuple[str, Properties]]:
    """Read ``attribute, number of properties, property, ...`` for a number of attributes or pipes.

    Parameters
    ----------
    nb_attributes : str or int
        How many attributes follow.
    texts : sequence of str
        The strings after that number.
    origin : str
        Name of the database call, for error messages.
    arrays : bool
        Whether each property has a number of values (the newer form) or just one value.

    Returns
    -------
    list of (str, list of (str, list of str))
        Attribute names and their properties.
    """
    reader = _Reader(texts, origin)
    read_one = reader.property if arrays else reader.single_property
    result = []
    for _ in range(to_count(nb_attributes, "the number of attributes", origin)):
        name = reader.text("the name of an attribute")
        size = reader.count(f"the number of properties of attribute '{name}'")
        result.append((name, [read_one() for _ in range(size)]))
    return result
