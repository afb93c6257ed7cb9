"""Green modes: which one a call has, and what its caller gets."""

import concurrent.futures
import inspect
import os
import subprocess
import sys
import threading
import timeit

import pytest

from tango.enums import GreenMode
from tango.green import HasGreenMode, blocking, get_green_mode, set_green_mode, use_green_mode


class Device(HasGreenMode):
    """Stands in for a proxy: its calls wait for an event instead of the network."""

    def __init__(self):
        self.answer = threading.Event()

    @blocking
    def twice(self, value: int = 1) -> int:
        """Give the double."""
        return value * 2

    @blocking
    def fail(self) -> None:
        """Raise."""
        raise KeyError("no")

    @blocking
    def thread(self) -> int:
        """Tell the thread that runs the body."""
        return threading.get_ident()

    @blocking
    def slow(self) -> str:
        """Return when the answer is there."""
        assert self.answer.wait(20)
        return "answer"

    @blocking
    def outer(self) -> int:
        """Call another blocking method."""
        return self.thread()

    @blocking
    def keywords(self, first, *, second=2, **others):
        """Take everything."""
        return first, second, others


@pytest.fixture
def device():
    device = Device()
    yield device
    device.answer.set()


@pytest.fixture(autouse=True)
def default_mode():
    yield
    set_green_mode()


# --- which mode ------------------------------------------------------------------------------------------------------


def test_the_default_is_synchronous(device):
    assert get_green_mode() is GreenMode.Synchronous
    assert device.get_green_mode() is GreenMode.Synchronous


def test_the_global_mode_reaches_objects_that_follow_it(device):
    own = Device()
    own.set_green_mode(GreenMode.Gevent)
    set_green_mode(GreenMode.Futures)
    assert device.get_green_mode() is GreenMode.Futures
    assert own.get_green_mode() is GreenMode.Gevent
    set_green_mode(GreenMode.Synchronous)
    assert device.get_green_mode() is GreenMode.Synchronous


def test_the_context_goes_before_the_global_mode_and_after_the_object(device):
    set_green_mode(GreenMode.Asyncio)
    own = Device()
    own.set_green_mode(GreenMode.Synchronous)
    with use_green_mode(GreenMode.Futures):
        assert get_green_mode() is GreenMode.Futures
        assert isinstance(device.twice(wait=False), concurrent.futures.Future)
        assert own.twice() == 2
    assert get_green_mode() is GreenMode.Asyncio


def test_the_argument_goes_before_everything(device):
    device.set_green_mode(GreenMode.Asyncio)
    assert device.twice(green_mode=GreenMode.Synchronous) == 2
    assert isinstance(device.twice(green_mode=1, wait=False), concurrent.futures.Future)


def test_an_object_can_follow_the_default_again(device):
    device.set_green_mode(GreenMode.Futures)
    device.set_green_mode()
    assert device.get_green_mode() is GreenMode.Synchronous


@pytest.mark.parametrize("call", [set_green_mode, lambda mode: Device().set_green_mode(mode),
                                  lambda mode: Device().twice(green_mode=mode)])
@pytest.mark.parametrize("mode", ["Futures", 7, object()])
def test_what_is_no_mode_is_refused(call, mode):
    with pytest.raises(TypeError, match="Not a valid green mode: .*Synchronous, Futures, Gevent, Asyncio"):
        call(mode)


@pytest.mark.parametrize(("text", "mode", "warning"), [
    ("futures", "Futures", ""), ("GEVENT", "Gevent", ""), ("Asyncio", "Asyncio", ""), ("synchronous", "Synchronous", ""),
    ("", "Synchronous", ""), ("trio", "Synchronous", "PYTANGO_GREEN_MODE='trio' is not a green mode"),
])
def test_the_environment_sets_the_first_mode(text, mode, warning):
    program = "from tango.green import get_green_mode; print(get_green_mode())"
    run = subprocess.run([sys.executable, "-c", program], env={**os.environ, "PYTANGO_GREEN_MODE": text},
                         capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == mode
    assert warning in run.stderr
    assert bool(run.stderr) == bool(warning)


# --- the mark --------------------------------------------------------------------------------------------------------


def test_the_mark_keeps_name_documentation_and_signature():
    assert Device.twice.__name__ == "twice"
    assert Device.twice.__doc__ == "Give the double."
    parameters = inspect.signature(Device.twice).parameters
    assert list(parameters) == ["self", "value", "green_mode", "wait", "timeout"]
    assert all(parameters[name].kind is inspect.Parameter.KEYWORD_ONLY for name in ("green_mode", "wait", "timeout"))
    assert list(inspect.signature(Device.keywords).parameters) == ["self", "first", "second", "green_mode", "wait", "timeout",
                                                                   "others"]


def test_arguments_arrive(device):
    for mode in (GreenMode.Synchronous, GreenMode.Futures):
        assert device.twice(4, green_mode=mode) == 8
        assert device.twice(value=5, green_mode=mode) == 10
        assert device.keywords(1, second=3, third=4, green_mode=mode) == (1, 3, {"third": 4})


def test_a_synchronous_call_costs_less_than_half_a_microsecond(device):
    class Plain(Device):
        def twice(self, value=1):
            return value * 2

    plain = Plain()
    # many short rounds: on a busy machine some are left alone
    cost = min(timeit.repeat(lambda: device.twice(3), number=500, repeat=1000)) / 500
    base = min(timeit.repeat(lambda: plain.twice(3), number=500, repeat=1000)) / 500
    assert cost - base < 0.5e-6


# --- synchronous -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keywords", [{"wait": False}, {"timeout": 1.0}, {"wait": True, "timeout": 1.0}])
def test_synchronous_calls_take_no_wait_and_no_timeout(device, keywords):
    with pytest.raises(ValueError, match="Not supported in synchronous mode"):
        device.twice(**keywords)


def test_synchronous_calls_run_in_the_thread_of_the_caller(device):
    assert device.thread() == threading.get_ident()
    assert device.twice(wait=True) == 2


# --- futures ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def futures(device):
    device.set_green_mode(GreenMode.Futures)
    return device


def test_futures_wait_by_default(futures):
    assert futures.twice(2) == 4
    assert futures.thread() != threading.get_ident()


def test_futures_without_wait(futures):
    future = futures.slow(wait=False, timeout=0.001)
    assert isinstance(future, concurrent.futures.Future)
    assert not future.done()
    futures.answer.set()
    assert future.result(10) == "answer"


def test_futures_with_a_timeout(futures):
    with pytest.raises(concurrent.futures.TimeoutError):
        futures.slow(timeout=0.02)


def test_futures_raise_what_the_call_raised(futures):
    with pytest.raises(KeyError):
        futures.fail()
    assert isinstance(futures.fail(wait=False).exception(10), KeyError)


def test_a_call_inside_a_call_runs_in_place(futures):
    assert futures.outer() != threading.get_ident()
    # more callers than threads: each would wait for a thread that the others hold
    results = [futures.outer(wait=False) for _ in range(300)]
    assert all(result.result(30) for result in results)


def test_many_futures_at_once(futures):
    waiting = [futures.slow(wait=False) for _ in range(50)]
    futures.answer.set()
    assert [future.result(20) for future in waiting] == ["answer"] * 50


def test_a_call_from_another_thread(futures):
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        assert pool.submit(futures.twice, 3).result(10) == 6
        assert pool.submit(lambda: futures.twice(3, wait=False).result(10)).result(10) == 6


def test_a_done_callback_may_call_again(futures):
    seen = []
    called = threading.Event()

    def done(_):
        seen.append(futures.twice(21))
        called.set()

    futures.twice(1, wait=False).add_done_callback(done)
    assert called.wait(10)
    assert seen == [42]
