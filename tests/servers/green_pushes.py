"""A device that pushes events while it is read and written, in the green mode that MODE names."""

from __future__ import annotations

import asyncio
import inspect
import os

import gevent
import numpy as np
from serving import serve

from tango import AttrWriteType, GreenMode
from tango.server import Device, attribute, command

GREEN = GreenMode[os.environ["MODE"]]
SIZE = 2000


async def sleep(seconds: float) -> None:
    """Let others run; a greenlet needs no coroutine for it."""
    if GreenMode.Gevent == GREEN:
        gevent.sleep(seconds)
    else:
        await asyncio.sleep(seconds)


def hook(function):
    """Make a coroutine function one of the mode: a plain one for greenlets, whose coroutines never wait."""
    if GreenMode.Asyncio == GREEN:
        return function

    def run(self, *args):
        try:
            function(self, *args).send(None)
        except StopIteration as end:
            return end.value

    run.__name__ = function.__name__
    run.__signature__ = inspect.signature(function)
    return run


class Pushes(Device):
    """Reads count up from 1, events count down from -1."""

    green_mode = GREEN

    def initialize(self) -> None:
        self.task = None
        self.count, self.value, self.waiting = 0, 0.0, 0
        for name in ("number", "spectrum", "scalar"):
            self.set_change_event(name, True, False)

    if GreenMode.Asyncio == GREEN:

        async def init_device(self) -> None:
            await super().init_device()
            self.initialize()
    else:

        def init_device(self) -> None:
            super().init_device()
            self.initialize()

    @hook
    async def read_number(self):
        return self.value

    @hook
    async def write_number(self, value):
        self.push_change_event("number", value)
        self.waiting += 1
        await sleep(0.05)
        self.waiting -= 1
        self.value = value
        self.push_change_event("number", value)

    number = attribute(dtype=float, access=AttrWriteType.READ_WRITE)

    @hook
    async def read_scalar(self):
        self.count += 1
        return float(self.count)

    scalar = attribute(dtype=float)

    @hook
    async def read_spectrum(self):
        self.count += 1
        return np.full(SIZE, float(self.count))

    spectrum = attribute(dtype=(float,), max_dim_x=SIZE)

    @hook
    async def read_older(self, attr):
        self.push_change_event("older", -1.0)
        self.push_change_event("scalar", -1.0)
        await sleep(0.001)
        attr.set_value(5.0)

    def initialize_dynamic_attributes(self) -> None:
        self.add_attribute(attribute(name="older", dtype=float, fget=self.read_older))
        self.set_change_event("older", True, False)

    @hook
    async def read_polled(self):
        await sleep(0.03)
        return 1.0

    polled = attribute(dtype=float, polling_period=20)

    @hook
    async def poll(self):
        """Change the polling while the attribute is being polled."""
        done = self.poll_attribute("number", 50)
        if done is not None:
            await done

    poll = command(poll)

    @hook
    async def poll_no_more(self):
        self.stop_poll_attribute("number")

    poll_no_more = command(poll_no_more)

    @hook
    async def tell(self):
        """Push while something else waits."""
        self.push_change_event("number", -1.0)
        return self.waiting

    tell = command(dtype_out=int)(tell)

    @hook
    async def work(self):
        value = -1.0
        while True:
            self.push_change_event("spectrum", np.full(SIZE, value))
            self.push_change_event("scalar", value)
            value -= 1
            await sleep(0)

    @hook
    async def start(self):
        self.task = asyncio.create_task(self.work()) if GreenMode.Asyncio == GREEN else gevent.spawn(self.work)

    start = command(start)

    @hook
    async def stop(self):
        if GreenMode.Asyncio == GREEN:
            self.task.cancel()
        else:
            self.task.kill(block=False)

    stop = command(stop)


if __name__ == "__main__":
    serve(Pushes)
