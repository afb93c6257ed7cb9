"""Events that wait in a queue until they are asked for."""

from __future__ import annotations

import time

import pytest
from listening import queued, reason
from support import wait_until

from tango import EventReason, EventSystemFailed, EventType, ExtractAs

CHANGE = EventType.CHANGE_EVENT


def test_a_queue(news):
    number = news.subscribe_event("number", CHANGE, 10)
    assert news.event_queue_size(number) == 1 and not news.is_event_queue_empty(number)
    queued(news, number, 2, lambda: news.tell(1.75))
    assert abs(news.get_last_event_date(number).totime() - time.time()) < 100
    events = news.get_events(number)
    assert events[0].event_reason == EventReason.SubSuccess
    assert events[-1].attr_value.value == 1.75 and events[-1].device is news
    assert news.get_events(number) == [] and news.is_event_queue_empty(number)
    with pytest.raises(EventSystemFailed) as error:
        news.get_last_event_date(number)
    assert reason(error) == "API_EventQueues"


def test_a_full_queue_drops_the_oldest(news):
    small, all_of_them = (news.subscribe_event("number", CHANGE, size) for size in (3, 0))
    queued(news, all_of_them, 2, lambda: news.tell(-1.0))
    queued(news, small, 2, lambda: news.tell(-1.0))
    news.tell_many(50)
    wait_until(lambda: news.get_last_event_date(all_of_them) and news.event_queue_size(all_of_them) >= 52)
    assert [event.attr_value.value for event in news.get_events(small)] == [47.0, 48.0, 49.0]
    values = [event.attr_value.value for event in news.get_events(all_of_them)]
    assert values[-50:] == list(range(50))


def test_a_queue_into_a_callback(news, listener, unraisable):
    number = news.subscribe_event("texts", CHANGE, 10)

    def sometimes(event):
        listener(event)
        if len(listener.events) == 1:
            raise KeyError("once")

    queued(news, number, 2, lambda: news.tell_texts(["y"]))
    assert news.get_events(number, sometimes, ExtractAs.List) is None
    assert listener.events[-1].attr_value.value == ["y"]
    assert unraisable == [(KeyError, sometimes)]
    with pytest.raises(TypeError, match="push_event"):
        news.get_events(number, 3)


def test_what_has_no_queue(news, listener):
    number = news.subscribe_event("number", CHANGE, listener)
    for ask in (news.get_events, news.event_queue_size, news.is_event_queue_empty, news.get_last_event_date):
        with pytest.raises(EventSystemFailed, match="without queuesize"):
            ask(number)
    with pytest.raises(ValueError, match="not subscribed to event 987654"):
        news.get_events(987654)
    for ask in (news.event_queue_size, news.is_event_queue_empty, news.get_last_event_date):
        with pytest.raises(EventSystemFailed) as error:
            ask(987654)
        assert reason(error) == "API_EventNotFound"
    with pytest.raises(EventSystemFailed):
        news.subscribe_event("number", CHANGE, -1)
