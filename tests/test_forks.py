"""Forks of processes that are busy with Tango: the child begins anew, and the parent does not notice."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import threading
from subprocess import PIPE

import numpy as np
import pytest
from support import DEADLINE, in_child, wait_until

import tango
import tango.asyncio
from tango import EventType, GreenMode
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")


class Forking(Device):
    """Has all that the tests ask a server for."""

    address = ""

    def init_device(self):
        super().init_device()
        self.set_change_event("pushed", True, False)
        self.frames = np.ones((400, 500))

    @attribute(dtype=int)
    def process(self):
        return os.getpid()

    @attribute(dtype=((float,),), max_dim_x=500, max_dim_y=400)
    def image(self):
        return self.frames

    @attribute(dtype=float)
    def pushed(self):
        return 0.0

    @command
    def push(self, value: float) -> None:
        self.push_change_event("pushed", value)

    @command
    def fork(self) -> None:
        in_child(use_tango, self.address)


def address_of(proxy):
    """Return the name by which another process finds the device."""
    return f"tango://127.0.0.1:{proxy.get_dev_port()}/{proxy.dev_name()}#dbase=no"


def use_tango(address, *proxies):
    """Be a client, with a new proxy and with those of the parent, then a server, and still a client."""
    for proxy in [tango.DeviceProxy(address), *proxies]:
        assert proxy.count() > 0
    with DeviceTestContext(Forking) as own:
        assert own.process == os.getpid()
        assert own.image.shape == (400, 500)
    for proxy in [tango.DeviceProxy(address), *proxies]:
        assert proxy.count() > 0


@contextlib.contextmanager
def repeating(*actions):
    """Do each of them without pause in a thread of its own."""
    ended = threading.Event()
    errors = []

    def repeat(action):
        try:
            while not ended.is_set():
                action()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=repeat, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not errors


# --- a client forks ---------------------------------------------------------------------------------------------------


def awaiting(address):
    """Read as coroutines do, ten at a time."""

    async def read():
        device = await tango.asyncio.DeviceProxy(address)
        await asyncio.gather(*(device.read_attribute("levels") for _ in range(10)))

    asyncio.run(read())


CALLS = {
    "reads": lambda proxy: proxy.read_attribute("levels"),
    "commands": lambda proxy: proxy.count(),
    "asynchronous": lambda proxy: proxy.read_attribute_reply(proxy.read_attribute_asynch("level"), 0),
    "futures": lambda proxy: proxy.read_attribute("level", green_mode=GreenMode.Futures, wait=False).result(),
    "awaiting": lambda proxy: awaiting(address_of(proxy)),
    "connecting": lambda proxy: tango.DeviceProxy(address_of(proxy)).ping(),
    "subscribing": lambda proxy: proxy.unsubscribe_event(proxy.subscribe_event("level", EventType.ATTR_CONF_EVENT, str)),
}


@pytest.mark.parametrize("kind", CALLS)
def test_while_threads_call(patient, kind):
    with repeating(*[lambda: CALLS[kind](patient)] * 3):
        for _ in range(5):
            in_child(use_tango, address_of(patient), patient)


def test_contexts_in_processes_start_while_threads_call(patient):
    with repeating(*[lambda: patient.read_attribute("level")] * 3):
        for _ in range(5):
            with DeviceTestContext(Forking, process=True) as device:
                assert device.process != os.getpid()


def test_a_call_under_way_goes_on(patient, patient_server):
    other = patient_server.address("test/patient/2")
    answers = []
    caller = threading.Thread(target=lambda: answers.append(patient.sleep(1.5)))
    caller.start()
    in_child(use_tango, other, tango.DeviceProxy(other))
    assert not answers
    caller.join()
    assert answers == [1.5]


def test_events_of_parent_and_child(server):
    """Each has its own; the child does not get those that its parent subscribed to."""

    def subscribed(proxy, values):
        return proxy.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: values.append(event.attr_value.value))

    def subscribe(proxy, value):
        values = []
        number = subscribed(proxy, values)
        wait_until(lambda: proxy.push(value) or value in values)  # the server learns of a subscription a moment later
        proxy.unsubscribe_event(number)

    def child(address, proxy):
        subscribe(proxy, 1.0)
        subscribe(tango.DeviceProxy(address), 2.0)
        assert parents == [0.0]

    parents = []
    with DeviceTestContext(Forking, process=True) as device:
        number = subscribed(device, parents)
        in_child(child, address_of(device), device)
        wait_until(lambda: {1.0, 2.0}.issubset(parents))
        subscribe(device, 3.0)
        device.unsubscribe_event(number)


# --- a server forks ---------------------------------------------------------------------------------------------------

CALLING = """
import sys, threading, tango
device = tango.DeviceProxy(sys.argv[1])
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
while not ended.is_set():
    assert device.process > 0 and device.image.all()
    print("called", flush=True)
"""


# Keeps the lock of the ORB's server busy, so it writes one line only: nobody reads more, and a full pipe would stop it. Its farewells
# leave no address in use.
KNOCKING = """
import socket, struct, sys, threading
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set())).start()
print("knocking", flush=True)
while not ended.is_set():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as knock:
        knock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
"""


def test_while_a_server_has_requests(patient):
    with DeviceTestContext(Forking) as device, contextlib.ExitStack() as stack:
        programs = [(CALLING, address_of(device))] * 3 + [(KNOCKING, device.get_dev_port())]
        clients = [
            stack.enter_context(subprocess.Popen([sys.executable, "-c", *program], stdin=PIPE, stdout=PIPE)) for program in programs
        ]
        for client in clients:
            assert client.stdout.readline()
        for _ in range(5):
            in_child(use_tango, address_of(patient))
        for client in clients:
            client.communicate(timeout=DEADLINE)
            assert client.returncode == 0


def test_a_command_forks(patient):
    with DeviceTestContext(Forking) as device:
        Forking.address = address_of(patient)
        device.set_timeout_millis(20000)
        for _ in range(3):
            device.fork()


def test_devices_of_the_parent_answer_in_the_parent():
    with DeviceTestContext(Forking) as device:
        parent = os.getpid()

        def child(address):
            assert os.getpid() != parent
            assert device.process == tango.DeviceProxy(address).process == parent

        in_child(child, address_of(device))


def test_a_child_does_not_listen_for_its_parent():
    """When the server of the parent has ended, its clients are told so, though a child of it lives on."""

    def child():
        os.write(ready, b".")
        os.read(end, 1)

    has_started, ready = os.pipe()
    end, may_end = os.pipe()
    forker = threading.Thread(target=in_child, args=(child,))
    with DeviceTestContext(Forking) as device:
        host, port = "127.0.0.1", device.get_dev_port()
        forker.start()
        os.read(has_started, 1)
    try:
        with socket.socket() as probe:
            assert probe.connect_ex((host, int(port))) != 0
    finally:
        os.write(may_end, b".")
        forker.join()
        for pipe in (has_started, ready, end, may_end):
            os.close(pipe)
