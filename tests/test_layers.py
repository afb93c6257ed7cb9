"""Who may import whom: downwards only. import-linter checks the same for whole packages; this test reads the Cython files too."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tango"
CORE = SOURCE / "_core"

# Level of each compiled area that is not an ordinary one (3); a file may cimport from its own level or below.
CORE_LEVELS = {"live": 0, "errors": 1, "types": 1, "buffers": 1, "convert": 2, "structs": 2, "gate": 2}
ORDINARY = 3

# Areas that the client uses and those that a server uses do not know each other.
SERVER_AREAS = {"device", "device_class", "server_attr", "server_command", "util"}
CLIENT_AREAS = {"connection", "proxy", "attribute_proxy", "group", "database", "events", "asynch", "async_engine", "operations", "api_util"}

LEAVES = {"enums", "structs", "errors"}
CIMPORT = re.compile(r"^\s*from tango\._core\.(\w+) cimport", re.MULTILINE)
IMPORT = re.compile(r"^\s*(?:from|import) (tango(?:\.\w+)*)", re.MULTILINE)


def level(area):
    return CORE_LEVELS.get(area, ORDINARY)


def core_files():
    return sorted(path for path in CORE.glob("*.p[yx][xd]") if path.stem != "__init__")


@pytest.mark.parametrize("path", core_files(), ids=lambda path: path.name)
def test_a_core_area_cimports_downwards_only(path):
    for area in CIMPORT.findall(path.read_text()):
        assert area == "lib" or level(area) <= level(path.stem), f"{path.name} (level {level(path.stem)}) cimports {area}"


@pytest.mark.parametrize("path", core_files(), ids=lambda path: path.name)
def test_client_and_server_areas_do_not_know_each_other(path):
    foreign = SERVER_AREAS if path.stem in CLIENT_AREAS else CLIENT_AREAS if path.stem in SERVER_AREAS else set()
    assert not foreign & set(CIMPORT.findall(path.read_text()))


@pytest.mark.parametrize("path", core_files(), ids=lambda path: path.name)
def test_a_core_area_imports_python_leaves_only(path):
    for module in IMPORT.findall(path.read_text()):
        parts = module.split(".")
        assert len(parts) > 1 and (parts[1] in LEAVES or parts[1] == "_core"), f"{path.name} imports {module}"


def test_the_leaves_import_nothing_else_of_the_package():
    files = [SOURCE / "enums.py", SOURCE / "errors.py", *(SOURCE / "structs").glob("*.py")]
    for path in files:
        for module in IMPORT.findall(path.read_text()):
            assert module.split(".")[1] in LEAVES, f"{path.name} imports {module}"


def test_only_compat_looks_at_the_version_of_cpptango():
    others = [path for path in CORE.rglob("*.[hp][pyx]*") if path.name != "compat.hpp"]
    for path in others:
        assert not re.search(r"TANGO_VERSION|TANGOPY_VERSION|TgLibVersNb", path.read_text()), path.name


def test_no_file_is_longer_than_a_reader_likes():
    limit = 700
    long = {path.name: n for path in [*SOURCE.rglob("*.py"), *CORE.rglob("*.pyx"), *CORE.rglob("*.hpp")]
            if (n := path.read_text().count("\n")) > limit}
    assert not long
