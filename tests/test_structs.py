"""Value types: fields, checks, printing, comparing, copying, pickling."""

import copy
import pickle
import socket
from datetime import datetime, timezone

import numpy as np
import pytest

from tango import structs
from tango.enums import AttrDataFormat, CmdArgType, ErrSeverity, EventReason, LockerLanguage
from tango.structs import (
    AttrConfEventData,
    AttributeInfo,
    AttributeInfoEx,
    AttributeInfoList,
    AttributeInfoListEx,
    AttrReadEvent,
    ChangeEventInfo,
    ClientAddr,
    CmdDoneEvent,
    CommandInfo,
    DataReadyEventData,
    DbData,
    DbDatum,
    DbDevImportInfo,
    DbHistory,
    DevError,
    DeviceAttributeConfig,
    DeviceInfo,
    DevIntrChangeEventData,
    EventData,
    MultiAttrProp,
    PeriodicEventInfo,
    StdDoubleVector,
    StdLongVector,
    StdStringVector,
    Struct,
    TimedAttrData,
    TimeVal,
    TypedList,
)

PLAIN = [
    value
    for value in (getattr(structs, name) for name in structs.__all__)
    if issubclass(value, Struct) and value is not DbHistory
]
LISTS = [value for value in (getattr(structs, name) for name in structs.__all__) if issubclass(value, TypedList)]
OPEN = {cls for cls in PLAIN if cls._open}
BY_IDENTITY = OPEN | {TimedAttrData, structs.TimedCmdData}


def filled(cls):
    """Return an instance in which each field that can hold a string or a number holds another one."""
    made = cls()
    for number, (name, convert) in enumerate(cls._fields.items()):
        if convert is None:
            continue
        for value in (f"text {number}", number + 1, True):
            try:
                setattr(made, name, value)
            except TypeError:
                continue
            break
    return made


# --- fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", PLAIN)
def test_no_arguments_are_needed_and_every_field_has_a_value(cls):
    made = cls()
    assert cls._fields or cls is CmdDoneEvent
    for name in cls._fields:
        getattr(made, name)


@pytest.mark.parametrize("cls", [cls for cls in PLAIN if cls not in OPEN])
def test_an_unknown_field_is_refused_with_those_that_exist(cls):
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'; it has "):
        cls().nonsense = 1


@pytest.mark.parametrize("cls", PLAIN)
def test_instances_do_not_share_what_can_change(cls):
    first, second = cls(), cls()
    for name in cls._fields:
        value = getattr(first, name)
        if isinstance(value, (list, dict, Struct)):
            assert value is not getattr(second, name) and value is getattr(first, name)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", 5, "AttributeInfoEx.name: expected str, got int 5"),
        ("name", None, "AttributeInfoEx.name: expected str, got NoneType None"),
        ("max_dim_x", 1.5, "AttributeInfoEx.max_dim_x: expected int, got float 1.5"),
        ("max_dim_x", "1", "AttributeInfoEx.max_dim_x: expected int, got str '1'"),
        ("max_dim_x", 2**31, "AttributeInfoEx.max_dim_x: expected int of at most 32 bits, got int 2147483648"),
        ("data_format", 1, "AttributeInfoEx.data_format: expected AttrDataFormat, got int 1"),
        ("extensions", "abc", "AttributeInfoEx.extensions: expected sequence of str, got str 'abc'"),
        ("extensions", ["a", 5], "AttributeInfoEx.extensions: expected sequence of str, got list"),
        ("alarms", None, "AttributeInfoEx.alarms: expected AttributeAlarmInfo, got NoneType None"),
    ],
)
def test_a_value_of_another_type_is_refused(field, value, message):
    info = AttributeInfoEx()
    before = getattr(info, field)
    with pytest.raises(TypeError) as failure:
        setattr(info, field, value)
    assert str(failure.value).startswith(message)
    assert getattr(info, field) == before


def test_equivalent_values_are_converted():
    info = AttributeInfoEx()
    info.name = b"caf\xe9"
    info.max_dim_x = np.int16(7)
    info.data_type = CmdArgType.DevDouble
    info.extensions = ("a", "b")
    assert info.name == "café"
    assert info.max_dim_x == 7 and type(info.max_dim_x) is int
    assert info.data_type == 5 and type(info.data_type) is int
    assert type(info.extensions) is StdStringVector and info.extensions == ["a", "b"]


def test_fields_may_be_given_by_name_or_taken_from_another():
    first = AttributeInfoEx(name="voltage", data_format=AttrDataFormat.IMAGE)
    second = AttributeInfoEx(first)
    second.events.ch_event.abs_change = "1"
    assert second.name == "voltage" and first.events.ch_event.abs_change == ""
    assert type(AttributeInfo(first)) is AttributeInfo and AttributeInfo(first).name == "voltage"
    with pytest.raises(TypeError, match=r"AttributeInfoEx\(\) copies a AttributeInfoEx, not a AttributeInfo"):
        AttributeInfoEx(AttributeInfo())


def test_a_user_may_derive_a_structure():
    class Extended(CommandInfo):
        origin: str = "here"

    assert str(Extended(cmd_name="On")).splitlines()[-3:-1] == [
        "    out_type = <CmdArgType.DevVoid: 0>",
        '    out_type_desc = ""',
    ]
    assert 'origin = "here"' in str(Extended())


# --- printing --------------------------------------------------------------------------------------------------------


def test_a_structure_is_printed_over_several_lines():
    info = AttributeInfoEx(name='a "b"\nc', data_type=5, enum_labels=["x"])
    text = str(info)
    assert text.startswith('AttributeInfoEx[\n    alarms = AttributeAlarmInfo[\n        delta_t = ""\n')
    assert '\n    name = "a "b"\n    c"\n' in text
    assert "\n    data_type = <CmdArgType.DevDouble: 5>\n" in text
    assert "\n    enum_labels = ['x']\n" in text
    assert '\n        ch_event = ChangeEventInfo[\n            abs_change = ""\n' in text
    assert text.endswith('    writable_attr_name = ""\n]')


def test_a_structure_is_represented_on_one_line():
    info = ChangeEventInfo(abs_change="it's", extensions=["a"])
    assert repr(info) == "ChangeEventInfo(abs_change = \"it's\", extensions = ['a'], rel_change = '')"
    assert repr(PeriodicEventInfo()) == "PeriodicEventInfo(extensions = [], period = '')"


def test_a_type_that_is_unknown_is_printed_as_its_number():
    assert "data_type = 1000\n" in str(AttributeInfo(data_type=1000))


@pytest.mark.parametrize("cls", [cls for cls in PLAIN if cls not in (ClientAddr, TimeVal)])
def test_fields_are_printed_in_alphabetical_order(cls):
    lines = str(cls()).splitlines()
    assert lines[0] == f"{cls.__name__}[" and lines[-1] == "]"
    names = [line.split(" = ")[0].strip() for line in lines[1:-1] if line[:5].strip() and " = " in line]
    assert names == sorted(names) and len(names) >= len(cls._fields)


def test_dictionaries_are_printed_as_json():
    info = DeviceInfo(version_info={"Camera": "2.1", "cppTango": "10.0"})
    assert 'version_info = {\n        "Camera": "2.1",\n        "cppTango": "10.0"\n    }' in str(info)
    assert repr(info).endswith("version_info = {'Camera': '2.1', 'cppTango': '10.0'})")


def test_an_error_is_printed_without_quotes():
    error = DevError(reason="R", desc="first\nsecond\n", origin="  where", severity=ErrSeverity.PANIC)
    assert str(error) == (
        "DevError[\n    desc = first\n        second\n    origin = where\n    reason = R\n    severity = PANIC\n]"
    )
    assert repr(error).startswith("DevError(desc = 'first\\nsecond\\n', origin = '  where', ")


def test_an_event_prints_what_users_have_added():
    event = EventData(attr_name="a", event_name="change", event_reason=EventReason.SubSuccess)
    event.note = [1, "x"]
    assert "\n    note = [1, 'x']\n" in str(event) and "event_reason = <EventReason.SubSuccess: 2>" in str(event)


# --- comparing, copying, pickling ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", [cls for cls in PLAIN if cls not in BY_IDENTITY])
def test_equal_fields_make_equal_structures(cls):
    one, other = filled(cls), filled(cls)
    assert one == other
    assert (one != other) is False
    for name in cls._fields:
        value = getattr(one, name)
        if isinstance(value, str):
            setattr(other, name, value + "!")
            assert one != other
            break
    assert one != 5


@pytest.mark.parametrize("cls", sorted(BY_IDENTITY, key=str))
def test_what_is_handed_to_a_callback_is_compared_by_identity(cls):
    one = cls()
    assert one == one and one != cls() and len({one, cls()}) == 2


@pytest.mark.parametrize("cls", PLAIN)
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_duplicate_has_the_same_fields_and_is_independent(cls, duplicate):
    one = filled(cls)
    other = duplicate(one)
    assert type(other) is cls and repr(other) == repr(one)
    for name in cls._fields:
        value = getattr(one, name)
        if isinstance(value, Struct):
            assert getattr(other, name) is not value
        if isinstance(value, list):
            value.append(an_element_for(value))
            assert getattr(other, name) != value


def an_element_for(items):
    kind = getattr(items, "item_type", str)
    return "x" if kind is str else kind()


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", LISTS)
def test_a_list_takes_elements_of_its_type_only(cls):
    items = cls()
    for put in (items.append, lambda value: items.extend([value]), lambda value: items.insert(0, value)):
        with pytest.raises(TypeError, match=f"{cls.__name__} element: expected"):
            put(object())
    with pytest.raises(TypeError, match=f"{cls.__name__}: expected a sequence, got int 5"):
        cls(5)
    assert items == [] and len(items) == 0 and not items


def test_a_list_behaves_like_a_list():
    words = StdStringVector("abc")
    assert words == ["a", "b", "c"] and isinstance(words, list)
    words[1:] = ["x", "y", "z"]
    words[0] = "first"
    del words[-1]
    words += ["end"]
    assert words == ["first", "x", "y", "end"] and words.pop() == "end" and "x" in words and 5 not in words
    assert type(words[0:2]) is StdStringVector and type(words + StdStringVector("q")) is StdStringVector
    assert type(words * 2) is StdStringVector and len(words * 2) == 6
    assert type(words.__add__(["q"])) is list and type(copy.copy(words)) is StdStringVector
    assert type(pickle.loads(pickle.dumps(words))) is StdStringVector
    with pytest.raises(TypeError, match="StdStringVector element: expected str, got int 5"):
        words[0] = 5
    with pytest.raises(TypeError, match="StdStringVector element: expected str, got int 5"):
        words[0:1] = [5]


def test_numbers_in_lists():
    assert StdLongVector(np.array([1, 2])) == [1, 2]
    assert str(StdDoubleVector([1, 2.5, 1.123456789, 1e20])) == "StdDoubleVector[1, 2.5, 1.12346, 1e+20]"
    with pytest.raises(TypeError, match="StdLongVector element: expected int of at most 32 bits"):
        StdLongVector([2**31])
    with pytest.raises(TypeError, match="StdDoubleVector element: expected float, got str '1'"):
        StdDoubleVector(["1"])


def test_lists_of_structures():
    assert AttributeInfoList([AttributeInfoEx()])
    with pytest.raises(TypeError, match="AttributeInfoListEx element: expected AttributeInfoEx, got AttributeInfo"):
        AttributeInfoListEx([AttributeInfo()])
    assert repr(DbData([DbDatum("a")])) == "[DbDatum(name = 'a', value_string = [])]"


# --- database --------------------------------------------------------------------------------------------------------


def test_a_datum_is_the_list_of_its_strings():
    datum = DbDatum("speed")
    assert datum.is_empty() and datum.size() == 0 and not datum
    datum.append("1")
    datum.extend(["2", "3"])
    datum[0] = "one"
    del datum[1]
    assert list(datum) == ["one", "3"] == datum.value_string and datum[-1] == "3" and "3" in datum and len(datum) == 2
    assert datum.__add__(["x"]) == ["one", "3", "x"] and datum[0:1] == ["one"]
    assert DbDatum(datum) == datum and DbDatum(datum) is not datum and DbDatum(name="n").name == "n"
    assert str(datum) == "DbDatum[\n    name = \"speed\"\n    value_string = ['one', '3']\n]"
    with pytest.raises(TypeError, match="StdStringVector element: expected str, got int 5"):
        datum.append(5)
    with pytest.raises(TypeError, match=r"DbDatum\.name: expected str, got int 5"):
        DbDatum(5)


def test_a_former_value_of_a_property():
    entry = DbHistory("speed", "2020-01-31 03:04:05", ["1", "2"])
    assert (entry.get_name(), entry.get_attribute_name(), entry.get_date()) == ("speed", "", "31/01/2020 03:04:05")
    assert entry.get_value() == DbHistory("speed", "", "2020-01-31 03:04:05", ["1", "2"]).get_value()
    assert not entry.is_deleted() and DbHistory("speed", "2020-01-31 03:04:05", []).is_deleted()
    assert DbHistory("speed", "voltage", "2020-01-31 03:04:05", []).get_attribute_name() == "voltage"
    assert pickle.loads(pickle.dumps(entry)) == entry
    with pytest.raises(ValueError, match="'YYYY-MM-DD HH:MM:SS', not 'today'"):
        DbHistory("speed", "today", [])
    with pytest.raises(TypeError, match="got 2 arguments"):
        DbHistory("speed", [])


def test_full_information_on_a_device_extends_that_for_connecting():
    assert issubclass(structs.DbDevFullInfo, DbDevImportInfo) and structs.DbDevFullInfo().pid == 0


# --- events ----------------------------------------------------------------------------------------------------------


def test_an_event_knows_when_it_was_made():
    before = TimeVal.now()
    event = EventData()
    assert before <= event.reception_date <= TimeVal.now() and event.get_date() is event.reception_date


def test_errors_of_an_event():
    error = DevError(reason="R")
    event = EventData(attr_name="n", errors=[error])
    assert event.err and event.errors == (error,)
    event.errors = Exception(error, error)
    assert event.errors == (error, error)
    for wrong in ("x", [1], 5):
        with pytest.raises(TypeError, match=r"EventData\.errors: expected DevFailed or a sequence of DevError"):
            event.errors = wrong


@pytest.mark.parametrize("cls", [EventData, AttrConfEventData, DataReadyEventData, DevIntrChangeEventData])
def test_an_event_can_be_copied_by_its_constructor(cls):
    first = cls(event_name="kind")
    for copied in (cls(first), cls(event=first)):
        assert copied.event == "kind" and copied.reception_date == first.reception_date


def test_events_about_the_device_itself():
    news = DevIntrChangeEventData(None, "intr_change", "a/b/c", [CommandInfo()], [AttributeInfoEx()], True)
    assert len(news.cmd_list) == len(news.att_list) == 1 and news.dev_started and news.device_name == "a/b/c"
    conf = AttrConfEventData(attr_conf=AttributeInfoEx(label="x"))
    assert conf.attr_conf.label == "x" and AttrConfEventData().attr_conf is None
    with pytest.raises(TypeError, match=r"AttrConfEventData\.attr_conf: expected AttributeInfoEx or None, got int 5"):
        conf.attr_conf = 5


def test_a_failed_command_raises_when_its_result_is_wanted():
    answer = CmdDoneEvent()
    answer.argout = 5
    assert answer.argout == 5 and "argout = 5" in str(answer)
    answer._failure = ValueError("no")
    with pytest.raises(ValueError, match="no"):
        answer.argout  # noqa: B018
    assert AttrReadEvent().argout == []


# --- times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        ((), (0, 0, 0)),
        ((1,), (1, 0, 0)),
        ((1, 2), (1, 2, 0)),
        ((1, 2, 3), (1, 2, 3)),
        ((1.5,), (1, 500000, 0)),
        ((-1.5,), (-1, -500000, 0)),
        ((1.123456789,), (1, 123456, 789)),
        ((np.float64(2.5),), (2, 500000, 0)),
        ((np.int64(2),), (2, 0, 0)),
        ((True,), (1, 0, 0)),
        ((TimeVal(4, 5, 6),), (4, 5, 6)),
        ((datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=timezone.utc),), (1577934245, 6, 0)),
    ],
)
def test_a_time_stamp_is_made_from(arguments, fields):
    stamp = TimeVal(*arguments)
    assert (stamp.tv_sec, stamp.tv_usec, stamp.tv_nsec) == fields


@pytest.mark.parametrize("arguments", [("x",), (1.5, 2), (1, 2.5), (None, "x"), (1e10,), (2**31,), ([1],)])
def test_a_time_stamp_is_not_made_from(arguments):
    with pytest.raises(TypeError, match="TimeVal"):
        TimeVal(*arguments)


def test_a_time_stamp_as_other_times():
    moment = datetime(2020, 1, 2, 3, 4, 5, 6)
    stamp = TimeVal.fromdatetime(moment)
    assert stamp.todatetime() == moment
    assert str(stamp) == "2020-01-02 03:04:05.000006" and stamp.isoformat() == "2020-01-02T03:04:05.000006"
    assert stamp.strftime("%Y %f") == "2020 000006"
    assert repr(TimeVal(1, 2, 3)) == "TimeVal(tv_nsec = 3, tv_sec = 1, tv_usec = 2)"
    assert TimeVal(1, 2, 999).totime() == 1 + 2e-6 + 999e-9
    assert TimeVal.fromtimestamp(stamp.totime()).todatetime().replace(microsecond=0) == moment.replace(microsecond=0)


def test_time_stamps_are_ordered_and_may_be_keys():
    assert TimeVal(1, 2, 3) < TimeVal(1, 2, 4) <= TimeVal(1, 2, 4) > TimeVal(0, 999999, 0)
    assert len({TimeVal(1, 2, 3), TimeVal(1, 2, 3), TimeVal(1, 2, 4)}) == 2
    assert pickle.loads(pickle.dumps(TimeVal(1, 2, 3))) == TimeVal(1, 2, 3) == copy.copy(TimeVal(1, 2, 3))
    assert TimeVal(1) != 1


# --- servers ---------------------------------------------------------------------------------------------------------


def test_properties_of_an_attribute_take_numbers():
    prop = MultiAttrProp("label", min_value=5)
    assert prop.label == "label" and prop.min_value == 5 and prop != MultiAttrProp("label")
    assert prop == MultiAttrProp("label", min_value=5)


def test_values_for_a_polling_buffer():
    given = TimedAttrData([1], time_stamp=2.5)
    assert (given.value, given.w_value, given.error, given.time_stamp) == ([1], None, None, 2.5)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("giop:tcp:127.0.0.1:1234", "127.0.0.1"),
        ("giop:tcp:[::1]:1234", "::1"),
        ("giop:tcp:[::ffff:192.0.2.1]:1234", "::ffff:192.0.2.1"),
        ("somewhere", "somewhere"),
    ],
)
def test_the_host_in_the_address_of_a_client(address, host):
    assert ClientAddr(address)._host() == host


def test_a_client_on_this_host():
    for address in ("giop:unix:/tmp/omni", "collocated client (c++ to c++ call)"):
        assert ClientAddr(address).get_client_hostname() == socket.gethostname()


def test_a_client_is_described_in_words():
    client = ClientAddr("giop:tcp:192.0.2.1:5")
    assert str(client) == "Client identification not available"
    client.client_ident, client.client_pid = True, 42
    assert str(client).startswith("CPP or Python client with PID 42 from host ")
    client.client_lang, client.java_main_class = LockerLanguage.JAVA_6, "Jive"
    assert str(client).startswith("JAVA client with main class Jive from host ")
    assert repr(client).startswith("ClientAddr(client_ident = True, client_ip = 'giop:tcp:192.0.2.1:5', ")


def test_making_a_structure_does_not_make_what_is_in_it():
    assert AttributeInfoEx().__dict__ == {} and DeviceAttributeConfig().__dict__ == {}
