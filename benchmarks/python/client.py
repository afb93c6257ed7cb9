"""Obeys one line of standard input at a time, ``<operation> <calls>``, and answers with the seconds each call took.

Usage: client.py DEVICE
"""

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


def main():
    proxy = tango.DeviceProxy(sys.argv[1])
    for line in sys.stdin:
        name, calls = line.split()
        operation = OPERATIONS[name]
        seconds = []
        for _ in range(int(calls)):
            start = perf_counter()
            operation(proxy)
            seconds.append(perf_counter() - start)
        print(*(f"{value:.9f}" for value in seconds), flush=True)


if __name__ == "__main__":
    main()
