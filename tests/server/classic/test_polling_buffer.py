"""Values and results that a device itself puts where clients look for what was polled."""

import datetime

import numpy as np
import pytest
from support import start_python_server

import tango
from tango._core.types import TYPES
from tango.enums import AttrDataFormat, AttrQuality, AttrWriteType, CmdArgType, DevState

SAMPLES = {
    "boolean": [True, False, True, False],
    "integer": [1, 2, 3, 100],
    "real": [1.5, -2.25, 0.0, 1e10],
    "state": [DevState.ON, DevState.FAULT, DevState.UNKNOWN, DevState.OFF],
    "enumeration": [0, 1, 2, 1],
    "text": ["a", "\xe9t\xe9", "", "a longer text"],
    "encoded": [("raw", b"\0\1"), ("", b""), ("x", b"123"), ("x", b"4")],
}
ATTRIBUTES = [
    (row, format, access)
    for row in TYPES
    for format in (AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE)
    for access in (AttrWriteType.READ, AttrWriteType.READ_WRITE)
    if row.kind != "encoded" or format is AttrDataFormat.SCALAR
]
NOW = 1_700_000_000.25


@pytest.fixture(scope="module")
def history_server(server_mode):
    with start_python_server("history.py", "test/history/1") as server:
        yield server


@pytest.fixture
def history(history_server, inside_of):
    return inside_of(history_server)


def literal(value):
    """Text that makes the value in the server."""
    if isinstance(value, DevState):
        return f"tango.DevState.{value.name}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(value)


def shaped(a, b, c, d, format):
    """Three values of a format, of different shapes."""
    if format is AttrDataFormat.SCALAR:
        return [a, b, c]
    if format is AttrDataFormat.SPECTRUM:
        return [[a, b, c], [d], [b, c]]
    return [[[a, b, c], [c, d, a]], [[d]], [[a], [b], [c]]]


def plain(value):
    """A value as a client has it, in lists."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return [list(line) for line in value]
    return list(value) if isinstance(value, tuple) and not isinstance(value[-1], bytes) else value


@pytest.mark.parametrize(("row", "format", "access"), ATTRIBUTES, ids=lambda x: getattr(x, "name", None) or x.type.name)
def test_values_of_each_type_format_and_access_come_back(history, row, format, access):
    name = f"{row.type.name}_{format.name}_{access.name}"
    values = shaped(*SAMPLES[row.kind], format)
    set_points = values[::-1] if access is AttrWriteType.READ_WRITE else [None] * 3
    history.proxy.poll_attribute(name, 0)
    records = ", ".join(
        f"tango.TimedAttrData({literal(value)}, tango.AttrQuality.ATTR_WARNING, {literal(set_point)}, time_stamp={NOW + i})"
        for i, (value, set_point) in enumerate(zip(values, set_points, strict=True))
    )
    history(f"device.fill_attr_polling_buffer({name.lower()!r}, [{records}])")
    back = history.proxy.attribute_history(name, 10)
    assert [plain(record.value) for record in back] == values
    if access is AttrWriteType.READ_WRITE:
        assert [plain(record.w_value) for record in back] == set_points
    assert [record.time.totime() for record in back] == [NOW, NOW + 1, NOW + 2]
    assert {record.quality for record in back} == {AttrQuality.ATTR_WARNING}
    assert not any(record.has_failed for record in back)

    last = tango.DeviceProxy(history.server.address())
    last.set_source(tango.DevSource.CACHE)
    assert plain(last.read_attribute(name).value) == values[-1]


def test_a_record_without_set_point_has_the_present_one(history):
    history.proxy.poll_attribute("DevLong_SCALAR_READ_WRITE", 0)
    history.proxy.write_attribute("DevLong_SCALAR_READ_WRITE", 17)
    history("device.fill_attr_polling_buffer('DevLong_SCALAR_READ_WRITE', tango.TimedAttrData(1))")
    history("device.fill_attr_polling_buffer('DevLong_SCALAR_READ_WRITE', tango.TimedAttrData(2, w_value=99))")
    history("util.fill_attr_polling_buffer(device, 'DevLong_SCALAR_READ_WRITE', (tango.TimedAttrData(3),))")
    back = history.proxy.attribute_history("DevLong_SCALAR_READ_WRITE", 3)
    assert [(record.value, record.w_value) for record in back] == [(1, 17), (2, 99), (3, 17)]
    assert abs(back[0].time.totime() - datetime.datetime.now().timestamp()) < 60


def test_errors_and_invalid_values_among_values(history):
    history.proxy.poll_attribute("DevDouble_SPECTRUM_READ", 0)
    history("""
        t = tango.TimedAttrData
        device.fill_attr_polling_buffer('DevDouble_SPECTRUM_READ', [
            t([1.0, 2.0]), t(error=RuntimeError('as told')), t(None, tango.AttrQuality.ATTR_INVALID), t([3.0]),
            t(error=tango.DevFailed(tango.DevError())),
        ])
    """)
    back = history.proxy.attribute_history("DevDouble_SPECTRUM_READ", 5)
    assert [record.has_failed for record in back] == [False, True, False, False, True]
    assert "as told" in back[1].get_err_stack()[0].desc
    assert back[2].quality is AttrQuality.ATTR_INVALID and back[2].value is None
    assert [plain(back[0].value), plain(back[3].value)] == [[1.0, 2.0], [3.0]]


def test_state_and_status_can_be_filled_too(history):
    for name in ("State", "Status"):
        history.proxy.poll_attribute(name, 0)
    history("device.fill_attr_polling_buffer('State', [tango.TimedAttrData(tango.DevState.ALARM)])")
    history("device.fill_attr_polling_buffer('Status', [tango.TimedAttrData('well')])")
    assert history.proxy.attribute_history("State", 1)[0].value is DevState.ALARM
    assert history.proxy.attribute_history("Status", 1)[0].value == "well"


RESULTS = [
    (row.type, SAMPLES[row.kind][:3], row) for row in TYPES if row.type not in (CmdArgType.DevEnum, CmdArgType.DevUChar)
] + [
    (row.array, shaped(*SAMPLES[row.kind], AttrDataFormat.SPECTRUM), row) for row in TYPES if row.array is not None
] + [
    (CmdArgType.DevVarLongStringArray, [[[1, 2], ["a"]], [[], []], [[3], []]], None),
    (CmdArgType.DevVarDoubleStringArray, [[[1.5], ["a", "b"]], [[], []], [[3.0], []]], None),
    (CmdArgType.DevVoid, [None, None, None], None),
]


@pytest.mark.parametrize(("type", "values", "row"), RESULTS, ids=lambda x: getattr(x, "name", ""))
def test_results_of_each_type_come_back(history, type, values, row):
    name = f"Give{type.name}"
    history.proxy.poll_command(name, 0)
    records = ", ".join(f"tango.TimedCmdData({literal(value)}, time_stamp={NOW + i})" for i, value in enumerate(values))
    history(f"device.fill_cmd_polling_buffer({name!r}, [{records}, tango.TimedCmdData(error=ValueError('as told'))])")
    back = history.proxy.command_history(name, 10)
    assert [record.has_failed() for record in back] == [False, False, False, True]
    assert "as told" in back[3].get_err_stack()[0].desc
    # cppTango 10 keeps the times of results by another clock, and is a fraction of a microsecond off when it gives them back.
    assert [record.get_date().totime() for record in back[:3]] == pytest.approx([NOW, NOW + 1, NOW + 2], rel=0, abs=2e-6)
    if row is None and type is not CmdArgType.DevVoid:
        assert [[plain(numbers), texts] for numbers, texts in (record.extract() for record in back[:3])] == values
    else:
        assert [plain(record.extract()) for record in back[:3]] == values


@pytest.mark.parametrize("type", [CmdArgType.DevLong, CmdArgType.DevVarStringArray, CmdArgType.DevVarLongStringArray])
def test_a_history_of_errors(history, type):
    name = f"Give{type.name}"
    history.proxy.poll_command(name, 0)
    error = "tango.TimedCmdData(error=ValueError('as told'))"
    history(f"device.fill_cmd_polling_buffer({name!r}, [{error}] * 10)")
    back = history.proxy.command_history(name, 20)
    assert [record.has_failed() for record in back] == [True] * 10
    assert all("as told" in record.get_err_stack()[0].desc for record in back)


def test_a_server_fills_the_buffer_of_a_command(history):
    history.proxy.poll_command("GiveDevLong", 0)
    history("util.fill_cmd_polling_buffer(device, 'givedevlong', tango.TimedCmdData(5))")
    assert history.proxy.command_history("GiveDevLong", 1)[0].extract() == 5


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        ("fill_attr_polling_buffer('DevShort_SPECTRUM_READ', tango.TimedAttrData([1]))", tango.DevFailed, "API_PollObjNotFound"),
        ("fill_attr_polling_buffer('nope', tango.TimedAttrData([1]))", tango.DevFailed, "API_AttrNotFound"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_WRITE', tango.TimedAttrData(1))", tango.DevFailed, "can only be written"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData(1, w_value=2))", tango.DevFailed, "set point"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', [tango.TimedAttrData(1)] * 11)", tango.DevFailed, "less than 11"),
        ("fill_attr_polling_buffer('DevLong_IMAGE_READ', tango.TimedAttrData([[0] * 9]))", tango.DevFailed, "at most 8 x 8"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData('x'))", tango.DevFailed, "DevLong"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData())", tango.DevFailed, "DevLong"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', 5)", tango.DevFailed, "TimedAttrData"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', [tango.TimedCmdData(1)])", tango.DevFailed, "TimedAttrData"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData(1, 0))", tango.DevFailed, "AttrQuality"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData(1, time_stamp='x'))", tango.DevFailed, "time"),
        ("fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData(error='x'))", tango.DevFailed, "exception"),
        ("fill_cmd_polling_buffer('nope', tango.TimedCmdData(1))", tango.DevFailed, "API_CommandNotFound"),
        ("fill_cmd_polling_buffer('Init', tango.TimedCmdData())", tango.DevFailed, "API_PollObjNotFound"),
        ("fill_cmd_polling_buffer('GiveDevLong', tango.TimedCmdData('x'))", tango.DevFailed, "GiveDevLong"),
        ("fill_cmd_polling_buffer('GiveDevLong', [tango.TimedCmdData(1)] * 11)", tango.DevFailed, "less than 11"),
    ],
)
def test_what_cannot_be_filled_in(history, call, error, text):
    for name in ("DevLong_SCALAR_READ", "DevLong_IMAGE_READ"):
        history.proxy.poll_attribute(name, 0)
    history.proxy.poll_command("GiveDevLong", 0)
    if history.proxy.is_attribute_polled("DevShort_SPECTRUM_READ"):
        history.proxy.stop_poll_attribute("DevShort_SPECTRUM_READ")
    with pytest.raises(error) as caught:
        history(f"device.{call}")
    assert any(text in entry.reason or text in entry.desc for entry in caught.value.args)
    history("device.fill_attr_polling_buffer('DevLong_SCALAR_READ', tango.TimedAttrData(1))")  # it goes on working
    assert history.proxy.attribute_history("DevLong_SCALAR_READ", 1)[0].value == 1


def test_a_device_that_is_not_polled(inside):
    with pytest.raises(tango.DevFailed) as error:
        inside("device.fill_attr_polling_buffer('A', tango.TimedAttrData(1.0))")
    assert error.value.args[0].reason == "API_DeviceNotPolled"
