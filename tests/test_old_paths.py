"""Old import names: the package PyTango, and modules that have moved."""

import importlib
import subprocess
import sys

import pytest

import tango


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_pytango_is_the_same_package():
    assert (
        run(
            "import PyTango, PyTango.server, tango\n"
            "from PyTango.utils import CaselessDict\n"
            "import PyTango.databaseds.database as database\n"
            "assert PyTango is tango and PyTango.server is tango.server and CaselessDict is tango.utils.CaselessDict\n"
            "assert tango.server.__name__ == tango.server.__spec__.name == 'tango.server'\n"
            "assert database.__name__ == 'tango.databaseds.database' and PyTango._PyTango is tango._tango\n"
            "print(PyTango.DeviceProxy.__name__)"
        )
        == "DeviceProxy\n"
    )


def test_all_names_come_with_a_star():
    assert run("from PyTango import *; print(DevState.ON, DeviceProxy.__name__)") == "ON DeviceProxy\n"


@pytest.mark.parametrize("module", ["_tango", "asyncio", "device_server", "gevent", "pyutil", "test_context", "time_val"])
def test_submodules_need_no_import_of_their_own(module):
    assert run(f"import tango; print(tango.{module}.__name__)") == f"tango.{module}\n"


def test_what_is_no_submodule():
    with pytest.raises(AttributeError, match="module 'tango' has no attribute 'nonsense'"):
        tango.nonsense  # noqa: B018


def test_a_submodule_first():
    assert (
        run("from PyTango.server import Device; import tango.server; print(Device is tango.server.Device)") == "True\n"
    )


def test_what_does_not_exist_is_reported_under_its_name():
    code = "import PyTango\ntry:\n    import PyTango.nonsense\nexcept ModuleNotFoundError as error:\n    print(error)"
    assert run(code) == "No module named 'PyTango.nonsense'\n"


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("time_val", "TimeVal"),
        ("pyutil", "Util TimedAttrData TimedCmdData EnsureOmniThread is_omni_thread"),
        ("device_class", "DeviceClass"),
        ("device_server", "MultiAttrProp LatestDeviceImpl constants"),
        ("device_proxy", "DeviceProxy"),
        ("_tango", "DevState DeviceProxy StdStringVector LevelLevel"),
    ],
)
def test_an_old_module_has_the_same_objects(module, names):
    for name in names.split():
        expected = getattr(tango, name, None) or getattr(tango.enums, name)
        assert (
            run(f"import tango.{module} as old, tango; print(old.{name} is getattr(tango, {name!r}, old.{name}))")
            == "True\n"
        )
        assert getattr(__import__(f"tango.{module}", fromlist=[name]), name) is expected


def test_the_lists_of_classes():
    from tango import globals as old

    assert old.class_list is old.get_classes() and old.get_cpp_classes() is old.cpp_class_list


def test_a_name_that_the_compiled_part_never_had():
    with pytest.raises(AttributeError, match=r"module 'tango\._tango' has no attribute 'nonsense'"):
        tango._tango.nonsense  # noqa: B018


@pytest.mark.parametrize("module", ["tango.server", "tango.utils", "tango.device_server"])
def test_names_that_are_at_home_elsewhere(module):
    """Programs import them from where PyTango's own modules had imported them."""
    names = ("AttrWriteType", "DevState", "DispLevel", "Util", "is_seq", "get_executor", "set_complex_value", "get_tango_type_format")
    found = importlib.import_module(module)
    for name in names:
        assert getattr(found, name) is not None, name
    assert found.AttrWriteType is tango.AttrWriteType
    for name in ("nonsense", "_private", "__path_of_nothing__"):
        with pytest.raises(AttributeError, match=f"module '{module}' has no attribute '{name}'"):
            getattr(found, name)
