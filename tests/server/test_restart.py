"""Restarting any number of times, with clients that read and are subscribed meanwhile. `ci/soak` does it for longer."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from restarts import DEVICES, WAYS, census, connected, onlookers, restart
from support import start_python_server

import tango
from tango import DevFailed, GreenMode

MODES = [GreenMode.Synchronous, GreenMode.Asyncio, GreenMode.Gevent]


@pytest.fixture(scope="module", params=MODES, ids=lambda mode: mode.name)
def running(request):
    """A server in each green mode that there is."""
    if request.param == GreenMode.Gevent:
        pytest.importorskip("gevent", reason="gevent is optional")
    with start_python_server("restarted.py", *DEVICES, environ={"MODE": request.param.name}) as server:
        yield server


# After RestartServer a client waits a second before it connects again.
TIMES = {"RestartServer": 2, "DevRestart": 20, "Init": 20}


@pytest.mark.parametrize("how", WAYS)
def test_neither_crash_nor_leak(running, how):
    with onlookers(running) as watching:
        restart(running, how, 1)
        before = census(running)
        restart(running, how, TIMES[how])
        after = census(running)
    assert after[3] == len(DEVICES)
    assert after[4] <= before[4] + 5  # what is being read just now
    assert after[1] <= before[1] + 5  # threads for clients that have connected again
    assert watching.done


def test_what_is_read_may_be_pushed_meanwhile(running):
    # nothing but the lock of the attribute keeps the two apart in green modes
    end = time.monotonic() + 1.5
    failures = []
    device = connected(running)

    def read():
        own = connected(running)
        while time.monotonic() < end and not failures:
            try:
                own.read_attribute("pushed")
            except DevFailed as error:
                failures.append(error)

    with onlookers(running) as watching, ThreadPoolExecutor(6) as pool:
        for _ in range(6):
            pool.submit(read)
        while time.monotonic() < end and not failures:
            device.push_many(50)
    assert not failures
    assert watching.events


def test_device_restarts_however_many_clients_ask_it(running):
    # some request is always under way, and the successor waits for the end of the last one
    asking, ended = threading.Event(), threading.Event()

    def ask():
        own = connected(running)
        while not ended.is_set():
            try:
                own.read_attribute("slow")
                asking.set()
            except DevFailed:
                ended.wait(0.02)

    admin = tango.DeviceProxy(connected(running).adm_name())
    admin.set_timeout_millis(10000)
    with ThreadPoolExecutor(12) as pool:
        for _ in range(12):
            pool.submit(ask)
        try:
            for _ in range(3):
                asking.clear()
                assert asking.wait(30)
                admin.DevRestart(DEVICES[0])
        finally:
            ended.set()


def test_the_socket_for_events_is_there_before_the_first_subscription(server):
    # else a polling thread with an event for an attribute that is just being subscribed has none to send it through
    running = server("restarted.py", *DEVICES, environ={"MODE": "Synchronous"})
    admin = tango.DeviceProxy(tango.DeviceProxy(running.address()).adm_name())
    endpoints = admin.command_inout("ZmqEventSubscriptionChange", ["info"])[1]
    assert any(text.startswith("Event") and "tcp://" in text for text in endpoints), endpoints
