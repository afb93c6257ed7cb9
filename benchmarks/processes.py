"""Servers and clients as processes of their own, pinned where that was asked for."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from environments import Environment

READY = "Ready to accept request"
START_SECONDS = 30.0


def _pinned(command: list[str], cpu: int | None) -> list[str]:
    return command if cpu is None else ["taskset", "--cpu-list", str(cpu), *command]


def free_port() -> int:
    """Return a TCP port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def server(environment: Environment, cpu: int | None) -> Iterator[tuple[str, int]]:
    """Run the benchmark device of an environment; give its address and process id."""
    port = free_port()
    command = [*environment.server, "bench", "-nodb", "-dlist", "test/bench/1"]
    process = subprocess.Popen(
        _pinned([*command, "-ORBendPoint", f"giop:tcp:127.0.0.1:{port}"], cpu),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment.environ(),
    )
    ready = threading.Event()
    output: list[str] = []

    def drain() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(line)
            if READY in line:
                ready.set()

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    try:
        if not ready.wait(START_SECONDS):
            raise RuntimeError(f"the server of {environment.name} did not start:\n{''.join(output)}")
        yield f"tango://127.0.0.1:{port}/test/bench/1#dbase=no", process.pid
    finally:
        _end(process)
        reader.join(5)


class Client:
    """A client process that is told what to do over a pipe, so that rounds of several can be interleaved."""

    def __init__(self, environment: Environment, device: str, cpu: int | None) -> None:
        self.name = environment.name
        self._process = subprocess.Popen(
            _pinned([*environment.client, device], cpu),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment.environ(),
        )
        self.pid = self._process.pid

    def run(self, operation: str, calls: int) -> list[float]:
        """Let the client do `operation` so many times; return the seconds that each took."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{operation} {calls}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the client of {self.name} ended with code {self._process.wait()} in {operation}")
        return [float(word) for word in line.split()]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        _end(self._process)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def reset_peak(pid: int) -> int:
    """Make the kernel forget a process's peak memory; return what it has resident now, in bytes."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return _status(pid, "VmRSS")


def peak(pid: int) -> int:
    """Return the most memory that was resident since `reset_peak`, in bytes."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} has no {name}")


def last_cpu() -> int:
    """Return the highest CPU that this process may run on."""
    return max(os.sched_getaffinity(0))
