"""Devices run for tests, in this process and in others."""

import os
import threading

import psutil
import pytest
from counter import Counter
from support import free_port, start_python_server, wait_until

import tango
from tango import DevState, EventType
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext, MultiDeviceTestContext


class Broken(Device):
    def init_device(self):
        raise RuntimeError("the cable is off")


# --- one after another in one process ---------------------------------------------------------------------------------


def test_contexts_one_after_another():
    addresses = set()
    for step in range(1, 11):
        context = DeviceTestContext(Counter, properties={"step": step})
        with context as proxy:
            assert proxy.add() == step and proxy.add() == 2 * step
            addresses.add(context.get_device_access())
    assert len(addresses) > 1


def test_nothing_is_left_behind():
    def run():
        with DeviceTestContext(Counter) as proxy:
            proxy.add()
        return process.num_threads(), process.num_fds()

    process = psutil.Process()
    first = [run() for _ in range(3)][-1]
    for _ in range(10):
        last = run()
    assert last <= first
    with pytest.raises(tango.DevFailed, match="does not exist"):
        tango.Util.instance()


def test_events_in_each_of_several_contexts():
    for step in range(1, 6):
        with DeviceTestContext(Counter, properties={"step": step}) as proxy:
            values = []

            def keep(event, values=values):
                values.append(event.attr_value.value)

            first = proxy.subscribe_event("count", EventType.CHANGE_EVENT, keep)
            proxy.subscribe_event("polled", EventType.PERIODIC_EVENT, lambda event: None)  # and is forgotten

            def seen(proxy=proxy, values=values):
                proxy.add()
                return len(values) > 3

            wait_until(seen)
            assert all(value % step == 0 for value in values)
            proxy.unsubscribe_event(first)


def test_proxies_of_other_servers_do_not_notice(proxy):
    received = []
    with start_python_server("counter.py", "test/it/1") as server:
        other = tango.DeviceProxy(server.address())
        for _ in range(3):
            with DeviceTestContext(Counter) as device:
                device.ping()
                assert other.ping() > 0 and proxy.ping() > 0
                received.append(device.add())
            assert other.ping() > 0 and proxy.ping() > 0
    assert received == [1, 1, 1]


def test_a_failed_start_says_why_and_leaves_nothing_behind():
    for _ in range(3):
        with pytest.raises(tango.DevFailed, match="the cable is off"), DeviceTestContext(Broken):
            pytest.fail("it started")
        with DeviceTestContext(Counter) as proxy:
            assert proxy.add() == 1


def test_a_port_in_use_is_said():
    port = free_port()
    second = DeviceTestContext(Counter, port=port)
    with DeviceTestContext(Counter, process=True, port=port), pytest.raises((tango.DevFailed, RuntimeError)), second:
        pytest.fail("it started")
    with DeviceTestContext(Counter, port=port) as proxy:
        assert proxy.get_dev_port() == str(port)


def test_the_same_port_again():
    port = free_port()
    for _ in range(3):
        with DeviceTestContext(Counter, port=port) as proxy:
            assert proxy.add() == 1


def test_the_command_kill_ends_the_server_only():
    context = DeviceTestContext(Counter)
    context.start()
    context.server.command_inout("Kill")
    context.join(10)
    assert not context.thread.is_alive()
    context.stop()
    with DeviceTestContext(Counter) as proxy:
        assert proxy.state() == DevState.UNKNOWN


def test_devices_are_deleted_at_the_end():
    deleted = threading.Event()

    class Tidy(Counter):
        def delete_device(self):
            deleted.set()

    with DeviceTestContext(Tidy):
        assert not deleted.is_set()
    assert deleted.is_set()


def test_several_devices_of_several_classes():
    class Doubler(Counter):
        @attribute
        def double(self) -> int:
            return 2 * self._count

    devices = (
        {"class": Counter, "devices": [{"name": "test/counter/1"}, {"name": "test/counter/2", "properties": {"step": 5}}]},
        {"class": Doubler, "devices": [{"name": "test/doubler/1"}]},
    )
    for _ in range(3):
        with MultiDeviceTestContext(devices) as context:
            assert [context.get_device(f"test/counter/{number}").add() for number in (1, 2)] == [1, 5]
            doubler = tango.DeviceProxy("test/doubler/1")
            doubler.add()
            assert doubler.double == 2


def test_the_environment_is_as_before():
    before = dict(os.environ)
    with DeviceTestContext(Counter):
        pass
    assert dict(os.environ) == before
