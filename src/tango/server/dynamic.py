"""Attributes and commands that a device gets while it runs."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

from tango.enums import CmdArgType
from tango.server.attribute import attribute
from tango.server.declaration import DECLARATION_ERRORS, explain
from tango.server.describe import bind_attribute, bind_command, is_command, with_parameters

__all__ = ("dynamic_attribute", "dynamic_command")

Method = Callable[..., Any] | str | None


def dynamic_attribute(
    device: Any, declared: attribute, r_meth: Method = None, w_meth: Method = None, is_allo_meth: Method = None
) -> attribute:
    """Resolve an attribute for a device that is running.

    Parameters
    ----------
    device
        The device.
    declared
        The attribute.
    r_meth, w_meth, is_allo_meth
        Methods, functions or names of methods; they take precedence over those in ``declared``.

    Returns
    -------
    attribute
        A row as in ``DeviceClass.attr_list``, whose functions take device and attribute.

    Raises
    ------
    AttributeError
        A method does not exist.
    RuntimeError, TypeError, ValueError
        Name, type, format or dimensions are missing or impossible.
    """
    cls = type(device)
    row = copy.copy(declared)
    row.class_name = cls.__name__
    where = f"class '{cls.__name__}', dynamic attribute" + (f" '{row.attr_name}'" if row.attr_name else "")
    try:
        if not row.attr_name:
            raise ValueError("a dynamic attribute needs a name: attribute(name=...)")
        for function, name, method in (
            ("fget", "read_method_name", r_meth),
            ("fset", "write_method_name", w_meth),
            ("fisallowed", "is_allowed_name", is_allo_meth),
        ):
            _choose(device, row, function, name, method)
        writer = row.fset
        bind_attribute(row, cls)
    except DECLARATION_ERRORS as error:
        raise explain(error, where) from None
    row._reader = with_parameters(row._reader, 1)
    row._writer = writer if writer is not None else row._raw_writer
    row._style = "attr"
    return row


def _choose(device: Any, row: attribute, function: str, name: str, method: Method) -> None:
    """Put the method to use into the row: as a function that takes the device, where it is one of its methods."""
    if isinstance(method, str):
        setattr(row, function, None)
        setattr(row, name, method)
    elif method is not None:
        setattr(row, function, method)
    if getattr(row, function) is None and getattr(row, name) in vars(device):
        setattr(row, function, vars(device)[getattr(row, name)])
    setattr(row, function, of_any_device(getattr(row, function), device))


def of_any_device(method: Any, device: Any) -> Any:
    """Take the device out of one of its own bound methods, so that it serves all devices of the class."""
    if inspect.ismethod(method) and method.__self__ is device:
        return method.__func__
    if isinstance(method, functools.partial):
        return lambda _device, *args: method(*args)
    return method


def _with_device(function: Any, count: int) -> Any:
    """Let a function that is no method of the device, and can do without it, be called with the device first."""
    try:
        inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return function  # it takes the device
    except ValueError:
        pass  # nobody knows what it takes

    @functools.wraps(function)
    def called(_device: Any, *args: Any) -> Any:
        return function(*args)

    return called


def dynamic_command(device: Any, command: Any) -> tuple[str, list[Any]]:
    """Resolve a command for a device that is running.

    Parameters
    ----------
    device
        The device.
    command
        What the ``command`` declaration returned.

    Returns
    -------
    tuple
        Name and row as in ``DeviceClass.cmd_list``.

    Raises
    ------
    TypeError
        It is no command.
    AttributeError
        Its is-allowed method does not exist.
    """
    if not is_command(command):
        raise TypeError(f"add_command() takes what tango.server.command returns, not {command!r}")
    cls = type(device)
    name, declared = command.__tango_command__
    name = getattr(command, "__name__", name)  # it may have been given another one since
    options = dict(declared[2])
    if "Is allowed" in options:
        options["Is allowed"] = of_any_device(options["Is allowed"], device)
    function = of_any_device(options["_func"], device)
    if function is options["_func"]:
        function = _with_device(function, 0 if declared[0][0] == CmdArgType.DevVoid else 1)
    options["_func"] = function
    try:
        return name, bind_command(cls, name, [*declared[:2], options])
    except DECLARATION_ERRORS as error:
        raise explain(error, f"class '{cls.__name__}', dynamic command '{name}'") from None
