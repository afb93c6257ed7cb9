"""Device and class properties of the high-level API: declaration, conversion, loading from the database."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from tango._core.server_database import has_database, read_properties, write_property
from tango.dtypes import from_typeformat_to_type, get_tango_type_format, parse_type_hint
from tango.enums import AttrDataFormat, CmdArgType, DevState
from tango.server.declaration import DECLARATION_ERRORS, current_declaration, explain, tells_wrong_arguments

__all__ = ("check_default", "class_property", "convert_property", "device_property")

_TRUE = frozenset({"true", "yes", "y", "on", "t", "1"})
_FALSE = frozenset({"false", "no", "n", "off", "f", "0"})


def _to_bool(text: str) -> bool:
    word = str(text).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(f"invalid truth value {text}")


def _to_state(text: str) -> Any:
    try:
        return DevState[text.strip()]
    except KeyError:
        raise ValueError(f"{text!r} is no device state") from None


_FROM_TEXT: dict[CmdArgType, Callable[[str], Any]] = {
    CmdArgType.DevBoolean: _to_bool,
    CmdArgType.DevUChar: int,
    CmdArgType.DevShort: int,
    CmdArgType.DevUShort: int,
    CmdArgType.DevLong: int,
    CmdArgType.DevULong: int,
    CmdArgType.DevLong64: int,
    CmdArgType.DevULong64: int,
    CmdArgType.DevEnum: int,
    CmdArgType.DevFloat: float,
    CmdArgType.DevDouble: float,
    CmdArgType.DevString: str,
    CmdArgType.DevState: _to_state,
}

_FROM_TEXT_ARRAY: dict[CmdArgType, Callable[[str], Any]] = {
    from_typeformat_to_type(scalar, AttrDataFormat.SPECTRUM): convert
    for scalar, convert in _FROM_TEXT.items()
    if scalar not in (CmdArgType.DevState, CmdArgType.DevEnum)
}


def convert_property(texts: Sequence[str], dtype: CmdArgType | None, name: str, device: str) -> Any:
    """Convert the text of a property, as the database stores it, to its declared type.

    Parameters
    ----------
    texts
        The stored lines.
    dtype
        The declared type; None takes the text as it is.
    name, device
        Property and device (or class), for the error text.

    Returns
    -------
    object
        One value, or the list of values of an array type.

    Raises
    ------
    ValueError
        The text does not fit the type.
    """
    values = list(texts)
    if dtype is None:
        return values[0] if len(values) == 1 else values
    try:
        if dtype in _FROM_TEXT_ARRAY:
            return [_FROM_TEXT_ARRAY[dtype](value) for value in values]
        if dtype not in _FROM_TEXT:
            raise ValueError(f"properties cannot be of this type; use one of {_known_types()}")
        return _FROM_TEXT[dtype](values[0])
    except ValueError as error:
        raise ValueError(
            f"Failed to convert property '{name}' of device '{device}' (value={values}) to type {dtype}: {error}"
        ) from None


def convert_default(value: Any, dtype: CmdArgType | None, name: str, device: str) -> Any:
    """Convert the default of a property, which may be given as text like in the database.

    Parameters
    ----------
    value
        The declared default.
    dtype
        The declared type.
    name, device
        Property and device, for the error text.

    Returns
    -------
    object
        The value: a list for array types, None where there is no default.

    Raises
    ------
    ValueError
        A text does not fit the type.
    """
    if value is None or dtype is None:
        return value
    is_array = dtype in _FROM_TEXT_ARRAY
    if isinstance(value, str):
        return convert_property([value], dtype, name, device)
    if isinstance(value, Sequence) and value and all(isinstance(item, str) for item in value):
        return convert_property(value, dtype, name, device)
    if is_array:
        return list(value) if hasattr(value, "__iter__") else [value]
    return value


_KINDS: dict[Any, tuple[str, Any]] = {
    int: ("an integer", (numbers.Integral, np.bool_)),
    float: ("a number", (numbers.Real, np.bool_)),
    _to_bool: ("True or False", (bool, np.bool_, numbers.Integral)),
    str: ("a str", (str,)),
    _to_state: ("a tango.DevState", (DevState,)),
}


def check_default(value: Any, dtype: CmdArgType | None) -> None:
    """Refuse a default that is not of the declared type.

    Parameters
    ----------
    value
        The declared default: a value, or text like in the database.
    dtype
        The declared type.

    Raises
    ------
    TypeError, ValueError
        It does not fit.
    """
    if value is None or dtype is None:
        return
    is_array = dtype in _FROM_TEXT_ARRAY
    convert = _FROM_TEXT_ARRAY[dtype] if is_array else _FROM_TEXT[dtype]
    what, kinds = _KINDS[convert]
    items = (
        list(value)
        if is_array and isinstance(value, (Sequence, np.ndarray)) and not isinstance(value, str)
        else [value]
    )
    for item in items:
        if isinstance(item, str):
            try:
                convert(item)
            except ValueError as error:
                raise ValueError(f"default_value {value!r} does not fit {dtype}: {error}") from None
        elif not isinstance(item, kinds):
            told = f"a sequence, each element {what}" if is_array else what
            raise TypeError(f"default_value {value!r} does not fit {dtype}, which takes {told}")


def _check_flag(name: str, value: Any) -> None:
    if not isinstance(value, (bool, int, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}")


def _known_types() -> str:
    return ", ".join(dtype.name for dtype in (*_FROM_TEXT, *_FROM_TEXT_ARRAY))


class _BaseProperty:
    """What device and class properties have in common: type, description, default and access by name."""

    kind = "property"

    def __init__(self, dtype: Any = None, doc: str = "", default_value: Any = None, update_db: bool = False) -> None:
        self.name: str | None = None
        try:
            self.dtype: CmdArgType | None = None if dtype is None else self._tango_type(dtype)
            if not isinstance(doc, str):
                raise TypeError(f"doc must be a str, not {doc!r}")
            _check_flag("update_db", update_db)
        except DECLARATION_ERRORS as error:
            raise explain(error, current_declaration(self.kind)) from None
        self.doc = doc
        self.default_value = default_value
        self.update_db = update_db
        self.__doc__ = doc or "TANGO property"

    @staticmethod
    def _tango_type(dtype: Any, dformat: AttrDataFormat | None = None) -> CmdArgType:
        tango_type = from_typeformat_to_type(*get_tango_type_format(dtype, dformat, caller="property"))
        if tango_type not in _FROM_TEXT and tango_type not in _FROM_TEXT_ARRAY:
            raise TypeError(f"properties cannot be of type {tango_type}; use one of {_known_types()}")
        return tango_type

    def take_hint(self, hint: Any, namespace: Mapping[str, Any]) -> None:
        """Take the type from the annotation of the variable, if no ``dtype`` was given.

        Parameters
        ----------
        hint
            The annotation.
        namespace
            Where the names in a postponed annotation are looked up first.
        """
        if self.dtype is None:
            self.dtype = self._tango_type(parse_type_hint(hint, "property", namespace).dtype)

    def __set_name__(self, owner: type, name: str) -> None:
        if self.name is None:
            self.name = name

    def __get__(self, obj: Any, objtype: type | None = None) -> Any:
        if obj is None:
            return self
        return obj._tango_properties.get(self.name)

    def __set__(self, obj: Any, value: Any) -> None:
        obj._tango_properties[self.name] = value
        if self.update_db:
            self._store(obj, value)

    def __delete__(self, obj: Any) -> None:
        obj._tango_properties.pop(self.name, None)

    def _store(self, obj: Any, value: Any) -> None:
        raise NotImplementedError


class device_property(_BaseProperty):  # noqa: N801 (the public name)
    """Declare a property of a device in a `Device` class.

    Its value is read from the database before `Device.init_device` is entered, at each initialisation::

        class PowerSupply(Device):
            host: str = device_property(mandatory=True)
            port: int = device_property(default_value=5000)

    Parameters
    ----------
    dtype
        Type of the value (see `tango.dtypes.get_tango_type_format`); default: the type hint of the variable.
    doc
        Description.
    mandatory
        The device cannot start unless the database has a value.
    default_value
        Value where the database has none; text is converted like text from the database.
    update_db
        An assignment in the device writes the value to the database, too.

    Raises
    ------
    RuntimeError
        No Tango type corresponds to ``dtype``.
    TypeError
        ``dtype`` is an image.
    ValueError
        ``mandatory`` together with a default.
    """

    kind = "device property"

    @tells_wrong_arguments("device property")
    def __init__(
        self,
        dtype: Any = None,
        doc: str = "",
        mandatory: bool = False,
        default_value: Any = None,
        update_db: bool = False,
    ) -> None:
        super().__init__(dtype, doc, default_value, update_db)
        self.mandatory = mandatory
        try:
            _check_flag("mandatory", mandatory)
            if mandatory and default_value is not None:
                raise ValueError(
                    "Invalid arguments: 'mandatory' is True, so 'default_value' must be None. A mandatory device "
                    "property value must be defined in the Tango Database so it cannot have a default."
                )
        except (TypeError, ValueError) as error:
            raise explain(error, current_declaration(self.kind)) from None

    def _store(self, obj: Any, value: Any) -> None:
        if has_database():
            write_property(False, obj.get_name(), str(self.name), to_lines(value))


class class_property(_BaseProperty):  # noqa: N801 (the public name)
    """Declare a property that all devices of a `Device` class share.

    Parameters
    ----------
    dtype
        Type of the value (see `tango.dtypes.get_tango_type_format`); default: the type hint of the variable.
    doc
        Description.
    default_value
        Value where the database has none; text is converted like text from the database.
    update_db
        An assignment in the device writes the value to the database, too.

    Raises
    ------
    RuntimeError
        No Tango type corresponds to ``dtype``.
    TypeError
        ``dtype`` is an image.
    """

    kind = "class property"

    @tells_wrong_arguments("class property")
    def __init__(self, dtype: Any = None, doc: str = "", default_value: Any = None, update_db: bool = False) -> None:
        super().__init__(dtype, doc, default_value, update_db)

    def _store(self, obj: Any, value: Any) -> None:
        if has_database():
            write_property(True, obj.get_device_class().get_name(), str(self.name), to_lines(value))


# ---------------------------------------------------------------------------------------------- loading


def load_device_properties(device: Any) -> dict[str, Any]:
    """Read the declared properties of a device.

    Parameters
    ----------
    device
        The device; its class tells the declarations.

    Returns
    -------
    dict
        Name and value of each device property.

    Raises
    ------
    ValueError
        The text in the database does not fit the type, or a mandatory property is missing.
    DevFailed
        The database does not answer.
    """
    declared = device.get_device_class().device_property_list
    name = device.get_name()
    stored = read_properties(False, name, list(declared)) if declared and has_database() else {}
    loaded = {}
    for key, (dtype, _doc, default, mandatory) in declared.items():
        if mandatory and not stored.get(key):
            raise ValueError(f"Device property {key} is mandatory: the database has no value of it for device '{name}'")
        loaded[key] = _value(stored.get(key), dtype, default, key, name)
    return loaded


def load_class_properties(device_class: Any) -> dict[str, Any]:
    """Read the declared properties of a class.

    Parameters
    ----------
    device_class : DeviceClass
        The class.

    Returns
    -------
    dict
        Name and value of each class property.

    Raises
    ------
    ValueError
        The text in the database does not fit the type.
    DevFailed
        The database does not answer.
    """
    declared = device_class.class_property_list
    name = device_class.get_name()
    stored = read_properties(True, name, list(declared)) if declared and has_database() else {}
    return {key: _value(stored.get(key), row[0], row[2], key, name) for key, row in declared.items()}


def _value(stored: Sequence[str] | None, dtype: CmdArgType | None, default: Any, key: str, owner: str) -> Any:
    if stored:
        return convert_property(stored, dtype, key, owner)
    return convert_default(default, dtype, key, owner)


def to_lines(value: Any) -> list[str]:
    """Write a value as the database stores it.

    Parameters
    ----------
    value
        One value, or a sequence of values.

    Returns
    -------
    list of str
        The lines.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [str(value)]
    return [str(item) for item in value]
