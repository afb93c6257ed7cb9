"""What tests import from tango.test_utils."""

import asyncio
import inspect
import subprocess
import sys
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest

import tango.asyncio
from tango import AttrDataFormat, CmdArgType, DevState, ExtractAs, GreenMode, test_utils
from tango.server.arguments import parse_args
from tango.test_utils import *  # noqa: F403 (this is how fixtures are taken over)
from tango.test_utils import (
    ClassicAPISimpleDeviceClass,
    ClassicAPISimpleDeviceImpl,
    DeviceTestContext,
    GoodEnum,
    SimpleDevice,
    assert_close,
    check_attr_type,
    check_read_attr,
    convert_dtype_to_typing_hint,
    convert_to_type,
    create_result,
    general_asyncio_decorator,
    general_decorator,
    make_nd_value,
    repr_type,
    wait_for_nodb_proxy_via_pid,
    wait_for_proxy,
)


def test_tango_does_not_load_it():
    code = "import sys, tango; sys.exit('tango.test_utils' in sys.modules or 'pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pytest_need_not_be_installed():
    code = """
import sys
sys.modules["pytest"] = None
import tango.test_utils as utils
assert utils.pytest is None and utils.GoodEnum.END == 2 and not hasattr(utils, "attr_data_format")
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- fixtures ---------------------------------------------------------------------------------------------------------


COUNTS = {
    "state": 14,
    "general_typed_values": 8,
    "command_typed_values": 10,
    "attribute_typed_values": 12,
    "command_numpy_typed_values": 20,
    "attribute_numpy_typed_values": 30,
    "attribute_wrong_numpy_typed": 3,
    "dev_encoded_values": 3,
    "extract_as": 6,
    "base_type": 4,
    "green_mode": 4,
    "server_green_mode": 3,
    "attr_data_format": 3,
    "server_serial_model": 4,
}


def test_a_fixture_runs_a_test_once_per_value(tmp_path):
    module = tmp_path / "test_it.py"
    tests = "".join(f"def test_{name}({name}): pass\n" for name in COUNTS)
    module.write_text(f"from tango.test_utils import *\n{tests}")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", module]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert {name: listed.count(f"::test_{name}[") for name in COUNTS} == COUNTS


def test_typed_values_say_what_is_read(attribute_typed_values):
    dtype, values, expected = attribute_typed_values
    for value in values:
        result = expected(value)
        depth = repr_type(dtype).count("(")
        for _ in range(depth):
            assert isinstance(result, list)
            result = result[0]
        assert not isinstance(result, (list, bytes))


def test_command_values_are_read_as_they_are(command_typed_values):
    dtype, values, expected = command_typed_values
    if isinstance(dtype, CmdArgType):
        assert expected(values[0]) == values[0]


def test_numpy_values_fit_their_hints(attribute_numpy_typed_values):
    hint, dformat, value, expected = attribute_numpy_typed_values
    assert np.ndim(value) == int(dformat)
    assert (hint == npt.NDArray[np.array(value).dtype.type]) or not isinstance(hint, type) or dformat == AttrDataFormat.SCALAR
    assert expected(value) == value


def test_each_way_to_extract(extract_as):
    how, kind = extract_as
    value = convert_to_type([1, 2], CmdArgType.DevShort, kind)
    assert isinstance(how, ExtractAs) and isinstance(value, kind)


# --- conversions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dtype", "result"),
    [
        (int, (int, int, False, False)),
        ((float,), (tuple[float, float, float], list[float], True, False)),
        (((str,),), (tuple[(tuple[str, str, str],) * 4], list[list[str]], True, True)),
        (CmdArgType.DevVarLongStringArray, (tuple[tuple[int], tuple[str]], list[list[int], list[str]], False, False)),
        (CmdArgType.DevVarDoubleStringArray, (tuple[tuple[float], tuple[str]], list[list[float], list[str]], False, False)),
    ],
    ids=repr,
)
def test_hints_of_a_dtype(dtype, result):
    assert convert_dtype_to_typing_hint(dtype) == result


def test_the_value_that_is_read():
    assert create_result(str, b"abc") == "abc"
    assert create_result((str,), [b"abc", "d"]) == ["abc", "d"]
    assert create_result(((int,),), np.array([[1, 2]])) == [[1, 2]]


def test_a_value_of_each_format(attr_data_format):
    assert np.ndim(make_nd_value(3, attr_data_format)) == int(attr_data_format)


@pytest.mark.parametrize(
    ("value", "attr_type", "kind", "result"),
    [
        ([1, 2], CmdArgType.DevShort, tuple, (1, 2)),
        ([1, 2], CmdArgType.DevShort, bytes, b"\1\0\2\0"),
        ([1, 0], CmdArgType.DevBoolean, bytearray, bytearray(b"\1\0")),
        ([200], CmdArgType.DevUChar, str, "\xc8"),
        (["ab"], CmdArgType.DevString, str, "a\0\0\0b\0\0\0"),
    ],
)
def test_the_forms_of_a_value(value, attr_type, kind, result):
    assert convert_to_type(value, attr_type, kind) == result


def test_the_array_of_a_value():
    assert convert_to_type([1, 2], CmdArgType.DevFloat, np.ndarray).dtype == np.float32


# --- checks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1.0, 1.0 + 1e-7),
        (np.array([1.0, 2.0]), (1, 2 + 1e-7)),
        ([[1, 2], ["a", "b"]], [np.array([1, 2]), ("a", "b")]),
        (b"ab", b"ab"),
        (DevState.ON, DevState.ON),
        (None, None),
        (True, 1),
    ],
)
def test_close_values(a, b):
    assert_close(a, b)


@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0 + 1e-5), ([1, 2], [1]), ([1, 2], [1, 3]), ("a", "b"), (b"a", "a"), (1, "1")])
def test_values_that_are_not_close(a, b):
    with pytest.raises(AssertionError):
        assert_close(a, b)


def test_members_of_an_enumeration(attr_data_format):
    value = make_nd_value(GoodEnum.MIDDLE, attr_data_format)
    check_read_attr(value, attr_data_format, 1, "MIDDLE")
    check_attr_type(value, attr_data_format, GoodEnum)
    with pytest.raises(AssertionError):
        check_read_attr(value, attr_data_format, 1, "START")
    with pytest.raises(AssertionError, match="is no str"):
        check_attr_type(value, attr_data_format, str)


# --- decorators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decorator", [general_decorator, general_decorator()], ids=["plain", "called"])
def test_a_decorator_changes_nothing(decorator):
    @decorator
    def double(value):
        return 2 * value

    assert double(value=4) == 8 and double.__name__ == "double"


@pytest.mark.parametrize("decorator", [general_asyncio_decorator, general_asyncio_decorator()], ids=["plain", "called"])
def test_a_coroutine_stays_one(decorator):
    @decorator
    async def double(value):
        return 2 * value

    assert inspect.iscoroutinefunction(double) and asyncio.run(double(4)) == 8


# --- devices ----------------------------------------------------------------------------------------------------------


def test_the_devices_run():
    with DeviceTestContext(SimpleDevice, process=True) as proxy:
        assert proxy.state() == DevState.ON
    with DeviceTestContext(ClassicAPISimpleDeviceImpl, ClassicAPISimpleDeviceClass, process=True) as proxy:
        assert proxy.attr1 == 100


def test_waiting_for_a_device():
    context = DeviceTestContext(SimpleDevice, process=True)
    with context as proxy:
        assert wait_for_proxy(proxy.name() and context.get_device_access()).state() == DevState.ON
        found = wait_for_nodb_proxy_via_pid(
            context.thread.pid, context.host, context.device_name, partial(tango.asyncio.DeviceProxy, wait=True)
        )
        assert found.get_green_mode() == GreenMode.Asyncio and found.state(wait=True) == DevState.ON


def test_waiting_for_nobody_ends():
    with pytest.raises(RuntimeError, match="did not respond within 0.0 sec"):
        wait_for_proxy("tango://127.0.0.1:1/a/b/c#dbase=no", retries=2, delay=0.01)


# --- command lines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("systems", "line", "result"), test_utils.DEVICE_SERVER_ARGUMENTS)
def test_a_command_line(systems, line, result):
    if ("win" if sys.platform == "win32" else "linux") in systems:
        given = parse_args(line.split())
        assert given[:2] == result[:2] and sorted(given) == sorted(result)
    else:
        with pytest.raises(SystemExit):
            parse_args(line.split())
