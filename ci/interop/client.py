"""Uses an interop device and a TangoTest of any cppTango generation; says how many checks passed, or what differed.

Usage: client.py INTEROP_DEVICE TANGOTEST_DEVICE
"""

from __future__ import annotations

import queue
import sys
import threading

import numpy as np
from server import IMAGE, SPECTRUM, TYPES, Mode

import tango
from tango import DevFailed, DevState, EventType

SECONDS = 30
PUSHES = 200
_done = 0


def check(what: str, got: object, expected: object) -> None:
    """Count one check; end the process with a sentence if it fails."""
    global _done
    if got != expected:
        raise SystemExit(f"{what}: expected {expected!r}, got {got!r}")
    _done += 1


def check_values(proxy: tango.DeviceProxy) -> None:
    """Read and write back every type in every format."""
    for name, (_, value) in TYPES.items():
        for shape, expected in (
            ("scalar", value),
            ("spectrum", [value] * SPECTRUM),
            ("image", [[value] * IMAGE[1]] * IMAGE[0]),
        ):
            full = f"{name}_{shape}"
            first = proxy.read_attribute(full)
            check(full, _plain(first.value), expected)
            proxy.write_attribute(full, first.value)
            check(f"{full} written back", _plain(proxy.read_attribute(full).value), expected)
    proxy.mode = "BUSY"
    check("mode", proxy.mode, Mode.BUSY)
    big = proxy.read_attribute("big").value
    check("big image", (big.shape, int(big[1, 0]), int(big[-1, -1])), ((2048, 2048), 2048, 65535))
    several = proxy.read_attributes(["long_scalar", "double_scalar", "broken"])
    check("several at once", [reading.has_failed for reading in several], [False, False, True])


def _plain(value: object) -> object:
    """Return sequences as lists, so that states and texts compare like numbers do."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def check_commands(proxy: tango.DeviceProxy) -> None:
    """Run commands, those that fail included."""
    check("state", proxy.state(), DevState.ON)
    check("reverse", list(proxy.reverse([1, 2, 3])), [3, 2, 1])
    check("echo", proxy.echo("gr\xfc\xdfe"), "gr\xfc\xdfe")
    for what, action, reason in (
        ("a failing command", lambda: proxy.fail(), "Interop_Failed"),
        ("a failing attribute", lambda: proxy.read_attribute("broken"), "PyDs_PythonError"),
        ("an unknown attribute", lambda: proxy.read_attribute("nothing"), "API_AttrNotFound"),
        ("an unknown command", lambda: proxy.command_inout("nothing"), "API_CommandNotFound"),
    ):
        try:
            action()
        except DevFailed as error:
            check(what, reason in [each.reason for each in error.args], True)
        else:
            raise SystemExit(f"{what} did not fail")


def check_events(proxy: tango.DeviceProxy) -> None:
    """Subscribe, let the server push, and see that all arrives."""
    events: queue.Queue[tango.EventData] = queue.Queue()
    subscription = proxy.subscribe_event("pushed", EventType.CHANGE_EVENT, events.put)
    start = events.get(timeout=SECONDS).attr_value.value
    pusher = threading.Thread(target=lambda: proxy.push(PUSHES))
    pusher.start()
    values = []
    while not values or values[-1] != start + PUSHES:
        event = events.get(timeout=SECONDS)
        if event.err:
            raise SystemExit(f"an error event: {event.errors}")
        values.append(event.attr_value.value)
    pusher.join()
    proxy.unsubscribe_event(subscription)
    # cppTango sends what comes soon after a subscription twice, lest it be missed.
    check("events", list(dict.fromkeys(values)), [start + push for push in range(1, PUSHES + 1)])


def check_tango_test(proxy: tango.DeviceProxy) -> None:
    """Read everything of the C++ device and write what can be written."""
    for config in proxy.attribute_list_query():
        if config.name in ("throw_exception", "no_value"):
            continue
        reading = proxy.read_attribute(config.name)
        check(f"TangoTest, {config.name}", reading.has_failed, False)
    for name, value in (("long_scalar", 41), ("double_scalar", 2.5), ("string_scalar", "text"), ("boolean_scalar", True)):
        proxy.write_attribute(name, value)
        check(f"TangoTest, {name} written", proxy.read_attribute(name).w_value, value)
    check("TangoTest, a command", list(proxy.command_inout("DevVarDoubleArray", [1.5, 2.5])), [1.5, 2.5])


def main() -> None:
    """Check everything."""
    own, test = tango.DeviceProxy(sys.argv[1]), tango.DeviceProxy(sys.argv[2])
    check_values(own)
    check_commands(own)
    check_events(own)
    check_tango_test(test)
    print(f"{_done} checks passed, cppTango {tango.constants.TgLibVers}, the server speaks IDL {own.get_idl_version()}")


if __name__ == "__main__":
    main()
