"""Tools of a job, in a virtual environment of their own that is kept between runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from _common import CACHE, lock, say

_INSIDE = "CYTANGO_TOOLS"


def make(requirements: list[str]) -> Path:
    """Return the interpreter of an environment that has these requirements."""
    version = f"py{sys.version_info.major}.{sys.version_info.minor}{sys.abiflags}"
    folder = CACHE / "tools" / f"{version}-{'-'.join(sorted(name.split('>')[0] for name in requirements))}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "requirements"
    with lock(folder.with_suffix(".lock")):
        if not stamp.exists() or stamp.read_text().split() != requirements:
            say(f"installing {' '.join(requirements)}")
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            # One -q more than quiet: an index that lacks a package is not worth a line each.
            pip = [str(python), "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
            subprocess.run([*pip, *requirements], check=True)
            stamp.write_text("\n".join(requirements) + "\n")
    return python


def run_inside(requirements: list[str]) -> None:
    """Go on only in an interpreter that has these requirements: run this script again there, and end with its code."""
    if os.environ.get(_INSIDE) == " ".join(requirements):
        return
    # The interpreter that stands for "Python" in what the job builds; a tools' environment is none of it.
    python = make(requirements)
    environ = {
        **os.environ,
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "CYTANGO_BASE_PYTHON": _base_python(),
        _INSIDE: " ".join(requirements),
    }
    sys.exit(subprocess.run([str(python), *sys.argv], env=environ).returncode)


def _base_python() -> str:
    name = f"python{sysconfig.get_python_version()}"
    return shutil.which(name, path=str(Path(sys.base_prefix) / "bin")) or sys.executable
