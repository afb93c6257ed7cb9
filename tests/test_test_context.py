"""Devices run for tests, in this process and in others."""

import multiprocessing
import os
import threading
import time

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
        run()
    wait_until(lambda: run() <= first)  # a thread of omniORB's may be idle for a while
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


def test_a_device_is_restarted_from_its_own_process():
    with DeviceTestContext(Counter) as proxy:
        proxy.add()
        admin = tango.DeviceProxy(proxy.adm_name())
        admin.DevRestart(proxy.dev_name())
        in_a_thread = threading.Thread(target=admin.DevRestart, args=(proxy.dev_name(),))
        in_a_thread.start()
        in_a_thread.join()
        assert proxy.add() == 1


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


# --- processes --------------------------------------------------------------------------------------------------------


def test_processes_and_threads_in_turn(proxy):
    """As the second of each kind takes over what the first left behind."""
    for process in (True, True, False, True, False, False, True):
        with DeviceTestContext(Counter, process=process) as device:
            assert device.add() == 1
        assert proxy.ping() > 0


def test_a_process_starts_and_stops_quickly(proxy):
    def run():
        begin = time.perf_counter()
        with DeviceTestContext(Counter, process=True) as device:
            assert device.add() == 1
        return time.perf_counter() - begin

    assert proxy.ping() > 0  # with an ORB of its own, as a child of a process without one has it easier
    assert min(run() for _ in range(5)) < 0.5


def test_a_process_beside_a_thread():
    with DeviceTestContext(Counter, properties={"step": 2}) as first:
        with DeviceTestContext(Counter, process=True) as second:
            assert [first.add(), second.add()] == [2, 1]
        assert first.add() == 4


def test_a_forked_child_can_have_contexts_of_its_own(proxy):
    """As under pytest-forked: the parent has used clients and servers, and goes on to do so."""
    def child():
        with DeviceTestContext(Counter, properties={"step": 3}) as device:
            assert device.add() == 3
        with DeviceTestContext(Counter, process=True) as device:
            assert device.add() == 1

    with DeviceTestContext(Counter) as device:
        device.ping()
        context = multiprocessing.get_context("fork")
        for _ in range(2):
            process = context.Process(target=child)
            process.start()
            process.join(20)
            assert process.exitcode == 0
        assert device.add() == 1
    assert proxy.ping() > 0


def test_contexts_side_by_side():
    """A process can have one server: the second context gets a process of its own, with the same name of the device."""
    with DeviceTestContext(Counter, properties={"step": 2}) as first:
        with DeviceTestContext(Counter, properties={"step": 3}) as second, DeviceTestContext(Counter) as third:
            assert [first.add(), second.add(), third.add()] == [2, 3, 1]
            assert tango.DeviceProxy("test/nodb/counter").count == 1  # the last one that started
        assert tango.DeviceProxy("test/nodb/counter").count == 2
        assert first.add() == 4


def test_contexts_that_do_not_end_in_turn():
    first, second = DeviceTestContext(Counter), DeviceTestContext(Counter, properties={"step": 5})
    first.start()
    second.start()
    first.stop()
    assert second.device.add() == 5 and tango.DeviceProxy("test/nodb/counter").count == 5
    with DeviceTestContext(Counter, properties={"step": 7}) as third:
        assert third.add() == 7
    second.stop()


def test_a_thread_that_is_late_ends_by_itself():
    release = threading.Event()

    class Late(Device):
        def init_device(self):
            release.wait(20)

    context = DeviceTestContext(Late, timeout=0.05)
    with pytest.raises(RuntimeError, match="stuck at initialization"), context:
        pytest.fail("it started")
    with DeviceTestContext(Counter) as device:  # in a process of its own
        assert device.add() == 1
    release.set()
    context.join(20)
    assert not context.thread.is_alive() and not os.path.exists(context.db)
    with pytest.raises(tango.DevFailed, match="does not exist"):
        tango.Util.instance()


@pytest.mark.parametrize("wrong", [5, None, int, "os.path"])
def test_what_is_no_device_class_is_said(wrong):
    with pytest.raises(TypeError, match=r"device class|HLAPI"), DeviceTestContext(wrong):
        pytest.fail("it started")


def test_a_file_of_ones_own_as_database(tmp_path):
    path = tmp_path / "devices.db"
    for step in (3, 4):
        with DeviceTestContext(Counter, db=str(path), properties={"step": step}) as device:
            assert device.add() == step
    assert path.read_text().count("Counter/counter/DEVICE/Counter") == 1
    assert 'test/nodb/counter->step: 4' in path.read_text()


def test_an_error_in_a_process_arrives():
    with pytest.raises(tango.DevFailed, match="the cable is off"), DeviceTestContext(Broken, process=True):
        pytest.fail("it started")


def test_a_process_that_ends_at_start_is_told():
    class Gone(Device):
        def init_device(self):
            os._exit(3)

    with pytest.raises(RuntimeError, match="stopped during initialization"), DeviceTestContext(Gone, process=True):
        pytest.fail("it started")


def test_a_start_that_takes_too_long_ends():
    class Slow(Device):
        def init_device(self):
            threading.Event().wait(20)

    context = DeviceTestContext(Slow, process=True, timeout=0.5)
    with pytest.raises(RuntimeError, match="stuck at initialization"), context:
        pytest.fail("it started")
    assert not context.thread.is_alive()
