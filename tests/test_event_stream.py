"""Streams of events: iteration in all green modes, full queues, errors, ends of all kinds."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time

import gevent
import pytest
from support import wait_until

import tango
import tango.asyncio
import tango.futures
import tango.gevent
from tango import DevFailed, EventReason, EventSubMode, EventSystemFailed, EventType, ExtractAs, GreenMode
from tango._core.events import settle
from tango._core.live import live_objects
from tango.event_stream import EventStream

pytestmark = pytest.mark.usefixtures("nothing_left")

CHANGE = EventType.CHANGE_EVENT


@pytest.fixture
def address(news_server):
    yield news_server.address()
    assert settle()


@pytest.fixture
def news(address):
    return tango.DeviceProxy(address)


def run(main):
    return asyncio.run(asyncio.wait_for(main(), 30))


def first_of(news, stream):
    """Read a stream until pushed events arrive: the publisher learns of its subscribers late."""
    for _ in range(1000):
        news.tell(-1.0)
        if reads(stream, -1.0, 0.02):
            break
    news.tell(-2.0)
    assert reads(stream, -2.0, 10)


def reads(stream, value, timeout):
    """Read a stream until an event brings a value; False if none comes in time."""
    try:
        while (event := stream.get(timeout=timeout)).attr_value.value != value or event.event_reason != EventReason.Update:
            pass
    except TimeoutError:
        return False
    return True


async def first_value(news, stream):
    """The same in a coroutine."""
    teller = asyncio.create_task(keep_telling(news))
    async for event in stream:
        if event.attr_value.value == -1.0 and event.event_reason == EventReason.Update:
            break
    teller.cancel()
    await asyncio.gather(teller, return_exceptions=True)
    await asyncio.to_thread(news.tell, -2.0)
    async for event in stream:
        if event.attr_value.value == -2.0:
            return


async def keep_telling(news):
    while True:
        await asyncio.to_thread(news.tell, -1.0)
        await asyncio.sleep(0.02)


def first_of_broken(news, stream):
    for _ in range(1000):
        news.tell_error("out of order")
        with contextlib.suppress(TimeoutError):
            return stream.get(timeout=0.02)
    raise AssertionError("no event arrived")


def take_for_ever(stream, timeout=None):
    while True:
        stream.get(timeout)


def values(stream, count):
    return [stream.get(timeout=10).attr_value.value for _ in range(count)]


# --- plain iteration ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [tango, tango.futures, tango.gevent])
def test_a_loop_over_events(address, news, module):
    device = module.DeviceProxy(address)
    with device.events("number", CHANGE) as stream:
        first = stream.get(timeout=10)
        assert (first.event_reason, first.event, first.device) == (EventReason.SubSuccess, "change", device)
        first_of(news, stream)
        for value in (1.0, 2.0, 3.0):
            news.tell(value)
        seen = []
        for event in stream:
            seen.append(event.attr_value.value)
            if event.attr_value.value == 3.0:
                break
        assert seen[-3:] == [1.0, 2.0, 3.0]
        assert (stream.lost, stream.waiting, stream.closed) == (0, 0, False)
    assert stream.closed
    assert list(stream) == []
    with pytest.raises(EOFError, match="was closed"):
        stream.get()


def test_a_stream_that_nobody_enters_subscribes_at_the_first_event(news):
    stream = news.events("number")
    assert repr(stream) == "<EventStream of number, CHANGE_EVENT, not open yet>"
    assert next(stream).event_reason == EventReason.SubSuccess
    assert repr(stream) == "<EventStream of number, CHANGE_EVENT, open>"
    stream.close()
    stream.close()
    assert repr(stream) == "<EventStream of number, CHANGE_EVENT, closed>"


def test_a_time_limit(news):
    with news.events("number", sub_mode=EventSubMode.Sync) as stream:
        before = time.monotonic()
        with pytest.raises(TimeoutError, match="no event within 0.2 s"):
            take_for_ever(stream, 0.2)
        assert time.monotonic() - before >= 0.2


def test_a_stream_of_an_attribute_proxy(address):
    attribute = tango.AttributeProxy(address.replace("#", "/number#"))
    with attribute.events(CHANGE, extract_as=ExtractAs.List) as stream:
        assert stream.get(timeout=10).attr_name.endswith("/number#dbase=no")


def test_a_stream_of_the_interface(news):
    with news.events(EventType.INTERFACE_CHANGE_EVENT) as stream:
        assert "tell" in [info.cmd_name for info in stream.get(timeout=10).cmd_list]


def test_another_thread_may_close_it(news):
    stream = news.events("silent_or_not", sub_mode=EventSubMode.Stateless, errors="skip")
    stream.__enter__()
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(stream))
    thread.start()
    stream.close()
    thread.join(10)
    assert not thread.is_alive() and seen == []


def test_a_stream_that_is_forgotten_ends(news):
    before = live_objects().get("callback", 0)
    for event in news.events("number"):
        assert not event.err
        break
    gc.collect()
    assert settle()
    assert live_objects().get("callback", 0) == before


CTRL_C = """
import sys, tango
stream = tango.DeviceProxy(sys.argv[1]).events("number")
stream.get()
try:
    print("waiting", flush=True)
    while True:
        stream.get()
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c(address):
    program = subprocess.Popen([sys.executable, "-c", CTRL_C, address], stdout=subprocess.PIPE, text=True)
    with program:
        assert program.stdout.readline() == "waiting\n"
        program.send_signal(signal.SIGINT)
        assert program.stdout.readline() == "interrupted\n"
    assert program.returncode == 0


# --- full queues --------------------------------------------------------------------------------------------------------


def test_the_oldest_go(news):
    with news.events("number", queue_size=3) as stream:
        first_of(news, stream)
        before = stream.lost
        news.tell_many(50)
        wait_until(lambda: stream.lost == before + 47)
        assert values(stream, 3) == [47.0, 48.0, 49.0]


def test_the_newest_go(news):
    with news.events("number", queue_size=3, overflow="drop_newest") as stream:
        first_of(news, stream)
        before = stream.lost
        news.tell_many(50)
        wait_until(lambda: stream.lost == before + 47)
        assert values(stream, 3) == [0.0, 1.0, 2.0]
        news.tell(5.5)
        assert values(stream, 1) == [5.5]


def test_only_the_latest_counts(news):
    with news.events("number", overflow="latest_only") as stream:
        first_of(news, stream)
        before = stream.lost
        news.tell_many(50)
        wait_until(lambda: stream.lost == before + 49)
        assert stream.waiting == 1
        assert values(stream, 1) == [49.0]


def test_a_gap_is_an_error_if_wanted(news):
    with news.events("number", queue_size=3, overflow="fail") as stream:
        first_of(news, stream)
        before = stream.lost
        news.tell_many(50)
        wait_until(lambda: stream.lost == before + 47)
        assert values(stream, 3) == [0.0, 1.0, 2.0]
        news.tell(5.5)
        with pytest.raises(EventSystemFailed, match="47 events of number were given up") as error:
            stream.get(timeout=10)
        assert error.value.args[0].reason == "API_MissedEvents"
        assert values(stream, 1) == [5.5]


def test_a_queue_without_limit(news):
    with news.events("number", queue_size=0) as stream:
        first_of(news, stream)
        news.tell_many(3000)
        wait_until(lambda: stream.waiting == 3000)
        assert values(stream, 3000) == list(range(3000)) and stream.lost == 0


# --- errors -------------------------------------------------------------------------------------------------------------


def test_errors_are_delivered_unless_told_otherwise(news):
    with news.events("broken", sub_mode=EventSubMode.SyncRead) as stream:
        event = stream.get(timeout=10)
        assert event.err and event.errors


def test_errors_are_raised_if_wanted_and_the_stream_goes_on(news):
    with news.events("broken", errors="raise") as stream:
        with pytest.raises(DevFailed, match="never works"):
            stream.get(timeout=10)
        with pytest.raises(DevFailed, match="out of order"):
            first_of_broken(news, stream)


def test_errors_are_left_out_if_wanted(news):
    with news.events("broken", errors="skip") as stream, pytest.raises(TimeoutError):
        stream.get(timeout=0.1)


def test_a_device_that_refuses_is_an_error_where_the_stream_is_opened(news):
    with pytest.raises(DevFailed), news.events("silent"):
        pass
    with pytest.raises(DevFailed):
        next(news.events("no_such_attribute"))

    async def main():
        with pytest.raises(DevFailed):
            async with news.events("no_such_attribute"):
                pass
        with pytest.raises(DevFailed):
            await anext(news.events("no_such_attribute"))

    run(main)


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        (("number",), {"overflow": "drop"}, "ValueError: overflow must be one of 'drop_oldest', 'drop_newest', 'latest_only', 'fail'"),
        (("number",), {"errors": "ignore"}, "ValueError: errors must be one of 'deliver', 'raise', 'skip', not 'ignore'"),
        (("number",), {"queue_size": -1}, "ValueError: queue_size must be the number of events to keep"),
        (("number",), {"queue_size": 1.5}, "TypeError: 'float' object cannot be interpreted as an integer"),
        ((5,), {}, "TypeError: events wants the name of an attribute and an EventType, not 5"),
        (("number", "change"), {}, "TypeError: events wants the name of an attribute and an EventType"),
        (("number", EventType.INTERFACE_CHANGE_EVENT), {}, "TypeError: INTERFACE_CHANGE_EVENT, and no other kind"),
        ((EventType.CHANGE_EVENT,), {}, "TypeError: INTERFACE_CHANGE_EVENT, and no other kind"),
    ],
)
def test_wrong_arguments(news, arguments, options, error):
    with pytest.raises((TypeError, ValueError)) as info:
        news.events(*arguments, **options)
    assert f"{info.type.__name__}: {info.value}".startswith(error)


# --- event loops --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [tango, tango.asyncio])
def test_an_asynchronous_loop_over_events(address, news, module):
    async def main():
        device = module.DeviceProxy(address)
        if module is tango.asyncio:
            await device
        async with device.events("number", CHANGE) as stream:
            await first_value(news, stream)
            await asyncio.to_thread(news.tell_many, 500)
            seen = []
            async for event in stream:
                assert event.device is device
                seen.append(event.attr_value.value)
                if len(seen) == 500:
                    break
            assert seen == list(range(500)) and stream.lost == 0
        assert [event async for event in stream] == []

    run(main)


def test_other_tasks_run_while_many_events_come(news):
    async def main():
        async with news.events("number", queue_size=0) as stream:
            await first_value(news, stream)
            await asyncio.to_thread(news.tell_many, 2000)
            await asyncio.to_thread(wait_until, lambda: stream.waiting == 2000)
            turns = 0

            async def turn():
                nonlocal turns
                while True:
                    turns += 1
                    await asyncio.sleep(0)

            other = asyncio.create_task(turn())
            for _ in range(2000):
                await anext(stream)
            other.cancel()
            assert turns >= 2000 // 64

    run(main)


def test_slow_consumers_delay_nobody(news):
    """One task that sleeps, one that never asks, and a callback that blocks the thread of events."""
    blocked, go_on = threading.Event(), threading.Event()

    def block(event):
        if event.event_reason == EventReason.Update:
            blocked.set()
            go_on.wait(20)

    async def sleeper(stream):
        async for _ in stream:
            await asyncio.sleep(10)

    async def main():
        async with news.events("number") as quick, news.events("number") as slow, news.events("number", queue_size=5) as never:
            await first_value(news, quick)
            task = asyncio.create_task(sleeper(slow))
            await asyncio.to_thread(wait_until, lambda: news.tell(-3.0) or blocked.is_set(), interval=0.05)
            before = time.monotonic()
            await asyncio.to_thread(news.tell_many, 100)
            seen = []
            while seen[-100:] != list(range(100)):
                seen.append((await anext(quick)).attr_value.value)
            assert time.monotonic() - before < 5
            assert never.lost and never.waiting == 5
            task.cancel()

    number = news.subscribe_event("number", CHANGE, block)
    try:
        run(main)
    finally:
        go_on.set()
        news.unsubscribe_event(number)


def test_a_wait_that_is_cancelled_loses_nothing(news):
    async def main():
        async with news.events("number") as stream:
            await first_value(news, stream)
            for _ in range(3):
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(anext(stream), 0.02)
            await asyncio.to_thread(news.tell, 7.5)
            assert (await anext(stream)).attr_value.value == 7.5

    run(main)


def test_a_task_that_is_cancelled_ends_its_stream(news):
    before = live_objects().get("callback", 0)
    streams = []

    async def consume():
        async with news.events("number") as stream:
            streams.append(stream)
            async for _ in stream:
                pass

    async def main():
        task = asyncio.create_task(consume())
        while not streams or streams[0]._subscription is None:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert streams[0].closed

    run(main)
    wait_until(lambda: live_objects().get("callback", 0) == before)


def test_an_opening_that_is_cancelled_leaves_nothing(news):
    before = live_objects().get("callback", 0)

    async def main():
        stream = news.events("number")
        opening = asyncio.ensure_future(stream.__aenter__())
        await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        assert stream.closed

    run(main)
    wait_until(lambda: live_objects().get("callback", 0) == before)


def test_another_task_may_close_it(news):
    async def main():
        stream = news.events("number")
        await anext(stream)

        async def consume():
            return [event async for event in stream]

        task = asyncio.create_task(consume())
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="another task waits for the next event of this stream"):
            await consume()
        await stream.aclose()
        await task

    run(main)


def test_one_stream_in_one_loop_after_the_other(news):
    stream = news.events("number")

    async def main():
        await first_value(news, stream)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(anext(stream), 0.01)

    for _ in range(3):
        run(main)
    stream.close()


def test_a_loop_that_ends_within_a_stream(news):
    """Nothing of it is left, as the fixture about objects sees."""

    async def main():
        stream = news.events("number")
        await anext(stream)
        task = asyncio.create_task(anext(stream))
        await asyncio.sleep(0.01)
        assert not task.done() or task.exception() is None

    run(main)


def test_a_plain_loop_would_stop_the_event_loop(address):
    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        stream = device.events("number")
        with pytest.raises(RuntimeError, match="would stop the running event loop"):
            next(stream)
        async with stream:
            with pytest.raises(RuntimeError, match="would stop the running event loop: use `async for`"):
                take_for_ever(stream)
            with pytest.raises(RuntimeError, match="would stop the running event loop"):
                stream.close()
        assert stream.closed

    run(main)
    device = tango.asyncio.DeviceProxy(address, wait=True)
    with device.events("number") as stream:
        assert not next(stream).err


@pytest.mark.parametrize("backend", ["uvloop", "anyio"])
def test_streams_and_callbacks_in_other_loops(address, news, backend):
    anyio = pytest.importorskip(backend, reason=f"{backend} is not installed")
    seen = []

    async def callback(event):
        seen.append(event.attr_value.value)

    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        number = await device.subscribe_event("number", CHANGE, callback)
        async with device.events("number") as stream:
            await first_value(news, stream)
            await device.tell_many(200)
            assert [(await anext(stream)).attr_value.value for _ in range(200)] == list(range(200))
        while 199.0 not in seen:
            await asyncio.sleep(0.001)
        await device.unsubscribe_event(number)
        return True

    for _ in range(2):
        seen.clear()
        if backend == "anyio":
            assert anyio.run(main)
        else:
            loop = anyio.new_event_loop()
            try:
                assert loop.run_until_complete(asyncio.wait_for(main(), 30))
            finally:
                loop.close()


def test_loops_give_their_descriptors_back(news):
    async def main():
        async with news.events("number") as stream:
            await first_value(news, stream)

    run(main)
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run(main)
    gc.collect()
    wait_until(lambda: len(os.listdir("/proc/self/fd")) <= before)


# --- callbacks in event loops ---------------------------------------------------------------------------------------------


def test_coroutine_callbacks_run_on_the_loop_that_subscribed(address, news):
    async def main():
        device = await tango.asyncio.DeviceProxy(address)
        loop, seen, over = asyncio.get_running_loop(), [], asyncio.Event()

        async def callback(event):
            assert asyncio.get_running_loop() is loop
            seen.append(event.attr_value.value)
            await asyncio.sleep(0)
            if event.attr_value.value == 99.0:
                over.set()

        number = await device.subscribe_event("number", CHANGE, callback)
        while -1.0 not in seen:
            await device.tell(-1.0)
            await asyncio.sleep(0.01)
        await device.tell_many(100)
        await over.wait()
        await device.unsubscribe_event(number)
        assert seen[-100:] == list(range(100))
        count = len(seen)
        await device.tell(5.0)
        await asyncio.sleep(0.05)
        assert len(seen) == count

    run(main)


def test_a_loop_that_ends_before_its_subscription(address, news):
    device = tango.asyncio.DeviceProxy(address, wait=True)
    seen = []

    async def main():
        await device.subscribe_event("number", CHANGE, seen.append)
        while not any(event.event_reason == EventReason.Update for event in seen):
            await device.tell(-1.0)
            await asyncio.sleep(0.01)

    run(main)
    run(main)
    count = len(seen)
    news.tell_many(10)
    with news.events("number") as stream:
        first_of(news, stream)
    assert len(seen) == count
    seen.clear()
    for number in list(device._subscriptions()):
        device.unsubscribe_event(number, wait=True)


# --- gevent -------------------------------------------------------------------------------------------------------------


def test_other_greenlets_run_while_one_waits_for_events(address):
    device = tango.gevent.DeviceProxy(address)
    seen = []

    def consume():
        with device.events("number") as stream:
            for event in stream:
                seen.append(event.attr_value.value)
                if event.attr_value.value == 9.0:
                    return

    consumer = gevent.spawn(consume)
    with gevent.Timeout(30):
        while -1.0 not in seen:
            device.tell(-1.0)
            gevent.sleep(0.01)
        device.tell_many(10)
        consumer.join()
    assert seen[-10:] == list(range(10))


def test_a_greenlet_has_a_time_limit(address):
    device = tango.gevent.DeviceProxy(address)
    with device.events("number", sub_mode=EventSubMode.Sync) as stream, pytest.raises(TimeoutError):
        take_for_ever(stream, 0.05)


def test_a_greenlet_that_is_killed_leaves_its_stream_usable(address):
    device = tango.gevent.DeviceProxy(address)
    with device.events("number") as stream:
        first_of(device, stream)
        greenlet = gevent.spawn(list, stream)
        gevent.sleep(0.01)
        greenlet.kill()
        device.tell(3.5)
        event = stream.get(timeout=10)
        while event.attr_value.value != 3.5:
            event = stream.get(timeout=10)


WAIT_FOR_CALLBACK = """
import sys, gevent.event, tango.gevent
device = tango.gevent.DeviceProxy(sys.argv[1])
arrived = gevent.event.Event()
number = device.subscribe_event("ramp", tango.EventType.CHANGE_EVENT, lambda event: event.event_reason == 3 and arrived.set())
print(arrived.wait())
device.unsubscribe_event(number)
"""


def test_a_hub_waits_for_events_alone(address):
    program = subprocess.run([sys.executable, "-c", WAIT_FOR_CALLBACK, address], capture_output=True, text=True, timeout=60)
    assert (program.returncode, program.stdout, program.stderr) == (0, "True\n", "")


# --- types --------------------------------------------------------------------------------------------------------------


def test_every_mode_gives_the_same_kind_of_object(news):
    for mode in GreenMode:
        with tango.green.use_green_mode(mode):
            assert type(news.events("number")) is EventStream
