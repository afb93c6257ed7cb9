"""Asynchronous calls: requests that are asked for later, and requests with a callback."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
import weakref

import numpy as np
import pytest
from support import DEADLINE, free_port, start_python_server, wait_until

import tango
from tango import ApiUtil, AsynCall, AsynReplyNotArrived, DevFailed, DeviceProxy, ExtractAs
from tango._asynch_requests import callbacks
from tango.enums import GreenMode, asyn_req_type, cb_sub_model

POLLING, CALLBACK, ALL = asyn_req_type.POLLING, asyn_req_type.CALLBACK, asyn_req_type.ALL_ASYNCH


@pytest.fixture
def proxy(tangotest):
    """A synchronous proxy: what is tested here has its own ways of waiting."""
    return tango.DeviceProxy(tangotest.address())


@pytest.fixture
def push_model():
    api = ApiUtil.instance()
    api.set_asynch_cb_sub_model(cb_sub_model.PUSH_CALLBACK)
    yield
    api.set_asynch_cb_sub_model(cb_sub_model.PULL_CALLBACK)
    wait_until(lambda: not any(thread.name == "tango-replies" for thread in threading.enumerate()))


@pytest.fixture(autouse=True)
def no_request_is_left():
    yield
    gc.collect()
    assert callbacks.pending() == 0


def reason(error):
    return error.value.args[0].reason


# --- asking for the answer --------------------------------------------------------------------------------------------


def test_commands(proxy):
    number = proxy.command_inout_asynch("DevDouble", 2.5)
    assert proxy.command_inout_reply(number, 0) == 2.5
    number = proxy.command_inout_asynch("DevVoid")
    assert proxy.command_inout_reply(number, timeout=3000) is None
    number = proxy.command_inout_asynch("DevVarLongArray", [1, 2, 3])
    reply = proxy.command_inout_reply(number, 0)
    assert isinstance(reply, np.ndarray) and reply.tolist() == [1, 2, 3]
    data = tango.DeviceData()
    data.insert(tango.CmdArgType.DevDouble, 4.5)
    number = proxy.command_inout_asynch("DevDouble", data)
    assert proxy.command_inout_reply_raw(number, 0).extract() == 4.5


def test_reads(proxy):
    proxy.write_attribute("long_spectrum", [1, 2, 3])
    number = proxy.read_attribute_asynch("long_spectrum")
    reply = proxy.read_attribute_reply(number, 0)
    assert reply.name == "long_spectrum" and reply.w_value.tolist() == [1, 2, 3] and not reply.w_value.flags.owndata
    for arguments in ((0, ExtractAs.List), (0,)):
        number = proxy.read_attribute_asynch("long_spectrum")
        assert list(proxy.read_attribute_reply(number, *arguments).w_value) == [1, 2, 3]
    number = proxy.read_attribute_asynch("long_spectrum")
    assert proxy.read_attribute_reply(id=number, poll_timeout=0, extract_as=ExtractAs.Tuple).w_value == (1, 2, 3)
    number = proxy.read_attributes_asynch(["double_scalar", "no_such_attribute"])
    replies = proxy.read_attributes_reply(number, 0)
    assert [reply.has_failed for reply in replies] == [False, True]
    assert proxy.read_attributes_reply(proxy.read_attributes_asynch([]), 0) == []


def test_the_form_may_be_the_second_argument(proxy):
    number = proxy.read_attribute_asynch("long_spectrum")

    def reply():
        try:
            return proxy.read_attribute_reply(number, ExtractAs.List)
        except AsynReplyNotArrived:
            return None

    assert isinstance(wait_until(reply).value, list)


def test_writes(proxy):
    number = proxy.write_attribute_asynch("double_scalar_w", 2.5)
    assert proxy.write_attribute_reply(number, 0) is None
    assert proxy.double_scalar_w == 2.5
    number = proxy.write_attributes_asynch([("double_scalar_w", 3.5), ("long_scalar_w", 7)])
    assert proxy.write_attributes_reply(number, 0) is None
    assert (proxy.double_scalar_w, proxy.long_scalar_w) == (3.5, 7)
    number = proxy.write_attribute_asynch(proxy.get_attribute_config("double_scalar_w"), 4.5)
    proxy.write_attributes_reply(number, 0)
    proxy.write_attributes_reply(proxy.write_attributes_asynch([]), 0)
    assert proxy.double_scalar_w == 4.5


def test_the_memory_of_an_argument_may_change_at_once(proxy):
    values = np.arange(100, dtype="int32")
    number = proxy.write_attribute_asynch("long_spectrum", values)
    values[:] = -1
    proxy.write_attribute_reply(number, 0)
    assert proxy.read_attribute("long_spectrum").w_value.tolist() == list(range(100))


def test_what_fails_fails_in_the_reply(proxy):
    for number, ask, text in (
        (proxy.command_inout_asynch("NoSuchCommand"), proxy.command_inout_reply, "API_CommandNotFound"),
        (proxy.read_attribute_asynch("no_such_attribute"), proxy.read_attribute_reply, "API_AttrNotFound"),
        (proxy.write_attribute_asynch("double_spectrum_ro", [1.0]), proxy.write_attribute_reply, "API_AttrNotWritable"),
        (
            proxy.write_attributes_asynch([("double_scalar_w", 1), ("double_spectrum_ro", [1.0])]),
            proxy.write_attributes_reply,
            "API_AttributeFailed",
        ),
    ):
        with pytest.raises(DevFailed) as error:
            ask(number, 0)
        assert reason(error) == text


def test_bad_arguments_fail_at_once(proxy):
    for call in (
        lambda: proxy.command_inout_asynch("DevDouble", "x"),
        lambda: proxy.command_inout_asynch("DevDouble", 1.0, False, 4),
        lambda: proxy.read_attribute_asynch(3),
        lambda: proxy.read_attributes_asynch("double_scalar"),
        lambda: proxy.read_attribute_asynch("double_scalar", 3),
        lambda: proxy.write_attribute_asynch("double_scalar_w", "x"),
        lambda: proxy.write_attribute_asynch("double_scalar_w", 1.0, object()),
        lambda: proxy.write_attributes_asynch([("double_scalar_w",)]),
        lambda: proxy.command_inout_reply("1"),
    ):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(DevFailed) as error:
        proxy.write_attribute_asynch("no_such_attribute", 1)
    assert reason(error) == "API_AttrNotFound"
    assert proxy.pending_asynch_call(ALL) == 0


def test_an_answer_that_has_not_arrived_can_be_asked_for_again(patient):
    number = patient.command_inout_asynch("sleep", 0.5)
    begin = time.monotonic()
    for arguments in ((), (50,)):
        with pytest.raises(AsynReplyNotArrived) as error:
            patient.command_inout_reply(number, *arguments)
        assert reason(error) == "API_AsynReplyNotArrived" and f"(id = {number})" in error.value.args[0].desc
    assert time.monotonic() - begin < 0.4
    assert patient.command_inout_reply(number, 0) == 0.5
    patient.pause = 0.3
    number = patient.read_attribute_asynch("level")
    with pytest.raises(AsynReplyNotArrived):
        patient.read_attribute_reply(number)
    assert patient.read_attribute_reply(number, 0).value == 0.0


def test_an_answer_is_given_once(proxy):
    number = proxy.read_attribute_asynch("double_scalar")
    proxy.read_attribute_reply(number, 0)
    for unknown in (number, 999999):
        with pytest.raises(AsynCall) as error:
            proxy.read_attribute_reply(unknown, 0)
        assert reason(error) == "API_BadAsynPollId"


def test_a_number_belongs_to_one_kind_of_request(proxy):
    number = proxy.read_attribute_asynch("double_scalar")
    for ask in (proxy.command_inout_reply, proxy.command_inout_reply_raw, proxy.write_attribute_reply):
        with pytest.raises(AsynCall) as error:
            ask(number, 0)
        assert reason(error) == "API_BadAsynReqType"
    assert len(proxy.read_attributes_reply(number, 0)) == 1


def test_requests_are_counted_and_cancelled(patient):
    api = ApiUtil.instance()
    others = api.pending_asynch_call(ALL)
    numbers = [patient.command_inout_asynch("sleep", 0.2) for _ in range(3)]
    counted = [patient.pending_asynch_call(kind) for kind in (POLLING, CALLBACK, ALL)]
    assert counted == [3, 0, 3] and api.pending_asynch_call(ALL) == others + 3
    patient.cancel_asynch_request(numbers[0])
    with pytest.raises(AsynCall):
        patient.cancel_asynch_request(numbers[0])
    with pytest.raises(AsynCall):
        patient.command_inout_reply(numbers[0], 0)
    assert patient.pending_asynch_call(POLLING) == 2
    patient.cancel_all_polling_asynch_request()
    assert patient.pending_asynch_call(ALL) == 0
    with pytest.raises(AsynCall):
        patient.command_inout_reply(numbers[1], 0)
    assert patient.twice(2) == 4


def test_requests_are_on_their_way_at_the_same_time(patient):
    begin = time.monotonic()
    numbers = [patient.command_inout_asynch("sleep", 0.05) for _ in range(4)]
    assert time.monotonic() - begin < 0.2
    assert [patient.command_inout_reply(number, 0) for number in reversed(numbers)] == [0.05] * 4


def test_a_request_that_takes_too_long(patient):
    patient.set_timeout_millis(200)
    number = patient.command_inout_asynch("sleep", 1.0)
    with pytest.raises(tango.CommunicationFailed) as error:
        patient.command_inout_reply(number, 0)
    assert any(entry.reason == "API_DeviceTimedOut" for entry in error.value.args)


def test_commands_may_be_forgotten(patient):
    before = patient.read_attribute("pause").value
    assert patient.command_inout_asynch("sleep", 0.01, True) == 0
    assert patient.command_inout_asynch("fail", None, True) == 0
    assert patient.command_inout_asynch("twice", 3.0, False) > 0
    patient.cancel_all_polling_asynch_request()
    assert patient.pending_asynch_call(ALL) == 0 and patient.pause == before


def test_a_forgotten_command_is_sent_before_the_program_ends(patient, patient_server):
    program = (
        "import os, sys, tango\n"
        "tango.DeviceProxy(sys.argv[1]).command_inout_asynch('set_pause', 0.125, True)\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", program, patient_server.address()], check=True, timeout=DEADLINE)
    wait_until(lambda: patient.pause == 0.125)


def test_a_device_that_is_not_there(proxy):
    nowhere = DeviceProxy(f"tango://127.0.0.1:{free_port()}/test/nowhere/1#dbase=no")
    for call in (
        lambda: nowhere.command_inout_asynch("State"),
        lambda: nowhere.command_inout_asynch("State", None, True),
        lambda: nowhere.read_attribute_asynch("x"),
        lambda: nowhere.read_attributes_asynch(["x"], print),
        lambda: nowhere.write_attribute_asynch("x", 1),
    ):
        with pytest.raises(DevFailed):
            call()
    assert nowhere.pending_asynch_call(ALL) == 0


def test_a_server_that_goes_away():
    with start_python_server("patient.py", "test/patient/2") as gone:
        proxy = DeviceProxy(gone.address())
        number = proxy.command_inout_asynch("sleep", 10)
        got = []
        proxy.command_inout_asynch("sleep", 10, got.append)
        wait_until(lambda: proxy.ping() > 0)
        gone.kill()
        with pytest.raises(DevFailed):
            proxy.command_inout_reply(number, 0)
        proxy.get_asynch_replies(0)
        assert got[0].err and got[0].errors
        gone.restart()

        def answers():
            try:
                return proxy.command_inout_reply(proxy.command_inout_asynch("twice", 2), 0) == 4
            except DevFailed:
                return False

        wait_until(answers)


def test_requests_go_with_their_proxy(patient_server):
    proxy = DeviceProxy(patient_server.address())
    numbers = [proxy.command_inout_asynch("sleep", 0.1), proxy.read_attribute_asynch("level")]
    proxy.write_attribute_asynch("level", 1.0)
    gone = weakref.ref(proxy)
    del proxy
    gc.collect()
    assert gone() is None and len(numbers) == 2


def test_in_other_green_modes(proxy):
    future = proxy.read_attribute_asynch("double_scalar", green_mode=GreenMode.Futures, wait=False)
    number = future.result(DEADLINE)
    assert proxy.read_attribute_reply(number, 0, green_mode=GreenMode.Futures, wait=True, timeout=DEADLINE).name


def test_attribute_proxies(proxy):
    attribute = tango.AttributeProxy(proxy._full_name().replace("#", "/double_scalar_w#"))
    attribute.write_reply(attribute.write_asynch(6.5), 0)
    assert attribute.read_reply(attribute.read_asynch(), 0).value == 6.5


# --- callbacks --------------------------------------------------------------------------------------------------------


class Receiver:
    """A callback as an object."""

    def __init__(self):
        self.events = []

    def cmd_ended(self, event):
        self.events.append(event)

    attr_read = attr_written = cmd_ended


def test_callbacks_run_when_they_are_asked_for(proxy):
    events = []
    assert proxy.command_inout_asynch("DevDouble", 2.5, events.append) is None
    assert proxy.read_attribute_asynch("double_scalar", events.append) is None
    assert [proxy.pending_asynch_call(kind) for kind in (POLLING, CALLBACK, ALL)] == [0, 2, 2]
    assert events == []
    proxy.get_asynch_replies(0)
    assert {type(event) for event in events} == {tango.CmdDoneEvent, tango.AttrReadEvent}
    assert proxy.pending_asynch_call(CALLBACK) == 0
    proxy.get_asynch_replies()
    proxy.get_asynch_replies(1000)
    assert len(events) == 2


def test_events_of_commands(proxy):
    receiver = Receiver()
    proxy.command_inout_asynch("DevDouble", 2.5, receiver)
    proxy.get_asynch_replies(0)
    proxy.command_inout_asynch("DevVoid", receiver)
    proxy.get_asynch_replies(0)
    proxy.command_inout_asynch("NoSuchCommand", receiver)
    proxy.get_asynch_replies(0)
    done, void, failed = receiver.events
    assert (done.device, done.cmd_name, done.argout, done.err, done.errors) == (proxy, "DevDouble", 2.5, False, ())
    assert void.argout is None and not void.err
    assert failed.err and failed.errors[0].reason == "API_CommandNotFound"
    with pytest.raises(DevFailed, match="NoSuchCommand"):
        _ = failed.argout


def test_events_of_reads(proxy):
    receiver = Receiver()
    proxy.read_attribute_asynch("long_spectrum", receiver, ExtractAs.List)
    proxy.get_asynch_replies(0)
    proxy.read_attributes_asynch(["double_scalar", "no_such_attribute"], receiver)
    proxy.get_asynch_replies(0)
    read, partly = receiver.events
    assert (read.device, list(read.attr_names), read.err, read.errors) == (proxy, ["long_spectrum"], False, ())
    assert isinstance(read.argout[0].value, list)
    assert partly.err and list(partly.attr_names) == ["double_scalar", "no_such_attribute"]
    assert [value.has_failed for value in partly.argout] == [False, True]
    assert len(partly.errors) == 1 and "no_such_attribute" in partly.errors[0].desc


def test_events_of_writes(proxy):
    receiver = Receiver()
    proxy.write_attribute_asynch("double_scalar_w", 1.5, receiver)
    proxy.get_asynch_replies(0)
    proxy.write_attributes_asynch(iter([("double_scalar_w", 2.5), ("double_spectrum_ro", [1.0])]), receiver)
    proxy.get_asynch_replies(0)
    proxy.write_attribute_asynch("double_spectrum_ro", [1.0], receiver)
    proxy.get_asynch_replies(0)
    written, partly, failed = receiver.events
    assert (written.device, list(written.attr_names), written.err) == (proxy, ["double_scalar_w"], False)
    assert written.errors.get_faulty_attr_nb() == 0
    assert partly.err and [(entry.name, entry.idx_in_call) for entry in partly.errors.err_list] == [("double_spectrum_ro", 1)]
    assert partly.errors.err_list[0].err_stack[0].reason == "API_AttrNotWritable"
    assert failed.err and failed.errors.err_list[0].name == "double_spectrum_ro"
    assert proxy.double_scalar_w == 2.5


def test_replies_of_one_proxy_or_of_all(proxy):
    other = DeviceProxy(proxy)
    events = []
    other.read_attribute_asynch("double_scalar", events.append)
    proxy.read_attribute_asynch("double_scalar", events.append)
    proxy.get_asynch_replies(0)
    assert [event.device for event in events] == [proxy]
    api = ApiUtil.instance()
    assert api.pending_asynch_call(CALLBACK) == 1
    api.get_asynch_replies(0)
    assert [event.device for event in events] == [proxy, other]
    proxy.read_attribute_asynch("double_scalar", events.append)
    wait_until(lambda: api.get_asynch_replies() or len(events) == 3)


def test_replies_that_are_missing(patient):
    events = []
    patient.command_inout_asynch("sleep", 0.4, events.append)
    for call in (patient.get_asynch_replies, ApiUtil.instance().get_asynch_replies):
        with pytest.raises(AsynReplyNotArrived):
            call(30)
    assert events == []
    patient.get_asynch_replies(0)
    assert events[0].argout == 0.4


def test_what_a_callback_raises_has_nowhere_to_go(proxy, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda hook: told.append((hook.exc_type, hook.object)))

    def broken(event):
        raise KeyError("broken")

    events = []
    proxy.read_attribute_asynch("double_scalar", broken)
    proxy.read_attribute_asynch("double_scalar", lambda event: event())
    proxy.read_attribute_asynch("double_scalar", events.append)
    proxy.get_asynch_replies(0)
    assert {kind for kind, _ in told} == {KeyError, TypeError} and (KeyError, broken) in told
    assert len(events) == 1


def test_a_callback_may_send_the_next_request(proxy):
    events = []

    def again(event):
        events.append(event)
        if len(events) < 5:
            event.device.read_attribute_asynch("double_scalar", again)

    proxy.read_attribute_asynch("double_scalar", again)
    proxy.get_asynch_replies(0)
    assert len(events) == 5


def test_proxy_and_callback_live_until_the_answer(patient_server):
    proxy, receiver = DeviceProxy(patient_server.address()), Receiver()
    proxy.command_inout_asynch("sleep", 0.1, receiver)
    events = receiver.events
    seen = weakref.ref(proxy), weakref.ref(receiver)
    del proxy, receiver
    gc.collect()
    assert all(reference() is not None for reference in seen)
    ApiUtil.instance().get_asynch_replies(0)
    assert events[0].argout == 0.1
    events.clear()
    gc.collect()
    assert all(reference() is None for reference in seen)


def test_the_push_model(proxy, push_model):
    events = []
    assert ApiUtil.instance().get_asynch_cb_sub_model() == cb_sub_model.PUSH_CALLBACK
    for number in range(20):
        proxy.command_inout_asynch("DevDouble", number, lambda event: events.append((event, threading.current_thread())))
    wait_until(lambda: len(events) == 20)
    assert sorted(event.argout for event, _ in events) == list(range(20))
    assert {thread.name for _, thread in events} == {"tango-replies"}
    wait_until(lambda: proxy.pending_asynch_call(CALLBACK) == 0)
    # also of requests that were sent before
    events.clear()
    ApiUtil.instance().set_asynch_cb_sub_model(cb_sub_model.PULL_CALLBACK)
    proxy.command_inout_asynch("DevDouble", 1, lambda event: events.append(event))
    ApiUtil.instance().set_asynch_cb_sub_model(cb_sub_model.PUSH_CALLBACK)
    wait_until(lambda: len(events) == 1)


def test_a_broken_callback_does_not_end_the_push_model(proxy, push_model, monkeypatch):
    told, events = [], []
    monkeypatch.setattr(sys, "unraisablehook", lambda hook: told.append(hook.exc_type))
    proxy.read_attribute_asynch("double_scalar", lambda event: event())
    wait_until(lambda: told == [TypeError])
    proxy.read_attribute_asynch("double_scalar", events.append)
    wait_until(lambda: len(events) == 1)


def test_a_pushed_callback_may_change_the_model_and_call_the_device(proxy, push_model):
    results = []

    def callback(event):
        results.append(event.device.command_inout("DevDouble", 7.0))
        ApiUtil.instance().set_asynch_cb_sub_model(cb_sub_model.PULL_CALLBACK)

    proxy.read_attribute_asynch("double_scalar", callback)
    wait_until(lambda: results == [7.0])


def test_only_a_model_is_a_model():
    for wrong in (3, "PUSH_CALLBACK", None, True):
        with pytest.raises(TypeError, match="cb_sub_model"):
            ApiUtil.instance().set_asynch_cb_sub_model(wrong)


PROGRAM = """
import sys, tango
from tango.enums import cb_sub_model
proxy = tango.DeviceProxy(sys.argv[1])
if sys.argv[2] == "push":
    tango.ApiUtil.instance().set_asynch_cb_sub_model(cb_sub_model.PUSH_CALLBACK)
for _ in range(3):
    proxy.command_inout_asynch("sleep", 2.0)
    proxy.command_inout_asynch("sleep", 2.0, print)
    proxy.read_attribute_asynch("level", print)
proxy.write_attribute_asynch("level", 1.0)
"""


@pytest.mark.parametrize("model", ["pull", "push"])
def test_a_program_that_ends_with_requests_under_way(patient_server, model):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, patient_server.address(), model], capture_output=True, text=True, timeout=DEADLINE
    )
    assert (done.returncode, done.stderr) == (0, "")


FORK = """
import os, sys, tango
proxy = tango.DeviceProxy(sys.argv[1])
number = proxy.command_inout_asynch("sleep", 0.3)
proxy.command_inout_asynch("sleep", 0.3, print)
if os.fork() == 0:
    code = 1
    try:
        proxy.command_inout_reply(number, 0)
    except RuntimeError as error:
        code = 0 if "parent process" in str(error) else 2
    if tango.ApiUtil.instance().pending_asynch_call(tango.asyn_req_type.CALLBACK):
        code = 3
    os._exit(code)
_, status = os.wait()
assert os.waitstatus_to_exitcode(status) == 0, status
assert proxy.command_inout_reply(number, 0) == 0.3
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_requests_belong_to_the_parent_of_a_fork(patient_server):
    subprocess.run([sys.executable, "-W", "ignore", "-c", FORK, patient_server.address()], check=True, timeout=DEADLINE)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_waiting_can_be_interrupted(patient_server):
    program = (
        "import signal, sys, threading, os, tango\n"
        "proxy = tango.DeviceProxy(sys.argv[1])\n"
        "number = proxy.command_inout_asynch('sleep', 2.5)\n"
        "threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        "    proxy.command_inout_reply(number, 0)\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, patient_server.address()], timeout=DEADLINE)
    assert done.returncode == 7
