"""Subscriptions to events.

What cppTango delivers waits in an EventBox (event_box.hpp) until the dispatcher, an event loop, or the program that asked for a queue
takes it. No lock of the library is held while Python runs, so a callback may do whatever it likes: read, subscribe, unsubscribe, wait.
"""
import itertools
import os
import weakref

from cpython.exc cimport PyErr_SetObject, PyErr_WriteUnraisable
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport make_shared, shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.async_engine cimport Inbox, Operation
from tango._core.attribute_data cimport wrap_attribute
from tango._core.errors cimport to_cpp_str, to_py_errors, to_py_str
from tango._core.gate cimport Hook, the_gate
from tango._core.lib.client cimport CDeviceProxy, CTimeVal
from tango._core.lib.events cimport (
    Bounds, Delivery, Event, EventBox, Link, Mode, door, event_system, make_event_system, make_notice,
)
from tango._core.live cimport LIVE_CALLBACK, born, gone
from tango._core.pipe_data cimport elements_to_py
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport to_py_attribute_info_ex, to_py_attribute_infos_ex, to_py_command_infos

from tango._core.gate import at_close
from tango.enums import ErrSeverity, EventReason
from tango.errors import DevError, EventSystemFailed
from tango.structs import (
    AttrConfEventData, DataReadyEventData, DevicePipe, DevIntrChangeEventData, EventData, PipeEventData, TimeVal,
)

cdef tuple REASONS = tuple(EventReason(i) for i in range(len(EventReason)))

cdef enum:
    # tango.enums.EventType, as C integers
    ATTR_CONF_EVENT = 5
    DATA_READY_EVENT = 6
    INTERFACE_CHANGE_EVENT = 7
    PIPE_EVENT = 8

# How long the end of a subscription waits for its callback, if that is running on another thread.
cdef double PATIENCE = 3.0

# What a subscription with a callback may pile up at most before the oldest events are given up; streams too, as to their size.
cdef size_t MOST_EVENTS = 100000
cdef size_t MOST_BYTES = 256 << 20

# The subscriptions of this process by number; weak, because a subscription belongs to its proxy.
cdef dict subscriptions = {}
cdef object numbers = itertools.count(1)


# --- events as Python objects -----------------------------------------------------------------------------------------

cdef object to_py_date(const CTimeVal &date):
    return TimeVal(date.tv_sec, date.tv_usec, date.tv_nsec)


cdef str full_name(object proxy, str attribute):
    """The name of an attribute as events carry it."""
    cdef str device
    try:
        device = proxy._full_name()
    except Exception:
        return attribute
    if not attribute:
        return device
    device, modifier, _ = device.partition("#")
    return f"{device}/{attribute}{modifier}{_}"


cdef object to_py_event(Subscription subscription, object proxy, Event &event):
    """The event as users see it; the memory of its value moves there."""
    cdef dict fields
    cdef str name = to_py_str(event.name)
    if subscription.event_type == ATTR_CONF_EVENT:
        result = AttrConfEventData.__new__(AttrConfEventData)
    elif subscription.event_type == DATA_READY_EVENT:
        result = DataReadyEventData.__new__(DataReadyEventData)
    elif subscription.event_type == INTERFACE_CHANGE_EVENT:
        result = DevIntrChangeEventData.__new__(DevIntrChangeEventData)
    elif subscription.event_type == PIPE_EVENT:
        result = PipeEventData.__new__(PipeEventData)
    else:
        result = EventData.__new__(EventData)
    if not name or "#dbase=no/" in name or (event.failed and (name == "Unknown" or name.startswith("Undef"))):
        # so the library calls what it has not reached, or an attribute of a device without a database
        name = full_name(proxy, subscription.attribute)
    fields = result.__dict__
    fields["device"] = proxy
    fields["event"] = to_py_str(event.event)
    fields["err"] = event.failed
    fields["event_reason"] = REASONS[<int>event.reason]
    fields["reception_date"] = to_py_date(event.date)
    if event.failed:
        fields["errors"] = to_py_errors(event.errors)
    if subscription.event_type == INTERFACE_CHANGE_EVENT:
        fields["device_name"] = name
        if event.interface_change:
            fields["cmd_list"] = to_py_command_infos(deref(event.interface_change).cmd_list)
            fields["att_list"] = to_py_attribute_infos_ex(deref(event.interface_change).att_list)
            fields["dev_started"] = deref(event.interface_change).dev_started
        return result
    if subscription.event_type == PIPE_EVENT:
        fields["pipe_name"] = name
        if event.blob:
            elements = elements_to_py(deref(event.blob), subscription.extract_as)
            fields["pipe_value"] = DevicePipe(subscription.attribute, to_py_str(event.blob_name), elements)
        return result
    fields["attr_name"] = name
    if subscription.event_type == DATA_READY_EVENT:
        fields["attr_data_type"] = event.data_type
        fields["ctr"] = event.counter
    elif event.config:
        fields["attr_conf"] = to_py_attribute_info_ex(deref(event.config))
    elif event.value:
        fields["attr_value"] = wrap_attribute(deref(event.value), subscription.extract_as)
    return result


cdef object lost_event(Subscription subscription, object proxy, Event &event):
    """Tell that events had to be given up before this one."""
    cdef Event news
    news.reason = event.reason
    news.date = event.date
    news.name = event.name
    news.event = event.event
    news.failed = True
    error = DevError()
    error.reason = "API_MissedEvents"
    error.desc = (f"{event.lost} events of {subscription.attribute or 'the device'} were given up: they arrive faster than the "
                  "callback takes them")
    error.origin = "DeviceProxy.subscribe_event"
    error.severity = ErrSeverity.ERR
    result = to_py_event(subscription, proxy, news)
    result.errors = (error,)
    return result


# --- delivery ---------------------------------------------------------------------------------------------------------

cdef int deliver_event(object target, void *frame) except -1:
    """Call the user for one event; what that raises has no caller to go to."""
    cdef Delivery *delivery = <Delivery *>frame
    cdef Subscription subscription = find(delivery.box.id)
    if subscription is None:
        return 0
    call_back(subscription, subscription.callback, delivery.event[0])
    return 0


cdef int call_back(Subscription subscription, callback, Event &event) except -1:
    proxy = subscription.proxy_ref()
    if callback is None or proxy is None:
        return 0
    try:
        if event.lost:
            callback(lost_event(subscription, proxy, event))
        callback(to_py_event(subscription, proxy, event))
    except BaseException as error:
        report(error, callback)
    return 0


cdef Hook event_hook
event_hook.name = b"an event callback"
event_hook.handler = deliver_event

door = the_gate()
make_event_system(&event_hook)


cdef Subscription find(int number):
    reference = subscriptions.get(number)
    return None if reference is None else reference()


# --- subscriptions ----------------------------------------------------------------------------------------------------

cdef class Notice(Operation):
    """What tells an event loop that there are events; it has no result."""

    def __cinit__(self):
        self.call = make_notice()

    cdef object result(self):
        return None


cdef class Subscription:
    """One subscription of a proxy; it ends with `close`, or when the proxy is gone.

    Attributes
    ----------
    id
        Its number in this process.
    event_type, attribute
        What it is subscribed to; the attribute is empty for the interface of the device.
    queued
        Whether events wait in a queue instead of being given to a callback.
    gap
        How many events had to be given up before the one that `pop` returned last.
    """

    def __init__(self):
        raise TypeError("a subscription is made by DeviceProxy.subscribe_event")

    def __dealloc__(self):
        if self.link:
            subscriptions.pop(self.id, None)
            gone(LIVE_CALLBACK)
            # Neither the network nor a callback that is running may hold up whoever dropped the last reference.
            deref(self.link).close_later()

    def close(self) -> None:
        """End the subscription: its callback is not called any more.

        Raises
        ------
        DevFailed
            If the library does not know it any more.
        """
        cdef shared_ptr[Link] link = self.link
        self.link.reset()
        self.callback = None
        if not link:
            return
        subscriptions.pop(self.id, None)
        gone(LIVE_CALLBACK)
        with nogil:
            deref(link).close()
            link.reset()
            deref(self.box).close(PATIENCE)

    def _queue(self) -> None:
        if not self.queued:
            raise no_queue("the events of this subscription are given to a callback: it was made without queuesize")

    def take(self, proxy: object, int extract_as) -> list[Any]:
        """All events of the queue, oldest first; it is empty then."""
        cdef vector[unique_ptr[Event]] events
        cdef size_t i
        cdef list result = []
        self._queue()
        self.extract_as = extract_as
        with nogil:
            events = deref(self.box).take_all()
        for i in range(events.size()):
            result.append(to_py_event(self, proxy, deref(events[i])))
        return result

    def pop(self, proxy: object) -> object:
        """The oldest event of the queue, taken out of it; None if there is none."""
        cdef unique_ptr[Event] event = deref(self.box).pop()
        if not event:
            return None
        self.gap = deref(event).lost
        return to_py_event(self, proxy, deref(event))

    def call_back(self, callback: object, int most) -> None:
        """Give the oldest events to a function, in an event loop that has been told of them.

        Parameters
        ----------
        callback
            Called with each event.
        most
            How many events at most.
        """
        cdef unique_ptr[Event] event
        for _ in range(most):
            event = deref(self.box).take()
            if not event:
                break
            try:
                call_back(self, callback, deref(event))
            finally:
                deref(self.box).delivered()

    def tell(self, Inbox inbox not None, Notice notice not None, target: object) -> None:
        """Have an event loop told, once, that there are events, or that the subscription has ended.

        Parameters
        ----------
        inbox
            That of the loop of this thread.
        notice
            A new one; `Inbox.cancel` takes it.
        target
            Gets None as its result then. A target that still waited before will not get anything.
        """
        inbox.expect(notice, target)
        with nogil:
            deref(self.box).tell(notice.call, inbox.inbox)

    def wait(self, double seconds) -> bool:
        """Sleep until there is an event or the subscription has ended.

        Parameters
        ----------
        seconds
            How long at most; signals are not noticed meanwhile.

        Returns
        -------
        bool
            False if the time was over.
        """
        cdef bint arrived
        with nogil:
            arrived = deref(self.box).wait(seconds)
        return arrived

    @property
    def lost(self) -> int:
        """How many events have been given up so far because nobody took them in time."""
        return deref(self.box).lost()

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return not self.link

    def size(self) -> int:
        """Number of events in the queue."""
        self._queue()
        return deref(self.box).size()

    def last_date(self) -> TimeVal:
        """When the newest event of the queue arrived."""
        cdef CTimeVal date
        self._queue()
        if not deref(self.box).last_date(date):
            raise no_queue("no event is waiting in the queue, so there is no date of the last one")
        return to_py_date(date)


cdef object no_queue(str text):
    error = DevError()
    error.reason = "API_EventQueues"
    error.desc = text
    error.origin = "DeviceProxy.get_events"
    error.severity = ErrSeverity.ERR
    return EventSystemFailed(error)


def subscription_of(int number) -> Subscription | None:
    """The subscription with a number, whichever proxy it belongs to; None if there is none."""
    return find(number)


def subscribe(DeviceProxyCore proxy, str attribute, int event_type, callback: Callable[[Any], Any] | None,
              int queue_size, int mode, int extract_as, owner: dict[int, Subscription] | None, bint newest_goes=False,
              attach: Callable[[Subscription], None] | None = None) -> Subscription:
    """Subscribe to an event.

    Parameters
    ----------
    proxy
        The device; the subscription ends when this object is gone.
    attribute
        Name of the attribute; empty for the interface of the device.
    event_type, mode, extract_as
        Numbers of EventType, EventSubMode and ExtractAs.
    callback
        What is called with each event; None for a queue.
    queue_size
        How many events a queue keeps, 0 for all.
    owner
        Where the subscription is put by its number, and what keeps it alive; None if the caller does.
    newest_goes
        Whether a full queue gives up what comes instead of the oldest it has.
    attach
        Called with the subscription once the first event has been delivered: sees to it that an event loop takes the others;
        None for the thread that delivers events.

    Returns
    -------
    Subscription
        The new subscription.
    """
    cdef Subscription result = Subscription.__new__(Subscription)
    cdef shared_ptr[CDeviceProxy] ptr = proxy.proxy()
    cdef string name = to_cpp_str(attribute, "the name of an attribute")
    cdef size_t count
    cdef bint called = callback is not None
    cdef Bounds bounds
    bounds.events = MOST_EVENTS if called else queue_size
    bounds.bytes = MOST_BYTES if called or owner is None else 0
    bounds.newest_goes = newest_goes
    result.id = next(numbers)
    result.event_type = event_type
    result.attribute = attribute
    result.queued = not called
    result.callback = callback
    result.proxy_ref = weakref.ref(proxy)
    result.extract_as = extract_as
    result.box = make_shared[EventBox](<long>result.id, <cbool>called, bounds)
    result.link = make_shared[Link](ptr, name, event_type, <Mode>mode, result.box)
    born(LIVE_CALLBACK)
    subscriptions[result.id] = weakref.ref(result)
    try:
        with nogil:
            deref(result.link).open()
    except BaseException:
        abandon(result)
        raise
    if owner is not None:
        owner[result.id] = result
    if not called:
        return result
    # The first event is delivered during the call, by the thread that subscribes.
    for _count in range(deref(result.box).size()):
        event_system.dispatcher.deliver(deref(result.box))
    if attach is not None:
        deref(result.box).leave_dispatcher()
        attach(result)
    else:
        count = deref(result.box).let_go()
        if count:
            with nogil:
                event_system.dispatcher.add(result.box, count)
    return result


cdef int abandon(Subscription subscription) except -1:
    """Forget a subscription that did not come about."""
    subscriptions.pop(subscription.id, None)
    subscription.callback = None
    with nogil:
        subscription.link.reset()
    gone(LIVE_CALLBACK)
    return 0


# --- the end of the process, and forks --------------------------------------------------------------------------------

def report(BaseException error, where: object) -> None:
    """Tell `sys.unraisablehook` about an exception that has no caller to go to.

    Parameters
    ----------
    error
        The exception.
    where
        The callable that raised it.
    """
    PyErr_SetObject(type(error), error)
    PyErr_WriteUnraisable(where)


def settle(double seconds=5.0) -> bool:
    """Wait until subscriptions whose proxies are gone have really ended; for tests.

    Parameters
    ----------
    seconds
        How long at most.

    Returns
    -------
    bool
        False if the time was not enough.
    """
    cdef bint done
    with nogil:
        done = event_system.errands.settle(seconds)
    return done


def _at_close():
    with nogil:
        event_system.errands.stop(3.0)


def _after_fork():
    # The threads do not exist in the child, and their locks may have been held.
    make_event_system(&event_hook)


at_close(_at_close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
