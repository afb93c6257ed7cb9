"""The GIL, the monitors of devices and the locks of events, wanted in every order at once: nobody waits for ever."""

import threading
import time

import pytest
from support import start_python_server

import tango
from tango import DevFailed, EventType, SerialModel

DEVICES = ("test/entangled/1", "test/entangled/2")
SECONDS = 2.0
CALLS = [
    lambda device: device.read_attribute("of_the_other"),
    lambda device: device.read_attribute("pushed"),
    lambda device: device.read_attributes(["plain", "pushed", "polled"]),
    lambda device: device.command_inout("let_in"),
    lambda device: device.state(),
    lambda device: device.set_attribute_config(device.get_attribute_config(["plain"])),
]


# With NO_SYNC cppTango leaves it to the device that nobody pushes what another thread reads.
@pytest.fixture(params=[model.name for model in SerialModel if model != SerialModel.NO_SYNC])
def entangled(request):
    """A server in each serial model."""
    with start_python_server("entangled.py", *DEVICES, environ={"MODEL": request.param}) as server:
        yield server


def test_nobody_waits_for_ever(entangled):
    devices = [tango.DeviceProxy(entangled.address(name)) for name in DEVICES]
    for device in devices:
        device.set_timeout_millis(20000)
        device.begin()
    end = time.monotonic() + SECONDS
    wrong, done, events = [], [], []

    def call(device, calls):
        number = 0
        while time.monotonic() < end:
            try:
                calls[number % len(calls)](device)
            except DevFailed as error:
                wrong.append(f"{error.args[0].reason}: {error.args[0].desc}")
                return
            number += 1
        done.append(number)

    def subscribe(device):
        kinds = [("pushed", EventType.CHANGE_EVENT), ("polled", EventType.CHANGE_EVENT), ("pushed", EventType.DATA_READY_EVENT)]
        while time.monotonic() < end:
            numbers = [device.subscribe_event(name, kind, events.append) for name, kind in kinds]
            for number in numbers:
                device.unsubscribe_event(number)
        done.append(1)

    threads = [threading.Thread(target=call, args=(device, CALLS)) for device in devices for _ in range(3)]
    threads += [threading.Thread(target=subscribe, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert not wrong
    assert len(done) == len(threads) and events
    for device in devices:
        assert device.count() > 20
        assert not device.end()
