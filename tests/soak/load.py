"""Many clients at once on one device, in each serial model and green mode."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from support import start_python_server

import tango
from soak.measures import check_holding

HOWS = ("BY_DEVICE", "BY_CLASS", "BY_PROCESS", "NO_SYNC", "Asyncio", "Gevent")
CLIENTS = 50
CLIENT = Path(__file__).with_name("client.py")


def load(scale: float) -> None:
    """Have 50 clients read scalars and images for a minute in each serial model and green mode: no frame is torn."""
    for how in HOWS:
        with start_python_server("loaded.py", "test/loaded/1", environ={"HOW": how}) as server:
            device = tango.DeviceProxy(server.address())
            device.set_timeout_millis(30_000)
            # In green modes methods run while earlier replies are being sent: a device may not fill one buffer there.
            images = ["fresh"] if how in ("Asyncio", "Gevent") else ["fresh", "in_place", "copied"]
            seconds = max(2.0, 60 * scale)
            warm = crowd(server.address(), images, seconds / 4)
            before = device.census()
            done = crowd(server.address(), images, seconds)
            time.sleep(1)  # the library ends idle threads
            after = device.census()
        print(f"   {how}: {dict(done)} in {seconds:.0f} s", flush=True)
        if wrong := warm["wrong"] + done["wrong"]:
            raise SystemExit(f"soak: {wrong} wrong answers")
        if min(done[name] for name in ["scalar", "pushed", *images]) < CLIENTS // 2:
            raise SystemExit("soak: something was hardly ever read")
        # each of the 50 may have an image in the making
        check_holding(how, before, after, (20000, 5, 10))


def crowd(address: str, images: list[str], seconds: float) -> Counter[str]:
    """Run the clients, each a process, all starting together; return how often they did what."""
    words = [sys.executable, str(CLIENT), address, str(seconds), ",".join(images)]
    clients = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)]
    total: Counter[str] = Counter()
    try:
        for client in clients:
            assert client.stdout is not None
            if client.stdout.readline() != "connected\n":
                raise SystemExit("soak: a client did not start")
        for client in clients:
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        for client in clients:
            said, _ = client.communicate(timeout=seconds + 60)
            total.update(json.loads(said))
    finally:
        for client in clients:
            client.kill()
            client.wait()
    return total
