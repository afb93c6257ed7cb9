"""Print what pyproject.toml says a job needs, one requirement a line.

Usage: requirements.py GROUP...   where GROUP is `build`, `run`, an optional dependency or a dependency group.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

try:
    import tomllib
except ImportError:  # Python 3.10
    from pip._vendor import tomli as tomllib  # type: ignore[no-redef]


def read_project(path: Path) -> dict[str, Any]:
    """Return the contents of a pyproject.toml."""
    contents: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return contents


def requirements(group: str, project: dict[str, Any]) -> list[str]:
    """Return the requirements of one group."""
    if group == "build":
        return [*project["build-system"]["requires"], "ninja"]
    if group == "run":
        return project["project"]["dependencies"]
    for groups in (project["project"]["optional-dependencies"], project.get("dependency-groups", {})):
        if group in groups:
            return groups[group]
    raise SystemExit(f"pyproject.toml has no dependencies called {group!r}")


def main() -> None:
    """Print the union of the groups asked for."""
    project = read_project(Path(__file__).resolve().parent.parent / "pyproject.toml")
    wanted = {line.replace(" ", "") for group in sys.argv[1:] for line in requirements(group, project)}
    print("\n".join(sorted(wanted)))


if __name__ == "__main__":
    main()
