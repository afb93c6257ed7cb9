"""The examples and claims about servers in the documents on green modes, as printed there."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gevent
import pytest
from support import start_python_server, wait_until

import tango
from tango import DevState
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext, MultiDeviceTestContext

DOCUMENTS = Path(__file__).parent / "documents"


class Syn(Device):
    @command
    def slow(self):
        time.sleep(0.5)

    @attribute
    def sm(self) -> str:
        return str(tango.Util.instance().get_serial_model())


class Gev(Syn):
    green_mode = tango.GreenMode.Gevent

    @command
    def slow(self):
        gevent.sleep(0.5)

    @attribute
    def who(self) -> str:
        return type(gevent.getcurrent()).__name__


class Asy(Device):
    green_mode = tango.GreenMode.Asyncio

    @attribute
    async def sm(self) -> str:
        return str(tango.Util.instance().get_serial_model())

    @attribute
    async def who(self) -> bool:
        return asyncio.current_task() is not None

    @command
    async def slow(self):
        await asyncio.sleep(0.5)


def par(function, number):
    threads = [threading.Thread(target=function) for _ in range(number)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - start


def test_all_requests_are_serialized_using_a_monitor_lock():
    with DeviceTestContext(Syn, process=True) as p:
        assert p.sm == "BY_DEVICE"
        assert par(p.slow, 2) > 0.95


@pytest.mark.parametrize(("device", "who"), [(Gev, "Greenlet"), (Asy, True)])
def test_the_monitor_lock_is_disabled_and_requests_run_concurrently(device, who):
    with DeviceTestContext(device, process=True) as p:
        assert p.sm == "NO_SYNC"
        assert p.who == who
        assert par(p.slow, 4) < 1.2  # one after the other: 2 s


def test_all_devices_of_a_server_must_use_the_same_green_mode():
    infos = [
        {"class": Syn, "devices": [{"name": "a/b/1"}]},
        {"class": Asy, "devices": [{"name": "a/b/2"}]},
    ]
    with pytest.raises(ValueError, match="mixed green modes .* Syn: Synchronous, Asy: Asyncio"):  # noqa: SIM117
        with MultiDeviceTestContext(infos, process=True):
            pass


def test_the_asyncio_device_example():
    """Its 2 and 15 seconds are a tenth of that here."""
    environ = {"SCRIPT": str(DOCUMENTS / "asyncio_device_example.py")}
    with start_python_server("hurried.py", "a/b/c", environ=environ) as server, ThreadPoolExecutor(1) as pool:
        p = tango.DeviceProxy(server.address())
        assert p.state() == DevState.ON
        other = tango.DeviceProxy(server.address())
        running = pool.submit(other.long_running_command)
        wait_until(lambda: p.state() == DevState.OPEN)
        running.result(20)
        assert p.state() == DevState.CLOSE
        start = time.monotonic()
        assert p.test_attribute == 42
        assert time.monotonic() - start >= 0.19
        p.background_task_command()
        wait_until(lambda: p.state() == DevState.INSERT)
        wait_until(lambda: p.state() == DevState.EXTRACT)
        assert server.stop() == 0
