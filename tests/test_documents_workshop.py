"""The examples of the workshop, as printed there: a first server, its command line, and its events."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import free_port, wait_until

import tango
from tango import DevState, EventType
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext, parse_command_line_args
from tango.utils import EventCallback

DOCUMENTS = Path(__file__).parent / "documents"


class Changing(Device):
    count = 0.0

    def init_device(self):
        super().init_device()
        self.set_state(DevState.ON)

    @attribute(dtype=float, polling_period=50, rel_change=1e-3)
    def random(self):
        self.count += 1.0
        return self.count

    @attribute(dtype=float, polling_period=50, rel_change=1e-3)
    def constant(self):
        return 5.0


# --- python -m tango.test_context -------------------------------------------------------------------------------------


class Command:
    """``python -m tango.test_context``, which runs the first server until it is interrupted."""

    def __init__(self) -> None:
        self.host = socket.gethostname()
        self.port = free_port()
        arguments = ["ps0.PowerSupply", "--host", self.host, "--port", str(self.port), "--debug=3"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tango.test_context", *arguments],
            cwd=DOCUMENTS,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.lines = [self.process.stdout.readline().rstrip("\n") for _ in range(4)]

    def address(self, line: int) -> str:
        return self.lines[line].partition(" access: ")[2]


@pytest.fixture
def program() -> Iterator[Command]:
    program = Command()
    yield program
    if program.process.poll() is None:
        program.process.kill()
    program.process.communicate()


def test_the_command_tells_where_the_device_is(program):
    assert program.lines == [
        "Ready to accept request",
        f"PowerSupply started on port {program.port} with properties {{}}",
        f"Device access: tango://{program.host}:{program.port}/test/nodb/powersupply#dbase=no",
        f"Server access: tango://{program.host}:{program.port}/dserver/PowerSupply/powersupply#dbase=no",
    ]
    supply = tango.DeviceProxy(program.address(2))
    start = time.monotonic()
    assert supply.calibrate() is None
    assert time.monotonic() - start >= 0.1
    assert supply.voltage == 1.23
    config = supply.get_attribute_config("voltage")
    assert (config.data_type, config.data_format) == (tango.CmdArgType.DevDouble, tango.AttrDataFormat.SCALAR)
    assert config.writable is tango.AttrWriteType.READ
    assert tango.DeviceProxy(program.address(3)).state() is DevState.ON


def test_an_interrupt_ends_the_command(program):
    program.process.send_signal(signal.SIGINT)
    out, err = program.process.communicate(timeout=60)
    assert (out, err, program.process.returncode) == ("Done\n", "", 0)


def test_interrupts_in_a_row_end_the_command(program):
    while program.process.poll() is None:
        program.process.send_signal(signal.SIGINT)
    out, err = program.process.communicate(timeout=60)
    assert "Done\n".startswith(out) and err == ""  # the second one may come while it says so
    assert program.process.returncode in (0, -signal.SIGINT)


def test_what_the_command_assumes(monkeypatch):
    monkeypatch.syspath_prepend(DOCUMENTS)
    device_class, host, port, debug, properties, keep_names = parse_command_line_args(["ps0.PowerSupply"])
    assert (device_class.__name__, port, debug, properties, keep_names) == ("PowerSupply", 8888, 3, {}, False)
    assert socket.inet_aton(host)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], "required: DEVICE"),
        (["nowhere.PowerSupply"], "nowhere"),
        (["ps0.Nothing"], "no class 'Nothing'"),
        (["ps0"], "'ps0' is no path of a class, such as ps0.PowerSupply"),
        (["ps0.sleep"], "a device class, or its import path, is needed: <built-in function sleep>"),
        (["ps0.PowerSupply", "--port", "x"], "--port"),
        (["ps0.PowerSupply", "--prop", "x"], "--prop"),
    ],
)
def test_wrong_arguments_of_the_command(monkeypatch, capsys, arguments, text):
    monkeypatch.syspath_prepend(DOCUMENTS)
    with pytest.raises(SystemExit) as end:
        parse_command_line_args(arguments)
    assert end.value.code == 2
    assert text in capsys.readouterr().err.strip().splitlines()[-1]


# --- a device in a test, and its events -------------------------------------------------------------------------------

PRINTED = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} TEST/NODB/CHANGING (RANDOM|CONSTANT) CHANGE (SUBSUCCESS|UPDATE) "
    r"\[ATTR_VALID\] \d+\.\d+"
)


@pytest.fixture(scope="module")
def changing() -> Iterator[tango.DeviceProxy]:
    with DeviceTestContext(Changing) as proxy:
        yield proxy


def test_a_device_in_a_test(changing):
    assert changing.state() == DevState.ON


def test_polling_and_events_are_declared_in_code(changing):
    assert changing.get_attribute_poll_period("random") == 50
    assert changing.get_attribute_config("random").events.ch_event.rel_change == "0.001"


def test_events_are_printed(changing):
    printed = io.StringIO()
    callback = EventCallback(fd=printed)
    number = changing.subscribe_event("random", EventType.CHANGE_EVENT, callback)
    assert len(callback.get_events()) >= 1  # the first one comes at once
    wait_until(lambda: len(callback.get_events()) >= 5)
    changing.unsubscribe_event(number)
    count = len(callback.get_events())
    lines = printed.getvalue().splitlines()
    assert len(lines) == count
    for line in lines:
        assert PRINTED.fullmatch(line), line
    assert len(callback.get_events()) == count


def test_a_value_that_does_not_change_sends_nothing(changing):
    constant, random = EventCallback(fd=io.StringIO()), EventCallback(fd=io.StringIO())
    numbers = [
        changing.subscribe_event("constant", EventType.CHANGE_EVENT, constant),
        changing.subscribe_event("random", EventType.CHANGE_EVENT, random),
    ]
    wait_until(lambda: len(random.get_events()) >= 8)
    for number in numbers:
        changing.unsubscribe_event(number)
    assert len(constant.get_events()) <= 2
