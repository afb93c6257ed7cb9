"""A dictionary and a list of strings that do not distinguish upper from lower case, as Tango's names do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, SupportsIndex

__all__ = ["CaselessDict", "CaselessList"]


_RAISE = object()


def _lower(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a CaselessDict has strings as keys, not {type(key).__name__} {key!r:.60}")
    return key.lower()


class CaselessDict(dict[str, Any]):
    """A dictionary whose keys are strings in any mixture of case; they are kept in lower case.

    Parameters
    ----------
    other : mapping or iterable of pairs, optional
        What it is filled with.

    Raises
    ------
    TypeError
        If a key is not a string, when it is put in.
    """

    def __init__(self, other: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__()
        if other is not None:
            self.update(other)

    @classmethod
    def fromkeys(cls, iterable: Iterable[str], value: Any = None) -> CaselessDict:  # type: ignore[override]
        """Return a dictionary with the same value for each key.

        Parameters
        ----------
        iterable : iterable of str
            The keys.
        value : object, optional
            The value.

        Returns
        -------
        CaselessDict
            The new dictionary.
        """
        return cls((key, value) for key in iterable)

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(_lower(key))

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(_lower(key), value)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(_lower(key))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and super().__contains__(key.lower())

    def __or__(self, other: Any) -> Any:
        result = self.copy()
        result.update(other)
        return result

    def has_key(self, key: str) -> bool:
        """Return whether there is a value for a key.

        Parameters
        ----------
        key : str
            The key.

        Returns
        -------
        bool
            True if there is one.
        """
        return key in self

    def get(self, key: str, def_val: Any = None) -> Any:
        """Return the value of a key, or `def_val` if there is none."""
        return super().get(_lower(key), def_val)

    def setdefault(self, key: str, def_val: Any = None) -> Any:
        """Return the value of a key; if there is none, put `def_val` in first."""
        return super().setdefault(_lower(key), def_val)

    def pop(self, key: str, def_val: Any = _RAISE) -> Any:
        """Take the value of a key out; if there is none, return `def_val` or raise KeyError."""
        return super().pop(_lower(key)) if def_val is _RAISE else super().pop(_lower(key), def_val)

    def update(self, other: Any = (), /, **values: Any) -> None:
        """Put all pairs of a mapping, of an iterable of pairs, and of the keywords in."""
        pairs = other.items() if isinstance(other, Mapping) else other
        for key, value in (*pairs, *values.items()):
            self[key] = value

    def copy(self) -> CaselessDict:
        """Return a copy."""
        return type(self)(self)


class CaselessList(list[str]):
    """A list of strings that are found in any mixture of case; they are kept as they are.

    Parameters
    ----------
    inlist : iterable of str, optional
        The strings.

    Raises
    ------
    TypeError
        If an element is not a string, when it is put in.
    """

    def __init__(self, inlist: Iterable[str] | None = None) -> None:
        super().__init__(self._checked(inlist or ()))

    @staticmethod
    def _check(item: Any) -> str:
        if not isinstance(item, str):
            raise TypeError(
                f'Members of this object must be strings. You supplied "{item!r:.60}" which is "{type(item)}"'
            )
        return item

    def _checked(self, items: Iterable[Any]) -> Iterator[str]:
        return (self._check(item) for item in items)

    def _find(self, item: object) -> int:
        if isinstance(item, str):
            wanted = item.lower()
            for index, entry in enumerate(self):
                if entry.lower() == wanted:
                    return index
        return -1

    def findentry(self, item: str) -> str | None:
        """Return how a string is written in the list.

        Parameters
        ----------
        item : str
            The string, in any mixture of case.

        Returns
        -------
        str or None
            The first entry that is equal but for case; None if there is none.
        """
        index = self._find(self._check(item))
        return None if index < 0 else self[index]

    def lowercopy(self) -> list[str]:
        """Return all strings in lower case.

        Returns
        -------
        list[str]
            An ordinary list.
        """
        return [entry.lower() for entry in self]

    def list(self) -> list[str]:
        """Return an ordinary list.

        Returns
        -------
        list[str]
            The same strings.
        """
        return [*self]

    def __contains__(self, item: object) -> bool:
        return self._find(item) >= 0

    def index(self, item: str, minindex: SupportsIndex = 0, maxindex: SupportsIndex | None = None) -> int:
        """Return the place of a string, in any mixture of case; raise ValueError if it is not in the list."""
        wanted = self._check(item).lower()
        return self.lowercopy().index(wanted, minindex, len(self) if maxindex is None else maxindex)

    def count(self, item: str) -> int:
        """Return how often a string is in the list, in any mixture of case."""
        wanted = self._check(item).lower()
        return sum(entry.lower() == wanted for entry in self)

    def remove(self, item: str) -> None:
        """Take out the first string that is equal but for case; raise ValueError if there is none."""
        index = self._find(self._check(item))
        if index < 0:
            raise ValueError(f"CaselessList.remove(x): {item!r} not in list")
        del self[index]

    def append(self, item: str) -> None:
        """Add a string at the end."""
        super().append(self._check(item))

    def insert(self, index: SupportsIndex, item: str) -> None:
        """Add a string before the one at `index`."""
        super().insert(index, self._check(item))

    def extend(self, item: Iterable[str]) -> None:
        """Add several strings at the end."""
        super().extend(self._checked(item))

    def __getitem__(self, index: Any) -> Any:
        item = super().__getitem__(index)
        return type(self)(item) if isinstance(index, slice) else item

    def __setitem__(self, index: Any, value: Any) -> None:
        super().__setitem__(index, self._checked(value) if isinstance(index, slice) else self._check(value))

    def __add__(self, item: Iterable[str]) -> CaselessList:  # type: ignore[override]
        return type(self)((*self, *item))

    def __radd__(self, item: Iterable[str]) -> CaselessList:
        return type(self)((*item, *self))

    def __iadd__(self, item: Iterable[str]) -> CaselessList:  # type: ignore[override]
        self.extend(item)
        return self
