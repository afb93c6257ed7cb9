"""A device that is its own client: what would wait for itself says so, soon, and the server goes on."""

from __future__ import annotations

import time

import pytest

import tango
from tango import DevFailed, GreenMode
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext


class Own(Device):
    """Asks itself through a proxy."""

    level = 0.0

    def proxy(self):
        return tango.DeviceProxy(self.get_name(), green_mode=GreenMode.Synchronous)

    @attribute(dtype=float)
    def plain(self):
        return self.level

    @plain.write
    def plain(self, value):
        self.level = value

    @attribute(dtype=float)
    def again(self):
        return self.proxy().read_attribute("again").value

    @attribute(dtype=float)
    def other(self):
        return self.proxy().read_attribute("plain").value

    @attribute(dtype=float)
    def first_plain(self):
        """Read after plain in one request, whose lock that holds."""
        return self.proxy().read_attribute("plain").value

    @attribute(dtype=float)
    def writes(self):
        return self.level

    @writes.write
    def writes(self, value):
        self.proxy().write_attribute("plain", value)

    @command(dtype_out=float)
    def ask(self):
        return self.proxy().read_attribute("plain").value


class OwnAsyncio(Own):
    green_mode = GreenMode.Asyncio


class OwnGevent(Own):
    green_mode = GreenMode.Gevent


@pytest.fixture(scope="module", params=[Own, OwnAsyncio, OwnGevent])
def own(request):
    with DeviceTestContext(request.param, process=True) as device:
        device.set_timeout_millis(10000)
        yield device


@pytest.fixture
def is_green(own):
    return own.info().dev_class != "Own"


def texts(caught):
    return " ".join(error.desc for error in caught.value.args)


def test_what_does_not_wait_for_itself_works(own):
    assert own.other == own.plain
    assert own.ask() == own.plain
    assert own.state() == tango.DevState.UNKNOWN


def test_an_attribute_that_reads_itself(own, is_green):
    begin = time.monotonic()
    with pytest.raises(DevFailed) as caught:
        own.read_attribute("again")
    if is_green:
        assert "RecursionError" in texts(caught)
    else:
        assert caught.value.args[0].reason == "PyDs_Deadlock"
        assert "attribute again of test/nodb/own is being read, by a method that reads it again" in texts(caught)
    assert time.monotonic() - begin < 5
    assert own.plain == own.plain


def test_an_attribute_that_the_same_request_has_read(own, is_green):
    replies = own.read_attributes(["plain", "first_plain"])
    assert not replies[0].has_failed
    assert replies[1].has_failed != is_green
    if not is_green:
        assert "attribute plain of test/nodb/own is being read" in replies[1].get_err_stack()[0].desc
    assert own.first_plain == own.plain


def test_a_write_method_that_writes(own, is_green):
    if not is_green:
        own.write_attribute("writes", 2.5)
        assert own.plain == 2.5
        return
    begin = time.monotonic()
    with pytest.raises(DevFailed, match="write methods cannot write to their own device through a proxy") as caught:
        own.write_attribute("writes", 2.5)
    assert caught.value.args[0].reason == "API_CommandTimedOut"
    assert time.monotonic() - begin < 2
    own.plain = 3.5
    assert own.plain == 3.5
