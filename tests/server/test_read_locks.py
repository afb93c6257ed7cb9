"""Servers that do not serialise requests: attributes read by many at a time, and in any order."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import start_python_server

import tango
from tango import AttrQuality, DevFailed

DEVICE = "test/orders/1"
NAMES = ["a", "b", "c", "d", "warm", "refused", "broken", "older"]


@pytest.fixture(scope="module", params=["Asyncio", "Gevent", "Synchronous"])
def mode(request):
    return request.param


@pytest.fixture(scope="module")
def address(mode):
    with start_python_server("orders.py", DEVICE, environ={"MODE": mode}) as server:
        yield server.address()


@pytest.fixture
def device(address):
    return tango.DeviceProxy(address)


def test_one_attribute_is_read_by_several_clients_at_a_time(device, mode):
    if mode == "Synchronous":
        pytest.skip("cppTango serialises the reads of one attribute; only green modes get round it")
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(lambda _: device.crowd, range(3))) == [3, 3, 3]
    device.empty()


def test_two_orders_do_not_wait_for_each_other(device):
    orders = [["a", "b"], ["b", "a"]] * 8
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(device.read_attributes, orders))
    for order, reply in zip(orders, replies, strict=True):
        assert [each.name for each in reply] == order


def test_each_client_gets_the_values_that_were_read_for_it(device):
    """No method returns a value twice, so no two replies may have the same."""
    choose = random.Random(7)
    orders = [choose.sample(NAMES, choose.randint(1, len(NAMES))) for _ in range(160)]
    with ThreadPoolExecutor(16) as pool:
        replies = [each for reply in pool.map(device.read_attributes, orders) for each in reply]
    seen = {name: [reply for reply in replies if reply.name == name] for name in NAMES}
    for name in ("a", "b", "d", "warm"):
        values = [reply.value for reply in seen[name]]
        assert values and len(set(values)) == len(values)
    spectra = [reply.value.tolist() for reply in seen["c"]]
    assert all(len(set(spectrum)) == 1 and len(spectrum) == 50 for spectrum in spectra)
    assert len({spectrum[0] for spectrum in spectra}) == len(spectra)
    assert {reply.quality for reply in seen["warm"]} == {AttrQuality.ATTR_WARNING}
    assert {reply.quality for name in "abcd" for reply in seen[name]} == {AttrQuality.ATTR_VALID}
    assert {reply.value for reply in seen["older"]} == {7.5}
    assert all(reply.has_failed for name in ("refused", "broken") for reply in seen[name])


def test_the_state_with_attributes_that_have_alarms(device):
    """To know it cppTango reads them without a lock."""
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(device.read_attributes, ["warm", "state", "a"]) for _ in range(24)]
        calls += [pool.submit(device.state) for _ in range(24)]
        for call in calls:
            assert call.result(30)


def test_writes_in_between(device):
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(device.read_attributes, ["b", "a", "c"]) for _ in range(20)]
        calls += [pool.submit(device.write_read_attributes, [("b", 5.0)], ["c", "b"]) for _ in range(20)]
        failed = {reply.get_err_stack()[0].reason for call in calls for reply in call.result(30) if reply.has_failed}
    # A write may take the mark from a value that has just been read, in all modes (see decision 33).
    assert failed <= {"API_AttrValueNotSet"}


def test_errors_alone_and_last(device):
    with pytest.raises(DevFailed, match="never works"):
        device.read_attribute("broken")
    reply = device.read_attributes(["a", "broken"])
    assert (reply[0].has_failed, reply[1].has_failed) == (False, True)
    assert device.read_attributes(["refused", "broken", "a"])[2].value > 0
