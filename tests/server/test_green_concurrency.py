"""Requests to a green server do not wait for each other; what runs beside them; what its devices may call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from support import start_python_server, wait_until

import tango
from tango import DevFailed, DevState, EventType, GreenMode

DEVICE = "test/green/1"
asyncio_only = pytest.mark.parametrize("running", [GreenMode.Asyncio], indirect=True, ids=["Asyncio"])
gevent_only = pytest.mark.parametrize("running", [GreenMode.Gevent], indirect=True, ids=["Gevent"])


@pytest.fixture(scope="module", params=[GreenMode.Gevent, GreenMode.Asyncio], ids=lambda mode: mode.name)
def running(request):
    """A server with one device."""
    with start_python_server("green_waits.py", DEVICE, environ={"MODE": request.param.name}) as server:
        yield server


@pytest.fixture
def mode(running):
    return GreenMode.Gevent if tango.DeviceProxy(running.address()).info().dev_class == "Greenlets" else GreenMode.Asyncio


@pytest.fixture
def address(running):
    return running.address()


@pytest.fixture
def device(address):
    device = tango.DeviceProxy(address)
    yield device
    device.release()
    wait_until(lambda: device.count == 0)


def test_requests_do_not_wait_for_each_other(device, address):
    device.state()  # the first time cppTango looks at the configuration of all attributes
    with ThreadPoolExecutor(6) as pool:
        proxies = [tango.DeviceProxy(address) for _ in range(5)]
        held = [pool.submit(proxy.hold) for proxy in proxies[:3]]
        held.append(pool.submit(proxies[3].read_attribute, "other"))
        held.append(pool.submit(proxies[4].write_attribute, "slow", 2))
        wait_until(lambda: device.count == 5)  # and this reads meanwhile
        assert not any(call.done() for call in held)
        assert device.state() == DevState.ON
        device.release()
        assert [call.result(20) for call in held[:3]] == [None] * 3
        assert held[3].result(20).value == 2


def test_a_background_task_pushes_events(device):
    values, states = [], []
    numbers = [
        device.subscribe_event("count", EventType.CHANGE_EVENT, lambda event: values.append(event.attr_value.value)),
        device.subscribe_event("state", EventType.CHANGE_EVENT, lambda event: states.append(event.attr_value.value)),
    ]
    # Those of the first milliseconds of a subscription may get lost on their way.
    wait_until(lambda: device.push(1) or (values[1:] and states[1:]))
    device.push(50)
    wait_until(lambda: DevState.EXTRACT in states)
    wait_until(lambda: values and values[-1] == 49)
    assert values[-50:] == list(range(50))
    for number in numbers:
        device.unsubscribe_event(number)


def test_a_device_calls_itself(device, address):
    assert device.call_plain(address) == "plain"
    assert device.call_ready(address) == 0
    assert device.call_awaited(address) == 0


def test_an_exception_that_ends_programs_ends_no_loop(device):
    with pytest.raises(DevFailed, match="SystemExit: not so"):
        device.leave()
    assert device.plain() == "plain"


@asyncio_only
def test_a_hook_that_would_wait_for_its_own_loop_is_an_error(device, address):
    with pytest.raises(DevFailed, match=r"Asynchronous.hold has to wait for the event loop, but it was called by the thread of that"):
        device.call_waiting(address)
    assert device.plain() == "plain"


@asyncio_only
def test_an_assignment_to_a_device_of_the_same_loop_goes_on_when_the_loop_does(device, address):
    device.assign(address)
    wait_until(lambda: device.level == 3.0)


@asyncio_only
def test_a_hook_that_is_cancelled_is_an_error(device):
    with pytest.raises(DevFailed, match=r"Asynchronous.cancel was cancelled"):
        device.cancel()
    assert device.plain() == "plain"


@gevent_only
def test_a_coroutine_among_greenlets_is_an_error(device):
    with pytest.raises(DevFailed, match=r"TypeError: Greenlets.coroutine is a coroutine function, .* green mode Gevent"):
        device.coroutine()
    assert device.plain() == "plain"


def test_tasks_end_with_the_server(mode):
    with start_python_server("green_waits.py", DEVICE, environ={"MODE": mode.name}) as server:
        device = tango.DeviceProxy(server.address())
        device.run_for_ever()
        device.run_for_ever()
        assert server.stop() == 0
        assert server.output().count("a task ends in order") == 2
        assert "Traceback" not in server.output()


def test_requests_that_wait_when_the_server_ends(mode):
    with start_python_server("green_waits.py", DEVICE, environ={"MODE": mode.name}) as server, ThreadPoolExecutor(1) as pool:
        device = tango.DeviceProxy(server.address())
        device.set_timeout_millis(20000)
        other = tango.DeviceProxy(server.address())
        held = pool.submit(device.hold)
        wait_until(lambda: other.count == 1)
        assert server.stop() == 0
        assert isinstance(held.exception(20), DevFailed)
        assert "Traceback" not in server.output()
