"""Ctrl-C ends the waiting of the main thread for a slow device."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from support import DEADLINE, start_python_server

import tango

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests send signals")

PROGRAM = """
import os, signal, sys, threading, time
{before}
import tango

signal.signal(signal.SIGINT, signal.default_int_handler)
device = tango.DeviceProxy(sys.argv[1])
{timeout}
device.set_pause(1.5)
threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
begin = time.monotonic()
try:
    device.{call}
except KeyboardInterrupt:
    assert time.monotonic() - begin < 1.4, time.monotonic() - begin
    device.set_timeout_millis(5000)
    device.set_pause(0.0)
    assert device.level == 0.0
    sys.exit(7)
"""


@pytest.fixture(scope="module")
def patient():
    with start_python_server("patient.py", "test/patient/interrupt") as server:
        yield server


def run(server, call: str, before: str = "", timeout: str = "device.set_timeout_millis(20_000)") -> int:
    program = PROGRAM.format(call=call, before=before, timeout=timeout)
    return subprocess.run([sys.executable, "-c", program, server.address()], timeout=DEADLINE, check=False).returncode


@pytest.mark.parametrize("call", ["command_inout('sleep', 1.5)", "sleep(1.5)", "read_attribute('level')", "level",
                                  "read_attributes(['level'])", "write_attribute('level', 0.0)", "write_attributes([('level', 0.0)])"])
def test_with_a_long_timeout(patient, call):
    """Whatever the call; the proxy can be used afterwards."""
    assert run(patient, call) == 7


def test_in_an_interactive_session(patient):
    """Also with cppTango's own timeout."""
    assert run(patient, "sleep(1.5)", before="sys.ps1 = '>>> '", timeout="") == 7


def test_results_and_errors_are_the_same(patient):
    """A call that may be interrupted differs in nothing else."""
    device = tango.DeviceProxy(patient.address())
    device.set_timeout_millis(20_000)
    device.level = 0.0
    assert device.level == device.read_attribute("level").value == 0.0
    assert device.read_attributes(["level", "pause"])[0].value == 0.0
    with pytest.raises(tango.DevFailed) as error:
        device.read_attribute("nonsense")
    assert error.value.args[0].reason == "API_AttrNotFound"
    with pytest.raises(TypeError):
        device.write_attribute("level", "text")
    device.set_timeout_millis(30)
    with pytest.raises(tango.CommunicationFailed):
        device.sleep(0.2)


def test_signals_with_handlers_of_their_own(patient):
    """A handler that raises nothing does not end the call."""
    seen = []
    former = signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
    try:
        device = tango.DeviceProxy(patient.address())
        device.set_timeout_millis(20_000)
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        device.sleep(0.3)
    finally:
        signal.signal(signal.SIGUSR1, former)
    assert seen == [signal.SIGUSR1]
