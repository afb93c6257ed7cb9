"""The life of servers: restarts, ends, test contexts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import weakref
from pathlib import Path

from holding import holding
from restarts import DEVICES, WAYS, census, onlookers, restart
from support import free_port, start_python_server, wait_until

import tango
from soak.measures import check, check_holding
from tango import EventType, GreenMode
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

SERVERS = Path(__file__).parent.parent / "servers"
MODES = [GreenMode.Synchronous, GreenMode.Asyncio, GreenMode.Gevent]


def start(mode: GreenMode):
    """Start the server that is restarted."""
    return start_python_server("restarted.py", *DEVICES, environ={"MODE": mode.name})


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
    before = holding()
    for _ in range(times):
        one()
    check_holding(f"{times} contexts", before, holding(), (40 * times, 5, 10))
    check("devices", 0, len(LIVING), 0)
