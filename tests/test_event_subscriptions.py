"""Subscriptions: how they end, in any thread and in any number."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from listening import Listener, queued
from support import DEADLINE, wait_until

import tango
from tango import DeviceProxy, EventReason, EventType
from tango._core.events import settle

CHANGE = EventType.CHANGE_EVENT


# --- how a subscription ends ------------------------------------------------------------------------------------------


def test_nothing_comes_after_the_end(news, listener):
    number, other = news.subscribe_event("number", CHANGE, listener), Listener()
    news.subscribe_event("number", CHANGE, other)
    news.unsubscribe_event(number)
    count = len(listener.events)
    other.wait_for_value(11.5, lambda: news.tell(11.5))
    assert len(listener.events) == count


def test_a_subscription_ends_once_and_by_its_own_proxy(news, listener):
    number = news.subscribe_event("number", CHANGE, listener)
    other = DeviceProxy(news)
    with pytest.raises(KeyError, match=f"does not own this subscription {number}"):
        other.unsubscribe_event(number)
    news.unsubscribe_event(number)
    for unknown in (number, 0, -1, "x"):
        with pytest.raises(KeyError):
            news.unsubscribe_event(unknown)


def test_a_callback_may_end_its_own_subscription(news):
    numbers, events = [], []

    def once(event):
        if event.event_reason == EventReason.Update:
            events.append(event)
            event.device.unsubscribe_event(numbers[0])

    other = Listener()
    numbers.append(news.subscribe_event("number", CHANGE, once))
    news.subscribe_event("number", CHANGE, other)
    other.begin(news)
    news.tell_many(20)
    other.wait_for_value(19.0)
    wait_until(lambda: events)
    assert len(events) == 1


def test_a_callback_may_use_the_device_and_subscribe(news):
    results, inner = [], Listener()

    def callback(event):
        if event.event_reason == EventReason.Update:
            results.append((event.device.state(), event.device.read_attribute("number").value))
            event.device.subscribe_event("texts", CHANGE, inner)

    news.subscribe_event("number", CHANGE, callback)
    news.write_attribute("number", 12.5)
    queue = news.subscribe_event("number", CHANGE, 0)
    queued(news, queue, 2, lambda: news.tell(12.5))
    wait_until(lambda: inner.events)
    assert results[0][1] == 12.5
    inner.wait_for_value(("in",), lambda: news.tell_texts(["in"]))


def test_ending_waits_for_a_callback_that_runs(news):
    entered, go_on, over = threading.Event(), threading.Event(), []

    def slow(event):
        if event.event_reason == EventReason.Update:
            entered.set()
            go_on.wait(DEADLINE)
            over.append(True)

    number = news.subscribe_event("number", CHANGE, slow)
    wait_until(lambda: news.tell(13.5) or entered.is_set(), interval=0.2)
    threading.Timer(0.2, go_on.set).start()
    news.unsubscribe_event(number)
    assert over == [True]


def test_subscriptions_go_with_their_proxy(news_server):
    device, listener = DeviceProxy(news_server.address()), Listener()
    device.subscribe_event("number", CHANGE, listener)
    listener.events.clear()
    gone = weakref.ref(device), weakref.ref(listener)
    del device, listener
    gc.collect()
    assert [reference() for reference in gone] == [None, None]
    assert settle()


def test_the_first_proxy_may_go_before_the_second(news_server, listener):
    first, second = DeviceProxy(news_server.address()), DeviceProxy(news_server.address())
    first.subscribe_event("number", CHANGE, Listener())
    number = second.subscribe_event("number", CHANGE, listener)
    del first
    gc.collect()
    assert settle()
    assert listener.wait_for_value(14.5, lambda: second.tell(14.5)).device is second
    second.unsubscribe_event(number)


# --- threads and numbers ----------------------------------------------------------------------------------------------


def in_threads(count, work):
    """Run `work(number)` in so many threads at the same time, and raise what one of them raises."""
    errors = []

    def run(number):
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    assert not any(thread.is_alive() for thread in threads)
    if errors:
        raise errors[0]


def test_any_thread_may_subscribe_and_unsubscribe(news_server):
    def work(number):
        device, listener = DeviceProxy(news_server.address(f"test/news/{number % 2 + 1}")), Listener()
        for turn in range(5):
            subscribed = device.subscribe_event("number", CHANGE, listener)
            wait_until(lambda value=number + turn / 8: device.tell(value) or listener.updates(), interval=0.2)
            device.unsubscribe_event(subscribed)
            listener.events.clear()

    in_threads(8, work)
    gc.collect()
    assert settle()


def test_another_thread_may_end_a_subscription(news, listener):
    number = news.subscribe_event("number", CHANGE, listener)
    in_threads(1, lambda _: news.unsubscribe_event(number))
    assert not news._subscriptions()


def test_hundreds_of_subscriptions(news_server):
    devices = [DeviceProxy(news_server.address(f"test/news/{number % 2 + 1}")) for number in range(20)]
    listeners = [Listener() for _ in range(400)]
    for number, listener in enumerate(listeners):
        devices[number % 20].subscribe_event("number", CHANGE, listener)
    for number, listener in enumerate(listeners):
        value, device = 21.5 + number % 2, devices[number % 20]
        assert listener.wait_for_value(value, lambda device=device, value=value: device.tell(value)).device is device
    for device in devices:
        for number in list(device._subscriptions()):
            device.unsubscribe_event(number)
    for listener in listeners:
        listener.events.clear()
    assert settle()


def test_many_fast_events_all_arrive_in_order(news):
    """20,000 events as fast as the server can send them."""
    values = []

    def callback(event):
        values.append("lost" if event.err else event.attr_value.value)

    news.set_timeout_millis(60_000)
    news.subscribe_event("number", CHANGE, callback)
    wait_until(lambda: news.tell(-1.0) or values[-1] == -1.0, interval=0.2)
    news.tell_many(20_000)
    wait_until(lambda: values and values[-1] == 19_999.0)
    assert values[-20_000:] == list(range(20_000))


def test_events_keep_memory_flat(news, listener):
    """Payloads of events that nobody keeps are given back."""
    news.subscribe_event("picture", CHANGE, lambda event: event.attr_value.value)
    buffers = tango._core.live.live_objects
    before = buffers().get("buffer", 0)
    for value in range(200):
        news.tell_picture(value % 256)
    news.subscribe_event("number", CHANGE, listener)
    listener.wait_for_value(31.5, lambda: news.tell(31.5))
    wait_until(lambda: buffers().get("buffer", 0) <= before + 2)
    assert buffers().get("buffer", 0) <= before + 2
