"""A device whose requests nothing serialises, and whose attributes take their time; MODE is its green mode."""

from __future__ import annotations

import asyncio
import itertools
import os
import time

from serving import serve

from tango import AttrQuality, AttrWriteType, GreenMode, SerialModel, Util
from tango.server import Device, attribute, command

MODE = os.environ["MODE"]
FULL = 3


def pause(seconds: float) -> None:
    """Let others run, as the mode does it."""
    if MODE == "Gevent":
        import gevent

        gevent.sleep(seconds)
    else:
        time.sleep(seconds)


def reader(name: str):
    """Make a method that takes a moment and returns another value each time."""
    if MODE == "Asyncio":

        async def read(self):
            await asyncio.sleep(0.003)
            return self.next(name)

        return read

    def read(self):
        pause(0.003)
        return self.next(name)

    return read


class Orders(Device):
    """Reads in any order."""

    green_mode = GreenMode[MODE]

    def init_device(self) -> None:
        super().init_device()
        if MODE == "Synchronous":
            Util.instance().set_serial_model(SerialModel.NO_SYNC)
        self.counts = {name: itertools.count(1) for name in "abcde"}
        self.together = 0

    def next(self, name: str):
        count = float(next(self.counts[name]))
        if name == "d":
            return count, time.time(), AttrQuality.ATTR_VALID
        return [count] * 50 if name == "c" else count

    a = attribute(dtype=float, fget=reader("a"))
    b = attribute(dtype=float, fget=reader("b"), access=AttrWriteType.READ_WRITE, fset=lambda self, value: None)
    c = attribute(dtype=(float,), max_dim_x=50, fget=reader("c"))
    d = attribute(dtype=float, fget=reader("d"))
    warm = attribute(dtype=float, fget=reader("e"), max_warning="0.5")

    @attribute(dtype=float)
    def refused(self) -> float:
        return 0.0

    def is_refused_allowed(self, request) -> bool:
        return False

    @attribute(dtype=float)
    def broken(self) -> float:
        raise ValueError("never works")

    def fill(self, attr) -> None:
        """Read in the older way."""
        attr.set_value(7.5)

    def initialize_dynamic_attributes(self) -> None:
        self.add_attribute(attribute(name="older", dtype=float, fget=self.fill))

    if MODE == "Asyncio":

        @attribute(dtype=int)
        async def crowd(self) -> int:
            """Wait until enough clients read it."""
            self.together += 1
            while self.together < FULL:
                await asyncio.sleep(0.001)
            return self.together
    else:

        @attribute(dtype=int)
        def crowd(self) -> int:
            """Wait until enough clients read it."""
            self.together += 1
            while self.together < FULL:
                pause(0.001)
            return self.together

    @command
    def empty(self) -> None:
        """Let the crowd go away."""
        self.together = 0


if __name__ == "__main__":
    serve(Orders)
