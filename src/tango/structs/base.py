"""What all value types share: declared fields, checked assignment, printing, comparison, copying, pickling."""

from __future__ import annotations

import json
import operator
import textwrap
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Generic, SupportsIndex, TypeVar, get_args, get_origin, overload

import numpy as np

from tango.enums import CmdArgType

__all__ = ["Struct", "TypedList", "decoded", "each_instance", "struct_repr", "struct_str"]

_T = TypeVar("_T")

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
"""All integer fields of Tango's structures are 32 bits wide."""


# --- fields ----------------------------------------------------------------------------------------------------------


class _EachInstance(Generic[_T]):
    """Default of a field that each instance must have for itself; made when it is first looked at."""

    def __init__(self, factory: Callable[[], _T]) -> None:
        self.factory = factory
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.factory()
        return value


def each_instance(factory: Callable[[], _T]) -> _T:
    """Declare a field whose default is mutable: each instance gets its own, made by `factory` when first used.

    Parameters
    ----------
    factory : callable
        Called without arguments, usually a class.

    Returns
    -------
    object
        For type checkers a value of the field's type; really a descriptor.
    """
    return _EachInstance(factory)  # type: ignore[return-value]


def _type_name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)


def _shown(value: Any) -> str:
    """Name a value that was refused, for an error message."""
    return f"{type(value).__name__} {value!r:.60}"


def decoded(data: bytes) -> str:
    """Read a text that describes in the encoding that it has.

    Parameters
    ----------
    data : bytes
        UTF-8, or else Latin-1.

    Returns
    -------
    str
        The text.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _to_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return decoded(value)
    raise TypeError("str")


def _to_int(value: Any) -> int:
    try:
        number = int(operator.index(value))
    except TypeError:
        raise TypeError("int") from None
    if not INT_MIN <= number <= INT_MAX:
        raise TypeError("int of at most 32 bits")
    return number


def _to_bool(value: Any) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise TypeError("bool")


def _to_instance(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        raise TypeError(kind.__name__)

    return check


def _to_list(kind: type[list[Any]], item: Any) -> Callable[[Any], Any]:
    check = _converter(item) or (lambda element: element)

    def convert(value: Any) -> Any:
        if type(value) is kind and kind is not list:
            return value
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            raise TypeError(f"sequence of {_type_name(item)}")
        try:
            return kind(value) if kind is not list else [check(element) for element in value]
        except TypeError:
            raise TypeError(f"sequence of {_type_name(item)}") from None

    return convert


def _or_none(kind: Any) -> Callable[[Any], Any] | None:
    convert = _converter(kind)
    if convert is None:
        return None

    def check(value: Any) -> Any:
        if value is None:
            return None
        try:
            return convert(value)
        except TypeError as error:
            raise TypeError(f"{error} or None") from None

    return check


def _converter(kind: Any) -> Callable[[Any], Any] | None:
    """Return what turns an assigned value into a value of the annotated type, None if every value will do."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[1]  # type: ignore[no-any-return]
    if isinstance(kind, UnionType):
        return _or_none(next(part for part in get_args(kind) if part is not NoneType))
    if kind is str:
        return _to_text
    if kind is int:
        return _to_int
    if kind is bool:
        return _to_bool
    if get_origin(kind) is list:
        return _to_list(list, get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, TypedList):
        return _to_list(kind, kind.item_type)
    if isinstance(kind, type) and issubclass(kind, (Enum, Struct)):
        return _to_instance(kind)
    return None


# --- printing --------------------------------------------------------------------------------------------------------


def _printed(obj: Any) -> Iterable[tuple[str, Any]]:
    for name in sorted(dir(obj)):
        if name.startswith("_"):
            continue
        try:
            value = getattr(obj, name)
        except AttributeError:
            continue
        if callable(value):
            continue
        if name == "data_type" and type(value) is int:
            value = CmdArgType.values.get(value, value)
        yield name, value


def _field_str(value: Any) -> str:
    if isinstance(value, str) and not isinstance(value, Enum):
        return f'"{value}"'
    if isinstance(value, Struct) or type(value).__module__.startswith("tango."):
        text = str(value)
        if text.startswith(f"{type(value).__name__}[\n"):
            return text
    if isinstance(value, dict):
        try:
            return json.dumps(value, indent=4)
        except (TypeError, ValueError):
            return repr(value)
    return repr(value)


def struct_str(obj: Any) -> str:
    """Print an object over several lines: its type's name, then its public data attributes in alphabetical order.

    Parameters
    ----------
    obj : object
        Any object; what it holds is found with ``dir()``.

    Returns
    -------
    str
        ``Name[`` ``field = value`` ... ``]``, with whatever is printed in the same form indented.
    """
    fields = "\n".join(f"{name} = {_field_str(value)}" for name, value in _printed(obj))
    return f"{type(obj).__name__}[\n{textwrap.indent(fields, '    ')}\n]"


def struct_repr(obj: Any) -> str:
    """Print an object on one line: its type's name, then its public data attributes in alphabetical order.

    Parameters
    ----------
    obj : object
        Any object; what it holds is found with ``dir()``.

    Returns
    -------
    str
        ``Name(field = value, ...)``.
    """
    fields = ", ".join(f"{name} = {value!r}" for name, value in _printed(obj))
    return f"{type(obj).__name__}({fields})"


# --- structures ------------------------------------------------------------------------------------------------------


class Struct:
    """Base class of the value types.

    A subclass declares each field once, with its type and default. Defaults that are mutable are declared with
    :func:`each_instance`; a field that needs a check of its own is ``Annotated[type, check]``. An instance holds only
    the fields that were set or looked at, so making one costs nothing.

    Parameters
    ----------
    other : Struct, optional
        An instance to copy.
    **fields
        Values of fields, by name.

    Raises
    ------
    AttributeError
        If a field does not exist.
    TypeError
        If a value is not of the field's type.
    """

    _fields: ClassVar[dict[str, Callable[[Any], Any] | None]] = {}
    """Name of each field, and what checks and converts an assigned value."""

    _open: ClassVar[bool] = False
    """Whether users may set attributes that are not fields."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name: _converter(kind) for name, kind in cls.__annotations__.items() if not name.startswith("_")}
        cls._fields = {**cls._fields, **own}

    def __init__(self, other: Any = None, /, **fields: Any) -> None:
        if other is not None:
            self._copy_from(other)
        for name, value in fields.items():
            setattr(self, name, value)

    def _copy_from(self, other: Any) -> None:
        if not isinstance(other, type(self)):
            raise TypeError(f"{type(self).__name__}() copies a {type(self).__name__}, not a {type(other).__name__}")
        for name in self._fields:
            if name in other.__dict__:
                self.__dict__[name] = _copied(other.__dict__[name])

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            convert = self._fields[name]
        except KeyError:
            if self._open or name.startswith("_"):
                object.__setattr__(self, name, value)
                return
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}; it has {', '.join(sorted(self._fields))}"
            ) from None
        if convert is not None:
            try:
                value = convert(value)
            except TypeError as error:
                raise TypeError(f"{type(self).__name__}.{name}: expected {error}, got {_shown(value)}") from None
        self.__dict__[name] = value

    __str__ = struct_str
    __repr__ = struct_repr

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct) or not (isinstance(other, type(self)) or isinstance(self, type(other))):
            return NotImplemented
        common = self._fields if len(self._fields) <= len(other._fields) else other._fields
        return all(getattr(self, name) == getattr(other, name) for name in common)

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Any:
        result = type(self).__new__(type(self))
        result.__dict__.update((name, _copied(value)) for name, value in self.__dict__.items())
        return result

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


def _copied(value: Any) -> Any:
    """Copy what belongs to a structure; anything else (numbers, text, a proxy) is shared."""
    if isinstance(value, Struct):
        return value.__copy__()
    if isinstance(value, list):
        return type(value)(value)
    return dict(value) if isinstance(value, dict) else value


# --- lists -----------------------------------------------------------------------------------------------------------


class TypedList(list[_T]):
    """A list that holds elements of one type only.

    Parameters
    ----------
    items : iterable, optional
        The elements.

    Raises
    ------
    TypeError
        If an element is not of the list's type, when it is put in.
    """

    item_type: ClassVar[Any] = object
    _check: ClassVar[Callable[[Any], Any] | None] = None

    def __init_subclass__(cls, item_type: Any = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if item_type is not None:
            cls.item_type = item_type
            check = _to_float if item_type is float else _converter(item_type)
            cls._check = staticmethod(check if check is not None else _to_instance(item_type))

    def __init__(self, items: Iterable[_T] = (), /) -> None:
        super().__init__(self._checked(items))

    def _one(self, item: Any) -> _T:
        check = type(self)._check
        if check is None:
            return item  # type: ignore[no-any-return]
        try:
            return check(item)  # type: ignore[no-any-return]
        except TypeError as error:
            raise TypeError(f"{type(self).__name__} element: expected {error}, got {_shown(item)}") from None

    def _checked(self, items: Iterable[Any]) -> Iterable[_T]:
        if type(items) is type(self):
            return items
        if not isinstance(items, Iterable):
            raise TypeError(f"{type(self).__name__}: expected a sequence, got {_shown(items)}")
        return [self._one(item) for item in items]

    def append(self, item: Any, /) -> None:
        """Add an element at the end."""
        super().append(self._one(item))

    def extend(self, items: Iterable[Any], /) -> None:
        """Add all elements of an iterable at the end."""
        super().extend(self._checked(items))

    def insert(self, index: Any, item: Any, /) -> None:
        """Add an element before the one at `index`."""
        super().insert(index, self._one(item))

    def __setitem__(self, index: Any, value: Any) -> None:
        super().__setitem__(index, self._checked(value) if isinstance(index, slice) else self._one(value))

    @overload
    def __getitem__(self, index: SupportsIndex) -> _T: ...
    @overload
    def __getitem__(self, index: slice[Any, Any, Any]) -> Any: ...
    def __getitem__(self, index: Any) -> Any:
        item = super().__getitem__(index)
        return type(self)(item) if isinstance(index, slice) else item

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, list):
            other = list(other) if isinstance(other, Sequence) and not isinstance(other, (str, bytes)) else other
        result = super().__add__(other)
        return type(self)(result) if type(other) is type(self) else result

    def __iadd__(self, items: Iterable[Any]) -> Any:  # type: ignore[misc]
        self.extend(items)
        return self

    def __mul__(self, count: Any) -> Any:
        return type(self)(super().__mul__(count))

    __rmul__ = __mul__

    def __copy__(self) -> Any:
        return type(self)(self)

    def copy(self) -> Any:
        """Return a list of the same type with the same elements."""
        return type(self)(self)


def _to_float(value: Any) -> float:
    if isinstance(value, (str, bytes)):
        raise TypeError("float")
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TypeError("float") from None
