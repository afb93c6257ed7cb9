"""The stubs of tango.asyncio, tango.futures and tango.gevent: the proxies of tango with what their calls return there."""

from __future__ import annotations

import builtins
import importlib
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from typing import Any

import tango
from tango.green import runner_of

NAME = re.compile(r"\b[A-Za-z_][A-Za-z_0-9]*\b")
TYPING = {"Any", "Literal", "overload"}
GREEN = {"green_mode": "GreenMode | None", "wait": "", "timeout": "float | None"}

# What a call gives that does not wait.
LATER = {"asyncio": "Awaitable[{}]", "futures": "Future[{}]", "gevent": "AsyncResult[{}]"}
SOURCES = {
    "Awaitable": "collections.abc", "Future": "concurrent.futures", "AsyncResult": "gevent.event", "Self": "typing_extensions",
    "Generator": "collections.abc", "Callable": "collections.abc", "Iterable": "collections.abc", "Sequence": "collections.abc",
}


class ModeStub:
    """The stub of one of the three modules while it is being written."""

    def __init__(self, name: str) -> None:
        self.module = importlib.import_module(f"tango.{name}")
        self.later = LATER[name]
        self.used: set[str] = set()
        self.scopes: list[dict[str, Any]] = [vars(tango)]

    def text(self, header: str) -> str:
        classes = [line for name in ("DeviceProxy", "AttributeProxy") for line in self._class(name)]
        functions = [
            line
            for name, made in (("get_device_proxy", "DeviceProxy"), ("get_attribute_proxy", "AttributeProxy"))
            for line in self._both_ways(f"def {name}(", ["*args: Any"], ["**options: Any"], made, indent="")
        ]
        aliases = ["", "Attribute = AttributeProxy", "Device = DeviceProxy"]
        # Awaitables in the place of values: not a subclass as type checkers understand it.
        return header + "# mypy: disable-error-code=\"override, overload-overlap\"\n" + self._imports() + "\n".join([*classes, "", *functions, *aliases]) + "\n"

    def _class(self, name: str) -> Iterator[str]:
        cls = getattr(self.module, name)
        plain = getattr(tango, name)
        yield f"\nclass {name}({plain.__module__}.{name}):"
        self.used.add(plain.__module__)
        green = ", ".join(f"{keyword}: {hint or 'bool | None'} = None" for keyword, hint in GREEN.items())
        self._use(f"GreenMode | Any | {green}")
        yield f"    def __init__(self, *args: Any, {green}, **options: Any) -> None: ..."
        if hasattr(cls, "__await__"):
            yield f"    def __await__(self) -> {self._use('Generator[Any, Any, Self]')}: ..."
        for member in sorted(dir(plain)):
            method = inspect.getattr_static(plain, member)
            if not member.startswith("_") and inspect.isfunction(inspect.unwrap(method)):
                yield from self._method(member, method)

    def _method(self, name: str, method: Any) -> Iterator[str]:
        """Write a method that waits for the network, each of its overloads."""
        if not {"wait", "green"} & set(inspect.signature(method).parameters):
            return
        self.scopes.append(inspect.unwrap(method).__globals__)
        for form in typing.get_overloads(inspect.unwrap(method)) or [method]:
            yield from self._form(name, inspect.signature(form))

    def _form(self, name: str, signature: inspect.Signature) -> Iterator[str]:
        parameters = list(signature.parameters.values())
        before, after = [], []
        keyword_only = False
        for parameter in parameters:
            if parameter.name in (*GREEN, "green"):
                continue
            if parameter.kind is parameter.VAR_KEYWORD:
                after.append(f"**{parameter.name}: {self._use(str(parameter.annotation))}")
                continue
            keyword_only |= parameter.kind is parameter.KEYWORD_ONLY or parameter.kind is parameter.VAR_POSITIONAL
            before += ["*"] if parameter.kind is parameter.KEYWORD_ONLY and "*" not in "".join(before) else []
            before.append(self._parameter(parameter))
        before += [] if keyword_only else ["*"]
        yield from self._both_ways(f"def {name}(", before, after, str(signature.return_annotation), indent="    ")

    def _parameter(self, parameter: inspect.Parameter) -> str:
        if parameter.name == "self":
            return "self"
        star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        hint = "" if parameter.annotation is parameter.empty else f": {self._use(str(parameter.annotation))}"
        return f"{star}{parameter.name}{hint}" + ("" if parameter.default is parameter.empty else " = ...")

    def _both_ways(self, start: str, before: list[str], after: list[str], result: str, indent: str) -> Iterator[str]:
        """Write a function twice: as it is called without `wait` or with its default, and the other way."""
        default = runner_of(self.module.DeviceProxy._mode).default_wait
        self._use(f"overload | Literal | GreenMode | {result}")
        for wait in (default, not default):
            hint = f"Literal[{wait}] | None = ..." if wait is default else f"Literal[{wait}]"
            green = ["green_mode: GreenMode | None = ...", f"wait: {hint}", "timeout: float | None = ..."]
            yield f"{indent}@overload"
            returned = result if wait else self._use(self.later.format(result))
            yield f"{indent}{start}{', '.join([*before, *green, *after])}) -> {returned}: ..."

    def _use(self, hint: str) -> str:
        self.used.update(NAME.findall(hint))
        return hint

    def _imports(self) -> str:
        modules = sorted(name for name in self.used if "." in name)
        names: dict[str, list[str]] = {}
        for name in sorted(self.used - {"DeviceProxy", "AttributeProxy"}):
            origin = SOURCES.get(name) or ("typing" if name in TYPING else self._origin(name))
            if origin:
                names.setdefault(origin, []).append(name)
        lines = [f"import {name}" for name in modules] + [f"from {origin} import {', '.join(names[origin])}" for origin in sorted(names)]
        return "".join(f"{line}\n" for line in lines)

    def _origin(self, name: str) -> str | None:
        """The module that defines what a hint names."""
        if hasattr(builtins, name):
            return None
        for scope in reversed(self.scopes):
            origin = getattr(scope.get(name), "__module__", None)
            if origin and hasattr(sys.modules.get(origin), name):
                return str(origin)
        return None


def mode_stubs(header: str) -> dict[str, str]:
    """The text of each stub, by the name of its file."""
    return {f"{name}.pyi": ModeStub(name).text(header) for name in LATER}
