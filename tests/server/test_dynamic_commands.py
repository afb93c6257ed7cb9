"""Commands that a device gets while it is made, from functions of all kinds."""

import functools

import pytest

from tango.server import Device, command
from tango.test_context import DeviceTestContext


def nothing():
    return "nothing"


def anything(*args):
    return f"{len(args)} arguments"


def a_number(value):
    return f"a number: {value}"


def a_device(device):
    return f"a device: {device.get_name()}"


def both(device, value):
    return f"{device.get_name()} and {value}"


class Receiving(Device):
    """Is given commands: a function that can do without the device is called without it."""

    def init_device(self):
        super().init_device()
        for function in (nothing, anything, a_device, self.method, functools.partial(a_number, 7)):
            self.add_command(named(command(function, dtype_out=str), function))
        for function in (a_number, both, anything):
            self.add_command(named(command(function, dtype_in=int, dtype_out=str), function, "_in"))

    def method(self):
        return "a method"


def named(made, function, suffix=""):
    made.__name__ = getattr(function, "__name__", "partial") + suffix
    return made


@pytest.fixture(scope="module")
def device():
    with DeviceTestContext(Receiving, process=True) as proxy:
        yield proxy


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("nothing", "nothing"),
        ("anything", "0 arguments"),
        ("a_device", "a device: test/nodb/receiving"),
        ("method", "a method"),
        ("partial", "a number: 7"),
    ],
)
def test_commands_without_argument(device, name, answer):
    assert device.command_inout(name) == answer


@pytest.mark.parametrize(
    ("name", "answer"),
    [("a_number_in", "a number: 5"), ("both_in", "test/nodb/receiving and 5"), ("anything_in", "1 arguments")],
)
def test_commands_with_an_argument(device, name, answer):
    assert device.command_inout(name, 5) == answer
