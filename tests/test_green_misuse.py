"""What is not allowed in green modes, and where one might expect trouble: each case has one outcome, in words.

Calls outside of a loop, from other threads, in the loop with ``wait=True`` and of servers that would wait for themselves are tested
with their modes (test_asyncio.py, test_gevent.py, server/test_green_concurrency.py).
"""

from __future__ import annotations

import asyncio
import gc
import threading

import gevent
import pytest
from support import free_port, wait_until

import tango
import tango.asyncio
import tango.futures
import tango.gevent
from tango import EventType, GreenMode
from tango.server import Device, attribute, command, run
from tango.test_context import DeviceTestContext

pytestmark = pytest.mark.usefixtures("nothing_left")

CHANGE = EventType.CHANGE_EVENT


@pytest.fixture
def address(news_server):
    return news_server.address()


def main_of(function):
    return asyncio.run(asyncio.wait_for(function(), 30))


# --- coroutines where none are allowed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [tango, tango.futures, tango.gevent])
def test_a_coroutine_function_as_callback(address, module):
    async def callback(event):
        pass

    device = module.DeviceProxy(address)
    mode = device.get_green_mode().name
    with pytest.raises(TypeError, match=f"callback .* is a coroutine function, which a subscription in green mode {mode} cannot"):
        device.subscribe_event("number", CHANGE, callback)


def test_a_coroutine_function_as_callback_where_no_loop_runs(address):
    async def callback(event):
        pass

    device = tango.asyncio.DeviceProxy(address, wait=True)
    with pytest.raises(RuntimeError, match=r"is a coroutine function, but no event loop runs in this thread"):
        device.subscribe_event("number", CHANGE, callback, wait=True)


@pytest.mark.parametrize("mode", [GreenMode.Synchronous, GreenMode.Gevent])
def test_a_coroutine_as_hook(mode):
    class Wrong(Device):
        green_mode = mode

        @attribute
        async def value(self) -> float:
            return 1.0

        @command
        async def act(self):
            pass

    with DeviceTestContext(Wrong) as device:
        for call in (lambda: device.value, device.act):
            with pytest.raises(tango.DevFailed, match=rf"TypeError: .*Wrong\.\w+ is a coroutine function, .* green mode {mode.name}"):
                call()


# --- calls from everywhere ----------------------------------------------------------------------------------------------------


def test_calls_from_callbacks_in_the_loop(address):
    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        states, over = [], asyncio.Event()

        def plain(event):
            with pytest.raises(RuntimeError, match="wait=True would stop the running event loop: await the call"):
                device.state(wait=True)
            asyncio.ensure_future(device.state()).add_done_callback(states.append)

        async def coroutine(event):
            states.append(await device.state())
            over.set()

        numbers = [await device.subscribe_event("number", CHANGE, callback) for callback in (plain, coroutine)]
        await over.wait()
        while len(states) < 2:
            await asyncio.sleep(0.001)
        for number in numbers:
            await device.unsubscribe_event(number)

    main_of(main)


def test_calls_from_callbacks_in_the_hub(address):
    device = tango.gevent.DeviceProxy(address)
    states = []
    number = device.subscribe_event("number", CHANGE, lambda event: states.append(device.state()))
    with gevent.Timeout(20):
        while not states:
            gevent.sleep(0.001)
    device.unsubscribe_event(number)


def test_a_callback_may_end_its_subscription_in_the_loop(address):
    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        over = asyncio.Event()
        number = None

        async def callback(event):
            while number is None:
                await asyncio.sleep(0.001)
            if not over.is_set():
                over.set()
                await device.unsubscribe_event(number)

        number = await device.subscribe_event("number", CHANGE, callback)
        await over.wait()
        await asyncio.sleep(0.01)
        with pytest.raises(KeyError, match="does not own this subscription"):
            await device.unsubscribe_event(number)

    main_of(main)


def test_a_stream_in_a_foreign_thread(address):
    """A thread without a loop waits itself, whatever the mode of the proxy."""
    device = tango.asyncio.DeviceProxy(address, wait=True)
    seen = []

    def consume():
        with device.events("number") as stream:
            seen.append(stream.get(timeout=20).err)

    async def main():
        await asyncio.to_thread(consume)

    main_of(main)
    thread = threading.Thread(target=consume)
    thread.start()
    thread.join(20)
    assert seen == [False, False]


def test_a_loop_that_is_closed_while_calls_and_streams_are_under_way(address):
    futures = []

    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        stream = device.events("number")
        await anext(stream)
        futures.extend([asyncio.ensure_future(anext(stream)), device.state(), device.read_attribute("number")])

    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    pending = [future for future in futures if isinstance(future, asyncio.Task)]
    for task in pending:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.close()
    assert all(future.done() or future.get_loop() is loop for future in futures)
    futures.clear()
    main_of(main)
    futures.clear()


# --- servers --------------------------------------------------------------------------------------------------------------------


def test_classes_of_one_server_that_disagree():
    class One(Device):
        green_mode = GreenMode.Asyncio

    class Other(Device):
        green_mode = GreenMode.Gevent

    with pytest.raises(ValueError, match=r"mixed green modes cannot be run .* One: Asyncio, Other: Gevent"):
        run([One, Other], args=["x", "test"], raises=True)


def test_a_server_in_a_running_loop():
    class Inner(Device):
        green_mode = GreenMode.Asyncio

    async def main():
        arguments = ["inner", "test", "-nodb", "-dlist", "a/b/c", "-port", str(free_port())]
        with pytest.raises(RuntimeError, match="runs an event loop of its own, but this thread runs one already"):
            run([Inner], args=arguments, raises=True, cleanup=True)

    main_of(main)


def test_a_warning_for_each_plain_method_in_an_asyncio_server():
    class Mixed(Device):
        green_mode = GreenMode.Asyncio

        @attribute
        def plain(self) -> float:
            return 1.0

        @attribute
        async def coroutine(self) -> float:
            return 2.0

    with DeviceTestContext(Mixed) as device, pytest.warns(DeprecationWarning, match="Sync Mixed.plain function called") as warned:
        assert [device.plain, device.plain, device.coroutine] == [1.0, 1.0, 2.0]
    assert len(warned) == 1


def test_what_a_task_of_a_device_raises_ends_nothing(caplog):
    class Careless(Device):
        green_mode = GreenMode.Asyncio

        @command
        async def start(self):
            async def fail():
                raise ZeroDivisionError("in the background")

            self.task = asyncio.create_task(fail())

        @command
        async def plain(self) -> bool:
            return self.task.done()

    with DeviceTestContext(Careless) as device:
        device.start()
        wait_until(device.plain)
        assert device.plain()
    del device
    gc.collect()
    assert "ZeroDivisionError: in the background" in caplog.text
    caplog.clear()  # the record holds the frames that the task ran in


def stop_and_read(device):
    device.stop()
    assert device.value == 1.0


def test_a_device_that_stops_the_loop():
    class Stopping(Device):
        green_mode = GreenMode.Asyncio

        @command
        async def stop(self):
            asyncio.get_running_loop().stop()

        @attribute
        async def value(self) -> float:
            return 1.0

    with DeviceTestContext(Stopping) as device:
        with pytest.warns(RuntimeWarning, match="has stopped the event loop of the server"):
            stop_and_read(device)
        assert device.value == 1.0


@pytest.mark.parametrize(("error", "text"), [(asyncio.CancelledError, "was cancelled"), (SystemExit, "SystemExit")])
def test_a_hook_that_wants_to_end_everything(error, text):
    class Ending(Device):
        green_mode = GreenMode.Asyncio

        @attribute
        async def value(self) -> float:
            raise error

        @attribute
        async def other(self) -> float:
            return 1.0

    with DeviceTestContext(Ending) as device:
        with pytest.raises(tango.DevFailed, match=text):
            device.read_attribute("value")
        assert device.other == 1.0
