"""Devices with pipes, in the green mode that MODE names; CLASS says which."""

from __future__ import annotations

import asyncio
import os

import numpy as np
from serving import serve

from tango import DevFailed, DispLevel, Except, GreenMode, PipeWriteType
from tango.server import Device, command, pipe


class Plain(Device):
    """Its methods are plain; it runs in each mode."""

    def init_device(self):
        super().init_device()
        self.value = ("start", {"n": 1})
        self.allowed = True
        self.requests = []

    @pipe(label="Kept", display_level=DispLevel.EXPERT)
    def kept(self):
        """What was written last."""
        return self.value

    @kept.write
    def kept(self, value):
        self.value = value

    @kept.is_allowed
    def kept(self, request):
        self.requests.append(request.name)
        return self.allowed

    @pipe
    def constant(self):
        return "root", {"x": 1, "inner": ("blob", {"y": [1.5, 2.5]})}

    @pipe
    def told(self):
        return self.value

    @told.write
    def told(self, value):
        self.value = value
        self.push_pipe_event("told", value)
        self.push_change_event("State")  # needs the monitor of the device

    late = pipe(access=PipeWriteType.PIPE_READ_WRITE, name="Named", doc="found by names")

    def read_Named(self):
        return self.value

    def write_Named(self, value):
        self.value = value

    @pipe
    def by_hand(self, the_pipe):
        the_pipe.set_value(("by hand", {"name": the_pipe.get_name()}))

    @pipe
    def nothing(self):
        return None

    @pipe
    def wrong(self):
        return 3

    @pipe
    def raising(self):
        raise ValueError("no pipe today")

    @pipe
    def failing(self):
        Except.throw_exception("MyReason", "my description", "me")

    @pipe
    def large(self):
        return "large", {"data": np.arange(1_000_000, dtype=np.float64)}

    @command(green_mode=False)
    def allow(self, allowed: bool) -> list[str]:
        self.allowed = allowed
        requests, self.requests = self.requests, []
        return requests

    @command
    def push(self, what: str) -> None:
        if what == "value":
            self.push_pipe_event("constant", ("event", {"x": 2, "array": np.arange(3.0), "inner": ("blob", {"s": "t"})}))
        elif what == "dated":
            self.push_pipe_event("constant", ("event", {"x": 3}), 1234567890.5)
        elif what == "error":
            try:
                Except.throw_exception("MyReason", "my description", "me")
            except DevFailed as error:
                self.push_pipe_event("constant", error)
        elif what == "many":
            for x in range(100):
                self.push_pipe_event("constant", ("event", {"x": x, "array": np.full(1000, x)}))
        else:
            self.push_pipe_event(what, ("event", {"x": 4}))

    @command(green_mode=False)
    def own_view(self) -> list[str]:
        own = self.kept
        try:
            own.set_value(("x", {}))
        except RuntimeError as error:
            refused = str(error)
        try:
            own.get_value()
        except RuntimeError as error:
            refused += str(error)
        listed = [one.get_name() for one in self.get_device_class().get_pipe_list(self.get_name())]
        writable = own.get_writable().name
        return [own.get_label(), own.get_desc(), own.get_disp_level().name, writable, own.get_pipe_serial_model().name, refused, *listed]


class Coroutines(Plain):
    """Its methods are coroutines."""

    async def init_device(self):
        await super(Plain, self).init_device()
        self.value = ("start", {"n": 1})
        self.allowed = True
        self.requests = []

    @pipe(label="Kept", display_level=DispLevel.EXPERT)
    async def kept(self):
        """What was written last."""
        await asyncio.sleep(0)
        return self.value

    @kept.write
    async def kept(self, value):
        await asyncio.sleep(0.001)
        self.value = value

    @kept.is_allowed
    async def kept(self, request):
        self.requests.append(request.name)
        return self.allowed

    @command
    async def push(self, what: str) -> None:
        Plain.push(self, what)


if __name__ == "__main__":
    cls = globals()[os.environ.get("CLASS", "Plain")]
    serve(cls, green_mode=GreenMode[os.environ.get("MODE", "Synchronous")])
