"""The package needs numpy and nothing else; what only some users need says what to install."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What is of no use without another package, and is only imported where that is used.
GEVENT = {"tango.gevent_executor", "tango._gevent_runner", "tango._gevent_server"}
PYTEST = {"tango.test_utils.fixtures"}

IMPORT_ALL = """
import importlib, json, pkgutil, sys

class Hide:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ("tango", "PyTango", "numpy"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hide())
import tango
failures = {}
for module in pkgutil.walk_packages(tango.__path__, "tango."):
    if module.name.rpartition(".")[2] != "__main__":
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            failures[module.name] = str(error)
print(json.dumps(failures))
"""


def run(code):
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)


def test_everything_else_can_be_imported_with_numpy_alone():
    done = run(IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    failures = json.loads(done.stdout)
    assert failures.keys() == GEVENT | PYTEST
    assert "pip install gevent" in failures["tango._gevent_runner"]


@pytest.mark.parametrize(
    "use",
    [
        "tango.DeviceProxy('tango://localhost:1/a/b/c#dbase=no', green_mode=tango.GreenMode.Gevent).ping()",
        "tango.gevent.DeviceProxy('tango://localhost:1/a/b/c#dbase=no').ping()",
        "tango.server.run([tango.server.Device], ['x', 'y', '-nodb'], green_mode=tango.GreenMode.Gevent, raises=True)",
    ],
)
def test_a_green_mode_says_what_to_install(use):
    done = run(f"import sys; sys.modules['gevent'] = None; import tango.gevent, tango.server; {use}")
    assert done.returncode
    assert "pip install gevent" in done.stderr


def test_what_takes_long_to_import_waits_until_it_is_used():
    done = run("import sys, tango; print({'asyncio', 'ssl', 'socket', 'gevent', 'psutil', 'pytest'} & sys.modules.keys())")
    assert done.stdout.strip() == "set()", done.stderr


def test_the_metadata_ask_for_numpy_alone():
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text()
    assert '\ndependencies = ["numpy>=1.26"]\n' in text
