"""A device whose images show whether they were torn, in the serial model or green mode that the environment names."""

import itertools
import os
import threading

import numpy as np
from holding import holding
from serving import serve

import tango
from tango import AttrSerialModel, GreenMode, SerialModel
from tango.server import Device, attribute, command

HOW = os.environ["HOW"]
SHAPE = 256, 256
IMAGE = {"dtype": ((np.int32,),), "max_dim_x": SHAPE[1], "max_dim_y": SHAPE[0]}


class Frames:
    """Images that hold one number everywhere."""

    def begin(self):
        """Count the images, and push some."""
        self.numbers = itertools.count(1)
        self.set_change_event("pushed", True, False)
        self.pusher = threading.Thread(target=self.push, daemon=True)
        self.pusher.start()

    def push(self):
        """Push one array again and again, changed in between: what is pushed is sent when the call returns."""
        pause = threading.Event()
        frame = np.empty(SHAPE, dtype=np.int32)
        with tango.EnsureOmniThread():
            while not pause.wait(0.05):
                frame[:] = self.next()
                self.push_change_event("pushed", frame)

    def next(self):
        """Return a number that was not there before."""
        return next(self.numbers)

    def filled(self, buffer):
        """Return the buffer with a new number everywhere."""
        buffer[:] = self.next()
        return buffer

    pushed = attribute(fget="read_fresh", **IMAGE)


class Loaded(Frames, Device):
    """With plain methods."""

    def init_device(self):
        super().init_device()
        self.buffer = np.empty(SHAPE, dtype=np.int32)
        self.copied_buffer = np.empty(SHAPE, dtype=np.int32)
        self.get_device_attr().get_attr_by_name("copied").set_attr_serial_model(AttrSerialModel.ATTR_NO_SYNC)
        self.begin()

    @attribute(dtype=int)
    def scalar(self):
        return self.next()

    @attribute(**IMAGE)
    def fresh(self):
        return np.full(SHAPE, self.next(), dtype=np.int32)

    @attribute(**IMAGE)
    def in_place(self):
        return self.filled(self.buffer)

    @attribute(**IMAGE)
    def copied(self):
        return self.filled(self.copied_buffer)

    def read_fresh(self):
        return self.filled(np.empty(SHAPE, dtype=np.int32))

    @command(dtype_out=(int,))
    def census(self):
        return holding()


class LoadedAsyncio(Frames, Device):
    """With coroutines."""

    green_mode = GreenMode.Asyncio

    async def init_device(self):
        await super().init_device()
        self.begin()

    @attribute(dtype=int)
    async def scalar(self):
        return self.next()

    @attribute(**IMAGE)
    async def fresh(self):
        return np.full(SHAPE, self.next(), dtype=np.int32)

    async def read_fresh(self):
        return self.filled(np.empty(SHAPE, dtype=np.int32))

    @command(dtype_out=(int,))
    async def census(self):
        return holding()


class LoadedGevent(Loaded):
    """In greenlets."""

    green_mode = GreenMode.Gevent


def set_serial_model():
    """Set the serial model, if that is what HOW names."""
    if HOW in SerialModel.names:
        tango.Util.instance().set_serial_model(SerialModel.names[HOW])


if __name__ == "__main__":
    serve({"Asyncio": LoadedAsyncio, "Gevent": LoadedGevent}.get(HOW, Loaded), post_init_callback=set_serial_model)
