"""An asyncio device that gets and loses attributes from within coroutines."""

import asyncio

from serving import serve

from tango import GreenMode
from tango.server import Device, attribute, command


class Growing(Device):
    green_mode = GreenMode.Asyncio

    async def init_device(self):
        await super().init_device()
        await self.async_add_attribute(attribute(name="at_init", dtype=int, fget=self.read_any))

    async def initialize_dynamic_attributes(self):
        await self.async_add_attribute(attribute(name="at_start", dtype=int, fget=self.read_any))

    async def read_any(self, attr):
        await asyncio.sleep(0)
        return 5

    @attribute
    async def slow(self) -> int:
        await asyncio.sleep(0.02)
        return 1

    @command
    async def grow(self, name: str):
        await self.async_add_attribute(attribute(name=name, dtype=int, fget=self.read_any))

    @command
    async def shrink(self, name: str):
        await self.async_remove_attribute(name)

    @command
    async def on_its_own(self) -> int:
        async def come_and_go():
            for _ in range(20):
                await self.async_add_attribute(attribute(name="brief", dtype=int, fget=self.read_any))
                await self.async_remove_attribute("brief")
            return 20

        return await asyncio.create_task(come_and_go())


if __name__ == "__main__":
    serve(Growing)
