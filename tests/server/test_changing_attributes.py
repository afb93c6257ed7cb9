"""Attributes that are replaced, pushed, configured, added and removed while clients read them.

TANGO_STRESS_SECONDS makes the runs longer than the second each that they take by default.
"""

from __future__ import annotations

import collections
import contextlib
import os
import subprocess
import threading

import pytest
from support import start_python_server, wait_until

import tango
from tango import AttrSerialModel, AttrWriteType, DevFailed, EventType, GreenMode, SerialModel
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

SECONDS = float(os.environ.get("TANGO_STRESS_SECONDS", "1"))
NAMES = ["spectrum", "image", "text", "scalar", "words", "data"]
ALL = [f"{name}{number}" for name in NAMES for number in range(3)]


def is_whole(value):
    """A value of servers/changing.py has one number in it, if it is not torn."""
    if hasattr(value, "flat"):
        return value.size == 0 or bool((value == value.flat[0]).all())
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes):
        return set(value[1]) == {int(value[0])}
    if isinstance(value, str):
        return len(set(value.split(",")[:-1])) <= 1
    return not isinstance(value, (tuple, list)) or len(set(value)) <= 1


class Clients:
    """Clients of another process that read until they are told to end."""

    def __init__(self, address, *, write):
        self.address = address
        self.write = write
        self.ended = threading.Event()
        self.trouble = []
        self.read = collections.Counter()
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(6)]
        for thread in self.threads:
            thread.start()

    def run(self, number):
        proxy = tango.DeviceProxy(self.address)
        proxy.set_timeout_millis(30000)
        if number % 3 == 1:
            proxy.set_source(tango.DevSource.DEV)
        turn = 0
        while not self.ended.is_set():
            turn += 1
            try:
                if number % 4 == 3:
                    self.check(proxy.read_attributes(ALL))
                else:
                    self.check([proxy.read_attribute(ALL[turn % len(ALL)])])
                    if turn % 7 == 0:
                        proxy.get_attribute_config(ALL[turn % len(ALL)])
                    if self.write and turn % 5 == 0:
                        proxy.write_attributes([("scalar2", 1.0), ("text2", f"{turn}," * 9)])
                        proxy.write_attribute("data2", ("1", b"\1" * (turn % 99 + 1)))
            except DevFailed as error:
                if error.args[0].reason not in ("API_AttrNotFound", "API_CommandTimedOut"):
                    self.trouble.append(str(error))

    def check(self, values):
        for value in values:
            if not value.has_failed:
                self.read[value.name.lower()] += 1
                if not is_whole(value.value):
                    self.trouble.append(f"{value.name} was torn: {value.value!r:.100}")

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()


CASES = [
    ({}, "come_and_go push list_them read_inside"),
    ({}, "push configure read_inside"),
    ({"ATTR": "NO_SYNC"}, "come_and_go push read_inside"),
    ({"MODEL": "NO_SYNC"}, "come_and_go push list_them read_inside"),
    ({"MODEL": "NO_SYNC", "ATTR": "NO_SYNC"}, "come_and_go push read_inside"),
    ({"SIZE": "700"}, "come_and_go push read_inside"),
]


@pytest.mark.parametrize(("environ", "what"), CASES, ids=lambda x: "-".join(x.values()) if isinstance(x, dict) else x.replace(" ", "+"))
def test_no_value_is_torn_and_nothing_ends_while_everything_changes(environ, what):
    with start_python_server("changing.py", "test/changing/1", environ=environ) as server:
        device = tango.DeviceProxy(server.address())
        device.set_timeout_millis(60000)
        events = []
        identifiers = [device.subscribe_event(name, EventType.CHANGE_EVENT, events.append) for name in ALL]
        # With NO_SYNC cppTango lets a write into a read of the same attribute, which then fails.
        clients = Clients(server.address(), write=environ.get("MODEL") != "NO_SYNC")
        for each in what.split():
            device.Begin([each, server.address()])
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.process.wait(SECONDS)
        clients.end()
        assert device.End() == ""
        assert clients.trouble == []
        assert all(clients.read[name] for name in ALL)
        wait_until(lambda: len(events) > len(ALL))
        torn = [(event.attr_name, event.attr_value.value) for event in events if not event.err and not is_whole(event.attr_value.value)]
        assert torn == []
        for identifier in identifiers:
            device.unsubscribe_event(identifier)


class Pushing(Device):
    """Pushes events of attributes that are being read."""

    def init_device(self):
        super().init_device()
        for name in ("number", "numbers", "text", "last"):
            self.set_change_event(name, True, False)

    @attribute
    def number(self) -> float:
        return 1.0

    @attribute(max_dim_x=9)
    def numbers(self) -> list[float]:
        return [1.0, 2.0]

    @attribute
    def text(self) -> str:
        return "old"

    @attribute
    def last(self) -> int:
        self.push_change_event("number", 5.0)
        self.push_change_event("numbers", [6.0, 7.0, 8.0])
        self.push_change_event("text", "new", 12.0, tango.AttrQuality.ATTR_WARNING)
        return 9

    def read_own(self, attr):
        attr.set_value(3)
        self.push_change_event("own", 4)

    own = attribute(dtype=int)


def test_an_event_in_the_middle_of_a_request_does_not_spoil_its_values():
    with DeviceTestContext(Pushing) as device:
        number, numbers, text, last = device.read_attributes(["number", "numbers", "text", "last"])
        assert (number.value, list(numbers.value), text.value, last.value) == (5.0, [6.0, 7.0, 8.0], "new", 9)
        assert (text.time.totime(), text.quality) == (12.0, tango.AttrQuality.ATTR_WARNING)
        last, number = device.read_attributes(["last", "number"])
        assert (last.value, number.value) == (9, 1.0)
        assert device.own == 4


class Removing(Device):
    """Adds and removes attributes from within its own methods."""

    green_mode = GreenMode.Synchronous

    def initialize_dynamic_attributes(self):
        self.kept = []
        for name in ("first", "second", "third"):
            self.grow(name)

    def read_it(self, attr):
        if self.what:
            name, self.what = self.what, ""
            self.remove_attribute(name)
        return 1

    def write_it(self, attr):
        self.remove_attribute(["first", "second", "third"][attr.get_write_value()])

    what = ""

    @command
    def remove_while_reading(self, name: str):
        self.what = name

    @command
    def grow(self, name: str):
        declared = attribute(name=name, dtype=int, access=AttrWriteType.READ_WRITE, fget=self.read_it, fset=self.write_it)
        self.add_attribute(declared)

    @command
    def shrink(self, name: str):
        self.kept.append(self.get_device_attr().get_attr_by_name(name))
        self.remove_attribute(name)

    @command
    def use_what_is_gone(self) -> list[str]:
        known = self.kept[-1]
        uses = [
            known.get_name, known.get_quality, known.get_properties, known.check_alarm, known.get_min_alarm, known.value_is_set,
            known.get_write_value, known.fire_change_event, known.remove_configuration, lambda: known.set_value(1),
            lambda: known.set_write_value(1), lambda: known.set_quality(tango.AttrQuality.ATTR_VALID, True),
            lambda: known.set_min_alarm(1), lambda: known.set_change_event(True), lambda: self.push_att_conf_event(known),
        ]
        answers = [repr(known)]
        for use in uses:
            try:
                answers.append(f"no error: {use()!r}")
            except RuntimeError as error:
                answers.append(str(error))
        return answers


@pytest.fixture
def removing():
    with DeviceTestContext(Removing) as device:
        yield device


def attributes_of(device):
    return [name for name in device.get_attribute_list() if name in ("first", "second", "third")]


def test_what_is_left_of_a_removed_attribute_says_so(removing):
    removing.shrink("second")
    first, *answers = removing.use_what_is_gone()
    assert first == "WAttribute(removed)"
    assert set(answers) == {"this attribute has been removed, or its device has been deleted"}
    removing.grow("second")
    assert removing.read_attribute("second").value == 1
    assert set(removing.use_what_is_gone()[1:]) == set(answers)


def test_methods_of_attributes_remove_those_that_were_added_later(removing):
    removing.write_attribute("first", 2)
    assert attributes_of(removing) == ["first", "second"]
    removing.remove_while_reading("second")
    assert removing.read_attribute("first").value == 1
    assert attributes_of(removing) == ["first"]


@pytest.mark.parametrize(("written", "removed"), [("first", 0), ("second", 0), ("third", 1)])
def test_methods_of_attributes_cannot_remove_themselves_or_those_before_them(removing, written, removed):
    with pytest.raises(DevFailed, match="cannot be removed while"):
        removing.write_attribute(written, removed)
    removing.remove_while_reading(["first", "second", "third"][removed])
    with pytest.raises(DevFailed, match="cannot be removed while"):
        removing.read_attribute(written)
    assert attributes_of(removing) == ["first", "second", "third"]
    assert removing.read_attribute(written).value == 1


class Unserialised(Device):
    """Its attributes want no lock in a server that has none either."""

    def init_device(self):
        super().init_device()
        tango.Util.instance().set_serial_model(SerialModel.NO_SYNC)
        known = self.get_device_attr().get_attr_by_name("number")
        known.set_attr_serial_model(AttrSerialModel.ATTR_NO_SYNC)
        self.model = known.get_attr_serial_model()

    @attribute
    def number(self) -> int:
        return int(self.model)


def test_one_lock_of_two_is_left():
    with DeviceTestContext(Unserialised) as device:
        assert device.number == AttrSerialModel.ATTR_BY_KERNEL
