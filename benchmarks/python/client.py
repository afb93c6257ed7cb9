"""Obeys one line of standard input at a time, ``<operation> <calls>``, and answers with the seconds each call took.

Usage: client.py DEVICE
"""

import contextlib
import queue
import sys
from time import perf_counter

import tango


def _checked(got, expected, what):
    if got != expected:
        raise SystemExit(f"{what} gave {got!r} instead of {expected!r}")


def _image(proxy, name):
    _checked(proxy.read_attribute(name).value[-1, -1], 7, name)


OPERATIONS = {
    "read": lambda proxy: _checked(proxy.read_attribute("number").value, 3.25, "number"),
    "dot_read": lambda proxy: _checked(proxy.number, 3.25, "number"),
    "write": lambda proxy: proxy.write_attribute("number", 3.25),
    "command": lambda proxy: _checked(proxy.command_inout("twice", 21.0), 42.0, "twice"),
    "dot_command": lambda proxy: _checked(proxy.twice(21.0), 42.0, "twice"),
    "image8": lambda proxy: _image(proxy, "image8"),
    "image64": lambda proxy: _image(proxy, "image64"),
}


class Listener:
    """Waits for the events of the attribute "told", whose value counts them."""

    def __init__(self, proxy):
        self.proxy = proxy
        self.values = queue.SimpleQueue()
        self.last = self.expected = 0
        self.id = proxy.subscribe_event("told", tango.EventType.CHANGE_EVENT, self)
        first = self.last = self.values.get()
        while self.last == first:  # what is sent before ZeroMQ has connected is lost
            self.proxy.command_inout("tell", 2)
            with contextlib.suppress(queue.Empty):
                self.last = self.values.get(timeout=0.1)

    def push_event(self, event):
        if not event.err:
            self.values.put(event.attr_value.value)

    def ask(self, count):
        """Have events sent and wait for the last but one: cppTango 10 takes every second one of a C++ server of 9.3 for a copy."""
        while not self.values.empty():
            self.last = self.values.get()
        self.expected = max(self.expected, self.last) + count
        self.proxy.command_inout("tell", count)
        while self.last < self.expected - 1:
            self.last = self.values.get(timeout=10)

    def close(self):
        self.proxy.unsubscribe_event(self.id)


@contextlib.contextmanager
def operation_of(name, proxy):
    """Give what one call does; what it needs is there as long as the ``with`` block."""
    if not name.startswith("event"):
        yield lambda: OPERATIONS[name](proxy)
        return
    with contextlib.closing(Listener(proxy)) as listener:
        count = 2 if name == "event" else 400  # more at once might not fit into the socket of the subscriber
        yield lambda: listener.ask(count)


def main():
    proxy = tango.DeviceProxy(sys.argv[1])
    for line in sys.stdin:
        name, calls = line.split()
        seconds = []
        with operation_of(name, proxy) as operation:
            for _ in range(int(calls)):
                start = perf_counter()
                operation()
                seconds.append(perf_counter() - start)
        print(*(f"{value:.9f}" for value in seconds), flush=True)


if __name__ == "__main__":
    main()
