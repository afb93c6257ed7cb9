"""One client of load.py: reads in turn for some seconds, and prints how often it read what and what was wrong."""

import json
import sys
import time
from collections import Counter

import tango


def main():
    """Wait for the word to start, read, print."""
    address, seconds, images = sys.argv[1:]
    device = tango.DeviceProxy(address)
    device.set_timeout_millis(30_000)
    counts = Counter(wrong=0)

    def look(name, frame):
        counts[name] += 1
        if frame.shape != (256, 256) or (frame != frame[0, 0]).any():
            counts["wrong"] += 1
            print(f"{name}: an image of shape {frame.shape} with {set(frame.flat)}", file=sys.stderr)

    def arrived(event):
        if event.err:
            counts["error events"] += 1
        else:
            look("pushed", event.attr_value.value)

    number = device.subscribe_event("pushed", tango.EventType.CHANGE_EVENT, arrived)
    print("connected", flush=True)
    sys.stdin.readline()
    last = 0
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        try:
            scalar = device.scalar
            counts["scalar"] += 1
            counts["wrong"] += scalar <= last
            last = scalar
            for name in images.split(","):
                look(name, device.read_attribute(name).value)
            for attribute in device.read_attributes(["scalar", *images.split(",")])[1:]:
                look(attribute.name, attribute.value)
        except tango.DevFailed as error:
            counts[f"refused: {error.args[0].reason}"] += 1
    device.unsubscribe_event(number)
    print(json.dumps(counts))


main()
