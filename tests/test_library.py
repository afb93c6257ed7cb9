"""The package says what is wrong when the cppTango it finds is not the one it was built for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tango
from tango import _library
from tango._core import build_info


def test_the_library_loaded_is_the_one_of_the_headers():
    assert build_info.LIBRARY == build_info.CPPTANGO


def test_another_patch_of_the_same_version_will_do():
    _library.check("10.3.2", "10.3.3")


@pytest.mark.parametrize(("built_for", "loaded"), [("9.3.4", "9.5.0"), ("10.0.2", "10.3.3"), ("9.3.4", "10.3.4")])
def test_another_version_is_refused(built_for, loaded):
    with pytest.raises(
        ImportError, match=f"built with cppTango {built_for}, and the library loaded is {loaded}"
    ) as caught:
        _library.check(built_for, loaded)
    assert "apt-get install libtango-dev" in str(caught.value)


def run_with(code, **environ):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **environ})
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the loader is told what to find by LD_LIBRARY_PATH")
def test_a_library_that_does_not_load(tmp_path):
    listed = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout.split()
    for name in {word for word in listed if word.startswith("libtango.so")}:
        (tmp_path / name).write_text("not a library")
    code, text = run_with("import tango", LD_LIBRARY_PATH=str(tmp_path))
    assert code
    assert "ImportError: cytango could not load the cppTango that it was built with" in text
    assert "apt-get install libtango-dev" in text


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("c++"), reason="made by a compiler, loaded by LD_PRELOAD")
def test_a_library_of_another_version(tmp_path):
    source, library = tmp_path / "other.cpp", tmp_path / "other.so"
    source.write_text("namespace Tango { long _convert_tango_lib_release() { return 1234; } }")
    subprocess.run(["c++", "-shared", "-fPIC", "-o", library, source], check=True)
    code, text = run_with("import tango", LD_PRELOAD=str(library))
    assert code
    assert f"ImportError: cytango was built with cppTango {build_info.CPPTANGO}, and the library loaded is 12.3.4" in text
    assert "apt-get install libtango-dev" in text


def test_a_package_without_its_compiled_part(tmp_path):
    package = tmp_path / "tango"
    package.mkdir()
    source = Path(tango.__file__).parent
    for name in ("__init__.py", "_library.py"):
        shutil.copy(source / name, package)
    code, text = run_with("import tango", PYTHONPATH=str(tmp_path))
    assert code
    assert "the compiled part of cytango is missing" in text


def test_windows_is_told_where_the_libraries_are(monkeypatch, tmp_path):
    told = []
    own, conda = tmp_path / "own" / "bin", tmp_path / "conda" / "Library" / "bin"
    own.mkdir(parents=True)
    monkeypatch.setattr(os, "add_dll_directory", told.append, raising=False)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "conda"))
    monkeypatch.setenv("TANGO_ROOT", str(tmp_path / "own"))
    _library.add_dll_folders()
    assert not told
    monkeypatch.setattr(sys, "platform", "win32")
    _library.add_dll_folders()
    assert told == [str(own)]
    conda.mkdir(parents=True)
    _library.add_dll_folders()
    assert told[1:] == [str(own), str(conda)]
    monkeypatch.delenv("TANGO_ROOT")
    _library.add_dll_folders()
    assert told[3:] == [str(conda)]
