"""The demonstration: a Tango database, a C++ device and two Python devices, and a client that uses them all.

Everything runs on this machine, on ports that were free, and is ended when the demonstration ends.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
READY = "Ready to accept request"
START_SECONDS = 60.0
TEST_DEVICE_PLACES = ["/usr/lib/tango", "/usr/local/bin", str(Path(sys.prefix) / "bin"), str(Path(sys.prefix) / "lib")]
SERVERS = {
    "PowerSupply/demo": ("PowerSupply", "demo/supply/1"),
    "Camera/demo": ("Camera", "demo/camera/1"),
}


class Failed(Exception):
    """The demonstration cannot go on; the message says why."""


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def test_device_program() -> str:
    """Find the C++ device server TangoTest."""
    places = os.pathsep.join([os.environ.get("PATH", ""), *TEST_DEVICE_PLACES])
    program = shutil.which("TangoTest", path=places)
    if program is None:
        raise Failed("TangoTest is not installed: package tango-test of Debian and of conda-forge")
    return program


@contextlib.contextmanager
def running(name: str, command: list[str], folder: Path) -> Iterator[None]:
    """Run a server until the block ends; enter the block when it says that it is ready."""
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    output: list[str] = []
    settled = threading.Event()

    def drain() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(line)
            if READY in line:
                settled.set()
        settled.set()

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    try:
        if not settled.wait(START_SECONDS) or process.poll() is not None or READY not in "".join(output):
            raise Failed(f"{name} did not start:\n{''.join(output)}")
        print(f"   started {name}", flush=True)
        yield
        if process.poll() is not None:
            raise Failed(f"{name} ended on its own with code {process.returncode}:\n{''.join(output)}")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(10)


def register() -> None:
    """Tell the database which server has which devices."""
    import tango

    database = tango.Database()
    for server, (class_name, device) in SERVERS.items():
        info = tango.DbDevInfo()
        info.name, info._class, info.server = device, class_name, server
        database.add_device(info)
        print(f"   registered {device} of class {class_name} in {server}", flush=True)
    database.put_device_property("demo/supply/1", {"resistance": ["10.0"]})


def demonstrate(pictures: Path) -> None:
    """Start everything, run the client, end everything."""
    program = test_device_program()
    python = [sys.executable, "-u"]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tango-demo-")))
        port = free_port()
        os.environ["TANGO_HOST"] = f"127.0.0.1:{port}"
        print("-- Starting", flush=True)
        database = [*python, "-m", "tango.databaseds.database", "--host", "127.0.0.1", "--port", str(port), "2"]
        stack.enter_context(running(f"the database on port {port}", database, folder))
        register()
        stack.enter_context(running("TangoTest", [program, "test"], folder))
        stack.enter_context(running("PowerSupply", [*python, str(HERE / "power_supply.py"), "demo"], folder))
        stack.enter_context(running("Camera", [*python, str(HERE / "camera.py"), "demo"], folder))

        import client  # here, because the Tango library looks at TANGO_HOST once, when it is first used

        client.main(pictures)
        print("\n-- Ending", flush=True)
    print("   every server that was started has ended", flush=True)


def main() -> int:
    """Run the demonstration; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=Path("build/demo"), help="where to save the PNG files")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        demonstrate(options.pictures.resolve())
    except Exception as error:
        if isinstance(error, Failed):
            print(f"\nThe demonstration failed: {error}", file=sys.stderr)
        else:
            traceback.print_exc()
            print("\nThe demonstration failed.", file=sys.stderr)
        return 1
    print("\nThe demonstration passed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
