#!/usr/bin/env python3
"""Writes the .pyi of every compiled area, from the built modules themselves.

    .venv/bin/python ci/stubs.py            rewrite src/tango/_core/*.pyi
    .venv/bin/python ci/stubs.py --check    fail if one of them is not up to date

Cython puts the signature of each function, in Python's own syntax, on the first line of its docstring; properties have
`name: type` there. That is all this script reads, so hints are written once, in the .pyx.
"""

from __future__ import annotations

import argparse
import builtins
import difflib
import enum
import importlib
import inspect
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

CORE = Path(__file__).resolve().parent.parent / "src" / "tango" / "_core"
HEADER = '"""Written by ci/stubs.py from the compiled module; do not edit."""\n'

# C types that may stand in a signature, and what they are for a caller.
C_TYPES = {"bint": "bool", "long": "int", "unsigned int": "int", "double": "float", "size_t": "int", "Py_ssize_t": "int",
           "unsigned long": "int", "long long": "int", "unsigned char": "int", "short": "int"}
NAME = re.compile(r"\b[A-Za-z_][A-Za-z_0-9]*\b")


class Stub:
    """The stub of one module while it is being written."""

    def __init__(self, module: ModuleType, classes: dict[str, type]) -> None:
        self.module = module
        self.classes = classes
        self.used: set[str] = set()
        self.lines: list[str] = []

    def text(self) -> str:
        own = [(name, value) for name, value in vars(self.module).items() if self._is_own(name, value)]
        for name, value in sorted(own, key=lambda item: (not inspect.isclass(item[1]), item[0])):
            if inspect.isclass(value):
                self._write_class(name, value)
            elif callable(value):
                self._write_function(name, value, indent="")
        for name, annotation in getattr(self.module, "__annotations__", {}).items():
            self.lines.append(f"{name}: {self._use(str(annotation))}")
        return HEADER + self._imports() + "\n".join(self.lines) + "\n"

    def _is_own(self, name: str, value: Any) -> bool:
        return (getattr(value, "__module__", None) == self.module.__name__ and not name.startswith("__")
                and not name.startswith("_") and callable(value))

    def _use(self, annotation: str) -> str:
        for c_name, python_name in C_TYPES.items():
            annotation = re.sub(rf"\b{c_name}\b", python_name, annotation)
        self.used.update(NAME.findall(annotation))
        return annotation

    def _write_class(self, name: str, cls: type) -> None:
        bases = [base.__name__ for base in cls.__bases__ if base is not object]
        for base in bases:
            self._use(base)
        self.lines.append(f"\nclass {name}({', '.join(bases)}):" if bases else f"\nclass {name}:")
        before = len(self.lines)
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            self.lines[-1] = f"\nclass {name}(NamedTuple):"
            self.used.add("NamedTuple")
            for field in cls._fields:
                hint = cls.__annotations__[field]
                self.lines.append(f"    {field}: {self._use(getattr(hint, '__forward_arg__', str(hint)))}")
        elif issubclass(cls, enum.Enum):
            self.lines += [f"    {member} = {int(value)}" for member, value in cls.__members__.items()]
        else:
            for member, value in vars(cls).items():
                self._write_member(member, value)
        if len(self.lines) == before:
            self.lines.append("    ...")

    def _write_member(self, name: str, value: Any) -> None:
        if name.startswith("__") and name not in ("__init__", "__len__", "__getitem__", "__contains__", "__enter__", "__exit__",
                                                  "__iter__", "__next__", "__delitem__", "__setitem__"):
            return
        if inspect.isgetsetdescriptor(value) or inspect.ismemberdescriptor(value):
            first = (value.__doc__ or "").split("\n", 1)[0]
            if name in ("__dict__", "__weakref__"):
                return
            annotation = self._use(first.partition(":")[2].strip() or "object")
            self.lines.append(f"    {name}: {annotation}")
        elif isinstance(value, staticmethod):
            self.lines.append("    @staticmethod")
            self._write_function(name, value.__func__, indent="    ")
        elif isinstance(value, classmethod):
            self.lines.append("    @classmethod")
            self._write_function(name, value.__func__, indent="    ")
        elif callable(value) and not inspect.isclass(value):
            self._write_function(name, value, indent="    ")
        elif inspect.isclass(value):
            self.lines.append(f"    {name} = {self._use(value.__name__)}")

    def _write_function(self, name: str, function: Any, indent: str) -> None:
        first = (function.__doc__ or "").split("\n", 1)[0]
        signature = first[len(name):] if first.startswith(name + "(") else "(self, *args: object, **kwargs: object)"
        if name == "__init__" and "->" not in signature:
            signature += " -> None"
        self._use(re.sub(r"\b\w+\s*(?=:)", "", signature))
        for c_name, python_name in C_TYPES.items():
            signature = re.sub(rf": {c_name}\b", f": {python_name}", signature)
        self.lines.append(f"{indent}def {name}{signature}: ...")

    def _imports(self) -> str:
        """Import lines for the names that hints use, found where the module itself has them from."""
        wanted: dict[str, set[str]] = {}
        for name in self.used:
            value = getattr(self.module, name, None) or self.classes.get(name)
            origin = getattr(value, "__module__", None)
            if origin is None or origin in (self.module.__name__, "builtins") or hasattr(builtins, name):
                continue
            if inspect.isclass(value):
                wanted.setdefault(origin, set()).add(value.__name__)
        for name, origin in (("NamedTuple", "typing"), ("IntEnum", "enum")):
            if name in self.used:
                wanted.setdefault(origin, set()).add(name)
        lines = [f"from {origin} import {', '.join(sorted(names))}" for origin, names in sorted(wanted.items())]
        return "\n".join(lines) + ("\n" if lines else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a stub is out of date")
    check = parser.parse_args().check
    stale = []
    modules = {source: importlib.import_module(f"tango._core.{source.stem}") for source in sorted(CORE.glob("*.pyx"))}
    # A class that a module gets by cimport is not among its Python names.
    classes = {name: value for module in modules.values() for name, value in vars(module).items()
               if inspect.isclass(value) and value.__module__ == module.__name__}
    for source, module in modules.items():
        text = Stub(module, classes).text()
        target = source.with_suffix(".pyi")
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
