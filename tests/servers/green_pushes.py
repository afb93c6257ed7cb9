"""A device that pushes events while it is read and written, in the green mode that MODE names."""

from __future__ import annotations

import asyncio
import inspect
import os
import threading

import gevent
import numpy as np
from serving import serve

from tango import AttrQuality, AttrWriteType, DevFailed, GreenMode
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

    def push(self, name, value):
        self.push_change_event(name, value)

    def fire(self, name, value):
        """Push in the older way."""
        attr = self.get_device_attr().get_attr_by_name(name)
        attr.set_value(value)
        attr.fire_change_event()

    @hook
    async def fire_all(self):
        """Push a value, one with a time and a quality, a quality alone, and an error, each set before it is fired."""
        number = self.get_device_attr().get_attr_by_name("number")
        number.set_value(1.0)
        number.fire_change_event()
        number.set_value_date_quality(2.0, 1234567890.0, AttrQuality.ATTR_VALID)
        number.set_quality(AttrQuality.ATTR_ALARM)
        await sleep(0.001)
        assert number.value_is_set() and number.get_quality() == AttrQuality.ATTR_ALARM
        assert number.get_date().totime() == 1234567890.0
        number.fire_change_event()
        number.set_quality(AttrQuality.ATTR_INVALID, True)
        number.fire_change_event(ValueError("as told"))
        number.set_value(3.0)
        number.reset_value()
        number.set_quality(AttrQuality.ATTR_VALID)
        try:
            number.fire_change_event()
        except DevFailed as error:
            return error.args[0].desc

    fire_all = command(dtype_out=str)(fire_all)

    @hook
    async def work(self, push):
        value = -1.0
        while True:
            push("spectrum", np.full(SIZE, value))
            push("scalar", value)
            value -= 1
            await sleep(0)

    def work_in_thread(self, push):
        value = -1.0
        while self.working:
            push("spectrum", np.full(SIZE, value))
            push("scalar", value)
            value -= 1

    @hook
    async def start(self, how):
        """Have a task of the loop, or a thread beside it, push in one of the two ways."""
        push = self.push if "push" in how else self.fire
        if "thread" in how:
            self.working = True
            self.thread = threading.Thread(target=self.work_in_thread, args=(push,))
            self.thread.start()
        elif GreenMode.Asyncio == GREEN:
            self.task = asyncio.create_task(self.work(push))
        else:
            self.task = gevent.spawn(self.work, push)

    start = command(dtype_in=str)(start)

    @hook
    async def stop(self):
        self.working = False
        if self.task is None:
            return
        if GreenMode.Asyncio == GREEN:
            self.task.cancel()
        else:
            self.task.kill(block=False)
        self.task = None

    stop = command(stop)


if __name__ == "__main__":
    serve(Pushes)
