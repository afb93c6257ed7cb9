"""Clients under stress: calls of all kinds in threads while servers restart, forks, proxies made and dropped."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from holding import holding
from restarts import DEVICES, WAYS
from support import Server, in_child, start_python_server

import tango
from soak.measures import check_holding
from tango import DevFailed, EventType
from tango.server import Device
from tango.test_context import DeviceTestContext

THREADS = 8


def stress(scale: float) -> None:
    """Call and subscribe in 8 threads, on shared proxies and on ones of their own, while two servers restart."""
    with start() as first, start() as second:
        Mixture([first, second]).run(seconds=60 * scale)


def forks(scale: float) -> None:
    """Fork while threads call and are subscribed; the child is a client and a server, and the parent goes on."""
    with start() as server:
        device = tango.DeviceProxy(server.address())
        number = device.subscribe_event("pushed", EventType.CHANGE_EVENT, lambda event: None)
        times = max(1, int(500 * scale))
        ended = threading.Event()
        called: Counter[str] = Counter()

        def call(name: str) -> None:
            while not ended.is_set():
                if device.echo(2.0) != 2.0 or not device.image.size:
                    os._exit(3)
                called[name] += 1

        workers = [threading.Thread(target=call, args=(str(worker),)) for worker in range(3)]
        for worker in workers:
            worker.start()
        try:
            for _ in range(times):
                in_child(use_child, server.address(), device)
        finally:
            ended.set()
            for worker in workers:
                worker.join()
        device.unsubscribe_event(number)
        print(f"   {times} forks during {sum(called.values())} rounds of calls", flush=True)


def use_child(address: str, inherited: tango.DeviceProxy) -> None:
    """Be a client, with a proxy of the parent and one of this process, and a server."""
    for proxy in (tango.DeviceProxy(address), inherited):
        assert proxy.echo(1.0) == 1.0
    with DeviceTestContext(Device) as own:
        own.state()


def proxies(scale: float) -> None:
    """Make 10,000 proxies, use and drop them; then hold as many at once."""
    with start() as server:
        times = max(100, int(10_000 * scale))

        def make() -> tango.DeviceProxy:
            device = tango.DeviceProxy(server.address())
            device.ping()
            return device

        def make_many() -> None:
            for _ in range(times):
                make()
            held = [make() for _ in range(times)]
            print(f"   {len(held)} at once: {holding()[0]} kilobytes")

        make_many()  # the allocator keeps some of what was held at once
        before = holding()
        make_many()
        check_holding(f"2 x {times} proxies", before, holding(), (2000, 1, 1))


def start():  # type: ignore[no-untyped-def]
    """Start the server that is restarted."""
    return start_python_server("restarted.py", *DEVICES, environ={"MODE": "Synchronous"})


class Mixture:
    """Threads that call everything there is while the servers are restarted."""

    def __init__(self, servers: list[Server]) -> None:
        self.servers = servers
        self.addresses = [server.address(name) for server in servers for name in DEVICES]
        self.shared = [tango.DeviceProxy(address) for address in self.addresses]
        self.counts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.calls: dict[str, Callable[[tango.DeviceProxy], object]] = {
            "dev.attr": lambda device: device.scalar,
            "image": lambda device: device.image,
            "read_attributes": lambda device: device.read_attributes(["scalar", "image"]),
            "write_attribute": lambda device: device.write_attribute("scalar", 1.0),
            "dev.command()": lambda device: device.echo(1.0),
            "state": lambda device: device.state(),
            "get_attribute_config": lambda device: device.get_attribute_config("scalar"),
            "asynchronous": self.asynchronous,
            "called back": self.called_back,
            "awaited": self.awaited,
            "subscription": self.subscribe,
        }

    def run(self, seconds: float) -> None:
        """Do it for that long; say what was done, and end the program if anything was wrong."""
        tango.ApiUtil.instance().set_asynch_cb_sub_model(tango.cb_sub_model.PUSH_CALLBACK)
        end = time.monotonic() + seconds
        workers = [threading.Thread(target=self.work, args=(end, number % 2 == 0), daemon=True) for number in range(THREADS)]
        for worker in workers:
            worker.start()
        self.restart_servers(end)
        for worker in workers:
            worker.join(60)
            if worker.is_alive():
                raise SystemExit("soak: a thread hangs")
        if self.wrong:
            raise SystemExit(f"soak: {self.wrong[:5]}")
        for name in [*self.calls, "event"]:
            print(f"   {name}: {self.counts[name]} done, {self.refused[name]} refused", flush=True)
            if seconds >= 10 and not self.counts[name]:
                raise SystemExit(f"soak: {name} never worked")

    def restart_servers(self, end: float) -> None:
        """Restart devices twice a second, and a whole server every three seconds."""
        turn = 0
        while time.monotonic() < end:
            time.sleep(0.5)
            turn += 1
            if turn % 6 == 0:
                self.servers[turn // 6 % len(self.servers)].restart()
                continue
            device = random.choice(self.shared)
            try:
                random.choice(list(WAYS.values()))(tango.DeviceProxy(device.adm_name()), device)
            except DevFailed:
                self.refused["restart"] += 1

    def work(self, end: float, own: bool) -> None:
        """Call anything, on a proxy that all share or on a new one."""
        while time.monotonic() < end and not self.wrong:
            chosen = random.randrange(len(self.addresses))
            name = random.choice(list(self.calls))
            try:
                device = tango.DeviceProxy(self.addresses[chosen]) if own else self.shared[chosen]
                self.calls[name](device)
                self.counts[name] += 1
            except (DevFailed, AttributeError):  # the latter while the interface is asked for
                self.refused[name] += 1
                time.sleep(0.01)
            except Exception as error:
                self.wrong.append(f"{name}: {error!r}")

    def count(self, event: tango.EventData) -> None:
        """Count an event."""
        self.counts["event"] += not event.err
        self.refused["event"] += event.err

    def subscribe(self, device: tango.DeviceProxy) -> None:
        """Be subscribed for a moment."""
        number = device.subscribe_event(random.choice(["pushed", "polled"]), EventType.CHANGE_EVENT, self.count)
        time.sleep(random.random() * 0.02)
        device.unsubscribe_event(number)

    @staticmethod
    def asynchronous(device: tango.DeviceProxy) -> None:
        """Ask now, take the answer later."""
        device.read_attribute_reply(device.read_attribute_asynch("scalar"), 3000)

    def called_back(self, device: tango.DeviceProxy) -> None:
        """Have the answer pushed."""
        arrived = threading.Event()
        device.command_inout_asynch("echo", 1.0, lambda event: arrived.set())
        if not arrived.wait(10):
            self.wrong.append("no answer to an asynchronous command")

    @staticmethod
    def awaited(device: tango.DeviceProxy) -> None:
        """Ask in the way of green modes."""
        device.read_attribute("scalar", green_mode=tango.GreenMode.Futures, wait=False).result(10)
