"""Is subscribed to the images of frames.py; prints "images" when one has come, "missed" when some were dropped."""

import sys
import threading
import time

import tango

said = set()


def say(word):
    """Print a word once."""
    if word not in said:
        said.add(word)
        print(word, flush=True)


def note(event):
    """Look at an event; be too slow for what is sent."""
    if not event.err and event.attr_value.value.any():  # the first one, of the subscription, is all 0
        say("images")
    elif event.err and event.errors[0].reason == "API_MissedEvents":
        say("missed")
    time.sleep(0.02)


camera = tango.DeviceProxy(sys.argv[1])
camera.subscribe_event("image", tango.EventType.CHANGE_EVENT, note)
threading.Event().wait()
