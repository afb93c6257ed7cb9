"""The environments that are measured: each binding in its own, none of them installed into the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cytango" / "benchmarks"
PYTANGO_VERSION = "10.3.1"


class Unavailable(Exception):
    """An environment cannot be made on this machine; the message says why."""


@dataclass
class Environment:
    """How to start one implementation's client, server and interpreter."""

    name: str
    client: list[str]
    server: list[str]
    python: list[str] | None = None
    env: dict[str, str] = field(default_factory=dict)
    packages: list[Path] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """Return the environment variables its processes get."""
        return {**os.environ, **self.env}

    def describe(self) -> str:
        """Return the versions of the binding and of the Tango library under it."""
        if self.python is None:
            version = subprocess.check_output(["pkg-config", "--modversion", "tango"], text=True)
            return f"cppTango {version.strip()}"
        code = (
            "import platform, tango; from tango import constants;"
            "print(f'{tango.__version__}, cppTango {constants.TgLibVers}, Python {platform.python_version()}')"
        )
        return subprocess.run(
            [*self.python, "-c", code], check=True, capture_output=True, text=True, env=self.environ()
        ).stdout.strip()


def _python_environment(name: str, python: str, packages: list[Path], env: dict[str, str] | None = None) -> Environment:
    return Environment(
        name,
        client=[python, str(HERE / "python" / "client.py")],
        server=[python, str(HERE / "python" / "server.py")],
        python=[python],
        env=env or {},
        packages=packages,
    )


def make_cpp() -> Environment:
    """Compile the C++ counterparts on the system's cppTango."""
    out = CACHE / "cpp"
    subprocess.run([str(HERE / "cpp" / "build"), str(out)], check=True)
    return Environment("c++", [str(out / "client")], [str(out / "server")])


def make_cytango() -> Environment:
    """Use the project's own `.venv`, or the interpreter that CYTANGO_PYTHON names."""
    python = os.environ.get("CYTANGO_PYTHON", str(PROJECT / ".venv" / "bin" / "python"))
    where = subprocess.run(
        [python, "-c", "import tango, os; print(os.path.dirname(tango.__file__))"], capture_output=True, text=True
    )
    if where.returncode:
        raise Unavailable(f"{python} cannot import tango; build the project first (./ci/build)")
    return _python_environment("cytango", python, [Path(where.stdout.strip())])


def make_pytango() -> Environment:
    """Install PyTango's wheel, which carries its own cppTango, into a virtual environment."""
    folder = CACHE / f"pytango-{PYTANGO_VERSION}-py{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--only-binary", "pytango"]
        if subprocess.run([*pip, f"pytango=={PYTANGO_VERSION}"]).returncode:
            raise Unavailable(f"pip could not install pytango {PYTANGO_VERSION}")
        (folder / "ready").touch()
    site = next((folder / "lib").glob("python*/site-packages"))
    return _python_environment("pytango", str(python), [site / "tango", site / "pytango.libs"])


def make_python3_tango() -> Environment:
    """Unpack Debian's python3-tango, which sits on the system's cppTango, without installing it."""
    folder = CACHE / "python3-tango"
    python = "/usr/bin/python3"
    if not shutil.which("apt-get"):
        raise Unavailable("python3-tango is a Debian package and this machine has no apt-get")
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "debs" / "partial").mkdir(parents=True)
        wanted = subprocess.run(
            ["apt-get", "install", "--simulate", "--no-install-recommends", "python3-tango"],
            capture_output=True,
            text=True,
        )
        names = [line.split()[1] for line in wanted.stdout.splitlines() if line.startswith("Inst ")]
        if wanted.returncode or not names:
            raise Unavailable("apt-get offers no python3-tango (or it is installed already)")
        subprocess.run(["apt-get", "download", *names], check=True, cwd=folder / "debs", stdout=subprocess.DEVNULL)
        for deb in (folder / "debs").glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", str(deb), str(folder)], check=True)
        (folder / "ready").touch()
    libraries = ":".join(str(path) for path in (folder / "usr" / "lib").glob("*-linux-gnu*") if path.is_dir())
    # Debian links numpy's BLAS through its alternatives system, which an unpacked package has no part in.
    for nested in ("blas", "lapack"):
        libraries += "".join(f":{path}" for path in (folder / "usr" / "lib").glob(f"*-linux-gnu*/{nested}"))
    packages = folder / "usr" / "lib" / "python3" / "dist-packages"
    return _python_environment(
        "python3-tango",
        python,
        [packages / "tango"],
        {"PYTHONPATH": str(packages), "LD_LIBRARY_PATH": libraries},
    )


MAKERS = {
    "c++": make_cpp,
    "cytango": make_cytango,
    "pytango": make_pytango,
    "python3-tango": make_python3_tango,
}
