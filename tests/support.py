"""What the tests share: waiting with a deadline, forks, and servers in processes of their own."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from tango._core.build_info import CPPTANGO

TANGO_VERSION = tuple(int(part) for part in CPPTANGO.split("."))
"""The version of cppTango that this build uses."""

DEADLINE = 60.0
"""Seconds that anything in the tests may take at most, however busy the machine is."""


def wait_until(predicate: Callable[[], Any], deadline: float = DEADLINE, interval: float = 0.01) -> Any:
    """Call `predicate` until it returns something true, and return that; fail after `deadline` seconds."""
    end = time.monotonic() + deadline
    while True:
        result = predicate()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(
                f"still {result!r} after {deadline} s: {getattr(predicate, '__doc__', None) or predicate}"
            )
        threading.Event().wait(interval)


def in_child(work: Callable[..., object], *args: Any) -> None:
    """Fork, do that in the child, and wait until it ends well."""
    with warnings.catch_warnings():
        # Python 3.12 and later warn of every fork in a process with threads, and cppTango has some at once.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        faulthandler.dump_traceback_later(DEADLINE / 2, exit=True)
        code = 1
        try:
            work(*args)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def ending() -> list[int]:
        pid, status = os.waitpid(child, os.WNOHANG)
        return [status] if pid else []

    try:
        (status,) = wait_until(ending, DEADLINE * 2 / 3)
    except AssertionError:  # it hangs in the fork itself, where it does not watch itself yet
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    assert os.waitstatus_to_exitcode(status) == 0, "the forked child failed"


def free_port() -> int:
    """Return a TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A device server in a process of its own, without a database unless `environ` says otherwise.

    A Python server says that it is ready by closing the pipe whose number is in TANGO_TEST_READY; any server is stopped
    when this process ends, since it watches its standard input.
    """

    def __init__(
        self, argv: list[str], devices: list[str], *, says_ready: bool, environ: dict[str, str] | None = None
    ) -> None:
        self.devices = devices
        self.port = free_port()
        self.log = tempfile.NamedTemporaryFile(prefix="server-", suffix=".log")  # noqa: SIM115
        self._says_ready = says_ready
        self._environ = environ or {}
        self._argv = argv
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, at the same address as before."""
        command = [arg.replace("PORT", str(self.port)) for arg in self._argv]
        watch = [sys.executable, "-S", str(pathlib.Path(__file__).with_name("watch.py"))]
        ready, ready_child = os.pipe()
        environ = {**os.environ, **self._environ, "TANGO_TEST_READY": str(ready_child)}
        self.process = subprocess.Popen(
            watch + command,
            stdin=subprocess.PIPE,
            stdout=self.log,
            stderr=self.log,
            env=environ,
            pass_fds=[ready_child],
        )
        os.close(ready_child)
        with open(ready, "rb") as pipe:
            if self._says_ready and pipe.read() != b"ready":
                self.stop()
                output = self.output()
                self.close()
                raise AssertionError(f"the server did not start:\n{output}")
        if not self._says_ready:
            wait_until(self._answers)

    def _answers(self) -> bool:
        """The server answers."""
        assert self.process is not None and self.process.poll() is None, f"the server has ended:\n{self.output()}"
        import tango

        try:
            for device in self.devices:
                tango.DeviceProxy(self.address(device)).ping()
        except tango.DevFailed:
            return False
        return True

    def address(self, device: str | None = None) -> str:
        """Return the address of a device, by default the first."""
        return f"tango://127.0.0.1:{self.port}/{device or self.devices[0]}#dbase=no"

    def output(self) -> str:
        """Return what the server has printed."""
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def stop(self) -> int:
        """Stop it and return how it ended."""
        assert self.process is not None
        self.process.stdin.close()  # type: ignore[union-attr]
        if self.process.poll() is None:
            try:
                self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def close(self) -> None:
        """Stop it and forget what it has printed."""
        self.stop()
        self.log.close()

    def kill(self) -> None:
        """End it at once, as a crash would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR1)  # watch.py kills the server then
        self.process.wait(DEADLINE)
        self.process.stdin.close()  # type: ignore[union-attr]

    def restart(self) -> None:
        """Stop and start it."""
        self.stop()
        self.start()


def tangotest_executable() -> str | None:
    """Return where the C++ TangoTest server is, None if it is not installed."""
    return shutil.which("TangoTest") or shutil.which("TangoTest", path="/usr/lib/tango:/usr/local/bin")


@contextlib.contextmanager
def start_tangotest(*devices: str) -> Iterator[Server]:
    """Start the C++ TangoTest server without a database."""
    executable = tangotest_executable()
    assert executable, "the tests need the C++ device server TangoTest (Debian: tango-test, conda: tango-test)"
    server = Server(
        [executable, "test", "-nodb", "-dlist", ",".join(devices), "-ORBendPoint", "giop:tcp:127.0.0.1:PORT"],
        list(devices),
        says_ready=False,
    )
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def start_python_server(
    script: str,
    *devices: str,
    arguments: tuple[str, ...] = (),
    environ: dict[str, str] | None = None,
    database: str | None = None,
    database_file: pathlib.Path | None = None,
) -> Iterator[Server]:
    """Start a script of tests/servers; the script ends in ``serve(...)``, see servers/serving.py.

    It runs without a database, or with the file named by `database` in its place, which then says which devices there are.
    A `database_file` is written first, with the given devices: configurations that change need something like a database.
    """
    path = pathlib.Path(__file__).parent / "servers" / script
    if database_file is not None:
        name = path.stem
        database_file.write_text(f"{name}/test/DEVICE/{name.capitalize()}: " + ", ".join(f'"{d}"' for d in devices) + "\n")
        database = str(database_file)
    where_from = ["-nodb", "-dlist", ",".join(devices)] if database is None else [f"-file={database}"]
    server = Server(
        [
            sys.executable,
            str(path),
            "test",
            *where_from,
            "-ORBendPoint",
            "giop:tcp:127.0.0.1:PORT",
            *arguments,
        ],
        list(devices),
        says_ready=True,
        environ=environ,
    )
    try:
        yield server
    finally:
        server.close()
