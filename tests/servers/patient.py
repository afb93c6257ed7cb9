"""A device that takes its time."""

from __future__ import annotations

import threading

from serving import serve

from tango.enums import GreenMode
from tango.server import Device, attribute, command


class Patient(Device):
    """Waits as long as it is told to, or until it is told to go on."""

    green_mode = GreenMode.Synchronous

    def init_device(self) -> None:
        super().init_device()
        self._level = 0.0
        self._pause = 0.0
        self._count = 0

    @attribute(dtype=float)
    def level(self) -> float:
        threading.Event().wait(self._pause)
        return self._level

    @level.write
    def level(self, value: float) -> None:
        threading.Event().wait(self._pause)
        if value < 0:
            raise ValueError("a level is not negative")
        self._level = value

    @attribute(dtype=(float,), max_dim_x=4096)
    def levels(self) -> list[float]:
        return [self._level] * 4

    @attribute(dtype=float)
    def broken(self) -> float:
        raise RuntimeError("always broken")

    @attribute(dtype=float)
    def pause(self) -> float:
        """Seconds that a read or write of the level takes."""
        return self._pause

    @pause.write
    def pause(self, value: float) -> None:
        self._pause = value

    @command
    def count(self) -> int:
        """Return how often it was asked for."""
        self._count += 1
        return self._count

    @command
    def twice(self, value: float) -> float:
        return 2 * value

    @command
    def set_pause(self, seconds: float) -> None:
        self._pause = seconds

    @command
    def sleep(self, seconds: float) -> float:
        threading.Event().wait(seconds)
        return seconds

    @command
    def fail(self) -> None:
        raise ValueError("as told")


if __name__ == "__main__":
    serve(Patient)
