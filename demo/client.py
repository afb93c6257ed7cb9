"""What a client does with the devices of the demonstration; every step says what it saw and fails if it is wrong."""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

import numpy as np
from picture import save_curve, save_gray

import tango

SUPPLY = "demo/supply/1"
CAMERA = "demo/camera/1"
TEST = "sys/tg_test/1"
EVENT_SECONDS = 10.0


def title(text: str) -> None:
    """Begin a part of the demonstration."""
    print(f"\n-- {text}", flush=True)


def show(what: str, value: object) -> None:
    """Print one thing that was seen."""
    print(f"   {what:44} {value}", flush=True)


def check(what: str, value: object, expected: object) -> None:
    """Print one thing that was seen and stop the demonstration if it is not what it has to be."""
    show(what, value)
    if not np.array_equal(value, expected):
        raise AssertionError(f"{what}: expected {expected!r}, got {value!r}")


def refused(what: str, action: Callable[[], object], error: type[Exception], text: str) -> None:
    """Do what must be refused with this error, whose message must have `text` in it."""
    try:
        action()
    except error as problem:
        if isinstance(problem, tango.DevFailed):
            message = f"{problem.args[0].reason}: {problem.args[0].desc}"
        else:
            message = str(problem)
        shown = " ".join(message.split())
        show(what, f"{type(problem).__name__}: {shown if len(shown) < 110 else shown[:107] + '...'}")
        if text not in message:
            raise AssertionError(f"{what}: {text!r} is not in the message {message!r}") from problem
    else:
        raise AssertionError(f"{what} was not refused")


def find_devices() -> None:
    """Ask the database for what runs."""
    title("The database")
    database = tango.Database()
    show("database", f"{database.get_db_host()}:{database.get_db_port()}")
    for name in (SUPPLY, CAMERA, TEST):
        info = database.get_device_info(name)
        show(name, f"class {info.class_name}, server {info.ds_full_name}, exported {bool(info.exported)}")


def use_test_device() -> None:
    """Read and write scalars, spectra and images of the C++ device TangoTest."""
    title("TangoTest, a C++ device")
    proxy = tango.DeviceProxy(TEST)
    show("ping", f"{proxy.ping()} us")
    check("state", proxy.state(), tango.DevState.RUNNING)
    for name, value in (("ampli", 2.5), ("long_scalar", -7), ("string_scalar", "grüezi"), ("boolean_scalar", True)):
        proxy.write_attribute(name, value)
        check(f"{name} written, set value", proxy.read_attribute(name).w_value, value)
    spectrum = np.arange(200, dtype=np.int16)
    proxy.write_attribute("short_spectrum", spectrum)
    check("short_spectrum, 200 points, sum", int(proxy.read_attribute("short_spectrum").w_value.sum()), 19900)
    image = np.arange(35, dtype=np.int16).reshape(5, 7)
    proxy.write_attribute("short_image", image)
    check("short_image, set value's shape", proxy.read_attribute("short_image").w_value.shape, (5, 7))
    check("wave, points", proxy.wave.shape, (256,))
    check("DevDouble(1.5)", proxy.command_inout("DevDouble", 1.5), 1.5)
    check("DevVarLongArray([1, 2])", proxy.DevVarLongArray([1, 2]).tolist(), [1, 2])


def use_supply() -> None:
    """Set the power supply and follow its current by the events that polling makes."""
    title("PowerSupply, our device")
    proxy = tango.DeviceProxy(SUPPLY)
    check("state", proxy.state(), tango.DevState.STANDBY)
    check("quality of display", proxy.read_attribute("display").quality, tango.AttrQuality.ATTR_WARNING)
    check("turn_on(20), power", proxy.turn_on(20.0), 40.0)
    proxy.voltage = 30
    check("voltage", proxy.voltage, 30.0)
    reading = proxy.read_attribute("voltage")
    show("voltage, quality and time", f"{reading.quality!s} at {reading.time.isoformat()}")
    show("voltage, unit and limits", _unit(proxy.get_attribute_config("voltage")))
    events: queue.Queue[tango.EventData] = queue.Queue()
    subscription = proxy.subscribe_event("current", tango.EventType.CHANGE_EVENT, events.put)
    for number in range(1, 4):
        event = events.get(timeout=EVENT_SECONDS)
        if event.err:
            raise tango.DevFailed(*event.errors)
        show(f"change event {number}, current", f"{event.attr_value.value:.3f} A")
    proxy.unsubscribe_event(subscription)
    proxy.turn_off()
    check("state after turn_off", proxy.state(), tango.DevState.STANDBY)


def _unit(config: tango.AttributeInfoEx) -> str:
    return f"{config.unit}, {config.min_value} to {config.max_value}"


def use_camera(pictures: Path) -> None:
    """Take frames, count them by events, look at the image without copying it, and save it."""
    title("Camera, our device")
    proxy = tango.DeviceProxy(CAMERA)
    proxy.exposure = 0.15
    events: queue.Queue[tango.EventData] = queue.Queue()
    subscription = proxy.subscribe_event("frames", tango.EventType.CHANGE_EVENT, events.put)
    proxy.snap(3)
    frames = 0
    while frames < 3:
        frames = events.get(timeout=EVENT_SECONDS).attr_value.value
        show("change event, frames", frames)
    proxy.unsubscribe_event(subscription)
    reading = proxy.read_attribute("image")
    image = reading.value
    check("image", f"{image.shape} {image.dtype}", "(2048, 2048) uint16")
    check("image has its own memory", image.flags.owndata, False)
    show("image, brightest pixel", int(image.max()))
    profile = proxy.profile
    check("profile", f"{profile.shape} {profile.dtype}", "(2048,) float64")
    check("profile is the mean of the image's rows", np.allclose(profile, image.mean(axis=0)), True)
    save_gray(pictures / "camera.png", image)
    save_curve(pictures / "profile.png", profile)
    show("saved", pictures / "camera.png")
    show("saved", pictures / "profile.png")


def use_badly() -> None:
    """Ask for what cannot be; every answer says what was wrong."""
    title("Bad input is refused")
    supply = tango.DeviceProxy(SUPPLY)
    camera = tango.DeviceProxy(CAMERA)
    failed = tango.DevFailed
    refused("a device nobody has", lambda: tango.DeviceProxy("demo/supply/9"), failed, "demo/supply/9")
    refused("an attribute nobody has", lambda: supply.read_attribute("weather"), failed, "weather")
    refused("a command nobody has", lambda: supply.command_inout("explode"), failed, "explode")
    refused("500 V", lambda: supply.write_attribute("voltage", 500.0), failed, "voltage")
    refused("text for a number", lambda: supply.write_attribute("voltage", "much"), (TypeError, failed), "")
    refused("a command's own check", lambda: supply.turn_on(500.0), failed, "would burn the coil")
    refused("writing what can only be read", lambda: camera.write_attribute("frames", 1), failed, "frames")
    refused("no frames", lambda: camera.snap(0), failed, "at least one frame")
    check("the supply goes on working", supply.state(), tango.DevState.STANDBY)
    check("the camera goes on working", camera.state(), tango.DevState.ON)


def main(pictures: Path) -> None:
    """Do all of it."""
    find_devices()
    use_test_device()
    use_supply()
    use_camera(pictures)
    use_badly()
