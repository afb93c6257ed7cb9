"""Device servers in the green modes: every hook, in three modes by one fixture."""

from __future__ import annotations

import contextlib

import pytest
from support import Server, start_python_server, wait_until

import tango
from tango import AttrQuality, DevFailed, DevState, GreenMode, SerialModel

DEVICE = "test/green/1"
WHERE = {GreenMode.Synchronous: "thread", GreenMode.Gevent: "Greenlet", GreenMode.Asyncio: "task"}
LIFE = ["delete_device", "init_device", "initialize_dynamic_attributes"]
KINDS = [
    ("Plain", GreenMode.Synchronous),
    ("Plain", GreenMode.Gevent),
    ("Plain", GreenMode.Asyncio),
    ("Coroutines", GreenMode.Asyncio),
]


class Hooks:
    """What the hooks of a device did since the last time, and where."""

    def __init__(self, device: tango.DeviceProxy) -> None:
        self.calls: list[list[str]] = []
        self.take(device)

    def take(self, device: tango.DeviceProxy) -> None:
        """Add what they did since."""
        self.calls += [call.split() for call in device.take_calls()]
        self.names = [name for name, _, _ in self.calls]
        self.kinds = {kind for _, kind, _ in self.calls}
        self.threads = {thread for _, _, thread in self.calls}

    @property
    def life(self) -> list[str]:
        """What concerns the coming and going of the device, in order."""
        return [name for name in self.names if name in LIFE]

    def kinds_of(self, name: str) -> set[str]:
        """In what a hook ran."""
        return {kind for other, kind, _ in self.calls if other == name}


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: f"{kind[0]}-{kind[1].name}")
def kind(request):
    """A device class and the green mode of its server."""
    return request.param


@pytest.fixture(scope="module")
def running(kind):
    """A server with one device."""
    with start_python_server("green.py", DEVICE, environ={"CLASS": kind[0], "MODE": kind[1].name}) as server:
        yield server


@pytest.fixture
def device(running: Server):
    """A proxy of the device, which has done nothing yet."""
    device = tango.DeviceProxy(running.address())
    device.Init()
    device.take_calls()
    return device


def test_hooks_run_where_the_mode_says(kind, device):
    green_mode = kind[1]
    device.value_ = 2
    assert device.value_ == 2
    assert device.classic == 7
    assert device.double(21) == 42
    assert device.state() == DevState.ON
    assert device.status() == "fine"
    device.poll_attribute("polled", 20)
    hooks = Hooks(device)
    wait_until(lambda: hooks.take(device) or hooks.names.count("polled") > 2)
    device.stop_poll_attribute("polled")
    assert set(hooks.names) == {
        "always_executed_hook", "read_attr_hardware", "dev_state", "dev_status", "read", "write", "is_allowed", "polled",
        "read_classic", "command", "is_command_allowed",
    }  # fmt: skip
    assert hooks.kinds == {WHERE[green_mode]}
    if green_mode != GreenMode.Synchronous:
        assert len(hooks.threads) == 1  # that of the loop or hub


def test_what_wants_no_green_mode_runs_in_a_thread_of_the_library(device):
    device.direct()
    assert device.direct_ == 1
    assert Hooks(device).kinds_of("direct") == {"thread"}


def test_the_serial_model(kind, device):
    assert device.serial_model() == (SerialModel.BY_DEVICE if kind[1] == GreenMode.Synchronous else SerialModel.NO_SYNC).name


def test_values_times_and_qualities(device):
    reply = device.read_attribute("timed")
    assert (reply.value, reply.time.totime(), reply.quality) == (2.0, 12.5, AttrQuality.ATTR_WARNING)


def test_errors_reach_the_client(device):
    with pytest.raises(DevFailed, match="ValueError: 5.0 is too much"):
        device.value_ = 5
    with pytest.raises(DevFailed, match="KeyError: 'missing'"):
        device.fail()
    assert device.value_ == 1.5


def test_what_is_not_allowed(device):
    device.value_ = 4
    with pytest.raises(DevFailed) as read:
        device.read_attribute("value_")
    with pytest.raises(DevFailed) as run:
        device.double(1)
    assert read.value.args[0].reason == "API_AttrNotAllowed"
    assert run.value.args[0].reason == "API_CommandNotAllowed"


def test_the_command_init(kind, device):
    device.value_ = 2
    device.Init()
    hooks = Hooks(device)
    assert hooks.life == LIFE[:2]
    assert hooks.kinds == {WHERE[kind[1]]}
    assert device.value_ == 1.5


def test_a_server_restarts(kind, device):
    admin = tango.DeviceProxy(device.adm_name())
    for _ in range(3):
        admin.RestartServer()
        wait_until(lambda: answers(device))
        hooks = Hooks(device)
        assert hooks.life == LIFE
        assert hooks.kinds == {WHERE[kind[1]]}
        assert device.double(4) == 8


def test_a_device_restarts(kind, device):
    tango.DeviceProxy(device.adm_name()).DevRestart(DEVICE)
    hooks = Hooks(device)
    assert hooks.life == LIFE
    assert hooks.kinds == {WHERE[kind[1]]}


def answers(device):
    with contextlib.suppress(DevFailed):
        return device.ping() > 0
    return False


def test_devices_are_deleted_when_the_server_ends(kind):
    with start_python_server("green.py", DEVICE, environ={"CLASS": kind[0], "MODE": kind[1].name}) as server:
        assert server.stop() == 0, server.output()
        assert f"deleted in a {WHERE[kind[1]]}" in server.output()
        assert "Traceback" not in server.output()
