"""Devices that push images, each image with one number everywhere, and tell how many they have pushed."""

import itertools
import threading

import numpy as np
from serving import serve

from tango import EnsureOmniThread
from tango.server import Device, attribute, command

SHAPE = 256, 256


class Frames(Device):
    """Pushes one image after the other, from its own thread."""

    numbers = itertools.count(1)

    def init_device(self):
        super().init_device()
        self.pushed = 0
        self.ended = threading.Event()
        self.set_change_event("image", True, False)
        threading.Thread(target=self.push, daemon=True).start()

    def delete_device(self):
        self.ended.set()
        super().delete_device()

    def push(self):
        """Push until the device ends; the array is used again as soon as the call returns."""
        frame = np.empty(SHAPE, dtype=np.int32)
        with EnsureOmniThread():
            while not self.ended.wait(0.002):
                frame[:] = next(self.numbers)
                self.push_change_event("image", frame)
                self.pushed += 1

    @attribute(dtype=((np.int32,),), max_dim_x=SHAPE[1], max_dim_y=SHAPE[0])
    def image(self):
        return np.zeros(SHAPE, dtype=np.int32)

    @command(dtype_out=int)
    def count(self):
        """How many images were pushed."""
        return self.pushed


if __name__ == "__main__":
    serve(Frames)
