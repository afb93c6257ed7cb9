"""Attributes that come and go from within the coroutines of an asyncio device."""

import asyncio
import threading

import pytest
from support import start_python_server

import tango
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext


@pytest.fixture(scope="module")
def growing_server():
    with start_python_server("growing.py", "test/growing/1") as server:
        yield server


@pytest.fixture
def growing(growing_server):
    return tango.DeviceProxy(growing_server.address())


def test_attributes_come_and_go_by_coroutines(growing):
    assert growing.at_init == growing.at_start == 5
    growing.grow("later")
    assert growing.read_attribute("later").value == 5
    with pytest.raises(tango.DevFailed, match="later"):
        growing.shrink("nothing_later")
    growing.shrink("later")
    with pytest.raises(tango.DevFailed):
        growing.read_attribute("later")


def test_the_command_init_adds_attributes_that_are_there_already(growing):
    growing.Init()
    assert growing.at_init == 5


def test_the_loop_goes_on_meanwhile(growing, growing_server):
    ended = threading.Event()
    errors = []

    def read():
        proxy = tango.DeviceProxy(growing_server.address())
        while not ended.is_set():
            try:
                proxy.read_attribute("slow")
            except Exception as error:
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        growing.set_timeout_millis(30000)
        assert growing.on_its_own() == 20
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert errors == []


class Plain(Device):
    """In a server without a loop the coroutines do it at once."""

    def read_any(self, attr):
        return 6

    @command
    def grow(self):
        asyncio.run(self.async_add_attribute(attribute(name="any", dtype=int), r_meth=self.read_any))

    @command
    def shrink(self):
        asyncio.run(self.async_remove_attribute("any", free_it=True, clean_db=False))


def test_without_a_loop_they_do_it_at_once():
    with DeviceTestContext(Plain) as device:
        device.grow()
        assert device.read_attribute("any").value == 6
        device.shrink()
        with pytest.raises(tango.DevFailed):
            device.read_attribute("any")
