"""How often and how long the commands of the database ran."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Timing", "TimingStats"]


@dataclass
class Timing:
    """Durations of one command, in milliseconds."""

    calls: int = 0
    total: float = 0.0
    minimum: float = 0.0
    maximum: float = 0.0

    @property
    def average(self) -> float:
        """The mean."""
        return self.total / self.calls if self.calls else 0.0

    def add(self, milliseconds: float) -> None:
        """Note one call."""
        self.minimum = min(self.minimum, milliseconds) if self.calls else milliseconds
        self.maximum = max(self.maximum, milliseconds)
        self.total += milliseconds
        self.calls += 1


class TimingStats:
    """Durations of all commands; every method may be called by any thread.

    Parameters
    ----------
    names : iterable of str
        The commands, in the order in which they are shown.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self._lock = threading.Lock()
        self._timings: dict[str, Timing] = {}
        self.reset()

    def reset(self) -> None:
        """Start from nothing."""
        with self._lock:
            self._timings = {name: Timing() for name in self.names}

    def add(self, name: str, seconds: float) -> None:
        """Note that a command was executed."""
        with self._lock:
            self._timings[name].add(1000.0 * seconds)

    def column(self, field: str) -> list[float]:
        """Return one field of :class:`Timing` for all commands."""
        with self._lock:
            return [float(getattr(timing, field)) for timing in self._timings.values()]

    def report(self) -> list[str]:
        """Return a table with one line per command."""
        title = f"TANGO Database Timing info on host {socket.gethostname()}"
        lines = [title, " ", "command\taverage\tminimum\tmaximum\tcalls", " "]
        with self._lock:
            for name, timing in self._timings.items():
                times = "\t".join(f"{value:6.3f}" for value in (timing.average, timing.minimum, timing.maximum))
                lines.append(f"{name:>41}\t{times}\t{timing.calls}")
        return lines
