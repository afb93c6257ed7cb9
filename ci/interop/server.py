"""A device with one of every kind of thing, for clients of other cppTango generations.

Usage: server.py interop -nodb -dlist test/interop/1 -ORBendPoint giop:tcp:127.0.0.1:PORT
"""

from __future__ import annotations

import enum

import numpy as np

import tango
from tango import AttrWriteType, DevState
from tango.server import Device, attribute, command

# Name of the attributes, dtype, a value; each becomes a scalar, a spectrum and an image to read and write.
TYPES = {
    "boolean": (bool, True),
    "uchar": (np.uint8, 200),
    "short": (np.int16, -300),
    "ushort": (np.uint16, 60000),
    "long": (np.int32, -70000),
    "ulong": (np.uint32, 4000000000),
    "long64": (np.int64, -(2**40)),
    "ulong64": (np.uint64, 2**63 + 1),
    "float": (np.float32, 1.5),
    "double": (np.float64, -2.25),
    "string": (str, "gr\xfc\xdfe"),
    "state": (DevState, DevState.MOVING),
}
SPECTRUM = 5
IMAGE = (3, 4)


class Mode(enum.IntEnum):
    """Labels for the enumerated attribute."""

    IDLE = 0
    BUSY = 1


def _reader(name: str):
    def read(self):
        return self.values[name]

    return read


def _writer(name: str):
    def write(self, value):
        self.values[name] = value

    return write


def _shaped(value: object, rank: int) -> object:
    if rank == 1:
        return [value] * SPECTRUM
    return [[value] * IMAGE[1] for _ in range(IMAGE[0])]


class _Values(Device):
    """The reading and writing behind the attributes that are made below."""

    def init_device(self):
        super().init_device()
        self.values = {f"{name}_scalar": value for name, (_, value) in TYPES.items()}
        self.values |= {f"{name}_spectrum": _shaped(value, 1) for name, (_, value) in TYPES.items()}
        self.values |= {f"{name}_image": _shaped(value, 2) for name, (_, value) in TYPES.items()}
        self.values["mode"] = Mode.IDLE
        self.set_state(DevState.ON)


def _attributes() -> dict[str, object]:
    body: dict[str, object] = {}
    write = AttrWriteType.READ_WRITE
    for name, (dtype, _) in TYPES.items():
        for shape, declared, size in (
            ("scalar", dtype, {}),
            ("spectrum", (dtype,), {"max_dim_x": 64}),
            ("image", ((dtype,),), {"max_dim_x": 64, "max_dim_y": 64}),
        ):
            full = f"{name}_{shape}"
            body[f"read_{full}"] = _reader(full)
            body[f"write_{full}"] = _writer(full)
            body[full] = attribute(dtype=declared, access=write, fget=f"read_{full}", fset=f"write_{full}", **size)
    return body


_Everything = type("_Everything", (_Values,), _attributes())


class Interop(_Everything):
    """The device."""

    def init_device(self):
        super().init_device()
        self._big = np.arange(2048 * 2048, dtype=np.uint16).reshape(2048, 2048)
        self._pushed = 0
        self.set_change_event("pushed", True, False)

    mode = attribute(dtype=Mode, access=AttrWriteType.READ_WRITE)

    def read_mode(self):
        return self.values["mode"]

    def write_mode(self, value):
        self.values["mode"] = Mode(value)

    @attribute(dtype=((np.uint16,),), max_dim_x=2048, max_dim_y=2048)
    def big(self):
        return self._big

    @attribute(dtype=int)
    def pushed(self):
        return self._pushed

    @attribute(dtype=float)
    def broken(self):
        raise RuntimeError("the sensor is broken")

    @command(dtype_in=("int",), dtype_out=("int",))
    def reverse(self, values):
        return list(values)[::-1]

    @command(dtype_in=str, dtype_out=str)
    def echo(self, text):
        return text

    @command(dtype_in=int)
    def push(self, count):
        for _ in range(count):
            self._pushed += 1
            self.push_change_event("pushed", self._pushed)

    @command
    def fail(self):
        tango.Except.throw_exception("Interop_Failed", "failed on purpose", "Interop.fail")


if __name__ == "__main__":
    Interop.run_server()
