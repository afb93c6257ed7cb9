"""Clients in green mode Gevent: greenlets run while calls wait, time limits, other threads, monkey patching."""

from __future__ import annotations

import concurrent.futures
import subprocess
import sys
import threading

import gevent
import gevent.event
import pytest
from support import start_python_server, wait_until

import tango
import tango.gevent
from tango import DevFailed, DevState, EventType, GreenMode
from tango._core.async_engine import engine_load
from tango._gevent_runner import end_hub
from tango.gevent import AttributeProxy, DeviceProxy
from tango.gevent_executor import GeventExecutor

pytestmark = pytest.mark.usefixtures("nothing_left")

DEVICE = "test/green/1"


@pytest.fixture(scope="module")
def server():
    with start_python_server("green_waits.py", DEVICE, environ={"MODE": "Gevent"}) as server:
        yield server


@pytest.fixture
def address(server):
    return server.address()


@pytest.fixture
def other(address):
    """A plain proxy of the same device, which lets all waiting calls of it go on at the end."""
    device = tango.DeviceProxy(address)
    yield device
    device.release()
    wait_until(lambda: device.count == 0)
    wait_until(lambda: engine_load()["running"] == engine_load()["waiting"] == 0)


@pytest.fixture
def device(address):
    return DeviceProxy(address)


def wait_in_hub(predicate):
    """Wait while greenlets run."""
    with gevent.Timeout(20):
        while not predicate():
            gevent.sleep(0.005)


# --- making -------------------------------------------------------------------------------------------------------------


def test_a_proxy_is_connected_when_it_is_there(device):
    assert type(device) is DeviceProxy and isinstance(device, tango.DeviceProxy)
    assert device.get_green_mode() == GreenMode.Gevent
    assert device.state() == DevState.ON


def test_a_proxy_that_comes_later(address):
    result = DeviceProxy(address, wait=False)
    assert isinstance(result, gevent.event.AsyncResult)
    assert result.get(timeout=20).state() == DevState.ON
    made = tango.gevent.get_attribute_proxy(address.replace("#", "/count#"), wait=False).get(timeout=20)
    assert type(made) is AttributeProxy
    assert made.read().value == 0
    assert tango.get_device_proxy(address, green_mode=GreenMode.Gevent).state() == DevState.ON


def test_many_connect_at_once(address):
    greenlets = [gevent.spawn(DeviceProxy, address) for _ in range(20)]
    gevent.joinall(greenlets, timeout=20, raise_error=True)
    assert [greenlet.value.count for greenlet in greenlets] == [0] * 20


def test_errors_of_connecting():
    with pytest.raises(tango.WrongNameSyntax):
        DeviceProxy("a/b")
    with pytest.raises(tango.WrongNameSyntax):
        DeviceProxy("a/b", wait=False).get(timeout=20)
    with pytest.raises(TypeError, match="the name of a device is needed"):
        DeviceProxy(3)


# --- calls --------------------------------------------------------------------------------------------------------------


def test_other_greenlets_run_while_a_call_waits(device, other):
    ticks = []

    def tick():
        while True:
            ticks.append(len(ticks))
            gevent.sleep(0.005)

    ticker = gevent.spawn(tick)
    held = gevent.spawn(device.hold)
    wait_in_hub(lambda: other.count == 1)
    seen = len(ticks)
    wait_in_hub(lambda: len(ticks) > seen + 10)
    assert not held.ready()
    device.release()
    assert held.get(timeout=20) is None
    ticker.kill()


def test_a_call_without_waiting(device, other):
    result = device.hold(wait=False)
    assert isinstance(result, gevent.event.AsyncResult) and not result.ready()
    assert device.command_inout("plain", wait=False).get(timeout=20) == "plain"
    wait_in_hub(lambda: other.count == 1)
    device.release()
    wait_in_hub(lambda: other.count == 0)
    assert result.get(timeout=20) is None
    assert device.count == 0
    assert device["count"].value == 0


def test_many_calls_are_on_their_way_together(device, other):
    greenlets = [gevent.spawn(device.hold) for _ in range(10)]
    wait_in_hub(lambda: other.count == 10)
    device.release()
    gevent.joinall(greenlets, timeout=20, raise_error=True)


def test_time_limits(device, other):
    with pytest.raises(gevent.Timeout):
        device.hold(timeout=0.02)
    with pytest.raises(gevent.Timeout), gevent.Timeout(0.02):
        device.hold()
    with gevent.Timeout(0.02, False):
        device.hold()
    assert device.command_inout("plain", timeout=20) == "plain"


def test_a_killed_greenlet_drops_its_call(device, other):
    greenlet = gevent.spawn(device.hold)
    wait_in_hub(lambda: other.count == 1)
    greenlet.kill()
    assert greenlet.ready()
    device.release()
    wait_in_hub(lambda: other.count == 0)
    assert device.plain() == "plain"


def test_errors(device, capfd):
    for call in (
        lambda: device.read_attribute("no_such"),
        lambda: device.read_attribute("no_such", wait=False).get(timeout=20),
        lambda: device.command_inout("no_such", 3),
        lambda: device.get_attribute_config("no_such"),
    ):
        with pytest.raises(DevFailed, match="no_such"):
            call()
    with pytest.raises(AttributeError):
        device.no_such  # noqa: B018
    assert capfd.readouterr().err == ""  # gevent's own pool prints what its work raises


def test_assignments_are_over_when_they_return(device, other):
    greenlet = gevent.spawn(setattr, device, "slow", 3)
    wait_in_hub(lambda: other.count == 1)
    assert not greenlet.ready()
    device.release()
    assert greenlet.get(timeout=20) is None
    with pytest.raises((TypeError, DevFailed)):
        device.slow = "text"
    with pytest.raises((TypeError, DevFailed)):
        device["slow"] = "text"


def test_events_arrive_in_greenlets(device):
    seen = []

    def callback(event):
        seen.append((threading.get_ident(), type(gevent.getcurrent()), event.device is device, event.attr_value.value))

    number = device.subscribe_event("count", EventType.CHANGE_EVENT, callback)
    device.push(5)
    wait_in_hub(lambda: seen and seen[-1][-1] == 4)
    assert [entry[-1] for entry in seen][-5:] == [0, 1, 2, 3, 4]
    assert {entry[:3] for entry in seen} == {(threading.get_ident(), gevent.Greenlet, True)}
    device.unsubscribe_event(number)


# --- threads and processes -----------------------------------------------------------------------------------------------


def test_a_thread_without_greenlets_waits_itself(device):
    seen = []
    thread = threading.Thread(target=lambda: seen.append(device.plain()))
    thread.start()
    thread.join()
    assert seen == ["plain"]


def test_a_hub_in_another_thread(device, address):
    seen = []

    def run():
        fresh = DeviceProxy(address)
        greenlets = [gevent.spawn(getattr, proxy, "count") for proxy in (device, fresh) for _ in range(5)]
        gevent.joinall(greenlets, timeout=20, raise_error=True)
        seen.extend(greenlet.value for greenlet in greenlets)
        end_hub()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [0] * 10


def test_an_executor_runs_what_other_threads_want_in_its_hub():
    executor = GeventExecutor()
    seen = []

    def fail(text):
        raise ValueError(text)

    def want():
        for number in range(200):
            executor.submit(lambda: seen.append(threading.get_ident()))
            assert executor.execute(lambda *args, **kwargs: (threading.get_ident(), args, kwargs), number, key=1) == (
                home,
                (number,),
                {"key": 1},
            )
        with pytest.raises(ValueError, match="as told"):
            executor.execute(fail, "as told")
        return True

    home = threading.get_ident()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(want) for _ in range(4)]
        wait_in_hub(lambda: all(call.done() for call in calls))
        assert all(call.result() for call in calls)
    wait_in_hub(lambda: len(seen) == 800)
    assert set(seen) == {home}
    assert executor.execute(threading.get_ident) == home


def test_executors_of_two_hubs_call_each_other():
    """A hub goes on while one of its greenlets waits for the other hub."""
    mine, theirs = GeventExecutor(), []
    over = threading.Event()

    def run():
        theirs.append(GeventExecutor())
        while not over.is_set():
            gevent.sleep(0.005)
        end_hub()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_in_hub(lambda: theirs)
        with gevent.Timeout(20):
            assert theirs[0].execute(mine.execute, threading.get_ident) == threading.get_ident()
    finally:
        over.set()
        thread.join()


PATCHED = """
import gevent.monkey
gevent.monkey.patch_all()
import sys, threading, gevent
from tango.gevent import DeviceProxy
from tango import EventType
device = DeviceProxy(sys.argv[1])
ticks = []
ticker = gevent.spawn(lambda: [ticks.append(gevent.sleep(0.001)) for _ in range(100000)])
assert device.plain() == "plain"
threads = [threading.Thread(target=device.plain) for _ in range(5)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
seen = []
arrived = threading.Event()
number = device.subscribe_event("count", EventType.CHANGE_EVENT, lambda event: (seen.append(event), arrived.set()))
assert arrived.wait(20)
device.unsubscribe_event(number)
assert ticks
ticker.kill()
print("done")
"""


def test_a_program_with_everything_patched(address):
    run = subprocess.run([sys.executable, "-c", PATCHED, address], capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (0, "done\n", "")


IDLE = """
import sys, time, gevent, tango.gevent
device = tango.gevent.DeviceProxy(sys.argv[1])
device.state()
before = time.process_time()
gevent.sleep(0.5)
print(time.process_time() - before < 0.1)
"""


def test_an_idle_hub_sleeps(address):
    run = subprocess.run([sys.executable, "-c", IDLE, address], capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (0, "True\n", "")


DEADLOCK = """
import sys, gevent, gevent.event, tango.gevent
device = tango.gevent.DeviceProxy(sys.argv[1])
device.plain()
try:
    gevent.event.Event().wait()
except gevent.exceptions.LoopExit:
    print("noticed")
"""


def test_nothing_keeps_the_hub_from_noticing_that_nothing_can_happen(address):
    run = subprocess.run([sys.executable, "-c", DEADLOCK, address], capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout, run.stderr) == (0, "noticed\n", "")


@pytest.mark.parametrize("use", ["DeviceProxy('a/b/c')", "check_requirements()"])
def test_without_gevent_the_error_says_what_to_do(use):
    program = f"import sys; sys.modules['gevent'] = None; import tango.gevent; tango.gevent.{use}"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert "needs gevent: install it (pip install gevent)" in run.stderr
