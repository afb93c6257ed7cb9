"""A device that sends events when it is told to."""

from __future__ import annotations

import enum
import time

import numpy as np
from serving import serve

from tango import AttrQuality, DevFailed, DevVarDoubleArray, DevVarStringArray, Except
from tango.enums import CmdArgType
from tango.server import Device, attribute, command


class Mode(enum.IntEnum):
    """States of an enumeration."""

    OFF = 0
    ON = 1


class News(Device):
    """Pushes what it gets, and polls an attribute that grows."""

    def init_device(self) -> None:
        super().init_device()
        self._number = 1.5
        self._ramp = 0.0
        self._texts = ["a", "b"]
        for name in ("number", "texts", "picture", "mode", "package", "broken"):
            self.set_change_event(name, True, False)
        self.set_archive_event("number", True, False)
        self.set_data_ready_event("number", True)

    @attribute(dtype=float)
    def number(self) -> float:
        return self._number

    @number.write
    def number(self, value: float) -> None:
        self._number = value

    @attribute(dtype=(str,), max_dim_x=16)
    def texts(self) -> list[str]:
        return self._texts

    @attribute(dtype=((np.uint8,),), max_dim_x=64, max_dim_y=64)
    def picture(self) -> np.ndarray:
        return np.zeros((2, 3), dtype=np.uint8)

    @attribute(dtype=Mode)
    def mode(self) -> Mode:
        return Mode.OFF

    @attribute(dtype=CmdArgType.DevEncoded)
    def package(self) -> tuple[str, bytes]:
        return "raw", b"0123"

    @attribute(dtype=float)
    def broken(self) -> float:
        raise ValueError("never works")

    @attribute(dtype=float)
    def silent(self) -> float:
        """Read an attribute without events."""
        return 0.0

    @attribute(dtype=float, polling_period=50, abs_change="0.5", archive_abs_change="0.5", period="100")
    def ramp(self) -> float:
        """Read a value that grows by 1 at each read."""
        self._ramp += 1
        return self._ramp

    @command
    def tell(self, value: float) -> None:
        self._number = value
        self.push_change_event("number", value)

    @command(dtype_in=DevVarDoubleArray)
    def tell_with_date(self, value: np.ndarray) -> None:
        """Push a value, a date and a quality."""
        self.push_change_event("number", value[0], value[1], AttrQuality(int(value[2])))

    @command
    def tell_many(self, count: int) -> float:
        """Push the numbers up to `count` and return how long that took."""
        begin = time.monotonic()
        for value in range(count):
            self.push_change_event("number", float(value))
        return time.monotonic() - begin

    @command
    def tell_archive(self, value: float) -> None:
        self.push_archive_event("number", value)

    @command
    def tell_user(self, value: float) -> None:
        self.push_event("number", ["interesting"], [1.0], value)

    @command
    def tell_ready(self, counter: int) -> None:
        self.push_data_ready_event("number", counter)

    @command
    def tell_error(self, text: str) -> None:
        try:
            Except.throw_exception("News_Error", text, "News.tell_error")
        except DevFailed as error:
            self.push_change_event("broken", error)

    @command(dtype_in=DevVarStringArray)
    def tell_texts(self, texts: list[str]) -> None:
        self._texts = texts
        self.push_change_event("texts", texts)

    @command
    def tell_picture(self, value: int) -> None:
        self.push_change_event("picture", np.full((2, 3), value, dtype=np.uint8))

    @command
    def tell_mode(self, value: int) -> None:
        self.push_change_event("mode", value)

    @command
    def tell_package(self, text: str) -> None:
        self.push_change_event("package", "text", text.encode())

    @command
    def grow(self, name: str) -> None:
        """Add an attribute."""
        self.add_attribute(attribute(name=name, dtype=float, fget=self.read_added))

    @command
    def shrink(self, name: str) -> None:
        """Remove an attribute."""
        self.remove_attribute(name)

    def read_added(self, attr: object) -> float:
        """Read an attribute that was added."""
        return 0.0


if __name__ == "__main__":
    serve(News)
