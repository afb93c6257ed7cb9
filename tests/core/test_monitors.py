"""The monitors of devices, taken and given up by threads of Python."""

import pathlib
import threading
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import start_python_server, wait_until

import tango

# Which device has to wait while the monitor of the first one is held.
WAITING = {"BY_DEVICE": [True, False], "BY_CLASS": [True, True], "BY_PROCESS": [True, True], "NO_SYNC": [False, False]}


@pytest.fixture(scope="module", params=WAITING)
def served(request):
    model = request.param
    with start_python_server("monitored.py", "test/monitored/1", "test/monitored/2", environ={"MODEL": model}) as server:
        yield server, WAITING[model]


@pytest.fixture
def proxies(served):
    return [tango.DeviceProxy(served[0].address(name)) for name in served[0].devices]


def is_kept_waiting(reply):
    try:
        reply.result(0.3)
    except futures.TimeoutError:
        return True
    return False


@pytest.mark.parametrize("call", [lambda p: p.answer(), lambda p: p.read_attribute("value").value], ids=["command", "attribute"])
def test_a_thread_that_holds_the_monitor_keeps_clients_out(served, proxies, tmp_path, call):
    go_on = tmp_path / "go on"
    proxies[0].hold(str(go_on))
    wait_until(pathlib.Path(f"{go_on}.held").exists)
    with ThreadPoolExecutor(2) as pool:
        replies = [pool.submit(call, proxy) for proxy in proxies]
        assert [is_kept_waiting(reply) for reply in replies] == served[1]
        go_on.touch()
        assert len({reply.result(20) for reply in replies}) == 1


def test_a_request_lets_others_in(proxies, tmp_path):
    go_on = tmp_path / "go on"
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(proxies[0].wait_and_let_others_in, str(go_on))
        wait_until(pathlib.Path(f"{go_on}.held").exists)
        assert [proxy.answer() for proxy in proxies] == [42, 42]
        assert not reply.done()
        go_on.touch()
        assert reply.result(20) == "mine again"
    assert proxies[0].answer() == 42


def test_one_thread_at_a_time(served, proxies):
    proxies[0].set_timeout_millis(20000)
    most = proxies[0].crowd()
    assert most == 1 if served[1][0] else most >= 1


def test_an_exception_in_the_block_comes_out_and_the_monitor_is_free(proxies):
    assert proxies[0].fail_inside() == 2
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(proxies[0].answer).result(5) == 42


def test_clients_and_threads_together(proxies):
    """Clients read from all sides while threads of the server take the monitor."""
    over = threading.Event()

    def read(proxy):
        count = 0
        while not over.is_set():
            assert proxy.answer() == 42 and proxy.value == 1.5
            count += 1
        return count

    for proxy in proxies:
        proxy.set_timeout_millis(20000)
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, proxy) for proxy in proxies * 2]
        for _ in range(3):
            proxies[0].crowd()
        over.set()
        assert all(reader.result(20) > 0 for reader in readers)


def test_what_the_monitors_take():
    for monitor in (tango.AutoTangoMonitor, tango.AutoTangoAllowThreads):
        with pytest.raises(TypeError, match="takes a device"):
            monitor(5)
