"""What signals do to a device server: its devices are deleted, and its process ends as after any other end."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from support import DEADLINE, free_port

SERVER = """
import os, signal, sys
from tango import GreenMode
from tango.server import Device

class Gate(Device):
    green_mode = getattr(GreenMode, sys.argv.pop())

    def init_device(self):
        super().init_device()
        for number in signal.SIGUSR1, signal.SIGUSR2:
            self.register_signal(number)

    def delete_device(self):
        os.write(1, b"deleted\\n")

try:
    Gate.run_server()
finally:
    os.write(1, b"finally\\n")
"""


@pytest.mark.skipif(os.name == "nt", reason="no signals")
@pytest.mark.parametrize("mode", ["Synchronous", "Gevent", "Asyncio"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_a_server_in_order(number, mode):
    # numpy has made threads before the Tango library blocks signals; the signal may go to one of those
    end_of_server(mode, [number], 0)


@pytest.mark.skipif(os.name == "nt", reason="no signals")
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("pause", [0, 0.002, 0.02])
def test_a_second_signal_changes_nothing(second, pause):
    """As of somebody who presses Ctrl-C twice, or a supervisor without patience."""
    for _ in range(3):
        end_of_server("Synchronous", [signal.SIGINT, second], pause)


def end_of_server(mode, numbers, pause):
    arguments = ["test", "-nodb", "-dlist", "test/gate/1", "-ORBendPoint", f"giop:tcp:127.0.0.1:{free_port()}", mode]
    with subprocess.Popen([sys.executable, "-c", SERVER, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                if line.startswith("Ready"):
                    break
            for number in numbers:
                process.send_signal(number)
                threading.Event().wait(pause)
            assert process.communicate(timeout=DEADLINE)[0].split() == ["deleted", "finally"]
            # The last of several may come when all is done and Python has given its signals back.
            assert process.returncode in ({0} if len(numbers) == 1 else {0, -numbers[-1]})
        finally:
            process.kill()
