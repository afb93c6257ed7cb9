"""Small tools: questions about types, strings, caseless containers, database values, versions, printed events."""

import asyncio
import enum
import io
import pickle
import re
import warnings

import numpy as np
import pytest

from tango import constants, utils
from tango.enums import AttrDataFormat, AttrQuality, CmdArgType, DevState, EventReason
from tango.errors import make_error
from tango.release import Release
from tango.structs import (
    AttrConfEventData,
    AttributeInfoEx,
    CommandInfo,
    DataReadyEventData,
    DbData,
    DbDatum,
    DbDevExportInfo,
    DbDevInfo,
    DevIntrChangeEventData,
    EventData,
    StdDoubleVector,
    StdStringVector,
    TimeVal,
)
from tango.utils import CaselessDict, CaselessList

INTEGERS = ["DevShort", "DevLong", "DevUShort", "DevULong", "DevLong64", "DevULong64"]
INTEGER_ARRAYS = [f"DevVar{name[3:]}Array" for name in INTEGERS]
FLOATS, FLOAT_ARRAYS = ["DevFloat", "DevDouble"], ["DevVarFloatArray", "DevVarDoubleArray"]


class Colour(enum.IntEnum):
    RED = 0


# --- questions about types -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "alone", "with_arrays"),
    [
        (utils.is_int_type, INTEGERS, INTEGER_ARRAYS),
        (utils.is_float_type, FLOATS, FLOAT_ARRAYS),
        (utils.is_numerical_type, INTEGERS + FLOATS, INTEGER_ARRAYS + FLOAT_ARRAYS),
        (utils.is_bool_type, ["DevBoolean"], ["DevVarBooleanArray"]),
        (utils.is_str_type, ["DevString", "ConstDevString"], ["DevVarStringArray"]),
        (utils.is_binary_type, ["DevEncoded", "DevVarCharArray"], []),
    ],
)
def test_kinds_of_types(question, alone, with_arrays):
    assert {kind.name for kind in CmdArgType if question(kind)} == set(alone)
    assert {kind.name for kind in CmdArgType if question(kind, True)} == {*alone, *with_arrays}
    assert getattr(utils, question.__name__.removesuffix("_type")) is question


def test_scalars_and_arrays():
    scalars = {kind for kind in CmdArgType if utils.is_scalar_type(kind)}
    arrays = {kind for kind in CmdArgType if utils.is_array_type(kind)}
    assert not scalars & arrays and len(scalars) == len(arrays) == 13
    assert CmdArgType.DevEncoded in scalars and CmdArgType.DevVarDoubleStringArray in arrays
    assert CmdArgType.DevState not in scalars | arrays


@pytest.mark.parametrize(
    ("value", "answers"),
    [
        (1, "integer number"),
        (True, "number"),
        (1.5, "number"),
        (np.int32(1), "integer number"),
        (np.float32(1), "number"),
        (Colour.RED, "integer number"),
        ("a", "pure_str seq"),
        (b"a", "seq non_str_seq"),
        ([1], "seq non_str_seq"),
        (range(2), "seq non_str_seq"),
        (np.arange(2), "seq non_str_seq"),
        (StdStringVector(), "seq non_str_seq"),
        ({1: 2}, ""),
        (iter([1]), ""),
        (None, ""),
        (Colour, "enum"),
        ([Colour], "seq non_str_seq enum_seq"),
        ([[Colour]], "seq non_str_seq enum_seq"),
        (DevState, "enum devstate"),
        ((DevState,), "seq non_str_seq enum_seq devstate_seq"),
        ([], "seq non_str_seq"),
        (np.array(1), "seq non_str_seq"),
    ],
)
def test_questions_about_values(value, answers):
    asked = ["integer", "number", "pure_str", "seq", "non_str_seq", "enum", "enum_seq", "devstate", "devstate_seq"]
    assert [name for name in asked if getattr(utils, f"is_{name}")(value)] == answers.split()


@pytest.mark.parametrize(
    ("value", "kind", "dimensions"),
    [
        (1, "DevLong64", 0),
        (1.5, "DevDouble", 0),
        ("a", "DevString", 0),
        (True, "DevBoolean", 0),
        (DevState.ON, "DevState", 0),
        (Colour.RED, "DevLong64", 0),
        ([1], "DevLong64", 1),
        ([[1.5]], "DevDouble", 2),
        ((DevState.ON,), "DevState", 1),
        (np.int16(1), "DevShort", 0),
        (np.zeros((2, 2), np.uint8), "DevUChar", 2),
        (np.array(["a"]), "DevString", 1),
        (b"abc", "DevUChar", 1),
    ],
)
def test_the_type_that_holds_a_value(value, kind, dimensions):
    assert utils.get_tango_type(value) == (CmdArgType[kind], AttrDataFormat(dimensions))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "an empty list does not tell"),
        (None, "Unsupported type <class 'NoneType'>"),
        ({"a": 1}, "Unsupported type <class 'dict'>"),
        (np.zeros((1, 1, 1)), "cannot translate numpy array with 3 dimensions"),
        ([[[1]]], "more than two dimensions"),
        (np.zeros(1, complex), "no Tango type holds numpy values of type complex128"),
    ],
)
def test_values_that_no_type_holds(value, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        utils.get_tango_type(value)


# --- strings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["y", "YES", "t", "True", "on", "1", "n", "No", "f", "FALSE", "off", "0"])
def test_words_for_truth_values(word):
    assert utils.strtobool(word) is (word.lower() in ["y", "yes", "t", "true", "on", "1"])
    with pytest.raises(ValueError, match=f"invalid truth value {word}x"):
        utils.strtobool(word + "x")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1 ", CmdArgType.DevULong64, 1),
        ("1e3", CmdArgType.DevFloat, 1000.0),
        ("off", CmdArgType.DevBoolean, False),
        ("abc", CmdArgType.DevString, "abc"),
        ("ON", CmdArgType.DevState, "ON"),
        ("abc", None, "abc"),
    ],
)
def test_a_value_from_a_string(text, kind, value):
    assert utils.str_2_obj(text, kind) == value and type(utils.str_2_obj(text, kind)) is type(value)


def test_a_string_that_is_no_value():
    with pytest.raises(ValueError, match=re.escape("invalid literal for int() with base 10: '1.5'")):
        utils.str_2_obj("1.5", CmdArgType.DevLong)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1, CmdArgType.DevDouble, "1"),
        ([1, 2], CmdArgType.DevVarLongArray, "1\n2"),
        (np.array([1, 2]), CmdArgType.DevVarLongArray, "1\n2"),
        ([1, 2], CmdArgType.DevLong, "1"),
        ([], CmdArgType.DevString, ""),
        (True, CmdArgType.DevBoolean, "True"),
        (DevState.ON, CmdArgType.DevState, "ON"),
        ([1], None, [1]),
    ],
)
def test_a_string_from_a_value(value, kind, text):
    assert utils.obj_2_str(value, kind) == text


@pytest.mark.parametrize(
    ("strings", "kind", "dformat", "value"),
    [
        (["1", "2"], CmdArgType.DevLong, None, 1),
        (["1", "2"], CmdArgType.DevVarLongArray, None, [1, 2]),
        (["true", "0"], CmdArgType.DevVarBooleanArray, None, [True, False]),
        ("12", CmdArgType.DevLong, None, 12),
        (["1", "2"], CmdArgType.DevLong, AttrDataFormat.SCALAR, 1),
        (["1", "2"], CmdArgType.DevDouble, AttrDataFormat.SPECTRUM, [1.0, 2.0]),
        ([["1"], ["2"]], CmdArgType.DevLong, AttrDataFormat.IMAGE, [[1], [2]]),
        (["a"], CmdArgType.DevVarStringArray, None, ["a"]),
    ],
)
def test_a_value_from_several_strings(strings, kind, dformat, value):
    assert utils.seqStr_2_obj(strings, kind, dformat) == value


def test_no_string_is_no_scalar():
    with pytest.raises(ValueError, match="no string for a value of type DevLong"):
        utils.seqStr_2_obj([], CmdArgType.DevLong)


# --- caseless containers ---------------------------------------------------------------------------------------------


def test_a_dictionary_finds_keys_in_any_case():
    table = CaselessDict({"Voltage": 1, "C": 2})
    table["VOLTAGE"] = 5
    table.update({"X": 1}, Y=3)
    assert table["voltage"] == table.get("vOLTAGE") == 5 and "VOLTAGE" in table and 5 not in table
    assert list(table) == ["voltage", "c", "x", "y"] and table.has_key("X") and table.get("none", 7) == 7
    assert table.pop("Y") == 3 and table.pop("Y", None) is None and table.setdefault("X", 9) == 1
    del table["x"]
    assert table == {"voltage": 5, "c": 2} and type(table | {"Q": 1}) is CaselessDict and "q" in (table | {"Q": 1})
    for copied in (table.copy(), pickle.loads(pickle.dumps(table)), CaselessDict(table.items())):
        assert copied == table and copied is not table and type(copied) is CaselessDict
    assert CaselessDict.fromkeys(["A"], 1) == {"a": 1} and CaselessDict() == CaselessDict(None) == {}
    with pytest.raises(KeyError):
        table["none"]
    with pytest.raises(TypeError, match="has strings as keys, not int 5"):
        table[5] = 1


def test_a_list_finds_strings_in_any_case():
    names = CaselessList(["Voltage", "C"])
    names += ["X"]
    names.append("y")
    names.insert(0, "First")
    assert "VOLTAGE" in names and 5 not in names and names.index("c") == 2 and names.count("x") == 1
    assert names.findentry("VOLTAGE") == "Voltage" and names.findentry("none") is None
    assert names.lowercopy() == ["first", "voltage", "c", "x", "y"] and names.list() == list(names)
    names.remove("VOLTAGE")
    names[0] = "F"
    assert names == ["F", "C", "X", "y"] and type(names[0:2]) is type(names + CaselessList("Q")) is CaselessList
    with pytest.raises(ValueError, match="'none' not in list"):
        names.remove("none")
    for put in (names.append, lambda item: names.extend([item]), lambda item: names.insert(0, item)):
        with pytest.raises(TypeError, match="Members of this object must be strings"):
            put(5)
    assert len(names) == 4


# --- database values -------------------------------------------------------------------------------------------------


def test_sequences_and_typed_lists():
    assert utils.seq_2_StdStringVector(["a", 1]) == ["a", "1"]
    assert utils.seq_2_StdStringVector(["a"], StdStringVector(["x"])) == ["x", "a"]
    assert utils.StdStringVector_2_seq(StdStringVector(["a"]), ["z"]) == ["z", "a"]
    assert utils.seq_2_StdDoubleVector([1, "2.5"]) == [1.0, 2.5]
    assert utils.StdDoubleVector_2_seq(StdDoubleVector([1])) == [1.0]
    assert utils.seq_2_DbData(["x", DbDatum("y")]) == DbData([DbDatum("x"), DbDatum("y")])
    assert utils.seq_2_DbDevInfos([DbDevInfo()]) == [DbDevInfo()]
    assert utils.seq_2_DbDevExportInfos([DbDevExportInfo()]) == [DbDevExportInfo()]
    for convert, kind in (
        (utils.StdStringVector_2_seq, "StdStringVector"),
        (utils.StdDoubleVector_2_seq, "StdDoubleVector"),
    ):
        with pytest.raises(TypeError, match=f"vec must be a tango.{kind}"):
            convert(["a"])


def datum(name, *values):
    made = DbDatum(name)
    made.extend(values)
    return made


@pytest.mark.parametrize(
    ("given", "data"),
    [
        ("a", [datum("a")]),
        (datum("a", "1"), [datum("a", "1")]),
        (["a", datum("b")], [datum("a"), datum("b")]),
        ((), []),
        (
            {"a": 1, "b": [1, 2], "c": "x", "d": datum("e")},
            [datum("a", "1"), datum("b", "1", "2"), datum("c", "x"), datum("e")],
        ),
        (
            {"voltage": {"min": 1, "labels": ["x", "y"]}},
            [datum("voltage", "2"), datum("min", "1"), datum("labels", "x", "y")],
        ),
    ],
)
def test_properties_in_any_form(given, data):
    assert utils.parameter_2_dbdata(given, "value") == data and type(utils.parameter_2_dbdata(given, "value")) is DbData


@pytest.mark.parametrize("given", [5, None, b"x"])
def test_what_is_no_property(given):
    with pytest.raises(TypeError, match=r"value must be a str, tango.DbDatum, tango.DbData, a sequence<DbDatum>"):
        utils.parameter_2_dbdata(given, "value")


def test_properties_as_a_dictionary():
    assert utils.DbData_2_dict(DbData([datum("a", "1"), datum("b")]), {"z": 1}) == {"z": 1, "a": ["1"], "b": []}
    with pytest.raises(TypeError, match=r"db_data must be a tango\.DbData"):
        utils.DbData_2_dict([datum("a")])


# --- names in a test context -----------------------------------------------------------------------------------------


@pytest.fixture
def context_at():
    yield utils._set_test_context_tango_host_fqtrl
    utils._clear_test_context_tango_host_fqtrl()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a/b/c", "tango://host:10/a/b/c#dbase=no"),
        ("a/b/c/attribute", "tango://host:10/a/b/c/attribute#dbase=no"),
        ("alias", "tango://host:10/alias#dbase=no"),
        ("a/b/c#dbase=yes", "tango://host:10/a/b/c#dbase=no"),
        ("tango://other:1/a/b/c", "tango://other:1/a/b/c"),
        ("tango:a/b/c", "tango:a/b/c"),
        ("//other:1/a/b/c", "//other:1/a/b/c"),
        ("other:1/a/b/c", "other:1/a/b/c"),
    ],
)
def test_a_short_name_is_looked_for_in_the_test_context(context_at, name, address):
    assert utils._get_device_fqtrl_if_necessary(name) == name and utils._get_test_context_tango_host_fqtrl() is None
    context_at("tango://host:10#dbase=no")
    assert utils._get_device_fqtrl_if_necessary(name) == address


@pytest.mark.parametrize("host", ["host:10", "tango://host", "tango://host:10/", "http://host:10", "tango://host:10#x"])
def test_a_malformed_address_of_a_test_context(context_at, host):
    context_at(host)
    with pytest.raises(utils.InvalidTangoHostTrlError, match=re.escape(f"tango://host:port#dbase=no, got {host!r}")):
        utils._get_device_fqtrl_if_necessary("a/b/c")


# --- versions --------------------------------------------------------------------------------------------------------


def test_versions_as_numbers():
    assert utils.from_version_str_to_hex_str("10.3.3") == "0x0a030300"
    assert utils.from_version_str_to_int("9.3.4rc1") == 0x09030400
    with pytest.raises(ValueError, match="Invalid version: 'x'"):
        utils.from_version_str_to_int("x")


def test_demands_on_versions():
    assert utils.requires_pytango("9.3.0") and utils.requires_pytango() and utils.requires_tango("9.3")
    assert utils.requires_pytango(Release.version + "rc1") and utils.requires_tango(constants.TgLibVers)
    with pytest.raises(Exception, match=f"^Foo requires pytango 99.0 but {Release.version} installed$"):
        utils.requires_pytango("99.0", software_name="Foo")
    with pytest.raises(Exception, match=f"^Software cannot run with Tango {constants.TgLibVers}$"):
        utils.requires_tango("9.0", conflicts=["1.0", constants.TgLibVers])
    with pytest.raises(ValueError, match="Invalid version"):
        utils.requires_tango("new")


def test_the_description_for_a_bug_report_names_all_versions():
    text = utils.info()
    for version in (Release.cytango_version, constants.TgLibVers, np.__version__, constants.CYTHON_VERSION):
        assert version in text
    assert text.startswith(f"PyTango {Release.version} {Release.version_info}, provided by cytango ")


def test_constants_of_the_versions_agree():
    assert utils.from_version_str_to_int(constants.TANGO_VERSION) == constants.TANGO_VERSION_HEX
    assert constants.PY_VERSION.startswith(f"{constants.PY_MAJOR_VERSION}.{constants.PY_MINOR_VERSION}.")
    assert constants.DevVersion == (5 if constants.TANGO_VERSION_MAJOR == 9 else 6)
    assert Release.version == ".".join(map(str, Release.version_info)) == Release.version_long


# --- small things ----------------------------------------------------------------------------------------------------


def test_bytes_of_a_string():
    assert utils.ensure_binary("é") == b"\xc3\xa9" and utils.ensure_binary("é", "latin-1") == b"\xe9"
    assert utils.ensure_binary(b"x") == b"x"
    with pytest.raises(TypeError, match="not expecting type '<class 'int'>'"):
        utils.ensure_binary(5)


def test_a_warning_is_given_once():
    with pytest.warns(UserWarning, match="careful"):
        assert utils.warn_once("careful", "the key", UserWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not utils.warn_once("careful", "the key", UserWarning)


def test_documentation_of_methods():
    class Base:
        def method(self):
            """Base text."""

    class Derived(Base):
        def method(self):
            pass

        @staticmethod
        def function():
            pass

    utils.copy_doc(Derived, "method")
    utils.document_method(Derived, "method", "More.")
    utils.document_static_method(Derived, "function", "Text.")
    assert Derived.method.__doc__ == "More.\nBase text." and Derived.function.__doc__ == "Text."
    utils.document_method(Derived, "method", "New.", False)
    assert Derived.method.__doc__ == "New."
    assert "method" in utils.get_attrs(Base) and {"method", "__eq__", "function"} <= set(utils.dir2(Derived()))
    with pytest.raises(AttributeError, match="no base class of Derived has a method 'function'"):
        utils.copy_doc(Derived, "function")


def test_base_classes_of_devices():
    classes = utils.get_tango_device_classes()
    assert [cls.__name__ for cls in classes] == ["DeviceImpl", *(f"Device_{version}Impl" for version in range(2, 7))]
    assert utils.get_latest_device_class() is classes[-1]


def test_names_of_layers_above():
    from tango.server.values import set_complex_value

    assert utils.set_complex_value is set_complex_value
    with pytest.raises(AttributeError, match=r"module 'tango\.utils' has no attribute 'nonsense'"):
        utils.nonsense  # noqa: B018


# --- printed events --------------------------------------------------------------------------------------------------


class Proxy:
    def dev_name(self):
        return "sys/tg_test/1"


class Value:
    time, quality, value = TimeVal(1.25), AttrQuality.ATTR_VALID, 0.5


def printed(event, **options):
    file = io.StringIO()
    callback = utils.EventCallback(fd=file, **options)
    callback.push_event(event)
    assert callback.get_events() == [event]
    return file.getvalue()


def test_an_event_is_printed_on_one_line():
    event = EventData(Proxy(), "tango://h:1/sys/tg_test/1/ampli#dbase=no", "change", Value(), EventReason.SubSuccess)
    line = printed(event)
    assert line == f"{TimeVal(1.25)} SYS/TG_TEST/1 AMPLI CHANGE SUBSUCCESS [ATTR_VALID] 0.5\n"
    assert (
        printed(event, format="{name}|{reception_date}|{value!r}")
        == f"AMPLI|{event.reception_date}|'[ATTR_VALID] 0.5'\n"
    )


def test_an_error_is_printed_with_its_reason():
    event = EventData(Proxy(), "a/b/c/d", "change", errors=[make_error("API_X", "went wrong", "there")])
    assert printed(event) == f"{event.reception_date} SYS/TG_TEST/1 D CHANGE UPDATE [API_X] went wrong\n"


@pytest.mark.parametrize(
    ("event", "end"),
    [
        (
            AttrConfEventData(Proxy(), "a/b/c/d", "attr_conf", AttributeInfoEx(label="L", unit="V")),
            "D ATTR_CONF UPDATE label='L'; unit='V'",
        ),
        (DataReadyEventData(Proxy(), event_name="data_ready"), "UNKNOWN DATA_READY UPDATE ctr=-1"),
        (
            DevIntrChangeEventData(Proxy(), "intr_change", cmd_list=[CommandInfo()], dev_started=True),
            "<N/A> INTR_CHANGE UPDATE dev_started=True; 1 commands; 0 attrs",
        ),
    ],
)
def test_other_events_are_printed(event, end):
    assert printed(event) == f"{event.reception_date} SYS/TG_TEST/1 {end}\n"


def test_what_cannot_be_printed_is_said_so():
    assert "<UNKNOWN> <N/A> <UNKNOWN> <UNKNOWN> Unexpected exception in getting event value" in printed(5)
    assert printed(5, format="{x}") == "Unexpected error in callback for 5: 'x'\n"


def test_events_are_printed_to_the_present_standard_output(capsys):
    utils.EventCallback(format="{name}")(EventData(attr_name="a/b/c/d"))
    assert capsys.readouterr().out == "D\n"


def test_the_last_events_are_kept():
    callback = utils.EventCallback(fd=io.StringIO(), max_buf=3)
    for number in range(6):
        callback.push_event(number)
    assert callback.get_events() == [3, 4, 5]


def test_the_asynchronous_callback_is_a_coroutine():
    callback = utils.AsyncEventCallback(fd=io.StringIO())
    asyncio.run(callback.push_event(1))
    asyncio.run(callback(2))
    assert callback.get_events() == [1, 2]
