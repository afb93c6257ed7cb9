"""One device, with plain methods and with coroutines, in the green mode that MODE names; CLASS says which."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading

import gevent
from serving import serve

from tango import AttrQuality, DevState, GreenMode, Util
from tango.server import Device, attribute, command, device_property


def place():
    """Tell in what a function runs: a task, a greenlet or a plain thread; and which thread it is."""
    kind = "Greenlet" if isinstance(gevent.getcurrent(), gevent.Greenlet) else "thread"
    with contextlib.suppress(RuntimeError):
        if asyncio.current_task() is not None:
            kind = "task"
    return f"{kind} {threading.get_native_id()}"


class Recording(Device):
    """What the hooks did, and where."""

    calls: list[str] = []

    def record(self, name):
        self.calls.append(f"{name} {place()}")

    @command(green_mode=False)
    def take_calls(self) -> list[str]:
        calls = list(self.calls)
        del self.calls[: len(calls)]
        return calls

    @command(green_mode=False)
    def serial_model(self) -> str:
        return Util.instance().get_serial_model().name


class Plain(Recording):
    """Its methods are plain; it runs in each mode."""

    limit: float = device_property(default_value=4.0)

    def init_device(self):
        self.value, self.polls = 1.5, 0
        super().init_device()
        self.record("init_device")
        self.set_state(DevState.ON)

    def delete_device(self):
        self.record("delete_device")
        print("deleted in a", place(), flush=True)
        super().delete_device()

    def initialize_dynamic_attributes(self):
        self.record("initialize_dynamic_attributes")

    def always_executed_hook(self):
        self.record("always_executed_hook")

    def read_attr_hardware(self, attr_list):
        self.record("read_attr_hardware")

    def dev_state(self):
        self.record("dev_state")
        return super().dev_state()

    def dev_status(self):
        self.record("dev_status")
        return "fine"

    @attribute
    def value_(self) -> float:
        self.record("read")
        return self.value

    @value_.write
    def value_(self, value: float):
        self.record("write")
        if value > self.limit:
            raise ValueError(f"{value} is too much")
        self.value = value

    def is_value__allowed(self, request):
        self.record("is_allowed")
        return self.value != 4

    @attribute
    def polled(self) -> int:
        self.record("polled")
        self.polls += 1
        return self.polls

    @attribute
    def timed(self) -> float:
        return 2.0, 12.5, AttrQuality.ATTR_WARNING

    def read_classic(self, attr):
        self.record("read_classic")
        attr.set_value(7)

    classic = attribute(dtype=int)

    @command
    def double(self, argument: int) -> int:
        self.record("command")
        return 2 * argument

    def is_double_allowed(self):
        self.record("is_command_allowed")
        return self.value != 4

    @command
    def fail(self):
        raise KeyError("missing")

    @command(green_mode=False)
    def direct(self):
        self.record("direct")

    @attribute(read_green_mode=False)
    def direct_(self) -> int:
        self.record("direct")
        return 1


class Coroutines(Recording):
    """Its methods are coroutines; it runs in mode Asyncio."""

    green_mode = GreenMode.Asyncio
    limit: float = device_property(default_value=4.0)

    async def init_device(self):
        self.value, self.polls = 1.5, 0
        await super().init_device()
        await asyncio.sleep(0)
        self.record("init_device")
        self.set_state(DevState.ON)

    async def delete_device(self):
        await asyncio.sleep(0)
        self.record("delete_device")
        print("deleted in a", place(), flush=True)
        await super().delete_device()

    async def initialize_dynamic_attributes(self):
        await asyncio.sleep(0)
        self.record("initialize_dynamic_attributes")

    async def always_executed_hook(self):
        await asyncio.sleep(0)
        self.record("always_executed_hook")

    async def read_attr_hardware(self, attr_list):
        await asyncio.sleep(0)
        self.record("read_attr_hardware")

    async def dev_state(self):
        await asyncio.sleep(0)
        self.record("dev_state")
        return await super().dev_state()

    async def dev_status(self):
        await asyncio.sleep(0)
        self.record("dev_status")
        return "fine"

    @attribute
    async def value_(self) -> float:
        await asyncio.sleep(0)
        self.record("read")
        return self.value

    @value_.write
    async def value_(self, value: float):
        await asyncio.sleep(0)
        self.record("write")
        if value > self.limit:
            raise ValueError(f"{value} is too much")
        self.value = value

    async def is_value__allowed(self, request):
        await asyncio.sleep(0)
        self.record("is_allowed")
        return self.value != 4

    @attribute
    async def polled(self) -> int:
        await asyncio.sleep(0)
        self.record("polled")
        self.polls += 1
        return self.polls

    @attribute
    async def timed(self) -> float:
        await asyncio.sleep(0)
        return 2.0, 12.5, AttrQuality.ATTR_WARNING

    async def read_classic(self, attr):
        await asyncio.sleep(0)
        self.record("read_classic")
        attr.set_value(7)

    classic = attribute(dtype=int)

    @command
    async def double(self, argument: int) -> int:
        await asyncio.sleep(0)
        self.record("command")
        return 2 * argument

    async def is_double_allowed(self):
        await asyncio.sleep(0)
        self.record("is_command_allowed")
        return self.value != 4

    @command
    async def fail(self):
        await asyncio.sleep(0)
        raise KeyError("missing")

    @command(green_mode=False)
    def direct(self):
        self.record("direct")

    @attribute(read_green_mode=False)
    def direct_(self) -> int:
        self.record("direct")
        return 1


if __name__ == "__main__":
    serve(globals()[os.environ["CLASS"]], green_mode=getattr(GreenMode, os.environ["MODE"]))
