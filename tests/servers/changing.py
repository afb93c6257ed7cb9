"""A device whose attributes are replaced, pushed, configured, added and removed while clients read them.

Each value has one number in all its elements: a value with two of them is torn.
"""

from __future__ import annotations

import os
import threading
import traceback

import numpy as np
from serving import serve

import tango
from tango import AttrSerialModel, AttrWriteType, DevFailed, DevState, SerialModel
from tango.server import Device, attribute, command

SIZE = int(os.environ.get("SIZE", "64"))
NAMES = ["spectrum", "image", "text", "scalar", "words", "data"]


def is_whole(value):
    """Tell whether a value has one number in it."""
    if isinstance(value, np.ndarray):
        return value.size == 0 or bool((value == value.flat[0]).all())
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes):
        return set(value[1]) == {int(value[0])}
    if isinstance(value, str):
        return len(set(value.split(",")[:-1])) <= 1
    return not isinstance(value, (tuple, list)) or len(set(value)) <= 1


class Changing(Device):
    """Everything about its attributes changes all the time."""

    def init_device(self):
        super().init_device()
        self.set_state(DevState.ON)
        self.turn = 0
        self.ended = threading.Event()
        self.threads = []
        self.trouble = []
        self.done = 0
        if os.environ.get("MODEL") == "NO_SYNC":
            tango.Util.instance().set_serial_model(SerialModel.NO_SYNC)

    def initialize_dynamic_attributes(self):
        for name in NAMES:
            for number in range(3):
                self.make(f"{name}{number}")

    def make(self, name):
        kind = name.rstrip("0123456789")
        dtype, size = {
            "spectrum": ((float,), {"max_dim_x": 4 * SIZE}),
            "image": (((int,),), {"max_dim_x": 4 * SIZE, "max_dim_y": 4 * SIZE}),
            "text": (str, {}),
            "scalar": (float, {}),
            "words": ((str,), {"max_dim_x": 64}),
            "data": ("DevEncoded", {}),
        }[kind]
        access = AttrWriteType.READ_WRITE if name.endswith("2") else AttrWriteType.READ
        self.add_attribute(attribute(name=name, dtype=dtype, access=access, fget=self.read_it, fset=self.write_it, **size))
        self.set_change_event(name, True, False)
        if os.environ.get("ATTR") == "NO_SYNC":
            self.get_device_attr().get_attr_by_name(name).set_attr_serial_model(AttrSerialModel.ATTR_NO_SYNC)

    def value_of(self, name):
        self.turn += 1
        number = self.turn % 251
        kind = name.rstrip("0123456789")
        length = SIZE + number % 3
        if kind == "spectrum":
            return np.full(length, number, np.float64)
        if kind == "image":
            return np.full((length, SIZE), number, np.int64)
        if kind == "text":
            return f"{number}," * 20
        if kind == "words":
            return [f"word {number}"] * (1 + number % 32)
        if kind == "data":
            return f"{number}", bytes([number]) * (1 + number * SIZE)
        return float(number)

    def read_it(self, attr):
        return self.value_of(attr.get_name())

    def write_it(self, attr):
        attr.get_write_value()

    # --- what changes ---

    def begin(self, function):
        def run():
            while not self.ended.is_set():
                try:
                    function()
                    self.done += 1
                except DevFailed as error:
                    if not any(entry.reason in ("API_AttrNotFound", "API_CommandTimedOut") for entry in error.args):
                        self.trouble.append(traceback.format_exc())
                except RuntimeError as error:
                    if "removed" not in str(error):
                        self.trouble.append(traceback.format_exc())
                except Exception:
                    self.trouble.append(traceback.format_exc())
                self.ended.wait(0.0005)

        thread = threading.Thread(target=run)
        self.threads.append(thread)
        thread.start()

    def come_and_go(self):
        for name in NAMES:
            self.remove_attribute(f"{name}1")
            self.make(f"{name}1")

    def push(self):
        for name in NAMES:
            for number in range(3):
                self.push_change_event(f"{name}{number}", self.value_of(name))

    def configure(self):
        for name in NAMES:
            known = self.get_device_attr().get_attr_by_name(f"{name}1")
            known.get_label(), known.get_name(), known.is_polled(), known.get_quality(), repr(known)
            properties = known.get_properties()
            properties.label = str(self.turn)
            known.set_properties(properties)

    def list_them(self):
        attributes = self.get_device_attr()
        for known in attributes.get_attribute_list():
            known.get_name()
        for number in range(attributes.get_attr_nb() - 1):
            attributes.get_attr_by_ind(number).get_label()

    def read_inside(self):
        if not hasattr(self, "proxy"):
            self.proxy = tango.DeviceProxy(self.address)
        for name in NAMES:
            for number in range(3):
                self.check(self.proxy.read_attribute(f"{name}{number}"))
        for read in self.proxy.read_attributes([f"{name}{number}" for name in NAMES for number in range(3)]):
            if not read.has_failed:
                self.check(read)

    def check(self, read):
        if not is_whole(read.value):
            self.trouble.append(f"{read.name} was torn: {read.value!r:.200}")

    @command
    def Begin(self, what_and_address: list[str]):
        what, self.address = what_and_address
        self.begin(getattr(self, what))

    @command
    def End(self) -> str:
        self.ended.set()
        threads, self.threads = self.threads, []
        with tango.AutoTangoAllowThreads(self):
            for thread in threads:
                thread.join()
        self.ended.clear()
        trouble, self.trouble = self.trouble, []
        return "\n".join(trouble)

    @attribute
    def progress(self) -> int:
        return self.done


if __name__ == "__main__":
    serve(Changing)
