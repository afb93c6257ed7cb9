"""What the tests of events share; the fixtures are in conftest.py."""

from __future__ import annotations

import itertools
import threading

from support import wait_until

from tango import EventReason


class Listener:
    """A callback that keeps what it gets."""

    def __init__(self):
        self.events = []
        self.threads = []

    def __call__(self, event):
        self.events.append(event)
        self.threads.append(threading.get_ident())

    def updates(self):
        return [event for event in self.events if event.event_reason == EventReason.Update]

    def values(self):
        return [event.attr_value.value for event in self.updates() if not event.err]

    def wait(self, predicate, cause=None):
        """Wait until an update is as wanted, and return it; `cause` is called now and then until it comes.

        What is sent in the first moments of a subscription may get lost: the publisher learns of its subscribers late.
        """
        turns = itertools.count()

        def arrived():
            if cause is not None and next(turns) % 50 == 0:
                cause()
            return next((event for event in self.updates() if predicate(event)), None)

        return wait_until(arrived)

    def wait_for_value(self, value, cause=None):
        return self.wait(lambda event: not event.err and event.attr_value is not None and event.attr_value.value == value, cause)

    def begin(self, device):
        """Wait until events of the number arrive, and forget them."""
        self.wait_for_value(-1.0, lambda: device.tell(-1.0))
        device.tell(-2.0)
        self.wait_for_value(-2.0)
        self.events.clear()
        self.threads.clear()


def reason(error):
    return error.value.args[0].reason


def queued(device, number, count, cause=lambda: None):
    """Wait until so many events are in a queue; `cause` is called now and then."""
    turns = itertools.count()
    wait_until(lambda: (next(turns) % 50 == 0 and cause()) or device.event_queue_size(number) >= count)
