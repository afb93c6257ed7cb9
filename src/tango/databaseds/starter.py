"""Telling the Starter of a host that something about its servers has changed."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

from tango import DevFailed, DeviceProxy, EnsureOmniThread

__all__ = ["StarterNotifier"]

_log = logging.getLogger(__name__)
_TIMEOUT = 3000  # milliseconds


class StarterNotifier:
    """Sends ``UpdateServersInfo`` to the Starters of hosts, in a thread of its own.

    No database call waits for a Starter, which itself may be waiting for the database.

    Parameters
    ----------
    is_running : callable
        Tells whether the device with that name is exported.
    """

    def __init__(self, is_running: Callable[[str], bool]) -> None:
        self._is_running = is_running
        self._wake = threading.Condition()
        self._hosts: OrderedDict[str, None] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def notify(self, hosts: Iterable[str]) -> None:
        """Ask the Starters of these hosts, where one runs, to look at their servers again."""
        running = [device for device in map(_starter_of, hosts) if device and self._is_running(device)]
        if not running:
            return
        with self._wake:
            if self._stopping:
                return
            self._hosts.update(dict.fromkeys(running))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="database-starter", daemon=True)
                self._thread.start()
            self._wake.notify()

    def stop(self) -> None:
        """End the thread after what it is sending."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(2 * _TIMEOUT / 1000)

    def _run(self) -> None:
        with EnsureOmniThread():
            while True:
                with self._wake:
                    self._wake.wait_for(lambda: self._hosts or self._stopping)
                    if self._stopping:
                        return
                    device, _ = self._hosts.popitem(last=False)
                _update(device)


def _starter_of(host: str) -> str | None:
    name = host.partition(".")[0].strip().lower()
    return f"tango/admin/{name}" if name and name != "nada" else None


def _update(device: str) -> None:
    try:
        proxy = DeviceProxy(device)
        proxy.set_timeout_millis(_TIMEOUT)
        proxy.command_inout("UpdateServersInfo")
    except DevFailed as error:
        # The Starter looks at the database from time to time by itself; nobody is waiting for this answer.
        _log.info("%s was not told about its servers: %s", device, error.args[0].desc)
