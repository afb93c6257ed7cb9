"""What the scripts of this folder share: where things are, how a command is shown and run, locks."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where each job has a machine of its own
    fcntl = None  # type: ignore[assignment]

PROJECT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cytango"

_started = time.monotonic()


class Stop(Exception):
    """The job cannot go on; the message says why and what to do."""


def say(text: str) -> None:
    """Print a line that stands out between the output of commands, with the seconds since the start."""
    print(f"== {time.monotonic() - _started:6.1f} s  {text}", flush=True)


def run(command: Sequence[str | Path], *, quiet: bool = False, shown: str = "", **options: object) -> None:
    """Run a command; raise `Stop`, after its output if that was kept quiet, when it fails."""
    words = [str(word) for word in command]
    shown = shown or shlex.join(words)
    if not quiet:
        print(f"$ {shown if len(shown) < 240 else shown[:240] + ' ...'}", flush=True)
    kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    done = subprocess.run(words, stdin=subprocess.DEVNULL, check=False, **kept, **options)  # type: ignore[call-overload]
    if done.returncode:
        if quiet:
            print(done.stdout, flush=True)
        raise Stop(f"failed with code {done.returncode}: {shown}")


def output(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Return what a command prints on its standard output."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, check=True, capture_output=True, text=True, env=env, cwd=cwd
        )
    except subprocess.CalledProcessError as error:
        raise Stop(f"failed with code {error.returncode}: {shlex.join(words)}\n{error.stderr}") from None
    return done.stdout.strip()


def need(*programs: str, package: str | None = None) -> None:
    """Stop unless these programs are installed."""
    for program in programs:
        if not shutil.which(program):
            raise Stop(f"{program} is not installed (Debian package {package or program})")


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a file lock, so that two runs at once do not work on the same folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if fcntl is None:
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another run holds {path}; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """Return a TCP port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def checkout_files() -> list[str]:
    """Return the project's files, committed or new, but nothing that is ignored or deleted."""
    listed = output(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT)
    return [name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def _contents(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mode


def copy_checkout(target: Path) -> None:
    """Make `target` a copy of the checkout, touching only what differs; what was built there before stays."""
    wanted = set(checkout_files())
    built = {".venv", ".venv.lock", "build"}
    for name in wanted:
        source, copy = PROJECT / name, target / name
        if not copy.exists() or _contents(copy) != _contents(source):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
            os.utime(copy)
    for top in [path for path in target.iterdir() if path.name not in built]:
        for path in [*sorted(top.rglob("*"), reverse=True), top]:
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif str(path.relative_to(target)) not in wanted:
                path.unlink()


def main(job: object) -> None:
    """Run a job and end the process: 0, or 1 with the sentence of a `Stop`."""
    try:
        job()  # type: ignore[operator]
    except Stop as stop:
        sys.exit(f"{Path(sys.argv[0]).name}: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
