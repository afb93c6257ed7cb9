"""Subscribers that are slow, hang or die do not hold up the device that pushes images."""

from __future__ import annotations

import contextlib
import pathlib
import signal
import subprocess
import sys
import threading

import pytest
from support import start_python_server, wait_until

import tango
from tango import EventType

CLIENT = pathlib.Path(__file__).parents[1] / "servers" / "frame_client.py"
DEVICES = ("test/frames/1", "test/frames/2")


@pytest.fixture(scope="module")
def server():
    with start_python_server("frames.py", *DEVICES, environ={"TANGO_DS_EVENT_BACKLOG": "16"}) as server:
        yield server


@pytest.fixture
def camera(server):
    return tango.DeviceProxy(server.address())


@contextlib.contextmanager
def subscriber(server):
    """Run a client in a process of its own."""
    words = [sys.executable, str(CLIENT), server.address()]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as client:
        try:
            assert client.stdout.readline() == "images\n"
            yield client
        finally:
            client.kill()


def goes_on(camera, images=20):
    """The device answers, and pushes."""
    before = camera.count()
    wait_until(lambda: camera.count() > before + images, deadline=10)
    return True


can_hang = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process cannot be stopped for a while on this system")


@can_hang
def test_clients_that_die_do_not_hold_up_the_device(server, camera):
    for _ in range(3):
        with subscriber(server) as client:
            client.send_signal(signal.SIGSTOP)
            assert goes_on(camera, 50)  # much waits for it
        assert goes_on(camera)


@can_hang
def test_client_that_hangs_does_not_hold_up_the_device_and_is_told_what_it_has_missed(server, camera):
    with subscriber(server) as client:
        client.send_signal(signal.SIGSTOP)
        for _ in range(20):  # what there is room for in the network and in the server is full at some time
            assert goes_on(camera)
        client.send_signal(signal.SIGCONT)
        assert client.stdout.readline() == "missed\n"


def test_images_of_devices_that_push_at_the_same_time_are_not_mixed(server):
    torn, seen, enough = [], set(), threading.Event()

    def note(event):
        if event.err:
            return  # the device may push more than this process takes
        numbers = set(event.attr_value.value.flat)
        if len(numbers) != 1:
            torn.append(numbers)
        seen.update(numbers)
        if len(seen) > 300:
            enough.set()

    proxies = [tango.DeviceProxy(server.address(name)) for name in DEVICES]
    ids = [proxy.subscribe_event("image", EventType.CHANGE_EVENT, note) for proxy in proxies]
    assert enough.wait(60)
    for proxy, number in zip(proxies, ids, strict=True):
        proxy.unsubscribe_event(number)
    assert not torn
