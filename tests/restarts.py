"""Restart a server or its devices again and again while clients read and are subscribed (tests and ci/soak share this)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from support import Server, wait_until

import tango
from tango import DevFailed, EventType

DEVICES = ("test/restarted/1", "test/restarted/2")
WAYS: dict[str, Callable[[tango.DeviceProxy, tango.DeviceProxy], object]] = {
    "RestartServer": lambda admin, device: admin.RestartServer(),
    "DevRestart": lambda admin, device: admin.DevRestart(DEVICES[0]),
    "Init": lambda admin, device: device.Init(),
}


class Onlookers:
    """Clients that read, write and are subscribed in threads; they may get errors, but nothing wrong."""

    def __init__(self, server: Server) -> None:
        self.ended = threading.Event()
        self.done = self.refused = self.events = 0
        self.wrong: list[str] = []
        self.server = server
        self.threads = [threading.Thread(target=self.read, args=(name,)) for name in DEVICES]

    def read(self, name: str) -> None:
        """Read and write until told to end."""
        device = None
        while not self.ended.is_set():
            try:
                device = device or tango.DeviceProxy(self.server.address(name))
                image = device.image
                if image.shape != (256, 256) or (image != image[0, 0]).any():
                    self.wrong.append(f"an image of shape {image.shape} with {set(image.flat)}")
                device.write_attribute("scalar", 3.0)
                if (answer := device.command_inout("echo", 4.5)) != 4.5:
                    self.wrong.append(f"echo(4.5) is {answer}")
                self.done += 1
            except (DevFailed, AttributeError):  # the latter while the interface is asked for
                self.refused += 1
                self.ended.wait(0.02)
            except Exception as error:
                self.wrong.append(repr(error))

    def push_event(self, event: tango.EventData) -> None:
        """Count an event."""
        if not event.err:
            self.events += 1


@contextlib.contextmanager
def onlookers(server: Server) -> Iterator[Onlookers]:
    """Have clients look on; what they got wrong is an AssertionError at the end."""
    watching = Onlookers(server)
    device = connected(server)
    numbers = [
        device.subscribe_event(name, EventType.CHANGE_EVENT, watching.push_event, sub_mode=tango.EventSubMode.Stateless)
        for name in ("polled", "pushed")
    ]
    for thread in watching.threads:
        thread.start()
    try:
        yield watching
        wait_until(lambda: watching.done)
    finally:
        watching.ended.set()
        for thread in watching.threads:
            thread.join()
        for number in numbers:
            device.unsubscribe_event(number)
    assert not watching.wrong, watching.wrong[:5]


def answer(call: Callable[[], Any]) -> Any:
    """Return what a call returns as soon as the device answers."""
    end = time.monotonic() + 30
    while True:
        try:
            return call()
        except DevFailed:
            if time.monotonic() > end:
                raise
            time.sleep(0.005)


def connected(server: Server) -> tango.DeviceProxy:
    """Return a proxy of the first device, which may just be made again."""
    return answer(lambda: tango.DeviceProxy(server.address(DEVICES[0])))


def made(device: tango.DeviceProxy) -> int:
    """Return how many devices were made so far; 0 if it does not answer now."""
    try:
        return int(device.read_attribute("count").value)
    except DevFailed:
        return 0


def restart(server: Server, how: str, times: int) -> None:
    """Restart that often, each time until the new devices answer."""
    device = connected(server)
    admin = tango.DeviceProxy(answer(device.adm_name))
    more = len(DEVICES) if how == "RestartServer" else 1
    for _ in range(times):
        before = wait_until(lambda: made(device))
        WAYS[how](admin, device)
        wait_until(lambda before=before: made(device) >= before + more, interval=0.002)


def census(server: Server) -> list[int]:
    """Return kilobytes, threads, files, living devices and objects of the core of a server."""
    return [int(number) for number in answer(lambda: connected(server).command_inout("census"))]
