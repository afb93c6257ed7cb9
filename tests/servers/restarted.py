"""Devices that are made and dropped again and again, and that tell what their process holds.

The environment variable MODE is the green mode; a thread of Python pushes events all the time.
"""

import asyncio
import os
import threading
import time
import weakref

import numpy as np
from holding import holding
from serving import serve

import tango
from tango import AttrWriteType, DevState, GreenMode
from tango._core.live import live_objects
from tango.server import Device, attribute, command

MODE = GreenMode[os.environ["MODE"]]
LIVING = weakref.WeakSet()


def census():
    """What this process holds: kilobytes, threads, files, devices and objects of the core."""
    return [*holding(), len(LIVING), sum(live_objects().values())]


class Common:
    """What there is in each green mode."""

    made = 0

    def begin(self):
        """Be born."""
        LIVING.add(self)
        Common.made += 1
        self.set_state(DevState.ON)
        self.number = 1.0
        self.set_change_event("pushed", True, False)
        self.ended = threading.Event()
        self.pusher = threading.Thread(target=self.push, args=(weakref.ref(self), self.ended), daemon=True)
        self.pusher.start()

    @staticmethod
    def push(device, ended):
        """Push events until the device ends."""
        with tango.EnsureOmniThread():
            count = 0.0
            while not ended.wait(0.01):
                count += 1
                this = device()
                if this is None:
                    return
                this.push_change_event("pushed", count)
                del this

    def end(self):
        """Stop pushing."""
        self.ended.set()

    polled: float = attribute(polling_period=20, abs_change=0.1)
    pushed: float = attribute()
    count: int = attribute()


class RestartedSync(Common, Device):
    """In the green mode Synchronous."""

    def init_device(self):
        super().init_device()
        self.begin()

    def delete_device(self):
        self.end()
        super().delete_device()

    def read_polled(self):
        self.number += 1
        return self.number

    def read_pushed(self):
        return 0.0

    def read_count(self):
        return Common.made

    @attribute(dtype=float, access=AttrWriteType.READ_WRITE)
    def scalar(self):
        return self.number

    @scalar.write
    def scalar(self, value):
        self.number = value

    @attribute(dtype=((float,),), max_dim_x=256, max_dim_y=256)
    def image(self):
        return np.full((256, 256), self.number)

    @attribute(dtype=float)
    def slow(self):
        time.sleep(0.002)
        return self.number

    @attribute(dtype=(float,), max_dim_x=256, access=AttrWriteType.READ_WRITE)
    def spectrum(self):
        return np.full(256, self.number)

    @spectrum.write
    def spectrum(self, values):
        self.last = values

    @command(dtype_in=int)
    def push_many(self, count):
        """Push that many events."""
        for number in range(count):
            self.push_change_event("pushed", float(number))

    @command(dtype_in=float, dtype_out=float)
    def echo(self, value):
        return value

    @command(dtype_out=(int,))
    def census(self):
        return census()


class RestartedAsync(Common, Device):
    """In the green mode Asyncio."""

    green_mode = GreenMode.Asyncio

    async def init_device(self):
        await super().init_device()
        self.begin()

    async def delete_device(self):
        self.end()
        await super().delete_device()

    async def read_polled(self):
        self.number += 1
        return self.number

    async def read_pushed(self):
        return 0.0

    async def read_count(self):
        return Common.made

    @attribute(dtype=float, access=AttrWriteType.READ_WRITE)
    async def scalar(self):
        return self.number

    @scalar.write
    async def scalar(self, value):
        self.number = value

    @attribute(dtype=((float,),), max_dim_x=256, max_dim_y=256)
    async def image(self):
        return np.full((256, 256), self.number)

    @attribute(dtype=float)
    async def slow(self):
        await asyncio.sleep(0.02)
        return self.number

    @command(dtype_in=int)
    async def push_many(self, count):
        """Push that many events."""
        for number in range(count):
            self.push_change_event("pushed", float(number))

    @command(dtype_in=float, dtype_out=float)
    async def echo(self, value):
        return value

    @command(dtype_out=(int,))
    async def census(self):
        return census()


class RestartedGevent(RestartedSync):
    """In the green mode Gevent."""

    green_mode = GreenMode.Gevent

    @attribute(dtype=float)
    def slow(self):
        import gevent

        gevent.sleep(0.02)
        return self.number


if __name__ == "__main__":
    classes = {GreenMode.Synchronous: RestartedSync, GreenMode.Asyncio: RestartedAsync, GreenMode.Gevent: RestartedGevent}
    serve(classes[MODE])
