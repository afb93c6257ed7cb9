"""Groups of devices."""

from __future__ import annotations

import time

import numpy as np
import pytest
from support import free_port

import tango
from tango import DevFailed, DeviceData, DeviceDataList, ExtractAs, Group, GroupReply


@pytest.fixture
def addresses(tangotest):
    return [tangotest.address(f"test/tt/{number}") for number in (1, 2, 3)]


@pytest.fixture
def group(addresses):
    """One device, and two in a group inside."""
    group, inner = Group("gauges"), Group("cell")
    group.add(addresses[0])
    inner.add(addresses[1:])
    group.add(inner)
    return group


@pytest.fixture
def nowhere():
    return f"tango://127.0.0.1:{free_port()}/test/nowhere/1#dbase=no"


@pytest.fixture
def patients(patient_server):
    group = Group("patients")
    group.add([patient_server.address(name) for name in patient_server.devices])
    yield group
    group.write_attribute("pause", 0.0)


def reason(error):
    return error.value.args[0].reason


# --- what is in it ----------------------------------------------------------------------------------------------------


def test_a_group_holds_devices_and_groups(group, addresses):
    assert group.get_device_list() == addresses
    assert group.get_device_list(False) == group.get_device_list(forward=False) == addresses[:1]
    assert (len(group), group.get_size(), group.get_size(False)) == (3, 3, 1)
    assert list(group) == addresses
    assert (repr(group), str(group)) == ("Group(gauges)", "Group(gauges)")
    assert bool(group) and not Group("empty")


def test_groups_have_names(group):
    inner = group.get_group("cell")
    assert inner is group["cell"] is group.get_group("GAUGES.Cell")
    assert group.get_group("gauges") is group
    assert group.get_group("none") is None
    assert (inner.get_name(), inner.get_fully_qualified_name()) == ("cell", "gauges.cell")
    assert inner.name_equals("Cell") and inner.name_equals("gauges.cell") and not inner.name_equals("gauges")
    assert inner.name_matches("*") and inner.name_matches("g*ll") and not inner.name_matches("cell*gauges")


def test_devices_are_found_by_name_and_number(group, addresses):
    assert [group.get_device(number).dev_name() for number in (1, 2, 3)] == ["test/tt/1", "test/tt/2", "test/tt/3"]
    assert group[addresses[1].upper().replace("TANGO:", "tango:")] is group.get_device(2) is group[2]
    assert [device.dev_name() for device in group[1:]] == ["test/tt/2", "test/tt/3"]
    for key in (0, -1, 4, "nope", "test/tt/1"):
        with pytest.raises(KeyError, match="Group does not have device"):
            group.get_device(key)
    with pytest.raises(KeyError):
        group["nope"]
    for key in (1.5, None, ["a"]):
        with pytest.raises(TypeError, match="a name or a number"):
            group.get_device(key)


def test_containing(group, addresses):
    assert addresses[0] in group and addresses[2] in group and "cell" in group and "gauges" in group
    assert "*tt/3*" in group and "*tt*nothing*" not in group
    assert not group.contains(addresses[2], False) and group.contains(addresses[0], forward=False)
    with pytest.raises(TypeError, match="a name or pattern is a str"):
        3 in group  # noqa: B015


def test_nothing_is_in_it_twice(group, addresses):
    group.add(addresses[1])
    group.add([addresses[0], addresses[0].upper().replace("TANGO:", "tango:")])
    group.add(group["cell"])
    assert group.get_device_list() == addresses


def test_groups_do_not_go_round_in_circles(group, addresses):
    group.add(group)
    group["cell"].add(group)
    assert group.get_device_list() == addresses
    with pytest.raises(ValueError, match="part of another group"):
        Group("other").add(group["cell"])


@pytest.mark.parametrize("wrong", [3, None, [3], ["a/b/c", None], b"a/b/c"])
def test_only_devices_and_groups_are_added(wrong):
    group = Group("g")
    with pytest.raises(TypeError, match="a Group, a str or a sequence of str"):
        group.add(wrong)
    assert len(group) == 0


def test_its_name_is_a_str():
    with pytest.raises(TypeError, match="a str"):
        Group(3)


def test_removing(group, addresses):
    inner = group["cell"]
    group.remove("nothing*")
    group.remove(addresses[1], forward=False)
    assert len(group) == 3
    group.remove([addresses[1], "zz"])
    assert group.get_device_list() == [addresses[0], addresses[2]]
    del group["cell"]
    assert group.get_device_list() == addresses[:1]
    # what was taken out lives on by itself
    assert inner.get_fully_qualified_name() == "cell" and inner.get_device_list() == [addresses[2]]
    other = Group("other")
    other.add(inner)
    assert inner.get_fully_qualified_name() == "other.cell"
    group.remove("*tt*")
    assert len(group) == 0
    other.remove_all()
    assert len(other) == 0 and inner.get_fully_qualified_name() == "cell"


def test_a_device_taken_out_while_it_is_used_still_works(group, addresses):
    device = group.get_device(addresses[0])
    group.remove_all()
    assert device.ping() > 0


def test_timeouts(group, addresses, nowhere):
    group.set_timeout_millis(2000)
    assert {device.get_timeout_millis() for device in group[:]} == {2000}
    group.add(addresses[0], timeout_ms=1500)
    assert group[1].get_timeout_millis() == 1500
    group.add(nowhere, 1000)
    group.set_timeout_millis(-1)
    assert [device.get_timeout_millis() for device in group[:]] == [1500, 2000, 2000, 1000]


def test_ping(group, nowhere):
    assert group.ping() and group.ping(False)
    group["cell"].add(nowhere)
    assert not group.ping()
    assert group.ping(forward=False)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_read(group, addresses):
    replies = group.read_attribute("double_scalar")
    assert isinstance(replies, tango.GroupAttrReplyList) and not replies.has_failed()
    assert [reply.dev_name() for reply in replies] == addresses
    for reply in replies:
        assert (reply.obj_name(), reply.has_failed(), reply.group_element_enabled()) == ("double_scalar", False, True)
        assert reply.get_err_stack() == ()
        assert isinstance(reply.get_data().value, float) and reply.get_data().name == "double_scalar"
    assert [reply.dev_name() for reply in group.read_attribute("double_scalar", False)] == addresses[:1]


def test_the_form_of_a_value_is_chosen_later_and_more_than_once(group):
    group.write_attribute("long_spectrum", [1, 2, 3])
    reply = group.read_attribute("long_spectrum")[0]
    first, second = reply.get_data(), reply.get_data()
    assert isinstance(first.w_value, np.ndarray) and first.w_value.tolist() == [1, 2, 3]
    assert first is not second and np.shares_memory(first.w_value, second.w_value)
    assert reply.get_data(ExtractAs.List).w_value == [1, 2, 3]
    assert reply.get_data(extract_as=ExtractAs.Tuple).w_value == (1, 2, 3)
    assert not hasattr(reply.get_data(ExtractAs.Nothing), "value")
    assert isinstance(group.read_attribute("string_scalar")[0].get_data().value, str)
    assert isinstance(group.read_attribute("State")[0].get_data().value, tango.DevState)


def test_read_several(group, addresses):
    replies = group.read_attributes(["double_scalar", "no_such_attribute"])
    assert [(reply.dev_name(), reply.obj_name(), reply.has_failed()) for reply in replies] == [
        (address, name, failed)
        for address in addresses
        for name, failed in (("double_scalar", False), ("no_such_attribute", True))
    ]
    assert replies.has_failed()
    assert replies[1].get_err_stack()[0].reason == "API_AttrNotFound"
    assert group.read_attributes([]) == []


def test_names_of_attributes_are_checked(group):
    for call in (lambda: group.read_attribute(3), lambda: group.read_attributes("abc"), lambda: group.read_attributes([3])):
        with pytest.raises(TypeError):
            call()


def test_no_data_of_a_failed_read(group):
    reply = group.read_attribute("no_such_attribute")[0]
    assert reply.get_data().is_empty and reply.get_data().name == "Name not set"
    assert GroupReply.enable_exception() is False
    try:
        with pytest.raises(DevFailed) as error:
            reply.get_data()
        assert reason(error) == "API_AttrNotFound"
        with pytest.raises(DevFailed) as error:
            group.command_inout("NoSuchCommand")[0].get_data()
        assert reason(error) == "API_CommandNotFound"
    finally:
        assert GroupReply.enable_exception(False) is True


# --- commands and writing ---------------------------------------------------------------------------------------------


def test_commands(group, addresses):
    replies = group.command_inout("DevDouble", 2.5)
    assert isinstance(replies, tango.GroupCmdReplyList)
    assert [(reply.dev_name(), reply.obj_name(), reply.get_data()) for reply in replies] == [
        (address, "DevDouble", 2.5) for address in addresses
    ]
    assert replies[0].get_data_raw().extract() == 2.5
    assert [reply.get_data() for reply in group.command_inout("DevVoid")] == [None] * 3
    assert len(group.command_inout("DevDouble", 1.0, False)) == len(group.command_inout("DevVoid", forward=False)) == 1


def test_an_argument_for_each_device(group):
    arguments = DeviceDataList()
    for number in range(3):
        argument = DeviceData()
        argument.insert(tango.CmdArgType.DevDouble, number)
        arguments.append(argument)
    assert [reply.get_data() for reply in group.command_inout("DevDouble", arguments)] == [0.0, 1.0, 2.0]
    assert [reply.get_data() for reply in group.command_inout("DevDouble", arguments[1])] == [1.0] * 3
    with pytest.raises(tango.WrongData, match="expected:3 - got:2") as error:
        group.command_inout("DevDouble", arguments[:2])
    assert reason(error) == "API_MethodArgument"


def test_commands_that_fail(group):
    with pytest.raises(TypeError, match="Invalid input argument for command DevDouble"):
        group.command_inout("DevDouble", "x")
    for argument in ((), (3,)):
        replies = group.command_inout("NoSuchCommand", *argument)
        assert replies.has_failed() and [reply.has_failed() for reply in replies] == [True] * 3
        assert replies[0].get_err_stack()[0].reason == "API_CommandNotFound"
        assert replies[0].get_data() is None and replies[0].get_data_raw().is_empty()


def test_writing(group):
    replies = group.write_attribute("double_scalar_w", 3.5)
    assert isinstance(replies, tango.GroupReplyList) and not replies.has_failed()
    assert [reply.get_data().value for reply in group.read_attribute("double_scalar_w")] == [3.5] * 3
    group.write_attribute("double_scalar_w", [1, 2, 3], multi=True)
    assert [reply.get_data().value for reply in group.read_attribute("double_scalar_w")] == [1.0, 2.0, 3.0]
    group.write_attribute("double_scalar_w", 9, forward=False)
    assert [reply.get_data().value for reply in group.read_attribute("double_scalar_w")] == [9.0, 2.0, 3.0]
    group.write_attribute(group[1].get_attribute_config("double_scalar_w"), 4)
    assert [reply.get_data().value for reply in group.read_attribute("double_scalar_w")] == [4.0] * 3


def test_writes_that_fail(group):
    group.write_attribute("double_scalar_w", 1)
    with pytest.raises(TypeError, match="double_scalar_w"):
        group.write_attribute("double_scalar_w", [5, "x", 5], multi=True)
    assert [reply.get_data().value for reply in group.read_attribute("double_scalar_w")] == [1.0] * 3
    with pytest.raises(tango.WrongData, match="expected:3 - got:2"):
        group.write_attribute("double_scalar_w", [1, 2], multi=True)
    for value in (3, "abc"):
        with pytest.raises(TypeError, match="must be a Python sequence"):
            group.write_attribute("double_scalar_w", value, multi=True)
    replies = group.write_attribute("no_such_attribute", 1)
    assert [reply.get_err_stack()[0].reason for reply in replies] == ["API_AttrNotFound"] * 3
    replies = group.write_attribute("double_spectrum_ro", [1.0])
    assert [reply.get_err_stack()[0].reason for reply in replies] == ["API_AttrNotWritable"] * 3


# --- devices that take no part ----------------------------------------------------------------------------------------


def test_disabled_devices_say_so(group, addresses):
    group.disable(addresses[0])
    assert not group.is_enabled(addresses[0]) and group.is_enabled(addresses[1]) and not group.is_enabled("nothing")
    for replies in (
        group.read_attribute("double_scalar"),
        group.command_inout("DevDouble", 1.0),
        group.write_attribute("double_scalar_w", 1.0),
    ):
        assert [(reply.group_element_enabled(), reply.has_failed()) for reply in replies] == [
            (False, False),
            (True, False),
            (True, False),
        ]
    assert group.command_inout("DevDouble", 1.0)[0].get_data() is None
    GroupReply.enable_exception()
    try:
        with pytest.raises(DevFailed, match="disabled"):
            group.read_attribute("double_scalar")[0].get_data()
    finally:
        GroupReply.enable_exception(False)
    group.enable(addresses[0])
    assert group.read_attribute("double_scalar")[0].group_element_enabled()


def test_whole_groups_are_disabled(group):
    group.disable("cell")
    assert [reply.group_element_enabled() for reply in group.read_attribute("double_scalar")] == [True, False, False]
    assert not group["cell"].is_enabled()
    group["cell"].enable()
    group.disable()
    assert [reply.group_element_enabled() for reply in group.read_attribute("double_scalar")] == [False] * 3


def test_a_device_that_is_not_there_fails_alone(group, nowhere):
    group.add(nowhere)
    for replies in (
        group.read_attribute("double_scalar_w"),
        group.read_attributes(["double_scalar_w"]),
        group.command_inout("DevVoid"),
        group.command_inout("DevDouble", 1.0),
        group.write_attribute("double_scalar_w", 1.0),
    ):
        # it was added behind the inner group
        assert [reply.has_failed() for reply in replies] == [False, False, False, True]
        assert replies[3].dev_name() == nowhere and "127.0.0.1" not in replies[0].get_err_stack()


def test_patterns_need_a_database(group, nowhere, monkeypatch):
    with pytest.raises(tango.NonDbDevice, match="cannot be found by a pattern"):
        group.add("tango://127.0.0.1:1/test/*/1#dbase=no")
    monkeypatch.setenv("TANGO_HOST", f"127.0.0.1:{free_port()}")
    with pytest.raises(DevFailed):
        group.add(f"tango://127.0.0.1:{free_port()}/test/*/1")


# --- without waiting --------------------------------------------------------------------------------------------------


def test_requests_are_answered_later_and_once(group):
    numbers = {
        group.read_attribute_reply: group.read_attribute_asynch("double_scalar"),
        group.read_attributes_reply: group.read_attributes_asynch(["double_scalar"]),
        group.command_inout_reply: group.command_inout_asynch("DevDouble", 2.5),
        group.write_attribute_reply: group.write_attribute_asynch("double_scalar_w", 2.5),
    }
    assert len(set(numbers.values())) == 4
    for reply, number in numbers.items():
        assert [answer.has_failed() for answer in reply(number)] == [False] * 3
        with pytest.raises(DevFailed, match="Invalid asynch. request identifier") as error:
            reply(number)
        assert reason(error) == "API_BadAsynPollId"


def test_a_number_belongs_to_one_kind_of_request(group):
    number = group.read_attribute_asynch("double_scalar")
    with pytest.raises(tango.AsynCall) as error:
        group.command_inout_reply(number)
    assert reason(error) == "API_BadAsynReqType"
    assert len(group.read_attribute_reply(number)) == 3


def test_devices_work_at_the_same_time(patients):
    begin = time.monotonic()
    replies = patients.command_inout("sleep", 0.5)
    assert [reply.get_data() for reply in replies] == [0.5, 0.5]
    # one server runs the commands of two devices in turn or side by side, but nothing is waited for here
    number = patients.command_inout_asynch("sleep", 0.5)
    assert time.monotonic() - begin < 5
    assert [reply.has_failed() for reply in patients.command_inout_reply(number)] == [False, False]


def test_a_late_reply(patients):
    patients.write_attribute("pause", 1.0)
    number = patients.read_attribute_asynch("level")
    begin = time.monotonic()
    replies = patients.read_attribute_reply(number, timeout_ms=20)
    assert time.monotonic() - begin < 1
    assert [reply.get_err_stack()[0].reason for reply in replies] == ["API_AsynReplyNotArrived"] * 2
    with pytest.raises(DevFailed):
        patients.read_attribute_reply(number)
    # without a time it is waited for
    assert not patients.read_attribute_reply(patients.read_attribute_asynch("level")).has_failed()


def test_the_timeout_of_the_devices(patients):
    patients.set_timeout_millis(200)
    replies = patients.command_inout("sleep", 1.0)
    assert replies.has_failed()
    assert any(error.reason == "API_DeviceTimedOut" for error in replies[0].get_err_stack())


def test_a_request_that_nobody_asks_for_is_forgotten(patients):
    patients.command_inout_asynch("sleep", 0.3)
    patients.read_attribute_asynch("level")
    patients.remove_all()
    assert len(patients) == 0


# --- replies ----------------------------------------------------------------------------------------------------------


def test_replies_print(group, addresses):
    group.disable(addresses[2])
    ok, failed, disabled = (group.command_inout("DevDouble", 2.5)[0], group.command_inout("Nope")[1], group.command_inout("Nope")[2])
    assert str(ok) == (
        "GroupCmdReply[\n"
        f'    dev_name = "{addresses[0]}"\n'
        '    obj_name = "DevDouble"\n'
        "    enabled = True\n"
        "    has_failed = False\n"
        "    data = 2.5\n"
        "]"
    )
    assert "    err_stack = [\n        DevError[\n            desc = Command Nope not found\n" in str(failed)
    assert str(disabled).endswith("    enabled = False\n    has_failed = False\n]")
    assert [repr(reply).rpartition(" ")[2] for reply in (ok, failed, disabled)] == ["ok)", "failed)", "disabled)"]
    assert "data = DeviceAttribute[\n" in str(group.read_attribute("double_scalar")[0])
    assert "data" not in str(group.write_attribute("double_scalar_w", 1.0)[0])


def test_replies_are_copied_and_collected(group):
    reply = group.read_attribute("double_scalar")[0]
    copy = tango.GroupAttrReply(reply)
    assert copy.dev_name() == reply.dev_name() and copy.get_data().value == reply.get_data().value
    with pytest.raises(TypeError, match="copies a GroupCmdReply"):
        tango.GroupCmdReply(reply)
    empty = GroupReply()
    assert (empty.dev_name(), empty.obj_name(), empty.has_failed()) == ("unknown", "unknown", False)
    replies = tango.GroupAttrReplyList()
    replies.push_back(reply)
    assert len(replies) == 1 and not replies.has_failed()
    with pytest.raises(TypeError, match="expected GroupAttrReply"):
        replies.append(empty)
    replies.reset()
    assert replies == []


def test_a_group_without_init_prints():
    half = tango.Group.__new__(tango.Group)
    assert str(half) == repr(half) == "Group(<object was not fully initialized>)"
