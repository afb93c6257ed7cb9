"""Devices in green modes that push events, or change their polling, while they are read, written and polled."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from support import start_python_server, wait_until

import tango
from tango import AttrQuality, EventType


@pytest.fixture(scope="module", params=["Asyncio", "Gevent"])
def address(request):
    with start_python_server("green_pushes.py", "test/pushes/1", environ={"MODE": request.param}) as server:
        yield server.address()


@pytest.fixture
def device(address):
    return tango.DeviceProxy(address)


def test_a_write_method_pushes_before_and_after_it_waits(device):
    with device.events("number", EventType.CHANGE_EVENT) as stream:
        stream.get(timeout=10)
        wait_until(lambda: device.tell() == 0 and stream.waiting)
        for value in (2.5, 3.5):
            device.number = value
            assert device.number == value
        seen = [stream.get(timeout=10).attr_value.value for _ in range(stream.waiting)]
        while seen.count(3.5) < 2:
            seen.append(stream.get(timeout=10).attr_value.value)
        assert [value for value in seen if value > 0] == [2.5, 2.5, 3.5, 3.5]


def test_others_push_while_a_write_waits(device):
    with ThreadPoolExecutor(1) as pool:
        write = pool.submit(device.write_attribute, "number", 4.5)
        wait_until(lambda: device.tell() == 1 or write.done())
        write.result(10)


def test_writes_to_one_device_come_one_after_the_other(device):
    most = 0
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(device.write_attribute, "number", float(value)) for value in range(4)]
        while not all(write.done() for write in writes):
            most = max(most, device.tell())
        assert [write.result(10) for write in writes] == [None] * 4
    assert most == 1


def test_a_write_and_read_in_one_request(device):
    for value in (5.0, 6.0):
        assert device.write_read_attribute("number", value).value == value
    replies = device.write_read_attributes([("number", 7.0)], ["scalar", "number", "older"])
    assert [reply.has_failed for reply in replies] == [False] * 3 and replies[1].value == 7.0


def test_an_attribute_of_the_older_kind_pushes_itself(device):
    assert [device.older for _ in range(5)] == [5.0] * 5


@pytest.mark.parametrize("how", ["push in the loop", "push in a thread", "fire in the loop", "fire in a thread"])
def test_no_client_reads_what_is_being_pushed(device, address, how):
    wrong = []
    device.start(how)

    def read():
        proxy = tango.DeviceProxy(address)
        for _ in range(100):
            for reply in proxy.read_attributes(["spectrum", "scalar"]):
                value = None if reply.has_failed else np.atleast_1d(reply.value)
                if value is None or value[0] < 1 or np.ptp(value) != 0:
                    wrong.append(reply)

    threads = [threading.Thread(target=read) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    device.stop()
    assert wrong == []


def test_what_is_set_and_fired_by_hand_arrives(device):
    with device.events("number", EventType.CHANGE_EVENT) as stream:
        stream.get(timeout=10)
        wait_until(lambda: device.tell() == 0 and stream.waiting)
        assert device.fire_all() == (
            "Cannot push event for attribute number without data. Pushing event without data parameter is only allowed for State and "
            "Status attributes."
        )
        events = [stream.get(timeout=10)]
        while not events[-1].err:
            events.append(stream.get(timeout=10))
        values = [event.attr_value for event in events if not event.err and event.attr_value.value != -1.0]
        assert [(value.value, value.quality) for value in values] == [
            (1.0, AttrQuality.ATTR_VALID),
            (2.0, AttrQuality.ATTR_ALARM),
            (None, AttrQuality.ATTR_INVALID),
        ]
        assert values[1].time.totime() == 1234567890.0
        assert "as told" in events[-1].errors[0].desc
    device.number = 4.5
    assert device.number == 4.5


def test_the_polling_changes_while_an_attribute_is_polled(device):
    """The thread that polls waits for the loop, and the change waits for that thread."""
    for _ in range(5):
        device.poll()
        assert device.is_attribute_polled("number")
        device.poll_no_more()
        wait_until(lambda: not device.is_attribute_polled("number"))
    assert device.polled == 1.0
