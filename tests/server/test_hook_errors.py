"""What a Python exception in a method of a device means: the client gets an error, the server lives."""

import pytest
from support import start_python_server

import tango
from tango import DevFailed

KINDS = {
    "ZeroDivisionError": "ZeroDivisionError: nothing to divide by\n",
    "SystemExit": "SystemExit: 3\n",
    "KeyboardInterrupt": "KeyboardInterrupt\n",
    "GeneratorExit": "GeneratorExit\n",
    "StopIteration": "StopIteration\n",
    "MemoryError": "MemoryError\n",
    "RecursionError": "RecursionError: maximum recursion depth exceeded",
    "Unspeakable": "Unspeakable: <",
    "UnspeakableAtAll": "UnspeakableAtAll: <",
    "not Latin-1": "ValueError: \\u03c9 and \\0\n",
}

REQUESTS = {
    "always_executed_hook": lambda device: device.double(1.0),
    "read_attr_hardware": lambda device: device.level,
    "write_attr_hardware": lambda device: device.write_attribute("level", 1.0),
    "read": lambda device: device.level,
    "write": lambda device: device.write_attribute("level", 1.0),
    "is_attribute_allowed": lambda device: device.level,
    "command": lambda device: device.double(1.0),
    "is_command_allowed": lambda device: device.double(1.0),
    "dev_state": lambda device: device.State(),
    "dev_status": lambda device: device.Status(),
}


@pytest.fixture(scope="module")
def failing_server(server_mode):
    """A server whose hooks fail on demand."""
    with start_python_server("failing.py", "test/failing/1") as server:
        yield server


@pytest.fixture
def device(failing_server):
    """A proxy of its device."""
    return tango.DeviceProxy(failing_server.address())


@pytest.mark.parametrize("where", REQUESTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_client_gets_an_error_and_the_server_lives(device, where, kind):
    device.choose([where, kind])
    with pytest.raises(DevFailed) as caught:
        REQUESTS[where](device)
    assert caught.value.args[0].reason == "PyDs_PythonError"
    assert caught.value.args[0].desc.startswith(KINDS[kind])
    assert device.double(2.0) == 4.0 and device.level == 1.0


@pytest.mark.parametrize("where", REQUESTS)
def test_a_dev_failed_passes_unchanged(device, where):
    device.choose([where, "DevFailed"])
    with pytest.raises(DevFailed) as caught:
        REQUESTS[where](device)
    error = caught.value.args[0]
    assert (error.reason, error.desc, error.origin) == ("Chosen", "as told", "fail()")


def test_the_origin_is_the_traceback_of_the_users_code(device):
    device.choose(["read", "ZeroDivisionError"])
    with pytest.raises(DevFailed) as caught:
        device.read_attribute("level")
    origin = caught.value.args[0].origin
    assert origin.startswith("Traceback (most recent call last):\n  File ")
    assert "in level" in origin and "in fail" in origin
    assert ".pyx" not in origin and "_server.py" not in origin
    assert origin.endswith("ZeroDivisionError: nothing to divide by\n")


@pytest.mark.parametrize("where", ["init_device", "delete_device"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_device_that_cannot_be_initialised_can_be_later(device, where, kind):
    device.choose([where, kind])
    with pytest.raises(DevFailed) as caught:
        device.Init()
    assert caught.value.args[0].desc.startswith(KINDS[kind])
    device.Init()
    assert device.double(2.0) == 4.0


def test_an_argument_that_is_missing(device):
    with pytest.raises(DevFailed) as caught:
        device.double()
    error = caught.value.args[0]
    assert error.reason == "API_IncompatibleCmdArgumentType"
    assert error.desc == "Incompatible argument type, expected type is : Tango::DevDouble"
