"""From a `Device` class to the `DeviceClass` that serves it.

The declarations found in a class and its bases, mixins included, are resolved for this one class: names to
methods, type hints to Tango types. The result is what the older API writes by hand: dictionaries of
attributes, commands and properties, whose rows carry moreover the functions to call.
"""

from __future__ import annotations

import copy
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tango.attr_data import AttrData
from tango.dtypes import get_attribute_type_format, parse_type_hint
from tango.enums import AttrWriteType, CmdArgType, PipeWriteType
from tango.pipe_data import PipeData
from tango.server.attribute import attribute
from tango.server.checks import check_call, check_type
from tango.server.declaration import DECLARATION_ERRORS, explain
from tango.server.hints import annotations_of, parameter_hint, return_hint
from tango.server.pipe import pipe
from tango.server.properties import check_default, class_property, device_property

__all__ = (
    "DeviceDescription",
    "bind_attribute",
    "bind_command",
    "describe",
    "inheritance_patch",
    "is_command",
    "is_tango_object",
    "with_parameters",
)

_READABLE = (AttrWriteType.READ, AttrWriteType.READ_WRITE, AttrWriteType.READ_WITH_WRITE)
_WRITABLE = (AttrWriteType.WRITE, AttrWriteType.READ_WRITE, AttrWriteType.READ_WITH_WRITE)


@dataclass
class DeviceDescription:
    """What a device class declares, resolved: the dictionaries of a `DeviceClass`."""

    attr_list: dict[str, AttrData] = field(default_factory=dict)
    cmd_list: dict[str, list[Any]] = field(default_factory=dict)
    pipe_list: dict[str, PipeData] = field(default_factory=dict)
    device_property_list: dict[str, list[Any]] = field(default_factory=dict)
    class_property_list: dict[str, list[Any]] = field(default_factory=dict)


def is_tango_object(arg: Any) -> bool:
    """Say whether an object is a declaration: an attribute, a pipe, a property or a command.

    Parameters
    ----------
    arg
        Any object.

    Returns
    -------
    bool
        True for a declaration.
    """
    return isinstance(arg, (attribute, pipe, device_property, class_property)) or is_command(arg)


def is_command(arg: Any) -> bool:
    """Say whether an object is a method marked by ``command``."""
    return hasattr(arg, "__tango_command__") and not inspect.isclass(arg)


def inheritance_patch(attrs: dict[str, Any]) -> None:
    """Do nothing: declarations of base classes are found without being copied.

    Parameters
    ----------
    attrs
        The namespace of a class, left as it is.
    """


def describe(cls: type) -> DeviceDescription:
    """Collect and resolve the declarations of a class.

    Parameters
    ----------
    cls
        The device class, complete.

    Returns
    -------
    DeviceDescription
        The dictionaries for its `DeviceClass`.

    Raises
    ------
    AttributeError
        A declared method does not exist.
    RuntimeError, TypeError, EnumTypeError
        A type is impossible.
    DevFailed
        ``API_AttrWrongDefined``: cppTango cannot have an attribute of this type, format or dimension.
    ValueError
        A name is used twice.
    """
    description = DeviceDescription()
    owners: dict[str, tuple[type, Any]] = {}
    for variable, (owner, declared) in _declarations(cls).items():
        if isinstance(declared, attribute):
            name = declared.attr_name or variable
            if _claim(owners, f"attribute {name.lower()}", owner, declared, cls, f"attribute '{name}'"):
                row = _resolved_attribute(cls, owner, variable, declared)
                _replace(description.attr_list, name, row)
        elif isinstance(declared, pipe):
            name = declared.pipe_name or variable
            if _claim(owners, f"pipe {name.lower()}", owner, declared, cls, f"pipe '{name}'"):
                _replace(description.pipe_list, name, _resolved_pipe(cls, variable, declared))
        elif isinstance(declared, device_property):
            _add_property(description.device_property_list, cls, owner, variable, declared)
            description.device_property_list[variable].append(declared.mandatory)
        elif isinstance(declared, class_property):
            _add_property(description.class_property_list, cls, owner, variable, declared)
        else:
            name, row = declared.__tango_command__
            if _claim(owners, f"command {name.lower()}", owner, declared, cls, f"command '{name}'"):
                _replace(description.cmd_list, name, _resolved_command(cls, name, row))
    return description


def _declarations(cls: type) -> dict[str, tuple[type, Any]]:
    """Find the declarations that a class has, by variable, base classes first; what a class redefines is gone."""
    found: dict[str, tuple[type, Any]] = {}
    for owner in reversed(cls.__mro__):
        for variable, value in vars(owner).items():
            if isinstance(value, (staticmethod, classmethod)) and is_command(value.__func__):
                raise TypeError(
                    f"class '{owner.__name__}', command '{variable}': a command is a method of the device, "
                    f"no {type(value).__name__}"
                )
            if is_tango_object(value):
                found[variable] = (owner, value)
            else:
                found.pop(variable, None)
    return found


def _claim(owners: dict[str, tuple[type, Any]], key: str, owner: type, declared: Any, cls: type, what: str) -> bool:
    """Decide between two declarations of one name: a derived class's stands, a second one beside it is an error."""
    other = owners.get(key)
    if other is not None:
        if other[1] is declared:
            return False
        if other[0] is owner:
            raise ValueError(f"class '{cls.__name__}', {what}: the name is used twice")
        mro = cls.__mro__
        if mro.index(other[0]) < mro.index(owner):
            return False
    owners[key] = (owner, declared)
    return True


def _replace(rows: dict[str, Any], name: str, row: Any) -> None:
    for other in [other for other in rows if other != name and other.lower() == name.lower()]:
        del rows[other]
    rows[name] = row


# ---------------------------------------------------------------------------------------------- attributes


def _resolved_attribute(cls: type, owner: type, variable: str, declared: attribute) -> AttrData:
    where = f"class '{cls.__name__}', attribute '{declared.attr_name or variable}'"
    try:
        row = copy.copy(declared)
        row.class_name = cls.__name__
        if row.attr_name is None:
            row._set_name(variable)
        if row.forward:
            row.attr_args = [row.attr_name]
            return row
        bind_attribute(row, cls, hint=annotations_of(owner).get(variable), module=owner.__module__)
        return row
    except DECLARATION_ERRORS as error:
        raise explain(error, where) from None


def bind_attribute(row: attribute, cls: type, hint: Any = None, module: str | None = None) -> None:
    """Resolve the methods and the type of an attribute for one class.

    Parameters
    ----------
    row
        The attribute, which is changed.
    cls
        The class in which the methods are looked up by name.
    hint
        The annotation of the variable.
    module
        Name of the module whose names a postponed annotation may use.

    Raises
    ------
    AttributeError
        A method does not exist.
    DevFailed, RuntimeError, TypeError
        Type, format or dimensions are impossible.
    """
    reader = writer = None
    if row.memorized and row.attr_write not in _WRITABLE:
        raise ValueError("memorized: only what can be written can be memorized")
    if row.attr_write in _READABLE:
        reader = row.fget if row.fget is not None else _named_method(cls, row.read_method_name, "read method")
    if row.attr_write in _WRITABLE:
        writer = row.fset if row.fset is not None else _named_method(cls, row.write_method_name, "write method")
    is_allowed = row.fisallowed
    if is_allowed is None:
        optional = row.is_allowed_name == f"is_{row.attr_name}_allowed"
        is_allowed = _named_method(cls, row.is_allowed_name, "is-allowed method", optional=optional)
    if not row.has_dtype_kword:
        _take_hint(row, hint, reader, writer, module)
    check_type(row)
    row._is_allowed = with_parameters(is_allowed, 1)
    row._reader = reader
    row._writer = row._raw_writer = writer
    row._style = "value"
    check_call(reader, "read method", 0, 1)
    check_call(writer, "write method", 1)
    check_call(is_allowed, "is-allowed method", 0, 1)
    if reader is not None and _count_parameters(reader) > 0:
        row._style = "attr"
        row._writer = None if writer is None else _writer_of(writer, "get_write_value")


def _resolved_pipe(cls: type, variable: str, declared: pipe) -> PipeData:
    """Resolve the methods of a pipe for one class."""
    where = f"class '{cls.__name__}', pipe '{declared.pipe_name or variable}'"
    try:
        row = copy.copy(declared)
        row.class_name = cls.__name__
        row._reader = row.fget if row.fget is not None else _named_method(cls, row.read_method_name, "read method")
        if row.pipe_write == PipeWriteType.PIPE_READ_WRITE:
            row._writer = (
                row.fset if row.fset is not None else _named_method(cls, row.write_method_name, "write method")
            )
        is_allowed = row.fisallowed
        if is_allowed is None:
            optional = row.is_allowed_name == f"is_{row.pipe_name}_allowed"
            is_allowed = _named_method(cls, row.is_allowed_name, "is-allowed method", optional=optional)
        row._is_allowed = with_parameters(is_allowed, 1)
        row._by_value = row._reader is None or _count_parameters(row._reader) == 0
        if row._writer is not None and not row._by_value:
            row._writer = _writer_of(row._writer, "get_value")
        return row
    except DECLARATION_ERRORS as error:
        raise explain(error, where) from None


def _named_method(cls: type, name: str | None, what: str, optional: bool = False) -> Callable[..., Any] | None:
    """Find a method so that it can be called with the device, or as it is where it is bound."""
    method = inspect.getattr_static(cls, name, None) if name else None
    if isinstance(method, staticmethod):
        return _without_device(method.__func__)
    if isinstance(method, classmethod):
        bound: Callable[..., Any] = getattr(cls, name or "")
        return bound
    if method is None:
        if optional:
            return None
        raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}': the {what} is missing")
    if not callable(method) or isinstance(method, attribute):
        raise TypeError(f"'{name}' is no {what}, but {method!r}")
    return method  # type: ignore[no-any-return]


def _without_device(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(_device: Any, *args: Any) -> Any:
        return function(*args)

    return call


def _count_parameters(method: Callable[..., Any]) -> int:
    """Count the positional parameters besides the device."""
    try:
        parameters = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return 0
    count = sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters)
    return count if inspect.ismethod(method) else max(count - 1, 0)


def with_parameters(method: Callable[..., Any] | None, count: int) -> Callable[..., Any] | None:
    """Let a method that takes fewer parameters be called with more.

    Parameters
    ----------
    method
        A function that takes the device first, a bound method, or None.
    count
        How many parameters it will be given, besides the device.

    Returns
    -------
    callable
        The method itself where it takes so many.
    """
    if method is None or _count_parameters(method) >= count or _takes_any(method):
        return method
    function = method
    if inspect.ismethod(method):
        return lambda *_args: function()
    return lambda device, *_args: function(device)


def _takes_any(method: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return True
    return any(p.kind is p.VAR_POSITIONAL for p in parameters)


def _writer_of(writer: Callable[..., Any], getter: str) -> Callable[..., Any]:
    """Let a write method that takes the value be called with the attribute or pipe, which has a method to get it."""
    if inspect.ismethod(writer):
        return lambda written: writer(getattr(written, getter)())
    return lambda device, written: writer(device, getattr(written, getter)())


def _hints(hint: Any, reader: Any, writer: Any, module: str | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    if hint is not None:
        yield hint, vars(sys.modules[module]) if module in sys.modules else {}
    if reader is not None:
        yield return_hint(reader), getattr(inspect.unwrap(reader), "__globals__", {})
    if writer is not None:
        yield parameter_hint(writer)[1], getattr(inspect.unwrap(writer), "__globals__", {})


def _take_hint(row: attribute, hint: Any, reader: Any, writer: Any, module: str | None) -> None:
    for candidate, namespace in _hints(hint, reader, writer, module):
        if candidate is None:
            continue
        parsed = parse_type_hint(candidate, "attribute", namespace)
        dformat = parsed.dformat
        if dformat is None:
            if row._kwargs.get("dformat") is None:
                raise RuntimeError("For numpy.ndarrays AttrDataFormat has to be specified")
            dformat = row.attr_format
        row.attr_type, row.attr_format, labels = get_attribute_type_format(
            parsed.dtype, dformat, row._kwargs.get("enum_labels")
        )
        if labels is not None:
            row.set_enum_labels_to_attr_prop(labels)
        if "max_dim_x" not in row._kwargs and parsed.max_dim_x is not None:
            row.dim_x = parsed.max_dim_x
        if "max_dim_y" not in row._kwargs and parsed.max_dim_y is not None:
            row.dim_y = parsed.max_dim_y
        return


# ---------------------------------------------------------------------------------------------- the others


def _resolved_command(cls: type, name: str, row: list[Any]) -> list[Any]:
    where = f"class '{cls.__name__}', command '{name}'"
    try:
        return bind_command(cls, name, row)
    except DECLARATION_ERRORS as error:
        raise explain(error, where) from None


def bind_command(cls: type, name: str, row: list[Any]) -> list[Any]:
    """Resolve the methods of a command for one class.

    Parameters
    ----------
    cls
        The class in which the is-allowed method is looked up by name.
    name
        Name of the command.
    row
        What ``command`` attached to the function.

    Returns
    -------
    list
        A row of ``cmd_list``.

    Raises
    ------
    AttributeError
        A method does not exist.
    """
    options = dict(row[2])
    check_call(options["_func"], "method", 0 if row[0][0] == CmdArgType.DevVoid else 1)
    is_allowed = options.get("Is allowed")
    if is_allowed is None:
        is_allowed = _named_method(cls, f"is_{name}_allowed", "is-allowed method", optional=True)
    elif isinstance(is_allowed, str):
        is_allowed = _named_method(cls, is_allowed, "is-allowed method")
    else:
        options["Is allowed"] = getattr(is_allowed, "__name__", type(is_allowed).__name__)
    if is_allowed is not None:
        check_call(is_allowed, "is-allowed method", 0)
        options["_is_allowed"] = is_allowed
    return [list(row[0]), list(row[1]), options]


def _add_property(
    rows: dict[str, list[Any]], cls: type, owner: type, variable: str, declared: device_property | class_property
) -> None:
    where = f"class '{cls.__name__}', {declared.kind} '{variable}'"
    if any(other.lower() == variable.lower() for other in rows):
        raise ValueError(f"{where}: the name is used twice")
    hint = annotations_of(owner).get(variable)
    module = sys.modules.get(owner.__module__)
    try:
        if hint is not None and declared.dtype is None:
            declared.take_hint(hint, vars(module) if module else {})
        check_default(declared.default_value, declared.dtype)
    except DECLARATION_ERRORS as error:
        raise explain(error, where) from None
    rows[variable] = [declared.dtype, declared.doc, declared.default_value]
