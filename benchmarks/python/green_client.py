"""Obeys one line of standard input at a time, ``<operation> <number>``, and answers with one figure.

Usage: green_client.py DEVICE
"""

import asyncio
import statistics
import sys
import time
from time import perf_counter, process_time

import tango
import tango.asyncio
import tango.green
from tango import EventType

CHANGE = EventType.CHANGE_EVENT
NAMES = [f"slow{i}" for i in range(200)]


def overhead(number):
    """Seconds that a synchronous call takes longer because it may be one of another green mode."""
    mark = getattr(tango.green, "blocking", None) or tango.green.green

    class Plain(tango.DeviceProxy):
        def plain(self):
            return 1

        marked = mark(plain)

    proxy = Plain(sys.argv[1])
    rounds = []
    for _ in range(7):
        start = perf_counter()
        for _ in range(number):
            proxy.plain()
        middle = perf_counter()
        for _ in range(number):
            proxy.marked()
        rounds.append((perf_counter() - middle - (middle - start)) / number)
    return statistics.median(rounds)


def sync_read(number):
    """Seconds of one read."""
    proxy = tango.DeviceProxy(sys.argv[1])
    seconds = []
    for _ in range(number):
        start = perf_counter()
        proxy.read_attribute("number")
        seconds.append(perf_counter() - start)
    return statistics.median(seconds)


async def async_read(number):
    """Seconds of one awaited read."""
    proxy = await tango.asyncio.DeviceProxy(sys.argv[1])
    seconds = []
    for _ in range(number):
        start = perf_counter()
        await proxy.read_attribute("number")
        seconds.append(perf_counter() - start)
    return statistics.median(seconds)


async def slow_reads(number):
    """Seconds of so many reads at a time that take 100 ms each."""
    proxy = await tango.asyncio.DeviceProxy(sys.argv[1])
    await proxy.read_attribute("number")
    start = perf_counter()
    await asyncio.gather(*[proxy.read_attribute(name) for name in NAMES[:number]])
    return perf_counter() - start


async def cpu_in_flight(number):
    """Seconds of CPU that one of many fast reads takes, so many at a time."""
    proxies = [await tango.asyncio.DeviceProxy(sys.argv[1]) for _ in range(number)]
    each = 6000 // number

    async def reads(proxy):
        for _ in range(each):
            await proxy.read_attribute("number")

    await asyncio.gather(*[proxy.read_attribute("number") for proxy in proxies])
    start = process_time()
    await asyncio.gather(*[reads(proxy) for proxy in proxies])
    return (process_time() - start) / (each * number)


BURSTS = 40
"""Bursts are short, because cppTango drops events when too many wait in its socket."""
QUIET_SECONDS = 0.05
"""A burst is over when no event has come for so long."""


class Meter:
    """Takes the time from the first to the last event of each burst."""

    def __init__(self):
        self.seconds = []
        self.count = 0
        self.latest = 0.0

    def __call__(self, event):
        if event.err or not isinstance(event.attr_value.value, float):
            return
        self.latest = perf_counter()
        if not self.count:
            self.first = self.latest
        self.count += 1

    def goes_on(self):
        """Tell whether the burst goes on; note how long its events took if not."""
        if self.count == 0 or perf_counter() - self.latest < QUIET_SECONDS:
            return True
        self.seconds.append((self.latest - self.first) / max(self.count - 1, 1))
        self.count = 0
        return False


def event_sync(number):
    """Seconds of one event that a plain callback gets."""
    proxy = tango.DeviceProxy(sys.argv[1])
    meter = Meter()
    event_id = proxy.subscribe_event("told", CHANGE, meter)
    time.sleep(0.3)  # the publisher learns of its subscribers late
    meter.count = 0
    for _ in range(BURSTS):
        proxy.command_inout("tell", number)
        while meter.goes_on():
            time.sleep(QUIET_SECONDS / 2)
    proxy.unsubscribe_event(event_id)
    return statistics.median(meter.seconds)


async def event_async(number):
    """Seconds of one event in an event loop: of a stream where there are such, else for a coroutine callback."""
    proxy = await tango.asyncio.DeviceProxy(sys.argv[1])
    meter = Meter()

    async def callback(event):
        meter(event)

    async def consume(stream):
        async with stream:
            async for event in stream:
                meter(event)

    if hasattr(proxy, "events"):
        task = asyncio.create_task(consume(proxy.events("told", CHANGE, queue_size=0)))
    else:
        event_id = await proxy.subscribe_event("told", CHANGE, callback)
    await asyncio.sleep(0.3)
    meter.count = 0
    for _ in range(BURSTS):
        await proxy.command_inout("tell", number)
        while meter.goes_on():
            await asyncio.sleep(QUIET_SECONDS / 2)
    if hasattr(proxy, "events"):
        task.cancel()
        await asyncio.wait([task])
    else:
        await proxy.unsubscribe_event(event_id)
    return statistics.median(meter.seconds)


OPERATIONS = {
    function.__name__: function
    for function in (overhead, sync_read, async_read, slow_reads, cpu_in_flight, event_sync, event_async)
}


def main():
    loop = asyncio.new_event_loop()  # PyTango works with one loop only
    asyncio.set_event_loop(loop)
    for line in sys.stdin:
        name, number = line.split()
        result = OPERATIONS[name](int(number))
        if asyncio.iscoroutine(result):
            result = loop.run_until_complete(result)
        print(f"{result:.9f}", flush=True)


if __name__ == "__main__":
    main()
