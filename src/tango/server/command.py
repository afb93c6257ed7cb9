"""The ``command`` declaration of the high-level API."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable
from typing import Any, overload

from tango._keywords import callable_name, enum_member, integer
from tango.dtypes import from_typeformat_to_type, get_tango_type_format, parse_type_hint
from tango.enums import AttrDataFormat, CmdArgType, DevState, DispLevel
from tango.server.declaration import DECLARATION_ERRORS, current_declaration, explain, tells_wrong_arguments
from tango.server.docstring import DocItem, parse_docstring
from tango.server.hints import parameter_hint, positional_parameters, return_hint

__all__ = ("command",)

Function = Callable[..., Any]


class _DevVoid:
    """Stands for "not given", where None means DevVoid."""

    def __repr__(self) -> str:
        return "not given"


_NOT_GIVEN = _DevVoid


@overload
def command(f: Function) -> Function: ...
@overload
def command(
    f: None = None,
    dtype_in: Any = _NOT_GIVEN,
    dformat_in: AttrDataFormat | None = None,
    doc_in: str = "",
    dtype_out: Any = _NOT_GIVEN,
    dformat_out: AttrDataFormat | None = None,
    doc_out: str = "",
    display_level: DispLevel | None = None,
    polling_period: int | None = None,
    green_mode: bool = True,
    fisallowed: str | Function | None = None,
    cmd_green_mode: bool | None = None,
    isallowed_green_mode: bool | None = None,
) -> Callable[[Function], Function]: ...
@tells_wrong_arguments("command")
def command(
    f: Function | None = None,
    dtype_in: Any = _NOT_GIVEN,
    dformat_in: AttrDataFormat | None = None,
    doc_in: str = "",
    dtype_out: Any = _NOT_GIVEN,
    dformat_out: AttrDataFormat | None = None,
    doc_out: str = "",
    display_level: DispLevel | None = None,
    polling_period: int | None = None,
    green_mode: bool = True,
    fisallowed: str | Function | None = None,
    cmd_green_mode: bool | None = None,
    isallowed_green_mode: bool | None = None,
) -> Any:
    """Declare a Tango command in a `Device` class; used as a decorator.

    ::

        class PowerSupply(Device):
            @command
            def ramp(self, target: float) -> bool:
                '''Go to a voltage slowly.

                :param target: volts
                :return: False if the supply is off
                '''

    Parameters
    ----------
    f
        The method. Its name is the name of the command.
    dtype_in, dtype_out
        Types of argument and result (see `tango.dtypes.get_tango_type_format`); None for none. Default: the
        type hints of the method.
    dformat_in, dformat_out
        ``SCALAR`` or ``SPECTRUM``, where the types give only the type of the elements.
    doc_in, doc_out
        Descriptions; default: taken from the docstring.
    display_level
        For operators or experts.
    polling_period
        Milliseconds.
    fisallowed
        Method, function, or name of a method that says whether the command is allowed now. Default: the
        method ``is_<name>_allowed`` if there is one.
    cmd_green_mode, isallowed_green_mode
        False: call the method directly on cppTango's thread, whatever the server's green mode.
    green_mode
        Older form of the two.

    Returns
    -------
    callable
        The method, marked as a command.

    Raises
    ------
    RuntimeError
        No Tango type corresponds to a type.
    TypeError
        A keyword has a value of the wrong type, or a type is an image.
    """
    if f is None:
        return functools.partial(
            command,
            dtype_in=dtype_in,
            dformat_in=dformat_in,
            doc_in=doc_in,
            dtype_out=dtype_out,
            dformat_out=dformat_out,
            doc_out=doc_out,
            display_level=display_level,
            polling_period=polling_period,
            green_mode=green_mode,
            fisallowed=fisallowed,
            cmd_green_mode=cmd_green_mode,
            isallowed_green_mode=isallowed_green_mode,
        )
    try:
        _check_function(f)
        for keyword, dformat in (("dformat_in", dformat_in), ("dformat_out", dformat_out)):
            if dformat is not None:
                enum_member(keyword, dformat, AttrDataFormat)
        for keyword, doc in (("doc_in", doc_in), ("doc_out", doc_out)):
            if not isinstance(doc, str):
                raise TypeError(f"{keyword} must be a str, not {doc!r}")
        options = _options(display_level, polling_period, fisallowed)
        row = [
            _describe_in(f, dtype_in, dformat_in, doc_in),
            _describe_out(f, dtype_out, dformat_out, doc_out),
            options,
        ]
    except DECLARATION_ERRORS as error:
        raise explain(error, current_declaration("command")) from None
    options["Is allowed green_mode"] = bool(green_mode if isallowed_green_mode is None else isallowed_green_mode)
    options["_green_mode"] = bool(green_mode if cmd_green_mode is None else cmd_green_mode)
    options["_func"] = f
    return _mark(f, row)


def _check_function(f: Any) -> None:
    if isinstance(f, (staticmethod, classmethod)):
        raise TypeError(f"a command is a method of the device, no {type(f).__name__}")
    if inspect.isclass(f):
        raise TypeError(f"command() takes a method or function, not {f!r}: a type is given as dtype_in=...")
    if not callable(f):
        raise TypeError(f"command() takes a method or function, not {f!r}")


def _mark(f: Function, row: list[Any]) -> Function:
    """Attach the description to the function, or to a wrapper where that is not possible."""
    marked = f
    if not inspect.isfunction(f) or hasattr(f, "__tango_command__"):

        @functools.wraps(f)
        def marked(*args: Any, **kwargs: Any) -> Any:
            return f(*args, **kwargs)

    marked.__tango_command__ = (getattr(f, "__name__", type(f).__name__), row)  # type: ignore[attr-defined]
    return marked


def _types(dtype: Any, dformat: AttrDataFormat | None) -> tuple[CmdArgType, CmdArgType]:
    """Give the type of a command's argument or result, and that of its elements for the description."""
    if inspect.isclass(dtype) and issubclass(dtype, enum.Enum) and dtype is not DevState:
        dtype = CmdArgType.DevEnum
    element, found = get_tango_type_format(dtype, dformat, caller="command")
    return from_typeformat_to_type(element, found), element


def _hinted_types(hint: Any, dformat: AttrDataFormat | None, f: Function) -> tuple[CmdArgType, CmdArgType]:
    if hint is None:
        return CmdArgType.DevVoid, CmdArgType.DevVoid
    parsed = parse_type_hint(hint, "command", namespace=getattr(inspect.unwrap(f), "__globals__", None))
    return _types(parsed.dtype, dformat if parsed.dformat is None else parsed.dformat)


def _describe_in(f: Function, dtype: Any, dformat: AttrDataFormat | None, doc: str) -> list[Any]:
    parameters = positional_parameters(f)
    if dtype is _NOT_GIVEN:
        name, hint = parameter_hint(f)
        tango_type, element = _hinted_types(hint, dformat, f)
    else:
        name = parameters[0] if parameters else "arg"
        tango_type, element = _types(dtype, dformat)
    if doc:
        return [tango_type, doc]
    documented: DocItem | None = parse_docstring(f.__doc__)[0]
    if documented is not None:
        return [tango_type, str(documented)]
    if tango_type == CmdArgType.DevVoid:
        return [tango_type, "No input parameter (DevVoid)"]
    return [tango_type, f":param {name}: (not documented)\n:type {name}: {element.name}"]


def _describe_out(f: Function, dtype: Any, dformat: AttrDataFormat | None, doc: str) -> list[Any]:
    if dtype is _NOT_GIVEN:
        hint = return_hint(f)
        tango_type, element = _hinted_types(hint, dformat, f)
    else:
        tango_type, element = _types(dtype, dformat)
    if doc:
        return [tango_type, doc]
    documented = parse_docstring(f.__doc__)[1]
    if documented is not None:
        return [tango_type, str(documented)]
    if tango_type == CmdArgType.DevVoid:
        return [tango_type, "No output parameter (DevVoid)"]
    return [tango_type, f":return: (not documented)\n:rtype: {element.name}"]


def _options(
    display_level: DispLevel | None, polling_period: int | None, fisallowed: str | Function | None
) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if display_level is not None:
        options["Display level"] = enum_member("display_level", display_level, DispLevel)
    if polling_period is not None:
        options["Polling period"] = integer("polling_period", polling_period)
    if fisallowed is not None:
        callable_name(fisallowed, "fisallowed")
        options["Is allowed"] = fisallowed
    return options
