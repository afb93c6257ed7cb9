"""Databases, device servers and clients as processes of their own, for tests."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

DEADLINE = 60.0  # seconds in which a process must say what it is waited for
READY = "Ready to accept request"
_ADDRESS = r"host=(?P<host>[^,]+), port=(?P<port>\d+)"


def free_port() -> int:
    """Return a port that nobody uses; unlike with port 0, a server can come back to it at once."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Running:
    """A process whose output is read line by line, as soon as it appears."""

    def __init__(self, command: list[str], cwd: Path, env: dict[str, str], **options: Any) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=cwd, env=env, stdout=pipe, stderr=pipe, text=True, **options)
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._ends = 0
        streams = (self.process.stdout, self.process.stderr)
        self._readers = [threading.Thread(target=self._read, args=(stream,)) for stream in streams]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: Any) -> None:
        with stream:
            for line in stream:
                self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Return the match of a pattern in a line that was or will be written."""
        for line in self.lines:
            if match := re.search(pattern, line):
                return match
        while self._ends < len(self._readers):
            line = self._queue.get(timeout=DEADLINE)
            if line is None:
                self._ends += 1
                continue
            self.lines.append(line)
            if match := re.search(pattern, line):
                return match
        raise AssertionError(f"{self.process.args} ended without '{pattern}':\n{self.output}")

    def wait(self) -> int:
        """Return the exit code of the process, which ends by itself."""
        code = self.process.wait(DEADLINE)
        for reader in self._readers:
            reader.join(DEADLINE)
        while not self._queue.empty():
            if (line := self._queue.get()) is not None:
                self.lines.append(line)
        return code

    def end(self) -> int:
        """End the process if it runs; return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f"{self.process.args} did not end:\n{self.output}") from None

    @property
    def output(self) -> str:
        return "\n".join(self.lines)


class Database(Running):
    """A running database server."""

    def __init__(self, folder: Path, *options: str, instance: str = "2", port: int = 0, **more: Any) -> None:
        command = [sys.executable, "-m", "tango.databaseds.database", "--host", "127.0.0.1", "--port", str(port)]
        env = {key: value for key, value in os.environ.items() if key not in ("TANGO_HOST", "PYTANGO_DATABASE_NAME")}
        super().__init__([*command, "--print-host-port", *options, instance], folder, env, **more)
        self.folder = folder
        self.instance = instance
        try:
            found = self.wait_for(_ADDRESS)
            self.wait_for(READY)
        except BaseException:
            self.end()
            raise
        self.host, self.port = found["host"], int(found["port"])

    @property
    def tango_host(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The environment of servers and clients that use this database."""
        return {**os.environ, "TANGO_HOST": self.tango_host}


@contextlib.contextmanager
def running(process: Running) -> Iterator[Running]:
    """End a process at the end of a block."""
    try:
        yield process
    finally:
        process.end()


@contextlib.contextmanager
def server(database: Database, *command: str) -> Iterator[Running]:
    """Run a device server that uses a database."""
    with running(Running(list(command), database.folder, database.env)) as process:
        process.wait_for(READY)
        yield process


def _use(tango_host: str) -> None:
    os.environ["TANGO_HOST"] = tango_host


@contextlib.contextmanager
def client(tango_host: str) -> Iterator[Callable[..., Any]]:
    """Give a function that runs another one in a client process, which knows that database only."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_use, initargs=(tango_host,)) as pool:
        yield lambda function, *args: pool.submit(function, *args).result(DEADLINE)
