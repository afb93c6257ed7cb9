"""A device whose requests wait for each other, in the green mode that MODE names."""

from __future__ import annotations

import asyncio
import os

import gevent
import gevent.event
from serving import serve

import tango
from tango import AttrWriteType, DevState, GreenMode
from tango.server import Device, attribute, command


class Asynchronous(Device):
    """Each method is a coroutine function."""

    green_mode = GreenMode.Asyncio

    async def init_device(self):
        await super().init_device()
        self.gate, self.waiting, self.tasks = asyncio.Event(), 0, []
        self.set_state(DevState.ON)
        self.set_change_event("count", True, False)
        self.set_change_event("state", True, False)

    async def dev_state(self):
        return await super().dev_state()

    async def pass_gate(self):
        self.waiting += 1
        try:
            await self.gate.wait()
        finally:
            self.waiting -= 1

    @command
    async def hold(self):
        await self.pass_gate()

    @command
    async def nap(self, seconds: float):
        await asyncio.sleep(seconds)

    @attribute
    async def slow(self) -> int:
        await self.pass_gate()
        return 1

    @attribute
    async def other(self) -> int:
        await self.pass_gate()
        return 2

    @slow.write
    async def slow(self, value: int):
        await self.pass_gate()

    @attribute
    async def count(self) -> int:
        return self.waiting

    @command
    async def release(self):
        self.gate.set()
        await asyncio.sleep(0)
        self.gate.clear()

    @command
    async def push(self, number: int):
        async def work():
            for value in range(number):
                self.push_change_event("count", value)
                await asyncio.sleep(0)
            self.set_state(DevState.EXTRACT)
            self.push_change_event("state")

        self.set_state(DevState.INSERT)
        self.tasks.append(asyncio.create_task(work()))

    @command
    async def run_for_ever(self):
        async def work():
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                print("a task ends in order", flush=True)

        self.tasks.append(asyncio.create_task(work()))

    @command
    async def call_plain(self, address: str) -> str:
        return tango.DeviceProxy(address).plain()

    @command
    async def call_ready(self, address: str) -> int:
        return tango.DeviceProxy(address).count

    @command
    async def call_waiting(self, address: str):
        tango.DeviceProxy(address).hold()

    level = attribute(dtype=float, access=AttrWriteType.READ_WRITE)

    async def read_level(self):
        return self.settled

    async def write_level(self, value):
        try:
            await asyncio.wait_for(asyncio.get_running_loop().create_future(), 0.05)
        except asyncio.TimeoutError:
            self.settled = value
        await asyncio.sleep(0)
        self.settled += 1

    settled = 0.0

    @command
    async def assign(self, address: str):
        device = await tango.asyncio.DeviceProxy(address)
        device.level = 2.0
        self.settled = -1.0

    @command
    async def call_awaited(self, address: str) -> int:
        device = await tango.asyncio.DeviceProxy(address)
        return await device.count

    @command
    def plain(self) -> str:
        return "plain"

    @command
    async def leave(self):
        raise SystemExit("not so")

    @command
    async def cancel(self):
        asyncio.current_task().cancel()
        await asyncio.sleep(0)


class Greenlets(Device):
    """The same with greenlets."""

    green_mode = GreenMode.Gevent

    def init_device(self):
        super().init_device()
        self.gate, self.waiting, self.tasks = gevent.event.Event(), 0, []
        self.set_state(DevState.ON)
        self.set_change_event("count", True, False)
        self.set_change_event("state", True, False)

    def dev_state(self):
        return super().dev_state()

    def pass_gate(self):
        self.waiting += 1
        self.gate.wait()
        self.waiting -= 1

    @command
    def hold(self):
        self.pass_gate()

    @attribute
    def slow(self) -> int:
        self.pass_gate()
        return 1

    @attribute
    def other(self) -> int:
        self.pass_gate()
        return 2

    @slow.write
    def slow(self, value: int):
        self.pass_gate()

    @attribute
    def count(self) -> int:
        return self.waiting

    @command
    def release(self):
        self.gate.set()
        gevent.sleep(0)
        self.gate.clear()

    @command
    def push(self, number: int):
        def work():
            for value in range(number):
                self.push_change_event("count", value)
                gevent.sleep(0)
            self.set_state(DevState.EXTRACT)
            self.push_change_event("state")

        self.set_state(DevState.INSERT)
        self.tasks.append(gevent.spawn(work))

    @command
    def run_for_ever(self):
        def work():
            try:
                gevent.event.Event().wait()
            finally:
                gevent.sleep(0)
                print("a task ends in order", flush=True)

        self.tasks.append(gevent.spawn(work))

    @command
    def call_plain(self, address: str) -> str:
        return tango.DeviceProxy(address).plain()

    @command
    def call_ready(self, address: str) -> int:
        return tango.DeviceProxy(address).count

    @command
    def call_awaited(self, address: str) -> int:
        return tango.gevent.DeviceProxy(address).count

    @command
    def plain(self) -> str:
        return "plain"

    @command
    def leave(self):
        raise SystemExit("not so")

    @command
    async def coroutine(self):
        pass


if __name__ == "__main__":
    import tango.asyncio
    import tango.gevent

    mode = getattr(GreenMode, os.environ["MODE"])
    serve(Greenlets if mode == GreenMode.Gevent else Asynchronous, green_mode=mode)
