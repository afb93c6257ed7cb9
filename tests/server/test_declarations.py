"""What is declared is what clients see: configurations, values and commands of devices that were declared in all forms."""

from __future__ import annotations

import enum

import numpy as np
import numpy.typing as npt
import pytest

from tango import AttrDataFormat, AttReqType, AttrQuality, AttrWriteType, CmdArgType, DevFailed, DevState, DispLevel, ExtractAs
from tango.server import Device, attribute, command, device_property
from tango.test_context import DeviceTestContext

SPECTRUM, IMAGE = AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE


class Mode(enum.IntEnum):
    OFF = 0
    ON = 1


def gives(value):
    def read(self):
        return value

    return read


def keep(self, value):
    self.written = value


KEYWORDS = {
    "label": ("Voltage", lambda c: c.label),
    "unit": ("V", lambda c: c.unit),
    "standard_unit": ("1000", lambda c: c.standard_unit),
    "display_unit": (0.001, lambda c: c.display_unit),
    "format": ("%6.3f", lambda c: c.format),
    "doc": ("At the output.", lambda c: c.description),
    "min_value": (-5, lambda c: c.min_value),
    "max_value": (5.5, lambda c: c.max_value),
    "min_alarm": ("-4", lambda c: c.alarms.min_alarm),
    "max_alarm": (np.float32(4), lambda c: c.alarms.max_alarm),
    "min_warning": (-3, lambda c: c.alarms.min_warning),
    "max_warning": (3, lambda c: c.alarms.max_warning),
    "delta_val": (0.5, lambda c: c.alarms.delta_val),
    "delta_t": (100, lambda c: c.alarms.delta_t),
    "abs_change": (1, lambda c: c.events.ch_event.abs_change),
    "rel_change": ("1,2", lambda c: c.events.ch_event.rel_change),
    "period": (250, lambda c: c.events.per_event.period),
    "archive_abs_change": (2, lambda c: c.events.arch_event.archive_abs_change),
    "archive_rel_change": (10, lambda c: c.events.arch_event.archive_rel_change),
    "archive_period": (5000, lambda c: c.events.arch_event.archive_period),
}


class Keywords(Device):
    everything = attribute(fget=gives(1.0), fset=keep, **{name: value for name, (value, _) in KEYWORDS.items()})
    nothing = attribute(fget=gives(1.0))
    none = attribute(fget=gives(1.0), **dict.fromkeys(KEYWORDS))
    expert = attribute(fget=gives(1.0), display_level=DispLevel.EXPERT, polling_period=2000)
    only_written = attribute(fset=keep, memorized=True, hw_memorized=True)


@pytest.fixture(scope="module")
def keywords():
    with DeviceTestContext(Keywords, process=True) as device:
        yield device


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_each_keyword_arrives_in_the_configuration(keywords, keyword):
    value, field = KEYWORDS[keyword]
    assert field(keywords.get_attribute_config("everything")) == str(value)
    assert field(keywords.get_attribute_config("none")).replace("none", "nothing") == field(keywords.get_attribute_config("nothing"))


def test_options(keywords):
    expert, written = keywords.get_attribute_config(["expert", "only_written"])
    assert (expert.disp_level, expert.writable) == (DispLevel.EXPERT, AttrWriteType.READ)
    assert keywords.get_attribute_poll_period("expert") == 2000
    assert written.writable == AttrWriteType.WRITE


class Forms(Device):
    @attribute
    def number(self) -> int:
        return 1

    @attribute
    def mode(self) -> Mode:
        return Mode.ON

    @attribute
    def state_of_it(self) -> DevState:
        return DevState.MOVING

    @attribute(max_dim_x=3)
    def several(self) -> list[float]:
        return [1.5]

    @attribute(dtype=("byte",), max_dim_x=3)
    def data(self):
        return b"abc"

    @attribute(dtype=(("int16",),), max_dim_x=2, max_dim_y=2)
    def lines(self):
        return [b"ab", b"cd"]

    @attribute
    def triple(self) -> tuple[int, int, int]:
        return 1, 2, 3

    @attribute
    def table(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        return (1, 2), (3, 4), (5, 6)

    @attribute(dformat=IMAGE, max_dim_x=4, max_dim_y=2)
    def array(self) -> npt.NDArray[np.uint16]:
        return np.arange(4, dtype=np.uint16).reshape(2, 2)

    @attribute(max_dim_x=2)
    def modes(self) -> list[Mode]:
        return [Mode.ON, Mode.OFF]

    @attribute
    def with_quality(self) -> tuple[int, float, AttrQuality]:
        return 5, 1000.0, AttrQuality.ATTR_WARNING

    @attribute
    def encoded(self) -> tuple[str, bytes]:
        return "raw", b"data"

    by_name: int = attribute(label="by name")

    def read_by_name(self):
        return 4

    def write_by_name(self, value):
        self.written = value

    older = attribute(dtype=int, access=AttrWriteType.READ_WRITE)

    def read_older(self, attr):
        attr.set_value(7)

    def write_older(self, attr):
        self.written = attr.get_write_value()

    guarded = attribute(fget=gives(1.0), fset=keep, fisallowed="may")

    def may(self, request):
        return request == AttReqType.READ_REQ

    static = attribute(dtype=str)

    @staticmethod
    def read_static():
        return "static"

    @attribute
    def missing(self) -> float:
        return None, 1000.0, AttrQuality.ATTR_INVALID

    @command
    def turn(self, mode: Mode) -> Mode:
        return Mode(1 - mode)

    @command(dtype_in="DevVarCharArray", dtype_out=(int,))
    def numbers(self, data):
        return list(data)

    @command(fisallowed=lambda self: False)
    def never(self):
        pass

    @command
    def optional(self, value: int = 5) -> int:
        return value


class Mixin:
    mixed: int = attribute(unit="m")

    def read_mixed(self):
        return 3

    shared: int = device_property(default_value=3)


class Derived(Mixin, Forms):
    def read_by_name(self):
        return 44

    triple = None

    @attribute(label="again")
    def number(self) -> float:
        return self.shared + 0.5

    @Forms.mode.write
    def mode(self, value):
        self.written = value


VALUES = {
    "number": (1, CmdArgType.DevLong64, 1, 0),
    "mode": (1, CmdArgType.DevEnum, 1, 0),
    "state_of_it": (DevState.MOVING, CmdArgType.DevState, 1, 0),
    "several": ([1.5], CmdArgType.DevDouble, 3, 0),
    "data": ([97, 98, 99], CmdArgType.DevUChar, 3, 0),
    "lines": ([[97, 98], [99, 100]], CmdArgType.DevShort, 2, 2),
    "triple": ([1, 2, 3], CmdArgType.DevLong64, 3, 0),
    "table": ([[1, 2], [3, 4], [5, 6]], CmdArgType.DevLong64, 2, 3),
    "array": ([[0, 1], [2, 3]], CmdArgType.DevUShort, 4, 2),
    "modes": ([1, 0], CmdArgType.DevEnum, 2, 0),
    "with_quality": (5, CmdArgType.DevLong64, 1, 0),
    "encoded": (("raw", b"data"), CmdArgType.DevEncoded, 1, 0),
    "by_name": (4, CmdArgType.DevLong64, 1, 0),
    "older": (7, CmdArgType.DevLong64, 1, 0),
    "guarded": (1.0, CmdArgType.DevDouble, 1, 0),
    "static": ("static", CmdArgType.DevString, 1, 0),
    "missing": (None, CmdArgType.DevDouble, 1, 0),
}


@pytest.fixture(scope="module")
def forms():
    with DeviceTestContext(Forms, process=True) as device:
        yield device


@pytest.fixture(scope="module")
def derived():
    with DeviceTestContext(Derived, process=True) as device:
        yield device


@pytest.mark.parametrize("name", VALUES)
def test_each_form_has_its_type_shape_and_value(forms, name):
    value, tango_type, max_x, max_y = VALUES[name]
    config = forms.get_attribute_config(name)
    assert (config.data_type, config.max_dim_x, config.max_dim_y) == (tango_type, max_x, max_y)
    assert forms.read_attribute(name, extract_as=ExtractAs.List).value == value


def test_qualities_and_labels(forms):
    assert forms.read_attribute("with_quality").quality == AttrQuality.ATTR_WARNING
    assert forms.read_attribute("missing").quality == AttrQuality.ATTR_INVALID
    assert list(forms.get_attribute_config("modes").enum_labels) == ["OFF", "ON"]


def test_a_method_may_refuse_what_is_written(forms):
    with pytest.raises(DevFailed, match="not allowed to write attribute guarded"):
        forms.guarded = 1.0


def test_commands(forms):
    assert forms.turn(Mode.OFF) == Mode.ON
    info = forms.command_query("turn")
    assert (info.in_type, info.out_type) == (CmdArgType.DevEnum, CmdArgType.DevEnum)
    for numbers in (b"\1\2", bytearray(b"\1\2"), memoryview(b"\1\2"), [1, 2], np.array([1, 2])):
        assert forms.numbers(numbers).tolist() == [1, 2]
    info = forms.command_query("numbers")
    assert info.in_type_desc == ":param data: (not documented)\n:type data: DevVarCharArray"
    assert info.out_type_desc == ":return: (not documented)\n:rtype: DevLong64"
    assert forms.optional(6) == 6
    with pytest.raises(DevFailed, match="Command never not allowed"):
        forms.never()


def test_derived_classes(derived):
    assert "triple" not in derived.get_attribute_list()
    assert (derived.by_name, derived.number, derived.mixed) == (44, 3.5, 3)
    number, mode, mixed = derived.get_attribute_config(["number", "mode", "mixed"])
    assert (number.label, number.data_type) == ("again", CmdArgType.DevDouble)
    assert mode.writable == AttrWriteType.READ_WRITE
    assert (mixed.unit, mixed.data_type) == ("m", CmdArgType.DevLong64)
