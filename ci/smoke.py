"""Is an installed cytango whole? One real device server, one real client, and where the libraries came from.

Usage: python smoke.py [--libraries-anywhere]

It needs nothing but the installed package: no checkout, no database, no other test tool. Every library of Tango that
the process has loaded must lie under the interpreter's prefix (in a conda environment, or a wheel in a virtual
environment, anything else is the system's own Tango that leaked in); --libraries-anywhere leaves that out.
"""

from __future__ import annotations

import contextlib
import os
import platform
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import tango
from tango.server import Device, attribute, command

LIBRARIES = re.compile(r"(lib)?(log4)?(tango|omniorb|omnithread|omnidynamic|cos\d|zmq)\S*\.(so|dylib|dll)\b", re.I)
SECONDS = 30


class Smoke(Device):
    """A device with one of each kind of thing."""

    def init_device(self):
        super().init_device()
        self._number = 1.5
        self.set_change_event("number", True, False)
        self.set_state(tango.DevState.ON)

    number = attribute(dtype=float, access=tango.AttrWriteType.READ_WRITE)

    def read_number(self):
        return self._number

    def write_number(self, value):
        self._number = value
        self.push_change_event("number", value)

    @attribute(dtype=((np.uint16,),), max_dim_x=64, max_dim_y=48)
    def image(self):
        return np.arange(48 * 64, dtype=np.uint16).reshape(48, 64)

    @command(dtype_in=str, dtype_out=str)
    def echo(self, text):
        if not text:
            raise ValueError("nothing to echo")
        return text


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """Run this file as a device server in a process of its own; give the device's name."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    point = f"giop:tcp:127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-u", __file__, "smoke", "-nodb", "-dlist", "test/smoke/1", "-ORBendPoint", point],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output: list[str] = []
    settled = threading.Event()

    def drain() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(line)
            if "Ready to accept request" in line:
                settled.set()
        settled.set()

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    try:
        settled.wait(SECONDS)
        if "Ready to accept request" not in "".join(output):
            raise SystemExit(f"the server did not start:\n{''.join(output)}")
        yield f"tango://127.0.0.1:{port}/test/smoke/1#dbase=no"
    finally:
        process.terminate()
        process.wait(SECONDS)
        reader.join(SECONDS)


def use(name: str) -> None:
    """Read, write, call, fail and listen."""
    proxy = tango.DeviceProxy(name)
    assert proxy.state() == tango.DevState.ON
    assert proxy.read_attribute("number").value == 1.5
    image = proxy.read_attribute("image").value
    assert image.shape == (48, 64) and image.dtype == np.uint16 and image[-1, -1] == 48 * 64 - 1
    assert proxy.echo("hello") == "hello"
    try:
        proxy.echo("")
    except tango.DevFailed as error:
        assert error.args[0].reason == "PyDs_PythonError" and "nothing to echo" in error.args[0].desc
    else:
        raise SystemExit("an exception in a command did not reach the client")
    events: queue.Queue[tango.EventData] = queue.Queue()
    subscription = proxy.subscribe_event("number", tango.EventType.CHANGE_EVENT, events.put)
    proxy.number = 2.5
    while True:
        event = events.get(timeout=SECONDS)
        assert not event.err, event.errors
        if event.attr_value.value == 2.5:
            break
    proxy.unsubscribe_event(subscription)


def loaded_libraries() -> list[Path]:
    """Return the shared libraries of Tango and of what it stands on that this process has loaded."""
    if sys.platform == "linux":
        lines = Path("/proc/self/maps").read_text().splitlines()
        files = {line.split(maxsplit=5)[5] for line in lines if line.count(" ") >= 5 and "/" in line}
    elif sys.platform == "darwin":
        files = _loaded_on_macos()
    elif sys.platform == "win32":
        files = _loaded_on_windows()
    else:
        raise SystemExit(f"what is loaded cannot be told on {sys.platform}")
    return [Path(file) for file in sorted(files) if LIBRARIES.match(Path(file).name)]


def _loaded_on_macos() -> set[str]:
    import ctypes

    dyld = ctypes.CDLL(None)
    dyld._dyld_get_image_name.restype = ctypes.c_char_p
    return {os.fsdecode(dyld._dyld_get_image_name(index)) for index in range(dyld._dyld_image_count())}


def _loaded_on_windows() -> set[str]:
    import ctypes
    from ctypes import wintypes

    psapi, kernel = ctypes.WinDLL("psapi"), ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    handles = (wintypes.HMODULE * 4096)()
    size = wintypes.DWORD()
    process = wintypes.HANDLE(kernel.GetCurrentProcess())
    psapi.EnumProcessModules(process, handles, ctypes.sizeof(handles), ctypes.byref(size))
    names = set()
    for index in range(size.value // ctypes.sizeof(wintypes.HMODULE)):
        name = ctypes.create_unicode_buffer(1024)
        psapi.GetModuleFileNameExW(process, wintypes.HMODULE(handles[index]), name, len(name))
        names.add(name.value)
    return names


def main() -> int:
    """Run the checks."""
    with running_server() as name:
        use(name)
    libraries = loaded_libraries()
    if not libraries:
        raise SystemExit("no library of Tango is loaded, which cannot be")
    print(f"tango {tango.__version__} on Python {platform.python_version()}, from {Path(tango.__file__).parent}")
    prefix = Path(sys.prefix).resolve()
    strangers = []
    for library in libraries:
        print(f"  {library}")
        if prefix not in library.resolve().parents:
            strangers.append(library)
    if strangers and "--libraries-anywhere" not in sys.argv:
        raise SystemExit(f"not under {prefix}: {', '.join(str(library) for library in strangers)}")
    print("smoke test passed")
    return 0


if __name__ == "__main__":
    if "-nodb" in sys.argv:
        Smoke.run_server()
    else:
        sys.exit(main())
