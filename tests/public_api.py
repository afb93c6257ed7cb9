"""Comparison of this project with the recorded API of PyTango."""

import enum
import fnmatch
import importlib
import inspect
import json
import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
INVENTORY = HERE / "data" / "api.json"
DIFFERENCES = HERE.parent / "docs" / "reference" / "differences.md"

MISSING = object()


@cache
def inventory() -> dict:
    return json.loads(INVENTORY.read_text())


@cache
def intended() -> tuple:
    """Patterns of names that differ on purpose: the first column of the tables under 'Names' in the documentation."""
    text = DIFFERENCES.read_text()
    names = text[text.index("## Names") :].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", names, re.MULTILINE)
    return tuple(pattern for row in rows for pattern in re.findall(r"`([^`]+)`", row))


def is_intended(problem: str) -> bool:
    return any(fnmatch.fnmatchcase(problem, pattern) for pattern in intended())


@cache
def find(path: str):
    """Return the module, class or function with a dotted name; MISSING if it, or something it needs, is not there."""
    parts = path.split(".")
    value = importlib.import_module(parts[0])
    for number, part in enumerate(parts[1:], 2):
        parent, value = value, getattr(value, part, MISSING)
        if value is MISSING and inspect.ismodule(parent):
            try:
                value = importlib.import_module(".".join(parts[:number]))
            except ImportError:
                return MISSING
    return value


def accepts(value, wanted: list) -> str | None:
    """Say which of the wanted parameters are not accepted by a callable; None if all are."""
    if isinstance(value, enum.EnumMeta):
        return None  # what makes an enumeration is Python's business, and differs between its versions
    try:
        parameters = inspect.signature(value).parameters
    except (TypeError, ValueError):
        return None
    kinds = {parameter.kind for parameter in parameters.values()}
    if inspect.Parameter.VAR_KEYWORD in kinds:
        return None
    missing = []
    for names in wanted:
        # Names of one letter and numbered ones are not meant for users.
        named = [n for n in names if len(n) > 1 and not re.fullmatch(r"\*.*|arg\d+", n)]
        missing += [n for n in named if n not in parameters and n not in missing]
    return ", ".join(missing) or None


def problems_of_module(name: str) -> list:
    module = find(name)
    if module is MISSING:
        return [name]
    recorded = inventory()["modules"][name]
    found = []
    exported = getattr(module, "__all__", None)
    for key, kind in recorded["names"].items():
        value = find(f"{name}.{key}") if kind == "module" else getattr(module, key, MISSING)
        if value is MISSING or (kind not in ("module", "value") and inspect.ismodule(value)):
            found.append(f"{name}.{key}")
        elif exported is not None and key in recorded["all"] and key not in exported:
            found.append(f"{name}.__all__.{key}")
        elif isinstance(kind, list) and (missing := accepts(value, kind)):
            found.append(f"{name}.{key}({missing})")
    return found


def problems_of_class(name: str) -> list:
    cls = find(name)
    if cls is MISSING:
        return []  # reported for its module
    recorded = inventory()["classes"][name]
    if "enum" in recorded:
        have = {key: int(member) for key, member in getattr(cls, "__members__", {}).items()}
        return [f"{name}.{key}" for key, number in recorded["enum"].items() if have.get(key) != number]
    found = []
    for base in recorded["bases"]:
        ours = find(base)
        if ours is not MISSING and not (isinstance(cls, type) and issubclass(cls, ours)):
            found.append(f"{name}<{base}>")
    if recorded["init"] and (missing := accepts(cls, recorded["init"])):
        found.append(f"{name}({missing})")
    for key, kind in recorded["members"].items():
        value = getattr(cls, key, MISSING)
        if value is MISSING:
            found.append(f"{name}.{key}")
        elif kind and (missing := accepts(value, kind)):
            found.append(f"{name}.{key}({missing})")
    for key in recorded["dunders"]:
        if not hasattr(cls, key) and not (key == "__bool__" and hasattr(cls, "__len__")):
            found.append(f"{name}.{key}")
    return found


def problems(name: str) -> list:
    return problems_of_module(name) if name in inventory()["modules"] else problems_of_class(name)


def everything() -> list:
    return [*inventory()["modules"], *inventory()["classes"]]


@cache
def all_problems() -> frozenset:
    return frozenset(problem for name in everything() for problem in problems(name))
