"""A second name under which a package and its submodules can be imported, without a second copy of any."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["install"]


class _AliasLoader(Loader):
    """Gives the import system a module that exists under another name."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._spec = module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        # The import system has just given the module the other name's specification.
        module.__spec__ = self._spec


class _AliasFinder(MetaPathFinder):
    """Finds ``other.x`` where ``package.x`` is."""

    def __init__(self, other: str, package: str, renamed: Mapping[str, str]) -> None:
        self._prefix = f"{other}."
        self._package = package
        self._renamed = renamed

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(self._prefix):
            return None
        rest = fullname[len(self._prefix) :]
        name = f"{self._package}.{self._renamed.get(rest, rest)}"
        if importlib.util.find_spec(name) is None:
            return None
        return ModuleSpec(fullname, _AliasLoader(importlib.import_module(name)))


def install(other: str, package: ModuleType, renamed: Mapping[str, str] | None = None) -> None:
    """Make a package importable under a second name.

    Parameters
    ----------
    other : str
        The second name.
    package : module
        The package.
    renamed : mapping, optional
        Submodules that have another name below the second name.
    """
    renamed = renamed or {}
    sys.meta_path.insert(0, _AliasFinder(other, package.__name__, renamed))
    for old, new in renamed.items():
        setattr(package, old, importlib.import_module(f"{package.__name__}.{new}"))
