"""DeviceProxy against the C++ server TangoTest."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from support import free_port, wait_until

import tango
from tango import AttrQuality, CmdArgType, DevFailed, DeviceProxy, DevState, ExtractAs
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext


def reason(error):
    return error.value.args[0].reason


# --- making one -------------------------------------------------------------------------------------------------------


def test_prints_class_and_name(proxy):
    assert str(proxy) == repr(proxy) == "TangoTest(test/tt/1)"


@pytest.mark.parametrize(
    "again",
    [lambda p: type(p)(p), copy.copy, copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))],
    ids=["constructor", "copy", "deepcopy", "pickle"],
)
def test_another_proxy_for_the_same_device(proxy, again):
    other = again(proxy)
    assert type(other) is type(proxy) and other is not proxy
    other.double_scalar_w = 4.25
    assert proxy.double_scalar_w == 4.25


@pytest.mark.parametrize("args", [(), (3,), (None,), ("a/b/c", "yes", 1), (["a/b/c"],), ("a/b/c", 1.5)])
def test_wrong_arguments_are_named(args):
    with pytest.raises(TypeError, match="the name of a device is needed"):
        DeviceProxy(*args)


@pytest.mark.parametrize("name", ["", "a/b", "a/b/c/d/e"])
def test_wrong_names_are_refused(name):
    with pytest.raises(tango.WrongNameSyntax):
        DeviceProxy(name)


def test_an_object_without_init_prints_and_says_what_is_wrong():
    half = DeviceProxy.__new__(DeviceProxy)
    assert "not fully initialized" in str(half)
    assert repr(half) == str(half)
    for call in (
        half.state,
        half.ping,
        lambda: half.foo,
        lambda: setattr(half, "foo", 1),
        lambda: half["foo"],
        lambda: half.command_inout("State"),
        half.get_timeout_millis,
        lambda: "foo" in half,
        half.name,
    ):
        with pytest.raises(RuntimeError, match="not connected"):
            call()
    assert "read_attribute" in dir(half)
    assert not hasattr(half, "_private")


def test_a_device_that_is_not_there_prints():
    assert str(DeviceProxy("tango://127.0.0.1:1/a/b/c#dbase=no")) == "Device(a/b/c)"


# --- reading and writing ----------------------------------------------------------------------------------------------


def test_state_status_ping(proxy):
    assert proxy.state() is DevState.RUNNING
    assert proxy.State() is DevState.RUNNING
    assert "RUNNING" in proxy.status()
    assert 0 < proxy.ping() < 3_000_000


def test_read_scalar(proxy):
    reply = proxy.read_attribute("double_scalar")
    assert (reply.name, reply.quality, reply.type) == ("double_scalar", AttrQuality.ATTR_VALID, CmdArgType.DevDouble)
    assert isinstance(reply.value, float) and isinstance(reply.w_value, float)
    assert reply.time.totime() > 1e9


def test_arrays_look_at_the_memory_of_the_reply(proxy):
    proxy.write_attribute("long_spectrum", np.arange(5, dtype="int32"))
    reply = proxy.read_attribute("long_spectrum")
    value, set_point = reply.value, reply.w_value
    assert set_point.tolist() == [0, 1, 2, 3, 4]
    assert not value.flags.owndata and not set_point.flags.owndata
    owner = value.base
    assert owner is set_point.base and type(owner).__name__ == "SequenceBuffer"
    # the set point stands behind the value in the same buffer
    assert set_point.ctypes.data == value.ctypes.data + value.nbytes
    del reply, value, owner
    assert set_point.tolist() == [0, 1, 2, 3, 4]


def test_read_several(proxy):
    replies = proxy.read_attributes(["double_scalar", "no_such_attribute", "short_scalar"])
    assert [reply.has_failed for reply in replies] == [False, True, False]
    assert replies[1].get_err_stack()[0].reason == "API_AttrNotFound"
    assert proxy.read_attributes([]) == []
    with pytest.raises(TypeError, match="a sequence of str"):
        proxy.read_attributes("double_scalar")
    with pytest.raises(TypeError, match="a str was expected, not int 1"):
        proxy.read_attributes([1])


def test_read_of_what_is_not_there(proxy):
    with pytest.raises(DevFailed) as error:
        proxy.read_attribute("no_such_attribute")
    assert reason(error) == "API_AttrNotFound"


def test_names_may_be_subclasses_of_str(proxy):
    assert proxy.read_attribute(np.str_("double_scalar")).name == "double_scalar"
    proxy.write_attribute(np.str_("double_scalar"), 1.0)
    assert proxy.command_inout(np.str_("DevDouble"), 2.0) == 2.0


def test_write_and_read(proxy):
    proxy.write_attribute("double_scalar_w", 1.5)
    assert proxy.read_attribute("double_scalar_w").value == 1.5
    assert proxy.write_read_attribute("double_scalar", 2.5).w_value == 2.5
    proxy.write_attributes([("double_scalar_w", 3.5), ["long_scalar_w", 7]])
    assert [reply.value for reply in proxy.read_attributes(["double_scalar_w", "long_scalar_w"])] == [3.5, 7]
    replies = proxy.write_read_attributes([("double_scalar_w", 4.5)], ["double_scalar_w", "no_such_attribute"])
    assert (replies[0].value, replies[1].has_failed) == (4.5, True)


@pytest.mark.parametrize(
    "write",
    [
        lambda p, info: p.write_attribute(info, 9.5),
        lambda p, info: p.write_attributes([(info, 9.5)]),
        lambda p, info: p.write_read_attribute(info, 9.5),
        lambda p, info: p.write_read_attributes([(info, 9.5)], ["double_scalar_w"]),
    ],
)
def test_write_with_a_configuration_does_not_ask_for_it(proxy, write, monkeypatch):
    info = proxy.get_attribute_config("double_scalar_w")
    monkeypatch.setattr(DeviceProxy, "_get_attribute_config_ex", None)
    write(proxy, info)
    assert proxy.read_attribute("double_scalar_w").value == 9.5


def test_writes_ask_for_the_configuration_once(proxy, monkeypatch):
    asked = []
    ask = DeviceProxy._get_attribute_config_ex
    monkeypatch.setattr(
        DeviceProxy, "_get_attribute_config_ex", lambda self, names: asked.append(names) or ask(self, names)
    )
    for value in range(5):
        proxy.write_attribute("Double_Scalar", value)
    assert asked == [["Double_Scalar"]]
    proxy.invalidate_attribute_config_cache()
    proxy.write_attribute("double_scalar", 1)
    assert len(asked) == 2
    assert proxy.is_attribute_config_cache_enabled()
    proxy.set_attribute_config_cache(False)
    assert not proxy.is_attribute_config_cache_enabled()
    proxy.write_attribute("double_scalar", 1)
    proxy.write_attribute("double_scalar", 1)
    assert len(asked) == 4


def test_a_type_that_has_changed_is_asked_for_again(proxy):
    config = proxy._config("double_scalar_w")
    proxy._own_interface().configs["string_scalar"] = config
    proxy.write_attribute("string_scalar", "text")
    assert proxy.read_attribute("string_scalar").w_value == "text"
    # the value fits the type that we believe in, so the device is the first to notice
    proxy._own_interface().configs["long_scalar_w"] = proxy._config("string_scalar")
    with pytest.raises(TypeError, match="long_scalar_w"):
        proxy.write_attribute("long_scalar_w", "12")


@pytest.mark.parametrize("value", ["text", None, [1.0], b"x"])
def test_a_value_of_the_wrong_type(proxy, value):
    with pytest.raises(TypeError, match="double_scalar"):
        proxy.write_attribute("double_scalar", value)


def test_writes_that_the_device_refuses(proxy):
    with pytest.raises(DevFailed) as error:
        proxy.write_attribute("double_spectrum_ro", [1.0])
    assert reason(error) == "API_AttrNotWritable"
    with pytest.raises(DevFailed) as error:
        proxy.write_attributes([("double_spectrum_ro", [1.0]), ("double_scalar", 1)])
    assert reason(error) == "API_AttributeFailed" and "double_spectrum_ro" in error.value.args[0].desc
    with pytest.raises(DevFailed) as error:
        proxy.write_attribute("no_such_attribute", 1)
    assert reason(error) == "API_AttrNotFound"


@pytest.mark.parametrize(
    "pairs", ["ab", {"double_scalar": 1}, [("double_scalar",)], [3], [("double_scalar", 1, 2)], [(3, 1)]]
)
def test_pairs_of_a_wrong_form(proxy, pairs):
    with pytest.raises(TypeError):
        proxy.write_attributes(pairs)


def test_extract_as(proxy):
    proxy.write_attribute("long_spectrum", [1, 2, 3])
    assert proxy.read_attribute("long_spectrum", extract_as=ExtractAs.List).w_value == [1, 2, 3]
    assert proxy.read_attribute("long_spectrum", ExtractAs.Tuple).w_value == (1, 2, 3)
    assert not hasattr(proxy.read_attribute("long_spectrum", ExtractAs.Nothing), "value")


# --- commands ---------------------------------------------------------------------------------------------------------


def test_commands(proxy):
    assert proxy.command_inout("DevDouble", 1.5) == 1.5
    assert proxy.command_inout("DevVoid") is None
    assert proxy.command_inout("DevVarLongArray", range(3)).tolist() == [0, 1, 2]
    numbers, texts = proxy.command_inout("DevVarLongStringArray", ([1, 2], ["a"]))
    assert (numbers.tolist(), texts) == ([1, 2], ["a"])


def test_command_with_a_device_data(proxy):
    data = tango.DeviceData()
    data.insert(CmdArgType.DevDouble, 2.5)
    assert proxy.command_inout("DevDouble", data) == 2.5
    assert proxy.command_inout_raw("DevDouble", data).extract() == 2.5
    assert proxy.command_inout_raw("DevDouble", 2.5).extract() == 2.5
    assert proxy.command_inout_raw("DevVoid").is_empty()


def test_the_type_of_an_argument_is_asked_for_once(proxy, monkeypatch):
    asked = []
    ask = DeviceProxy._command_query
    monkeypatch.setattr(DeviceProxy, "_command_query", lambda self, name: asked.append(name) or ask(self, name))
    for value in range(3):
        proxy.command_inout("DevDouble", value)
    assert asked == ["DevDouble"]
    # a type that has changed is asked for again
    proxy._argument_types.update(dict.fromkeys(["DevDouble", "devdouble"], CmdArgType.DevString))
    assert proxy.command_inout("DevDouble", 1.5) == 1.5
    proxy._argument_types.update(dict.fromkeys(["DevDouble", "devdouble"], CmdArgType.DevString))
    with pytest.raises(TypeError, match="DevDouble"):
        proxy.command_inout("DevDouble", "text")


@pytest.mark.parametrize("name", [5, None, ["DevDouble"]])
@pytest.mark.parametrize("argument", [None, 1.5])
def test_a_name_that_is_no_text_is_said(proxy, name, argument):
    with pytest.raises(TypeError, match="the name of a command is a str, not"):
        proxy.command_inout(name, argument)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        ("x", "Invalid input argument for command DevDouble: 'x' cannot be converted to type DevDouble"),
        ([1], "Invalid input argument for command DevDouble"),
    ],
)
def test_wrong_arguments_of_commands(proxy, argument, text):
    with pytest.raises(TypeError, match=text):
        proxy.command_inout("DevDouble", argument)


def test_void_takes_nothing(proxy):
    with pytest.raises(
        TypeError, match="Invalid input argument for command DevVoid: 3 cannot be converted to type DevVoid"
    ):
        proxy.command_inout("DevVoid", 3)


def test_unknown_command(proxy):
    for argument in (None, 3):
        with pytest.raises(DevFailed) as error:
            proxy.command_inout("NoSuchCommand", argument)
        assert reason(error) == "API_CommandNotFound"
    with pytest.raises(TypeError):
        proxy.command_inout(3)


# --- what the polling has kept ----------------------------------------------------------------------------------------


def test_histories(patient):
    patient.poll_attribute("level", 50)
    patient.poll_command("count", 50)
    try:
        values = wait_until(lambda: len(found := history(lambda: patient.attribute_history("level", 3))) == 3 and found)
        results = wait_until(lambda: len(found := history(lambda: patient.command_history("count", 3))) == 3 and found)
    finally:
        patient.stop_poll_attribute("level")
        patient.stop_poll_command("count")
    assert {value.value for value in values} == {patient.level}
    assert isinstance(results, tango.DeviceDataHistoryList)
    assert not any(result.has_failed() or result.get_err_stack() for result in results)
    counts = [result.extract() for result in results]
    assert counts == list(range(counts[0], counts[0] + 3))
    dates = [result.get_date() for result in results]
    assert dates == sorted(dates)


def history(ask):
    """The polling may not have begun yet."""
    try:
        return ask()
    except DevFailed:
        return []


def test_histories_of_what_is_not_polled(patient):
    for ask in (lambda: patient.command_history("count", 3), lambda: patient.attribute_history("level", 3)):
        with pytest.raises(DevFailed) as error:
            ask()
        assert reason(error) in ("API_CmdNotPolled", "API_AttrNotPolled")


# --- configurations ---------------------------------------------------------------------------------------------------


def test_configurations_by_each_name_of_the_argument(proxy):
    one = proxy.get_attribute_config("double_scalar")
    assert isinstance(one, tango.AttributeInfoEx) and one == proxy.get_attribute_config(name="double_scalar")
    several = proxy.get_attribute_config(["double_scalar"])
    assert isinstance(several, tango.AttributeInfoList) and several == proxy.get_attribute_config(names=["double_scalar"])
    assert proxy.get_command_config("DevDouble") == proxy.get_command_config(name="DevDouble")
    assert proxy.get_command_config(["DevDouble"]) == proxy.get_command_config(names=["DevDouble"])
    assert len(proxy.get_command_config()) == len(proxy.get_command_list())
    for call in (
        proxy.get_attribute_config,
        lambda: proxy.get_attribute_config("double_scalar", name="double_scalar"),
        lambda: proxy.get_command_config("DevDouble", names=["DevDouble"]),
        lambda: proxy.get_attribute_config(3),
        proxy.set_attribute_config,
    ):
        with pytest.raises(TypeError):
            call()


class Vessel(Device):
    """Has an attribute whose configuration may be changed."""

    @attribute(dtype=float, label="before")
    def level(self):
        return 1.0


def test_a_configuration_is_changed():
    with DeviceTestContext(Vessel, process=True) as vessel:
        info = vessel.get_attribute_config("level")
        assert info.label == "before"
        for number, give in enumerate(
            (
                vessel.set_attribute_config,
                lambda info: vessel.set_attribute_config([info]),
                lambda info: vessel.set_attribute_config(attr_info_ex=info),
                lambda info: vessel.set_attribute_config(attr_info=tango.AttributeInfo(info)),
            )
        ):
            info.label = f"after {number}"
            give(info)
            assert vessel.get_attribute_config("level").label == f"after {number}"


def test_a_device_without_a_database_has_none(proxy):
    assert proxy.get_device_db() is None


def test_names_of_a_device_that_is_not_there():
    """The error says why; Python takes it for a missing name, so that hasattr and getattr with a default work."""
    device = DeviceProxy(f"tango://127.0.0.1:{free_port()}/test/nobody/1#dbase=no")
    for name in ("voltage", "Reset"):
        with pytest.raises(DevFailed, match="Failed to connect") as error:
            getattr(device, name)
        assert isinstance(error.value, AttributeError)
    assert not hasattr(device, "voltage")
    assert getattr(device, "voltage", 5) == 5
