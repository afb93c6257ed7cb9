"""Say where two files of the project disagree about a version; exit with 1 if any do."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml
from requirements import read_project

PROJECT = Path(__file__).resolve().parent.parent


def _meson(pattern: str) -> str:
    found = re.search(pattern, (PROJECT / "meson.build").read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"meson.build has nothing like {pattern}")
    return found[1]


def _minimum(name: str, requirements: list[str]) -> str:
    for requirement in requirements:
        found = re.match(rf"{name}\s*>=\s*([\d.]+)", requirement)
        if found:
            return found[1]
    return "no minimum"


def facts() -> list[tuple[str, dict[str, str]]]:
    """Return what is the same everywhere, with what each place says."""
    project = read_project(PROJECT / "pyproject.toml")
    stand_in = read_project(PROJECT / "recipe" / "pytango" / "pyproject.toml")
    recipe: dict[str, Any] = yaml.safe_load((PROJECT / "recipe" / "recipe.yaml").read_text(encoding="utf-8"))
    variants = yaml.safe_load((PROJECT / "recipe" / "variants.yaml").read_text(encoding="utf-8"))
    main = recipe["outputs"][0]
    host = main["requirements"]["host"]
    build = project["build-system"]["requires"]
    same = [
        (
            "the project's version",
            {
                "meson.build": _meson(r"version: '([^']+)'"),
                "pyproject.toml": project["project"].get("version", _meson(r"version: '([^']+)'")),
                "recipe": recipe["context"]["version"],
            },
        ),
        (
            "the version of PyTango whose API this is",
            {"recipe": recipe["context"]["pytango"], "recipe/pytango": stand_in["project"]["version"]},
        ),
        (
            "the oldest Python",
            {
                "pyproject.toml": project["project"]["requires-python"].removeprefix(">="),
                "recipe, skip": str(re.findall(r"<([\d.]+)", main["build"]["skip"])[0]),
                "recipe/variants.yaml": min((v.split(".*")[0] for v in variants["python"]), key=_order),
                "recipe/pytango": stand_in["project"]["requires-python"].removeprefix(">="),
            },
        ),
        (
            "the oldest Cython",
            {
                "pyproject.toml": _minimum("cython", build),
                "meson.build": _meson(r"cython'\)\.version\(\)\.version_compare\('>=([\d.]+)'"),
                "recipe": _minimum("cython", host),
            },
        ),
        (
            "the oldest meson-python",
            {"pyproject.toml": _minimum("meson-python", build), "recipe": _minimum("meson-python", host)},
        ),
    ]
    return same


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def main() -> int:
    """Print every disagreement."""
    wrong = [(what, places) for what, places in facts() if len(set(places.values())) != 1]
    for what, places in wrong:
        print(f"{what} differs: " + ", ".join(f"{place} says {version}" for place, version in places.items()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
