#!/usr/bin/env python3
"""Writes the .pyi of every compiled area, from the built modules themselves, and those of tango.asyncio, futures and gevent.

    .venv/bin/python ci/stubs.py            rewrite src/tango/_core/*.pyi and the three others
    .venv/bin/python ci/stubs.py --check    fail if one of them is not up to date

Cython puts the signature of each function, in Python's own syntax, on the first line of its docstring; properties have
`name: type` there. That is what this script reads, so hints are written once, in the .pyx.
"""

from __future__ import annotations

import argparse
import builtins
import collections.abc
import difflib
import enum
import importlib
import inspect
import re
import struct
import sys
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

from _mode_stubs import mode_stubs

import tango

CORE = Path(__file__).resolve().parent.parent / "src" / "tango" / "_core"
HEADER = '"""Written by ci/stubs.py from the compiled module; do not edit."""\n'

# C types that may stand in a signature, and what they are for a caller.
C_TYPES = {
    "bint": "bool", "cbool": "bool", "double": "float", "const_unsigned_char[::1]": "Buffer", "size_t": "int", "Py_ssize_t": "int",
    "unsigned long": "int", "unsigned int": "int", "unsigned char": "int", "long long": "int", "long": "int", "short": "int",
}
DUNDERS = {
    "__init__", "__len__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__enter__", "__exit__", "__iter__", "__next__",
    "__call__",
}
EXTENSIONS = {"Buffer", "Self", "disjoint_base"}  # what typing and collections.abc have in later versions of Python only
HEAP_TYPE = 1 << 9  # a class written in Python
BASE_TYPE = 1 << 10  # one that may have subclasses
NAME = re.compile(r"\b[A-Za-z_][A-Za-z_0-9]*\b")


def in_python(hint: str) -> str:
    """A hint with Python's types for those of C, which say nothing of what a list holds."""
    for c_name, python_name in C_TYPES.items():
        hint = re.sub(rf"(?<![\w.]){re.escape(c_name)}(?!\w)", python_name, hint)
    hint = re.sub(r": (list|type)\b(?!\[)", r": \1[Any]", hint)
    return re.sub(r": dict\b(?!\[)", ": dict[Any, Any]", hint)


class Stub:
    """The stub of one module while it is being written."""

    def __init__(self, module: ModuleType, source: str, known: dict[str, type]) -> None:
        self.module = module
        self.source = source
        self.known = known
        self.used: set[str] = set()
        self.lines: list[str] = []

    def text(self) -> str:
        public = {name: value for name, value in vars(self.module).items() if not name.startswith("_")}
        for name, hint in re.findall(r"^([A-Za-z]\w*): ([^=\n]+) = ", self.source, re.MULTILINE):
            self.lines.append(f"{name}: {self._use(hint)}")
        own = [(name, value) for name, value in public.items() if getattr(value, "__module__", None) == self.module.__name__]
        for name, value in sorted(own, key=lambda item: (not inspect.isclass(item[1]), item[0])):
            if inspect.isclass(value):
                self._write_class(name, value)
            elif callable(value):
                self._write_function(name, value, indent="")
        return HEADER + self._imports() + "\n".join(self.lines) + "\n"

    def _use(self, hint: str) -> str:
        hint = in_python(hint)
        self.used.update(NAME.findall(hint))
        return hint

    def _write_class(self, name: str, cls: type) -> None:
        bases = [self._use(base.__name__) for base in cls.__bases__ if base is not object]
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            bases = [self._use("NamedTuple")]
        self.lines.append("")
        if not cls.__flags__ & BASE_TYPE:
            self.lines.append("@" + self._use("final"))
        elif not cls.__flags__ & HEAP_TYPE and self._has_fields(cls):
            self.lines.append("@" + self._use("disjoint_base"))
        self.lines.append(f"class {name}({', '.join(bases)}):" if bases else f"class {name}:")
        before = len(self.lines)
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            for field in cls._fields:
                hint = cls.__annotations__[field]
                self.lines.append(f"    {field}: {self._use(getattr(hint, '__forward_arg__', str(hint)))}")
        elif issubclass(cls, enum.Enum):
            self.lines += [f"    {member} = {int(value)}" for member, value in cls.__members__.items()]
        else:
            if "__init__" not in vars(cls):
                self._write_slot(cls, "__cinit__")
            for member, value in vars(cls).items():
                self._write_member(cls, member, value)
        if len(self.lines) == before:
            self.lines[-1] += " ..."

    @staticmethod
    def _has_fields(cls: type) -> bool:
        """Whether objects hold more than those of the base class and a list of weak references."""
        weak = struct.calcsize("P") if cls.__weakrefoffset__ and not cls.__base__.__weakrefoffset__ else 0
        return cls.__basicsize__ > cls.__base__.__basicsize__ + weak

    def _write_member(self, cls: type, name: str, value: Any) -> None:
        if name.startswith("__") and name not in DUNDERS:
            return
        if inspect.isgetsetdescriptor(value) or inspect.ismemberdescriptor(value):
            first = (value.__doc__ or "").split("\n", 1)[0]
            hint = self._use(first.partition(":")[2].strip())
            self.lines.append(f"    {name}: {self._use('Any') if hint in ('', 'object') else hint}")
        elif isinstance(value, (staticmethod, classmethod)):
            self.lines.append(f"    @{type(value).__name__}")
            self._write_function(name, value.__func__, indent="    ")
        elif inspect.isclass(value):
            self.lines.append(f"    {name} = {value.__module__}.{value.__name__}")
            self.used.add(value.__module__)
        elif name in DUNDERS and name + "(" not in (value.__doc__ or ""):
            self._write_slot(cls, name)
        elif callable(value):
            self._write_function(name, value, indent="    ")

    def _write_slot(self, cls: type, name: str) -> None:
        """Write a method whose signature built modules do not keep."""
        body = re.search(rf"^cdef class {cls.__name__}\b.*?(?=^\S|\Z)", self.source, re.DOTALL | re.MULTILINE)
        found = body and re.search(rf"def {name}\((.*?)\)(?: -> (.+?))?:\n", body[0], re.DOTALL)
        if not found:
            return
        parameters = list(map(self._hinted, re.split(r",\s+(?![^\[]*\])", found[1])))
        if name in ("__init__", "__call__") and parameters == ["self"]:
            parameters += ["*args: object", "**kwargs: object"]  # as far as the interpreter knows
        result = found[2] or "None"
        if name == "__cinit__":
            if parameters == ["self"]:
                return
            name, result = "__new__", "Self"
            parameters[0] = "cls"
        signature = self._use(f"({', '.join(parameters)}) -> {result}")
        self.lines.append(f"    def {name}{signature}: ...")

    @staticmethod
    def _hinted(parameter: str) -> str:
        """A parameter of Cython's syntax in Python's."""
        c_typed = re.fullmatch(r"((?:unsigned |long )?\w+) (\w+)(?: not None)?(?:\s*=\s*(.+))?", parameter)
        if not c_typed:
            return parameter
        c_type, name, default = c_typed.groups()
        return f"{name}: {c_type}" + (" | None" if default == "None" else "") + (f" = {default}" if default else "")

    def _write_function(self, name: str, function: Any, indent: str) -> None:
        first = (function.__doc__ or "").split("\n", 1)[0]
        signature = first[len(name):] if first.startswith(name + "(") else "(self, *args: object, **kwargs: object) -> object"
        self.lines.append(f"{indent}def {name}{self._use(signature)}: ...")

    def _imports(self) -> str:
        """Import lines for the names that hints use, found where they are defined."""
        wanted: dict[str, set[str]] = {}
        lines = [f"import {name}" for name in sorted(self.used) if "." in name]
        for name in self.used:
            value = getattr(self.module, name, None) or self.known.get(name)
            if hasattr(builtins, name) or (value is None and name not in EXTENSIONS):
                continue
            origin = "typing_extensions" if name in EXTENSIONS else value.__module__
            if origin != self.module.__name__:
                wanted.setdefault(origin, set()).add(name)
        lines += [f"from {origin} import {', '.join(sorted(names))}" for origin, names in sorted(wanted.items())]
        return "\n".join(lines) + ("\n" if lines else "")


def known_names(modules: dict[Path, ModuleType]) -> dict[str, Any]:
    """What a hint may name without an import, as hints are not evaluated: classes of the package, typing and collections.abc."""
    known: dict[str, Any] = {"NamedTuple": typing.NamedTuple, "IntEnum": enum.IntEnum, "Any": typing.Any, "NoReturn": typing.NoReturn, "final": typing.final}
    known |= {name: getattr(collections.abc, name) for name in collections.abc.__all__}
    known |= {name: value for name, value in vars(tango).items() if inspect.isclass(value)}
    for module in modules.values():
        known |= {name: value for name, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__}
    return known


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a stub is out of date")
    check = parser.parse_args().check
    stale = []
    modules = {source: importlib.import_module(f"tango._core.{source.stem}") for source in sorted(CORE.glob("*.pyx"))}
    known = known_names(modules)
    stubs = {source.with_suffix(".pyi"): Stub(module, source.read_text(), known).text() for source, module in modules.items()}
    stubs |= {CORE.parent / name: text for name, text in mode_stubs(HEADER).items()}
    for target, text in stubs.items():
        old = target.read_text() if target.exists() else ""
        if text == old:
            continue
        if not check:
            target.write_text(text)
            continue
        stale.append(target.name)
        sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), text.splitlines(True), str(target), "as built"))
    if stale:
        print(f"out of date: {', '.join(stale)}; run ci/stubs.py")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
