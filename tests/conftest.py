"""Fixtures that all tests share."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator

import gevent
import pytest
from listening import Listener
from modes import DEVICE_PROXIES
from support import Server, start_python_server, start_tangotest, wait_until

import tango
import tango.server
from tango import GreenMode
from tango._core.events import settle
from tango._core.live import live_objects
from tango._core.types import TYPES, TypeRow

failed = pytest.StashKey[bool]()

# Every server asks for the name of its host: where no name server answers, that should not take 10 s each time.
os.environ.setdefault("RES_OPTIONS", "timeout:1 attempts:1")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let plain methods be called in asyncio servers where the same tests run in all modes."""
    for item in items:
        if "server_mode" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.filterwarnings("ignore:Sync .* function called:DeprecationWarning"))


@pytest.fixture(autouse=True)
def unchanged_object_counts(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves objects with C++ memory behind; module and session fixtures are made before."""
    if live_objects():
        gc.collect()
    before = live_objects()
    yield
    request.node.funcargs.clear()  # pytest keeps them until the next test
    if request.node.stash.get(failed, False):
        return  # its traceback holds on to what the test had
    if live_objects() != before:
        gc.collect()
    if live_objects() != before:
        # what a thread of the library still holds is given back soon
        with contextlib.suppress(AssertionError):
            wait_until(lambda: gc.collect() is not None and live_objects() == before, deadline=5)
    assert live_objects() == before


def _leftovers() -> dict[str, set[object]]:
    """What a program can leave behind: tasks and greenlets that are not over, threads that are not of a pool."""
    found = gc.get_objects()
    return {
        "tasks": {each for each in found if issubclass(type(each), asyncio.Task) and not each.done()},
        "greenlets": {each for each in found if issubclass(type(each), gevent.Greenlet) and not each.dead},
        "threads": {each for each in threading.enumerate() if not each.name.startswith(("tango-", "Dummy-"))},
    }


@pytest.fixture
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves tasks, greenlets or threads behind; for the modules about green modes."""
    before = _leftovers()

    def new() -> dict[str, set[object]]:
        gc.collect()
        found = {kind: things - before[kind] for kind, things in _leftovers().items()}
        return {kind: things for kind, things in found.items() if things}

    yield
    if not request.node.stash.get(failed, False) and new():
        gevent.sleep(0)  # a greenlet that was spawned at the very end
        wait_until(lambda: not new(), deadline=5)


@pytest.fixture(scope="session")
def tangotest() -> Iterator[Server]:
    """The C++ device server TangoTest with three devices, without a database."""
    with start_tangotest("test/tt/1", "test/tt/2", "test/tt/3") as server:
        yield server


@pytest.fixture(params=list(GreenMode), ids=lambda mode: mode.name)
def green_mode(request: pytest.FixtureRequest) -> GreenMode:
    """Each green mode of a client."""
    mode: GreenMode = request.param
    return mode


@pytest.fixture
def proxy(tangotest: Server, green_mode: GreenMode) -> tango.DeviceProxy:
    """A proxy of TangoTest's first device, in each green mode; its calls wait for their results in all of them."""
    return DEVICE_PROXIES[green_mode](tangotest.address())


@pytest.fixture(scope="session")
def patient_server() -> Iterator[Server]:
    """A server with two devices that take their time (servers/patient.py)."""
    with start_python_server("patient.py", "test/patient/1", "test/patient/2") as server:
        yield server


@pytest.fixture
def patient(patient_server: Server) -> Iterator[tango.DeviceProxy]:
    """A proxy of the first of them; its device takes no time at the end."""
    proxy = tango.DeviceProxy(patient_server.address())
    yield proxy
    proxy.set_timeout_millis(3000)
    proxy.write_attribute("pause", 0.0)


@pytest.fixture(scope="module")
def news_server() -> Iterator[Server]:
    """A server with two devices that send events when they are told to (servers/news.py)."""
    with start_python_server("news.py", "test/news/1", "test/news/2") as server:
        yield server


@pytest.fixture
def news(news_server: Server) -> Iterator[tango.DeviceProxy]:
    """A proxy of the first of them, whose subscriptions end with the test."""
    proxy = tango.DeviceProxy(news_server.address())
    yield proxy
    for number in list(proxy._subscriptions()):
        proxy.unsubscribe_event(number)
    assert settle()


@pytest.fixture
def listener() -> Listener:
    """A callback that keeps what it gets."""
    return Listener()


@pytest.fixture
def unraisable(monkeypatch: pytest.MonkeyPatch) -> list[tuple[type[BaseException] | None, object]]:
    """What went to sys.unraisablehook: (type of the exception, object)."""
    told: list[tuple[type[BaseException] | None, object]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda hook: told.append((hook.exc_type, hook.object)))
    return told


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """A factory of servers: ``server("everything.py", "test/it/1")`` starts a script of tests/servers."""
    with contextlib.ExitStack() as stack:
        yield lambda script, *devices, **options: stack.enter_context(start_python_server(script, *devices, **options))


@pytest.fixture(scope="module", params=[GreenMode.Synchronous, GreenMode.Gevent, GreenMode.Asyncio], ids=lambda mode: mode.name)
def server_mode(request: pytest.FixtureRequest) -> Iterator[GreenMode]:
    """Each green mode of a server: those that a module starts run in it, unless they say otherwise."""
    mode: GreenMode = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANGO_TEST_SERVER_MODE", mode.name)  # see servers/serving.py
        patch.setattr(tango.server.Device, "green_mode", mode, raising=False)
        yield mode


@pytest.fixture(params=TYPES, ids=lambda row: row.type.name)
def type_row(request: pytest.FixtureRequest) -> TypeRow:
    """Each row of the list of types."""
    row: TypeRow = request.param
    return row
