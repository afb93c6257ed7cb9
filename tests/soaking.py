"""The parts of ci/soak: the same things as in the tests, many more times, with an eye on memory."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from restarts import DEVICES, WAYS, census, onlookers, restart
from support import Server, free_port, start_python_server, wait_until

import tango
from tango import DevFailed, EventType, GreenMode
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

SERVERS = Path(__file__).parent / "servers"
MODES = [GreenMode.Synchronous, GreenMode.Asyncio, GreenMode.Gevent]


def resident() -> int:
    """Return the kilobytes of memory that this process has."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def files() -> int:
    """Return how many files and sockets this process has open."""
    return len(os.listdir("/proc/self/fd"))


def threads() -> int:
    """Return how many threads this process has, those of the library among them."""
    return len(os.listdir("/proc/self/task"))


def check(what: str, before: int, after: int, allowed: int) -> None:
    """Print how something has grown and end the program if that is too much."""
    print(f"   {what}: {before} -> {after}", flush=True)
    if after > before + allowed:
        raise SystemExit(f"soak: {what} has grown from {before} to {after}; no more than {allowed} were expected")


def start(mode: GreenMode):
    """Start the server that is restarted."""
    return start_python_server("restarted.py", *DEVICES, environ={"MODE": mode.name})


# --- the life of servers ----------------------------------------------------------------------------------------------


def restarts(scale: float) -> None:
    """Restart the server and its devices in each green mode, with clients that read and are subscribed."""
    for mode in MODES:
        with start(mode) as server:
            for how in WAYS:
                times = max(5, int((30 if how == "RestartServer" else 300) * scale))
                with onlookers(server) as watching:
                    restart(server, how, times // 2)
                    before = census(server)
                    restart(server, how, times)
                    after = census(server)
                print(f"   {mode.name} {how} x {times}: {watching.done} reads, {watching.refused} refused, {watching.events} events")
                for what, one, two, allowed in zip(
                    ("kilobytes", "threads", "files", "devices", "objects"), before, after, (3000, 5, 10, 0, 5), strict=True
                ):
                    check(f"{mode.name} {how} {what}", one, two, allowed)


def ends(scale: float) -> None:
    """End servers with signals and commands while clients read and are subscribed."""
    for mode in MODES:
        for how in ("SIGTERM", "SIGINT", "Kill"):
            for _ in range(max(1, int(30 * scale))):
                end_one(mode, how)
            print(f"   {mode.name} {how}: in order", flush=True)


def end_one(mode: GreenMode, how: str) -> None:
    """Start a server, have a client read and be subscribed, end it, and look how it ended."""
    port = free_port()
    environ = {**os.environ, "MODE": mode.name}
    reader, writer = os.pipe()
    environ["TANGO_TEST_READY"] = str(writer)
    words = ["test", "-nodb", "-dlist", ",".join(DEVICES), "-ORBendPoint", f"giop:tcp:127.0.0.1:{port}"]
    with subprocess.Popen(
        [sys.executable, str(SERVERS / "restarted.py"), *words], env=environ, pass_fds=[writer], stdout=subprocess.DEVNULL
    ) as process:
        os.close(writer)
        with open(reader, "rb") as pipe:
            if pipe.read() != b"ready":
                raise SystemExit("soak: the server did not start")
        device = tango.DeviceProxy(f"tango://127.0.0.1:{port}/{DEVICES[0]}#dbase=no")
        number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: None)
        device.image  # noqa: B018
        if how == "Kill":
            tango.DeviceProxy(device.adm_name()).Kill()
        else:
            process.send_signal(getattr(signal, how))
        try:
            status = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise SystemExit(f"soak: the server does not end ({mode.name}, {how})") from None
        device.unsubscribe_event(number)
        if status != 0:
            raise SystemExit(f"soak: the server ended with {status} ({mode.name}, {how})")


LIVING: weakref.WeakSet[Device] = weakref.WeakSet()


class Guest(Device):
    """A device in a test context."""

    def init_device(self) -> None:
        super().init_device()
        LIVING.add(self)
        self.set_change_event("level", True, False)

    @attribute(dtype=float, polling_period=50)
    def level(self) -> float:
        return 1.0

    @command
    def push(self) -> None:
        """Push an event."""
        self.push_change_event("level", 2.0)


def contexts(scale: float) -> None:
    """Start and end test contexts in this process, each with a client and a subscription."""

    def one() -> None:
        got: list[tango.EventData] = []
        with DeviceTestContext(Guest) as device:
            number = device.subscribe_event("level", EventType.CHANGE_EVENT, got.append)
            # what is pushed before the server knows of the subscription is lost
            wait_until(lambda: device.push() or len(got) > 2)
            device.unsubscribe_event(number)

    times = max(5, int(200 * scale))
    for _ in range(max(5, times // 4)):
        one()
    before = resident(), threads(), files()
    for _ in range(times):
        one()
    for what, first, last, allowed in zip(
        ("kilobytes", "threads", "files"), before, (resident(), threads(), files()), (40 * times, 5, 10), strict=True
    ):
        check(f"{times} contexts: {what}", first, last, allowed)
    check("devices", 0, len(LIVING), 0)


# --- clients ----------------------------------------------------------------------------------------------------------


def stress(scale: float) -> None:
    """Have 8 threads call and subscribe, on one and on many proxies, while servers restart; then forks and 10,000 proxies."""
    with start(GreenMode.Synchronous) as first, start(GreenMode.Synchronous) as second:
        mixed([first, second], seconds=60 * scale)
        forks(first, int(50 * scale) or 1)
        many_proxies(first, int(10000 * scale) or 100)


def mixed(servers: list[Server], seconds: float) -> None:
    """Mix calls of all kinds while the servers are restarted."""
    shared = [tango.DeviceProxy(server.address(name)) for server in servers for name in DEVICES]
    end = time.monotonic() + seconds
    wrong: list[str] = []
    counts = {"calls": 0, "refused": 0, "subscriptions": 0, "events": 0}

    def count(event: tango.EventData) -> None:
        counts["events"] += not event.err

    def subscribe(device: tango.DeviceProxy) -> None:
        number = device.subscribe_event(random.choice(["pushed", "polled"]), EventType.CHANGE_EVENT, count)
        counts["subscriptions"] += 1
        time.sleep(random.random() * 0.02)
        device.unsubscribe_event(number)

    def asynchronous(device: tango.DeviceProxy) -> None:
        number = device.read_attribute_asynch("scalar")
        device.read_attribute_reply(number, 3000)

    def called_back(device: tango.DeviceProxy) -> None:
        arrived = threading.Event()
        device.command_inout_asynch("echo", 1.0, lambda event: arrived.set())
        if not arrived.wait(10):
            wrong.append("no answer to an asynchronous command")

    calls: list[Callable[[tango.DeviceProxy], object]] = [
        lambda device: device.scalar,
        lambda device: device.image,
        lambda device: device.read_attributes(["scalar", "image"]),
        lambda device: device.write_attribute("scalar", 1.0),
        lambda device: device.echo(1.0),
        lambda device: device.state(),
        lambda device: device.get_attribute_config("scalar"),
        asynchronous,
        called_back,
        subscribe,
    ]

    def work(own: bool) -> None:
        while time.monotonic() < end and not wrong:
            device = random.choice(shared)
            try:
                if own:
                    device = tango.DeviceProxy(device.name())
                random.choice(calls)(device)
                counts["calls"] += 1
            except (DevFailed, AttributeError):
                counts["refused"] += 1
                time.sleep(0.01)
            except Exception as error:
                wrong.append(repr(error))

    tango.ApiUtil.instance().set_asynch_cb_sub_model(tango.cb_sub_model.PUSH_CALLBACK)
    workers = [threading.Thread(target=work, args=(number % 2 == 0,)) for number in range(8)]
    for worker in workers:
        worker.start()
    turn = 0
    while time.monotonic() < end:
        time.sleep(0.5)
        turn += 1
        if turn % 6 == 0:
            servers[turn // 6 % len(servers)].restart()
        else:
            how = random.choice(list(WAYS))
            try:
                device = random.choice(shared)
                WAYS[how](tango.DeviceProxy(device.adm_name()), device)
            except DevFailed:
                counts["refused"] += 1
    for worker in workers:
        worker.join(60)
        if worker.is_alive():
            raise SystemExit("soak: a thread hangs")
    if wrong:
        raise SystemExit(f"soak: {wrong[:5]}")
    print(f"   8 threads: {counts}", flush=True)


def forks(server: Server, times: int) -> None:
    """Fork while connected and subscribed; parent and child both go on."""
    device = tango.DeviceProxy(server.address())
    number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: None)
    for _ in range(times):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                fresh = tango.DeviceProxy(server.address())
                code = 0 if fresh.echo(1.0) == 1.0 else 2
            finally:
                os._exit(code)
        if (status := os.waitpid(child, 0)[1]) != 0:
            raise SystemExit(f"soak: a forked child ended with status {status}")
        if device.echo(2.0) != 2.0:
            raise SystemExit("soak: wrong answer after a fork")
    device.unsubscribe_event(number)
    print(f"   {times} forks", flush=True)


def many_proxies(server: Server, times: int) -> None:
    """Make proxies and drop them."""

    def make(count: int) -> None:
        for _ in range(count):
            tango.DeviceProxy(server.address()).ping()

    make(times // 4)
    before = resident()
    make(times)
    check(f"{times} proxies: kilobytes", before, resident(), 2000)


@contextmanager
def subscribed(device: tango.DeviceProxy) -> Iterator[list[int]]:
    """Count the events of a subscription."""
    counted = [0]

    def count(event: tango.EventData) -> None:
        counted[0] += 1

    number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, count)
    try:
        yield counted
    finally:
        device.unsubscribe_event(number)


def calls(scale: float) -> None:
    """Call each kind 100,000 times (what takes longer, less often) and see that memory stays the same."""
    with start(GreenMode.Synchronous) as server:
        device = tango.DeviceProxy(server.address())
        numbers = np.ones(8)

        def asynchronous() -> None:
            device.read_attribute_reply(device.read_attribute_asynch("scalar"), 3000)

        def subscribe() -> None:
            device.unsubscribe_event(device.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: None))

        def refused() -> None:
            try:
                device.read_attribute("nonsense")
            except DevFailed:
                return
            raise SystemExit("soak: there is no such attribute")

        kinds: dict[str, tuple[Callable[[], object], int]] = {
            "read_attribute": (lambda: device.read_attribute("scalar"), 100_000),
            "write_attribute": (lambda: device.write_attribute("scalar", 1.0), 100_000),
            "command_inout": (lambda: device.command_inout("echo", 1.0), 100_000),
            "dev.attr": (lambda: device.scalar, 100_000),
            "dev.command()": (lambda: device.echo(1.0), 100_000),
            "spectrum": (lambda: device.read_attribute("spectrum"), 100_000),
            "write of a spectrum": (lambda: device.write_attribute("spectrum", numbers), 100_000),
            "image": (lambda: device.read_attribute("image"), 10_000),
            "read_attributes": (lambda: device.read_attributes(["scalar", "spectrum"]), 100_000),
            "state": (device.state, 100_000),
            "an error": (refused, 50_000),
            "asynchronous": (asynchronous, 50_000),
        }
        for name, (call, times) in kinds.items():
            several(server, name, call, max(100, int(times * scale)))
        # A server of cppTango 9.3, in C++ too, keeps some 50 kilobytes of each; a client keeps what late events may ask for.
        times = max(100, int(1000 * scale))
        several(server, "subscription", subscribe, times, client_grows=1500 + 4 * times, server_grows=1500 + 70 * times)
        with subscribed(device) as counted:

            def receive() -> None:
                wanted = counted[0] + 90  # some may be lost on the way
                device.push_many(100)
                wait_until(lambda: counted[0] >= wanted, interval=0.001)

            several(server, "100 events", receive, max(10, int(1000 * scale)))
            print(f"   {counted[0]} events", flush=True)


def several(
    server: Server, name: str, call: Callable[[], object], times: int, client_grows: int = 1500, server_grows: int = 1500
) -> None:
    """Call that often; a fifth of it before is for what is kept for good."""
    for _ in range(times // 5):
        call()
    before, served_before = resident(), census(server)
    started = time.monotonic()
    for _ in range(times):
        call()
    each = (time.monotonic() - started) / times * 1e6
    check(f"{times} x {name} ({each:.0f} us): kilobytes of the client", before, resident(), client_grows)
    check("... of the server", served_before[0], census(server)[0], server_grows)
