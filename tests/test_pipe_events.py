"""Events of pipes, from push_pipe_event to callbacks, queues and streams."""

import asyncio
import io

import numpy as np
import pytest
from modes import DEVICE_PROXIES
from support import TANGO_VERSION, start_python_server, wait_until

import tango
import tango.asyncio
from tango import DevFailed, EventReason, EventType, ExtractAs, GreenMode
from tango.structs import DevicePipe, PipeEventData
from tango.utils import EventCallback

pytestmark = pytest.mark.skipif(TANGO_VERSION >= (10, 1), reason="this cppTango has no pipes")

DEVICE = "test/pipes/1"


@pytest.fixture(scope="module", params=["Synchronous", "Gevent", "Asyncio"])
def running(request):
    """A server in each green mode."""
    kind = "Coroutines" if request.param == "Asyncio" else "Plain"
    with start_python_server("pipes.py", DEVICE, environ={"CLASS": kind, "MODE": request.param}) as server:
        yield server


@pytest.fixture
def device(running):
    """A proxy of the device."""
    return tango.DeviceProxy(running.address())


def push_until(device, arrived):
    """Push values until one arrives: those of the first milliseconds of a subscription may get lost on their way."""
    wait_until(lambda: device.push("value") or arrived())


def values_of(event):
    return {element["name"]: element["value"] for element in event.pipe_value.extract()[1]}


def test_a_callback_gets_values_and_errors(device):
    events = []
    number = device.subscribe_event("constant", EventType.PIPE_EVENT, events.append)
    (first,) = events
    assert isinstance(first, PipeEventData)
    assert (first.event, first.err, first.errors, first.event_reason) == ("pipe", False, (), EventReason.SubSuccess)
    assert first.pipe_name.endswith("/test/pipes/1/constant#dbase=no")
    assert first.device is device
    assert first.pipe_value.extract()[0] == "root"
    push_until(device, lambda: len(events) > 1)
    for what in ("error", "dated"):
        device.push(what)
    wait_until(lambda: len(events) > 3 and not events[-1].err and values_of(events[-1]) == {"x": 3})
    value, *_, error, dated = events[1:]
    assert (value.pipe_value.name, value.pipe_value.root_blob_name) == ("constant", "event")
    assert list(value.pipe_value.data_elt_names) == ["x", "array", "inner"]
    values = values_of(value)
    assert (values["x"], values["array"].tolist(), values["inner"][1][0]["value"]) == (2, [0.0, 1.0, 2.0], "t")
    assert error.err
    assert error.pipe_value is None
    assert error.errors[0].reason == "MyReason"
    assert values_of(dated) == {"x": 3}
    device.unsubscribe_event(number)
    count = len(events)
    device.push("value")
    device.ping()
    assert len(events) == count


def test_a_queue_keeps_events(device):
    number = device.subscribe_event("constant", EventType.PIPE_EVENT, 200)
    push_until(device, lambda: device.event_queue_size(number) > 1)
    device.push("many")
    events = []

    def arrived():
        events.extend(device.get_events(number, extract_as=ExtractAs.List))
        return events and values_of(events[-1])["x"] == 99

    wait_until(arrived)
    values = [(values_of(event)["x"], values_of(event)["array"]) for event in events[-100:]]
    assert dict(values) == {x: [float(x)] * 1000 for x in range(100)}
    assert device.is_event_queue_empty(number)
    device.unsubscribe_event(number)


def test_two_subscriptions_get_their_own_values(device):
    first, second = [], []
    numbers = [device.subscribe_event("constant", EventType.PIPE_EVENT, one.append) for one in (first, second)]
    push_until(device, lambda: all(len(events) >= 2 for events in (first, second)))
    values_of(first[1])["array"][:] = 7
    assert values_of(second[1])["array"].tolist() == [0.0, 1.0, 2.0]
    for number in numbers:
        device.unsubscribe_event(number)


@pytest.mark.parametrize("mode", [mode for mode in GreenMode if mode != GreenMode.Asyncio], ids=lambda mode: mode.name)
def test_clients_in_other_modes(running, mode):
    device = DEVICE_PROXIES[mode](running.address())
    events = []
    number = device.subscribe_event("constant", EventType.PIPE_EVENT, events.append)
    push_until(device, lambda: len(events) >= 2)
    assert values_of(events[1])["x"] == 2
    device.unsubscribe_event(number)


def test_a_stream_of_events(running):
    async def follow():
        device = await tango.asyncio.DeviceProxy(running.address())
        async with device.events("constant", EventType.PIPE_EVENT) as stream:
            first = await anext(stream)
            pushing = asyncio.create_task(push_on(device))
            second = await anext(stream)
            pushing.cancel()
            return values_of(first)["x"], values_of(second)["x"]

    async def push_on(device):
        while True:
            await device.push("value")
            await asyncio.sleep(0.01)

    assert asyncio.run(follow()) == (1, 2)


def test_printing(device):
    file = io.StringIO()
    number = device.subscribe_event("constant", EventType.PIPE_EVENT, EventCallback("{name} {type} {value}", file))
    push_until(device, lambda: file.getvalue().count("\n") > 1)
    device.push("error")
    device.push("dated")
    wait_until(lambda: "'x': 3" in file.getvalue())
    device.unsubscribe_event(number)
    first, *_, error, value = file.getvalue().splitlines()
    assert first.startswith("CONSTANT PIPE [root] {'x': 1, 'inner'")
    assert error == "CONSTANT PIPE [MyReason] my description"
    assert value == "CONSTANT PIPE [event] {'x': 3}"


def test_an_unknown_pipe_is_an_error(device):
    with pytest.raises(DevFailed) as caught:
        device.subscribe_event("nope", EventType.PIPE_EVENT, print)
    assert caught.value.args[0].reason == "API_PipeNotFound"
    with pytest.raises(DevFailed) as caught:
        device.push("nope")
    assert caught.value.args[0].reason == "API_PipeNotFound"


def test_events_can_be_made_and_copied():
    event = PipeEventData(None, "p", "pipe", DevicePipe("p", "root", [{"name": "x", "value": np.arange(2)}]), EventReason.Update)
    copy = PipeEventData(event)
    assert (copy.pipe_name, copy.event, copy.pipe_value.root_blob_name, copy.err) == ("p", "pipe", "root", False)
    assert "root_blob_name" in str(event)
