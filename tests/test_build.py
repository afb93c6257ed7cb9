"""The build says in a sentence what is wrong with what it finds, and what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tango._core import build_info

SOURCE = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not (SOURCE / "meson.build").exists(),
    reason="the wrong turns are made of shell scripts and pkg-config files, around the project's meson.build",
)


@pytest.fixture
def configure(tmp_path):
    """Return a function that configures the build and returns what meson printed before it refused."""

    def configure(code="pass", folder="", **environ):
        run = f"import sys; from mesonbuild import coredata, mesonmain; {code}; sys.exit(mesonmain.main())"
        command = [sys.executable, "-c", run, "setup", str(tmp_path / "build"), str(SOURCE)]
        path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATH": path, **environ})
        assert done.returncode, done.stdout
        return done.stdout + done.stderr

    return configure


NO_HEADERS = """
import sysconfig

nowhere = dict.fromkeys(["include", "platinclude", "INCLUDEPY", "CONFINCLUDEPY", "LIBPC"], "/nowhere")
paths, variables = sysconfig.get_paths, sysconfig.get_config_vars
sysconfig.get_paths = lambda *args, **keywords: {**paths(*args, **keywords), **nowhere}
sysconfig.get_config_vars = lambda *args: variables(*args) if args else {**variables(), **nowhere}
sysconfig.get_config_var = lambda name: sysconfig.get_config_vars().get(name)
"""


def pkg_config_file(folder, name, version, libs=""):
    (folder / f"{name}.pc").write_text(f"Name: {name}\nDescription: {name}\nVersion: {version}\nLibs: {libs}\n")


def test_an_old_meson(configure):
    text = configure("coredata.version = '1.3.2'")
    assert 'cytango needs meson 1.4 or newer, found 1.3.2: pip install "meson>=1.4"' in text


def test_no_compiler(configure, tmp_path):
    nothing = str(tmp_path / "nothing")
    text = configure(CC=nothing, CXX=nothing)
    assert "No C++ compiler was found" in text
    assert "apt-get install g++" in text


def test_an_old_cython(configure, tmp_path):
    old = tmp_path / "cython"
    real = f'exec "{sys.executable}" -m cython "$@"'
    old.write_text(f'#!/bin/sh\ncase $* in *-V*|*--version*) echo "Cython version 3.0.12" ;; *) {real} ;; esac\n')
    old.chmod(0o755)
    text = configure(folder=tmp_path)
    assert 'cytango needs Cython 3.1 or newer, found 3.0.12: pip install "cython>=3.1"' in text


def test_no_cython(configure, tmp_path):
    text = configure(CYTHON=str(tmp_path / "nothing"))
    assert 'Cython was not found: pip install "cython>=3.1"' in text


def test_no_numpy(configure, tmp_path):
    (tmp_path / "numpy.py").write_text("raise ImportError('not here')")
    text = configure(PYTHONPATH=str(tmp_path))
    assert f'numpy was not found for {sys.executable}: pip install "numpy>=1.26"' in text


def test_no_headers_of_python(configure, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(NO_HEADERS)
    text = configure(PYTHONPATH=str(tmp_path), PKG_CONFIG_LIBDIR=str(tmp_path))
    assert f"The headers of {sys.executable} were not found" in text
    assert "apt-get install python3-dev" in text


def test_no_pkg_config(configure, tmp_path):
    for folder in [Path(sys.executable).parent, *map(Path, os.environ["PATH"].split(os.pathsep))]:
        for program in folder.glob("*"):
            link = tmp_path / program.name
            if "pkg" not in program.name and not link.is_symlink():
                link.symlink_to(program)
    text = configure(PATH=str(tmp_path))
    assert "cppTango was not found (9.3.4 or newer is needed)" in text
    assert "Missing: pkg-config itself (apt-get install pkg-config)" in text


def test_no_tango(configure, tmp_path):
    text = configure(PKG_CONFIG_PATH="", PKG_CONFIG_LIBDIR=str(tmp_path))
    assert "cppTango was not found (9.3.4 or newer is needed)" in text
    assert "apt-get install libtango-dev" in text
    assert "Missing: the pkg-config file tango.pc" in text


def test_a_tango_that_is_too_old(configure, tmp_path):
    pkg_config_file(tmp_path, "tango", "9.2.5")
    text = configure(PKG_CONFIG_PATH=str(tmp_path))
    assert "cppTango 9.2.5 is too old: 9.3.4 or newer is needed" in text
    assert "apt-get install libtango-dev" in text


def test_a_tango_without_its_library(configure, tmp_path):
    pkg_config_file(tmp_path, "tango", build_info.CPPTANGO, libs="-ltango_of_nobody")
    text = configure(PKG_CONFIG_PATH=str(tmp_path))
    assert "A program with cppTango could not be compiled and linked" in text
    assert "apt-get install libtango-dev" in text


def test_headers_of_one_version_and_a_library_of_another(configure, tmp_path):
    # Only the last part differs, so that compat.hpp goes on using what is really there.
    major, minor, _ = build_info.CPPTANGO.split(".")
    (tmp_path / "tango").mkdir()
    for header in ("tango.h", "tango/tango.h"):
        lines = [f"#include_next <{header}>", "#undef TANGO_VERSION_PATCH", "#define TANGO_VERSION_PATCH 99"]
        (tmp_path / header).write_text("\n".join([*lines, ""]))
    text = configure(CXXFLAGS=f"-I{tmp_path}")
    assert f"The headers are those of cppTango {major}.{minor}.99 and the library is {build_info.CPPTANGO}" in text
    assert "two installations are mixed" in text
