"""Exceptions across the C++ border."""

import re
from pathlib import Path

import pytest

from tango._core.command_data import DeviceData
from tango._core.errors import tango_library_version
from tango._core.proxy import DeviceProxyCore
from tango.enums import CmdArgType
from tango.errors import CXX_ORDER, DevFailed, WrongNameSyntax


def test_the_order_of_the_classes_is_that_of_the_cpp_enum():
    header = Path(__file__).parents[2] / "src" / "tango" / "_core" / "errors.hpp"
    names = re.search(r"enum class ErrorKind \{(.*?)\}", header.read_text(), re.DOTALL)[1].replace(" ", "").split(",")
    names = [name.strip() for name in names]
    wanted = ["".join(part.capitalize() for part in name.split("_")) for name in names[: names.index("no_memory")]]
    assert [cls.__name__ for cls in CXX_ORDER] == wanted


def test_a_cpp_exception_arrives_with_its_class_and_its_errors():
    with pytest.raises(WrongNameSyntax) as failure:
        DeviceProxyCore()._connect("not/a/device/name/at/all")
    error = failure.value.args[0]
    assert error.reason and error.desc and error.origin
    assert isinstance(failure.value, DevFailed)


def test_a_core_object_that_was_never_connected_says_so():
    with pytest.raises(RuntimeError, match="not connected"):
        DeviceProxyCore()._state()


def test_the_library_names_its_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+", tango_library_version())


def test_a_failed_conversion_leaves_nothing_pending():
    data = DeviceData()
    with pytest.raises(TypeError):
        data.insert(CmdArgType.DevLong, "x")
    assert data.extract() is None
