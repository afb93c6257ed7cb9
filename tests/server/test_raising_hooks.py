"""What hooks raise, whatever it is, is an error for the client, and the server lives."""

from __future__ import annotations

import pytest
from support import start_python_server, wait_until

import tango
from tango import DevFailed, DevState

KINDS = [
    "ValueError", "SystemExit", "KeyboardInterrupt", "Unprintable", "RecursionError", "NoException", "GeneratorExit", "StopIteration",
    "MemoryError",
]
CALLS = {
    "always_executed_hook": lambda device: device.read_attribute("value"),
    "read_attr_hardware": lambda device: device.read_attribute("value"),
    "write_attr_hardware": lambda device: device.write_attribute("value", 1.0),
    "read": lambda device: device.read_attribute("value"),
    "write": lambda device: device.write_attribute("value", 1.0),
    "is_allowed": lambda device: device.read_attribute("value"),
    "command": lambda device: device.Do(),
    "is_command_allowed": lambda device: device.Do(),
    "dev_state": lambda device: device.read_attribute("State"),
    "dev_status": lambda device: device.command_inout("Status"),
    "init_device": lambda device: device.Init(),
    "delete_device": lambda device: device.Init(),
}


@pytest.fixture(scope="module", params=["Synchronous", "Gevent", "Asyncio"])
def raising_server(request):
    with start_python_server("raising.py", "test/raising/1", environ={"MODE": request.param}) as server:
        yield server


@pytest.fixture
def raising(raising_server):
    device = tango.DeviceProxy(raising_server.address())
    device.set_timeout_millis(20000)
    return device


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hook", CALLS)
def test_what_a_hook_raises_is_an_error_for_the_client(raising_server, raising, hook, kind):
    raising.Arm([hook, kind])
    with pytest.raises(DevFailed) as caught:
        CALLS[hook](raising)
    text = " ".join(entry.desc for entry in caught.value.args)
    assert kind in text
    assert caught.value.args[0].reason == "PyDs_PythonError"
    assert "fail_if" in caught.value.args[0].origin
    CALLS[hook](raising)
    assert raising.state() is DevState.ON
    assert raising.read_attribute("value").value == 1.5
    assert raising_server.process.poll() is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_happens_without_a_client_is_told_and_survived(raising_server, raising, kind):
    raising.Listen()
    raising.Arm(["signal_handler", kind])
    raising.Kill()
    wait_until(lambda: "signal_handler" in raising.read_attribute("called").value)
    raising.Kill()
    wait_until(lambda: raising.read_attribute("called").value.count("signal_handler") == 2)
    assert raising_server.output().count(kind) >= 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hook", ["init_device", "initialize_dynamic_attributes"])
def test_a_server_that_cannot_make_its_device_says_why(hook, kind):
    with (
        pytest.raises(AssertionError) as caught,
        start_python_server("raising.py", "test/raising/1", environ={"FAILS": f"{hook} {kind}"}),
    ):
        pass
    assert kind in str(caught.value)
    assert "fail_if" in str(caught.value)
