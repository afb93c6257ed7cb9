"""Events, from a server in a process of its own."""

from __future__ import annotations

import io
import threading
import time
from datetime import datetime

import numpy as np
import pytest
from listening import Listener, reason
from support import TANGO_VERSION, free_port, start_python_server, wait_until

import tango
from tango import (
    AttrConfEventData,
    AttrQuality,
    DataReadyEventData,
    DevFailed,
    DeviceProxy,
    DevIntrChangeEventData,
    EventData,
    EventReason,
    EventSubMode,
    EventType,
    ExtractAs,
)
from tango.utils import EventCallback

CHANGE = EventType.CHANGE_EVENT


# --- kinds of events --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "event_type", "called", "command", "argument", "value"),
    [
        ("number", CHANGE, "change", "tell", 2.25, 2.25),
        ("number", EventType.ARCHIVE_EVENT, "archive", "tell_archive", 3.25, 3.25),
        ("number", EventType.USER_EVENT, "user_event", "tell_user", 4.25, 4.25),
        ("texts", CHANGE, "change", "tell_texts", ["x", "\xe9"], ("x", "\xe9")),
        ("mode", CHANGE, "change", "tell_mode", 1, 1),
        ("package", CHANGE, "change", "tell_package", "abc", ("text", b"abc")),
    ],
)
def test_values(news, listener, name, event_type, called, command, argument, value):
    news.subscribe_event(name, event_type, listener)
    first = listener.events[0]
    assert (type(first), first.event_reason, first.err) == (EventData, EventReason.SubSuccess, False)
    assert listener.threads[0] == threading.get_ident()
    event = listener.wait_for_value(value, lambda: news.command_inout(command, argument))
    assert (event.event, event.event_reason, event.errors) == (called, EventReason.Update, ())
    assert event.attr_name == news._full_name().replace("#", f"/{name}#")
    assert event.device is news
    assert event.attr_value.name.lower() == name and event.attr_value.quality == AttrQuality.ATTR_VALID
    assert abs(event.reception_date.totime() - time.time()) < 100 and event.get_date() == event.reception_date
    assert set(listener.threads[1:]) != {threading.get_ident()}


def test_arrays_belong_to_the_event(news, listener):
    news.subscribe_event("picture", CHANGE, listener)
    seven = listener.wait(lambda event: event.attr_value.value[0, 0] == 7, lambda: news.tell_picture(7))
    picture = seven.attr_value.value
    assert isinstance(picture, np.ndarray) and (picture.dtype, picture.shape) == (np.uint8, (2, 3))
    for value in range(50):
        news.tell_picture(value)
    listener.wait(lambda event: event.attr_value.value[0, 0] == 49)
    assert picture.tolist() == [[7, 7, 7], [7, 7, 7]]
    picture[0, 0] = 1


def test_the_form_of_arrays(news, listener):
    news.subscribe_event("picture", CHANGE, listener, extract_as=ExtractAs.List)
    assert listener.events[0].attr_value.value == [[0, 0, 0], [0, 0, 0]]
    assert listener.wait_for_value([[3, 3, 3], [3, 3, 3]], lambda: news.tell_picture(3))


def test_values_with_a_date_and_a_quality(news, listener):
    news.subscribe_event("number", CHANGE, listener)
    listener.begin(news)
    news.tell_with_date([5.5, 1234567890.5, float(AttrQuality.ATTR_ALARM)])
    value = listener.wait_for_value(5.5).attr_value
    assert (value.quality, value.time.totime()) == (AttrQuality.ATTR_ALARM, 1234567890.5)
    news.tell_with_date([6.5, 1234567891.5, float(AttrQuality.ATTR_INVALID)])
    value = listener.wait(lambda event: event.attr_value.quality == AttrQuality.ATTR_INVALID).attr_value
    assert value.value is None


def test_periodic_events(news, listener):
    news.subscribe_event("ramp", EventType.PERIODIC_EVENT, listener)
    values = wait_until(lambda: len(listener.values()) > 3 and listener.values())
    assert values == sorted(values) and listener.updates()[0].event == "periodic"


def test_change_events_of_the_polling(news, listener):
    news.subscribe_event("ramp", CHANGE, listener)
    values = wait_until(lambda: len(listener.values()) > 3 and listener.values())
    assert len(set(values)) > 2


def test_data_ready_events(news, listener):
    news.subscribe_event("number", EventType.DATA_READY_EVENT, listener)
    event = listener.wait(lambda event: event.ctr == 17, lambda: news.tell_ready(17))
    assert type(event) is DataReadyEventData
    assert (event.event, event.err, event.device) == ("data_ready", False, news)
    assert event.attr_data_type == tango.CmdArgType.DevDouble and event.attr_name.endswith("/number#dbase=no")


def test_interface_change_events(news, listener):
    news.subscribe_event(EventType.INTERFACE_CHANGE_EVENT, listener)
    assert (type(listener.events[0]), listener.events[0].event) == (DevIntrChangeEventData, "intr_change")
    added = []

    def grow():
        added.append(f"added_{len(added)}")
        news.grow(added[-1])

    def seen(event):
        return {info.name for info in event.att_list}.intersection(added)

    event = listener.wait(seen, grow)
    assert "tell" in [info.cmd_name for info in event.cmd_list]
    assert event.device is news and event.device_name == news._full_name()
    for name in added:
        news.shrink(name)
    assert listener.wait(lambda event: not seen(event))


def test_the_interface_changes_in_the_moment_in_which_that_is_told(news, listener):
    """50 ms after the first change; cppTango's own thread would hold up the device for 3 s."""
    news.subscribe_event(EventType.INTERFACE_CHANGE_EVENT, listener)
    for number in range(20):
        news.grow("brief")
        time.sleep(0.0485 + number * 0.0001)
        news.shrink("brief")
        time.sleep(0.0485 + number * 0.0001)
    news.grow("lasting")
    assert listener.wait(lambda event: "lasting" in [info.name for info in event.att_list])
    news.shrink("lasting")


def test_configuration_events(listener, tmp_path):
    with start_python_server("news.py", "test/news/4", database_file=tmp_path / "news.db") as server:
        device = DeviceProxy(server.address())
        number = device.subscribe_event("number", EventType.ATTR_CONF_EVENT, listener)
        first = listener.events[0]
        assert (type(first), first.event, first.event_reason) == (AttrConfEventData, "attr_conf", EventReason.SubSuccess)
        info = device.get_attribute_config("number")
        assert first.attr_conf == info

        def change():
            info.label = f"label {len(listener.events)}"
            device.set_attribute_config(info)

        event = listener.wait(lambda event: event.attr_conf.label == info.label, change)
        assert (event.device, event.attr_conf) == (device, device.get_attribute_config("number"))
        device.unsubscribe_event(number)


@pytest.mark.skipif(TANGO_VERSION >= (10,), reason="this cppTango has alarm events")
def test_older_libraries_have_no_alarm_events(news, listener):
    with pytest.raises(tango.NonSupportedFeature, match=r"alarm event needs cppTango 10.0 or newer"):
        news.subscribe_event("number", EventType.ALARM_EVENT, listener)


def test_errors_as_events(news, listener):
    news.subscribe_event("broken", CHANGE, listener)
    first = listener.events[0]
    assert (first.event_reason, first.err, first.attr_value) == (EventReason.SubSuccess, True, None)
    assert first.errors[0].reason == "PyDs_PythonError" and first.attr_name.endswith("/broken#dbase=no")
    event = listener.wait(lambda event: event.err, lambda: news.tell_error("told to"))
    assert (event.errors[0].reason, event.errors[0].desc, event.attr_value) == ("News_Error", "told to", None)


# --- how a subscription begins ----------------------------------------------------------------------------------------


def test_sync_begins_without_a_value(news, listener):
    news.subscribe_event("number", CHANGE, listener, EventSubMode.Sync)
    listener.wait_for_value(8.25, lambda: news.tell(8.25))
    assert listener.events[0].event_reason == EventReason.Update


def test_sync_does_not_read(news, listener):
    news.subscribe_event("broken", CHANGE, listener, EventSubMode.Sync)
    assert listener.events == []
    assert listener.wait(lambda event: event.err, lambda: news.tell_error("later")).errors[0].desc == "later"


@pytest.mark.parametrize("mode", [EventSubMode.Async, EventSubMode.AsyncRead])
def test_async_tells_when_it_works(news, listener, mode):
    news.subscribe_event("number", CHANGE, listener, mode)
    first = wait_until(lambda: listener.events)[0]
    assert (first.event_reason, first.err) == (EventReason.SubSuccess, False)
    assert (first.attr_value is None) == (mode == EventSubMode.Async)
    assert listener.threads[0] != threading.get_ident()
    listener.wait_for_value(9.25, lambda: news.tell(9.25))


@pytest.mark.parametrize("mode", [EventSubMode.Sync, EventSubMode.SyncRead])
@pytest.mark.parametrize("name", ["silent", "nothing_of_this_name"])
def test_sync_raises_if_it_does_not_work(news, listener, name, mode):
    with pytest.raises(DevFailed) as error:
        news.subscribe_event(name, CHANGE, listener, mode)
    assert reason(error) in ("API_AttributePollingNotStarted", "API_AttrNotFound")
    assert listener.events == [] and not news._subscriptions()


@pytest.mark.parametrize("mode", [EventSubMode.Async, EventSubMode.AsyncRead, EventSubMode.Stateless])
def test_the_others_tell_if_it_does_not_work(news, listener, mode):
    news.subscribe_event("silent", CHANGE, listener, mode)
    first = wait_until(lambda: listener.events)[0]
    assert (first.event_reason, first.err) == (EventReason.SubFail, True)
    assert first.errors[0].reason == "API_AttributePollingNotStarted"
    assert first.attr_name.endswith("/silent#dbase=no") and first.device is news


def test_the_older_arguments(news, listener):
    from tango.events import _warned

    _warned.clear()
    with pytest.warns(DeprecationWarning, match="sub_mode"):
        news.subscribe_event("number", CHANGE, listener, [], True)
    _warned.clear()
    with pytest.warns(DeprecationWarning, match="sub_mode"):
        news.subscribe_event("number", CHANGE, listener, stateless=False)
    assert [event.event_reason for event in listener.events] == [EventReason.SubSuccess] * 2


def test_a_server_that_is_not_there(listener):
    nowhere = DeviceProxy(f"tango://127.0.0.1:{free_port()}/test/nowhere/1#dbase=no")
    with pytest.raises(DevFailed):
        nowhere.subscribe_event("number", CHANGE, listener)
    number = nowhere.subscribe_event("number", CHANGE, listener, EventSubMode.Stateless)
    assert listener.events[0].event_reason == EventReason.SubFail and listener.events[0].err
    nowhere.unsubscribe_event(number)
    number = nowhere.subscribe_event("number", CHANGE, listener, EventSubMode.Async)
    wait_until(lambda: len(listener.events) > 1)
    assert listener.events[1].event_reason == EventReason.SubFail
    nowhere.unsubscribe_event(number)


def test_servers_come_and_go(listener):
    """The library looks every ten seconds whether its servers are there."""
    early, asynchronous = Listener(), Listener()
    with start_python_server("news.py", "test/news/3") as server:
        address = server.address()
        server.stop()
        device = DeviceProxy(address)
        numbers = [
            device.subscribe_event("number", CHANGE, early, EventSubMode.Stateless),
            device.subscribe_event("number", CHANGE, asynchronous, EventSubMode.AsyncRead),
        ]
        stream = device.events("number", sub_mode=EventSubMode.Stateless, queue_size=0)
        assert stream.get(timeout=60).err
        server.start()
        wait_until(lambda: any(event.event_reason == EventReason.SubSuccess for event in early.events))
        wait_until(lambda: any(not event.err for event in asynchronous.events))
        numbers.append(device.subscribe_event("number", CHANGE, listener))
        for each in (early, asynchronous, listener):
            each.wait_for_value(1.25, lambda: device.tell(1.25))
        server.kill()
        lost = wait_until(lambda: [event for event in listener.events if event.err])[0]
        assert (lost.event_reason, lost.device) == (EventReason.SubFail, device)
        assert lost.errors[0].reason == "API_EventTimeout"
        server.start()

        def news_come_again():
            try:
                device.tell(2.25)
            except DevFailed:
                return False
            return 2.25 in listener.values() and 2.25 in early.values()

        wait_until(news_come_again, interval=0.2)
        streamed = [stream.get(timeout=60) for _ in range(stream.waiting)]
        reasons = [event.errors[0].reason for event in streamed if event.err]
        assert "API_EventTimeout" in reasons
        values = [event.attr_value.value for event in streamed if not event.err]
        assert 1.25 in values and 2.25 in values
        stream.close()
        for number in numbers:
            device.unsubscribe_event(number)


# --- callbacks --------------------------------------------------------------------------------------------------------


def test_callbacks_of_all_kinds(news):
    class Object:
        def __init__(self):
            self.events = []

        def push_event(self, event):
            self.events.append(event)

        def method(self, event):
            self.events.append(event)

    one, two, three = Object(), Object(), []
    for callback in (one, two.method, three.append):
        news.subscribe_event("number", CHANGE, callback)
    for events in (one.events, two.events, three):
        wait_until(lambda events=events: news.tell(15.5) or events[-1].attr_value.value == 15.5, interval=0.2)


def test_what_a_callback_raises_ends_nothing(news, unraisable):
    values = []

    def broken(event):
        values.append(event.attr_value.value)
        raise KeyError("broken")

    numbers = [news.subscribe_event("number", CHANGE, callback) for callback in (broken, lambda event: event())]
    for value in (1.125, 2.125):
        wait_until(lambda value=value: news.tell(value) or values[-1] == value, interval=0.2)
    for number in numbers:
        news.unsubscribe_event(number)
    assert {kind for kind, _ in unraisable} == {KeyError, TypeError}
    assert all(where is broken for kind, where in unraisable if kind is KeyError)


def test_one_slow_callback_delays_but_loses_nothing(news, listener):
    def slow(event):
        time.sleep(0.002)

    news.subscribe_event("number", CHANGE, slow)
    news.subscribe_event("number", CHANGE, listener)
    listener.begin(news)
    news.tell_many(200)
    listener.wait_for_value(199.0)
    assert listener.values()[-200:] == list(range(200))


def test_the_printed_form(news):
    out = io.StringIO()
    callback = EventCallback(fd=out)
    number = news.subscribe_event("number", CHANGE, callback)
    wait_until(lambda: news.tell(1.25) or "UPDATE [ATTR_VALID] 1.25" in out.getvalue(), interval=0.2)
    news.unsubscribe_event(number)
    news.subscribe_event("broken", CHANGE, callback)
    lines = out.getvalue().splitlines()
    datetime.strptime(lines[0][:26], "%Y-%m-%d %H:%M:%S.%f")
    assert lines[0][26:].startswith(" TEST/NEWS/1 NUMBER CHANGE SUBSUCCESS [ATTR_VALID] ")
    update = " TEST/NEWS/1 NUMBER CHANGE UPDATE [ATTR_VALID] 1.25"
    assert update in [line[26:] for line in lines]
    assert " TEST/NEWS/1 BROKEN CHANGE SUBSUCCESS [PyDs_PythonError] ValueError: never works" in [line[26:] for line in lines]
    assert callback.get_events()[-1].errors[0].reason == "PyDs_PythonError"


# --- wrong arguments --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("number",),
        ("number", CHANGE),
        ("number", 0, print),
        ("number", "change", print),
        ("number", CHANGE, None),
        ("number", CHANGE, "callback"),
        ("number", CHANGE, 1.5),
        ("number", CHANGE, True),
        ("number", CHANGE, print, "mode"),
        (3, CHANGE, print),
        (CHANGE, print),
        (EventType.INTERFACE_CHANGE_EVENT, 3),
    ],
)
def test_arguments_that_fit_no_signature(news, arguments):
    with pytest.raises(TypeError):
        news.subscribe_event(*arguments)


@pytest.mark.parametrize(
    "options",
    [
        {"attr_name": "number", "event_type": CHANGE},
        {"attr_name": "number", "event_type": CHANGE, "cb": print, "queuesize": 3},
        {"attr_name": "number", "event_type": CHANGE, "cb": print, "stateless": True, "sub_mode": EventSubMode.Sync},
        {"attr_name": "number", "event_type": CHANGE, "cb": print, "nonsense": 3},
        {"attr_name": "number", "event_type": CHANGE, "cb": 3},
        {"attr_name": "number", "event_type": CHANGE, "cb": print, "extract_as": "List"},
    ],
)
def test_keywords_that_fit_no_signature(news, options):
    with pytest.raises(TypeError):
        news.subscribe_event(**options)


def test_a_proxy_that_was_never_connected(listener):
    half = DeviceProxy.__new__(DeviceProxy)
    with pytest.raises(RuntimeError, match="not connected"):
        half.subscribe_event("number", CHANGE, listener)
