"""What a device calls wrongly of its own: the error names the argument, what it should be and what was given."""

from __future__ import annotations

import pytest

from tango import Attr, AttrWriteType, CmdArgType, DevDouble, SpectrumAttr
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

NAMES = {
    "Attr": Attr,
    "CmdArgType": CmdArgType,
    "DevDouble": DevDouble,
    "READ_WRITE": AttrWriteType.READ_WRITE,
    "SpectrumAttr": SpectrumAttr,
    "attribute": attribute,
    "command": command,
}


class Caller(Device):
    """Does what a test says, and tells what came of it."""

    @attribute
    def level(self) -> float:
        return 1.0

    def read(self, attr):
        return 1.0

    def write(self, attr):
        pass

    def nothing(self):
        pass

    @command(dtype_in=str, dtype_out=str)
    def call(self, source):
        try:
            return repr(eval(source, {**NAMES, "self": self}))
        except Exception as error:
            return f"{type(error).__name__}: {error}"


@pytest.fixture(scope="module")
def caller():
    with DeviceTestContext(Caller, process=True) as device:
        yield device


WRONG = [
    ("self.add_attribute(5)", "TypeError: add_attribute() takes a tango.server.attribute or a tango.Attr, not int 5"),
    ("self.add_attribute(attribute(dtype=int))", "ValueError: a dynamic attribute needs a name"),
    ("self.add_attribute(attribute(name='n', dtype=int))", "'read_n': the read method is missing (class 'Caller', dynamic attribute 'n')"),
    ("self.add_attribute(attribute(name='n', fget='nope'))", "'nope': the read method is missing"),
    ("self.add_attribute(attribute(name='n'), lambda: 1)", "read method <lambda>() cannot be called with the device"),
    ("self.add_attribute(attribute(name='n', access=READ_WRITE), self.read, self.nothing)", "write method Caller.nothing(self) cannot"),
    ("self.add_attribute(attribute(name='n', dtype=str, min_value=5), self.read)", "min_value: an attribute of type DevString"),
    ("self.add_attribute(attribute(name='n', min_value='x'), self.read)", "min_value .* (class 'Caller', attribute 'n')"),
    ("self.add_attribute(attribute(name='level', dtype=int), self.read)", "Attribute level already exists for your device"),
    ("self.add_attribute(Attr('n', DevDouble), 5)", "TypeError: attribute n: r_meth must be a method, a function or the name"),
    ("Attr('n', 'double')", "TypeError: the type of an attribute is a tango.CmdArgType, not str 'double'"),
    ("Attr('n', CmdArgType.DevVarLongArray)", "Data type is not supported"),
    ("SpectrumAttr('n', DevDouble, READ_WRITE, 0)", "Maximum x dim. wrongly defined"),
    ("self.remove_attribute('nope')", "Attribute nope is not defined as attribute for your device"),
    ("self.add_command(5)", "TypeError: add_command() takes what tango.server.command returns, not 5"),
    ("self.add_command(command(self.write))", "method Caller.write(self, attr) cannot .* (class 'Caller', dynamic command 'write')"),
    ("self.add_command(command(self.nothing, fisallowed='nope'))", "'nope': the is-allowed method is missing"),
    ("self.remove_command('nope')", "Command nope is not defined as a command for your device"),
    ("self.set_state('ON')", "TypeError: the new state must be a DevState, not str 'ON'"),
    ("self.set_status(5)", "TypeError: Argument 'status' has incorrect type (expected str, got int)"),
    ("self.push_change_event('nope', 1)", "nope attribute not found"),
    ("self.push_change_event('level')", "Cannot push event for attribute level without data"),
    ("self.push_change_event('level', 'x')", "'x' is of type str. .* (attribute level of test/nodb/caller)"),
    ("self.push_change_event('level', 1, 'now', 0)", "TypeError: Last argument, 0, has the incorrect type"),
    ("self.push_event('level', 5, 6, 1.0)", "TypeError: names of filters: a sequence of str was expected, not int 5"),
    ("self.push_event('level', ['a'], ['b'], 1.0)", "TypeError: values of filters: a number was expected, not str 'b'"),
    ("self.push_data_ready_event('level', 'x')", "TypeError: a counter is an int, not str 'x'"),
    ("self.set_change_event('nope', True)", "nope attribute not found"),
    ("self.poll_attribute('level', 'x')", "TypeError: a period is an int, not str 'x'"),
    ("self.poll_attribute('level', 1)", "1 is below the min authorized period"),
    ("self.get_device_attr().get_attr_by_ind(99)", "IndexError: test/nodb/caller has 3 attributes: there is no number 99"),
    ("self.level.set_quality(5)", "TypeError: a quality is an AttrQuality, not int 5"),
    ("self.level.set_value('x')", "'x' is of type str"),
    ("self.level.set_properties(5)", "TypeError: attr_cfg must be an instance of MultiAttrProp"),
    ("self.fill_attr_polling_buffer('level', 5)", "TypeError: a polling buffer is filled with TimedAttrData"),
    ("self.set_attribute_config_3(5)", "TypeError: a list of AttributeConfig_3 was expected, not int 5"),
    ("self.register_signal(999)", "Signal number 999 out of range"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), WRONG, ids=[source[:50] for source, _ in WRONG])
def test_the_error_says_what_is_wrong(caller, source, text):
    answer = caller.call(source)
    place = 0
    for part in text.split(" .* "):
        assert part in answer[place:]
        place = answer.index(part, place)
    assert caller.level == 1.0
