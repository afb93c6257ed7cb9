#!/usr/bin/env python3
"""Write down the public API of the `tango` package of this interpreter: names, parameter names, enumeration values.

Run by an interpreter that has the PyTango release whose API is wanted:

    python ci/api_inventory.py tests/data/api.json

``tests/test_public_api.py`` compares this project with the result.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import pkgutil
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

# The special methods that say what users can do with an object; all others are the business of the implementation.
DUNDERS = {
    "__add__", "__bool__", "__call__", "__contains__", "__delitem__", "__delete__", "__enter__", "__exit__", "__get__",
    "__getattr__", "__getitem__", "__iadd__", "__imul__", "__iter__", "__len__", "__mul__", "__radd__", "__rmul__",
    "__set__", "__setitem__", "__setstate__",
}  # fmt: skip

# Modules of the other binding that only hold how it is made.
IMPLEMENTATION = {
    "tango.auto_monitor", "tango.base_types", "tango.device_attribute", "tango.group_reply", "tango.pytango_init",
    "tango.pytango_pprint", "tango.tango_numpy",
}  # fmt: skip


def split_parameters(text: str) -> list[str]:
    """Return the names in a parameter list as text, without annotations and defaults."""
    names, depth, start = [], 0, 0
    for position, character in enumerate(text + ","):
        if character in "([{<":
            depth += 1
        elif character in ")]}" or (character == ">" and text[position - 1] != "-"):
            depth -= 1
        elif character == "," and depth == 0:
            names.append(re.split(r"[:=]", text[start:position])[0].strip())
            start = position + 1
    return [name for name in names if name]


def text_signatures(name: str, doc: str | None) -> list[list[str]]:
    """Return the parameter names of each overload that the first lines of a docstring show."""
    found = []
    for match in re.finditer(rf"^(?:\d+\. )?{re.escape(name)}\(", doc or "", re.MULTILINE):
        depth, begin = 1, match.end()
        for position in range(begin, len(doc)):
            depth += {"(": 1, ")": -1}.get(doc[position], 0)
            if depth == 0:
                found.append(split_parameters(doc[begin:position]))
                break
    return found


def signatures(name: str, value: Any) -> list[list[str]]:
    """Return the parameter names of each way to call something, without `self`."""
    overloads = text_signatures(name, getattr(value, "__doc__", None))
    if not overloads:
        try:
            parameters = inspect.signature(value).parameters.values()
        except (TypeError, ValueError):
            return []
        stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
        overloads = [[stars.get(p.kind, "") + p.name for p in parameters]]
    cleaned = [[n for n in names if n not in ("self", "cls", "/", "*")] for names in overloads]
    return [names for names in cleaned if names != ["*args", "**kwargs"]]


def describe_class(cls: type, public: dict[type, str]) -> dict[str, Any]:
    """Return the bases, members and special methods of a class."""
    if issubclass(cls, enum.Enum):
        return {"enum": {name: int(member) for name, member in cls.__members__.items()}}
    members, dunders = {}, []
    for name, value in sorted(vars(cls).items()):
        if name.startswith("__") and name.endswith("__"):
            if name in DUNDERS:
                dunders.append(name)
        elif not name.startswith("_"):
            is_call = callable(getattr(cls, name, None)) or isinstance(value, (staticmethod, classmethod))
            members[name] = signatures(name, getattr(cls, name)) if is_call else None
    bases = [public[base] for base in cls.__bases__ if base in public]
    return {"bases": bases, "init": signatures("__init__", cls.__init__), "members": members, "dunders": dunders}


def is_own(value: Any) -> bool:
    """Return whether something belongs to the package, not to what it imports."""
    return (getattr(value, "__module__", None) or "tango").partition(".")[0] == "tango"


def is_at_home(value: Any, module: str) -> bool:
    """Return whether a module is where users look for something, not one that happens to import it."""
    home = getattr(value, "__module__", None)
    if isinstance(value, ModuleType) or home is None:
        return True
    return module == "tango" or home == module


def modules() -> list[ModuleType]:
    """Return all public modules of the package."""
    package = importlib.import_module("tango")
    names = ["tango", "tango.constants"]
    for found in pkgutil.walk_packages(package.__path__, "tango."):
        if not any(part.startswith("_") for part in found.name.split(".")) and found.name not in IMPLEMENTATION:
            names.append(found.name)
    return [importlib.import_module(name) for name in dict.fromkeys(names)]


def main(path: str) -> None:
    """Write the inventory."""
    found = modules()
    public: dict[type, str] = {}
    for module in found:
        for name, value in vars(module).items():
            if not isinstance(value, type) or not is_own(value) or name.startswith("_"):
                continue
            # The package itself comes first, so that what it exports is known by its short name.
            if module.__name__ in ("tango", value.__module__) or name in getattr(module, "__all__", ()):
                public.setdefault(value, f"{module.__name__}.{name}")
    listing: dict[str, Any] = {}
    for module in found:
        exported = set(getattr(module, "__all__", ()))
        names: dict[str, Any] = {}
        for name, value in sorted(vars(module).items()):
            if name not in exported and (
                name.startswith("_") or not is_own(value) or not is_at_home(value, module.__name__)
            ):
                continue
            if isinstance(value, ModuleType):
                if not value.__name__.startswith("tango.") or value.__name__ in IMPLEMENTATION:
                    continue
                names[name] = "module"
            elif isinstance(value, type):
                names[name] = public.get(value, "class")
            elif inspect.isroutine(value):
                names[name] = signatures(name, value)
            else:
                names[name] = "value"
        listing[module.__name__] = {"all": sorted(exported), "names": names}
    classes = {name: describe_class(cls, public) for cls, name in sorted(public.items(), key=lambda item: item[1])}
    version = importlib.import_module("tango").__version__
    Path(path).write_text(dump({"version": version, "modules": listing, "classes": classes}))


def dump(content: dict[str, Any]) -> str:
    """Return JSON with one line for each module name and class member, so that differences can be read."""

    def line(value: Any) -> str:
        return json.dumps(value, sort_keys=True)

    out = ["{", f' "version": {line(content["version"])},']
    for section in ("modules", "classes"):
        out.append(f' "{section}": {{')
        entries = []
        for name, parts in content[section].items():
            rows = []
            for key, value in parts.items():
                if isinstance(value, dict) and value:
                    inner = ",\n".join(f"    {line(k)}: {line(v)}" for k, v in value.items())
                    rows.append(f"   {line(key)}: {{\n{inner}\n   }}")
                else:
                    rows.append(f"   {line(key)}: {line(value)}")
            entries.append(f"  {line(name)}: {{\n" + ",\n".join(rows) + "\n  }")
        out.append(",\n".join(entries))
        out.append(" }," if section == "modules" else " }")
    return "\n".join([*out, "}", ""])


if __name__ == "__main__":
    main(sys.argv[1])
