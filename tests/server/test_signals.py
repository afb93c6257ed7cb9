"""What signals do to a device server: its devices are deleted, and its process ends as after any other end."""

import os
import signal
import subprocess
import sys

import pytest
from support import DEADLINE, free_port

SERVER = """
import os, sys
from tango import GreenMode
from tango.server import Device

class Gate(Device):
    green_mode = getattr(GreenMode, sys.argv.pop())

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
    arguments = ["test", "-nodb", "-dlist", "test/gate/1", "-ORBendPoint", f"giop:tcp:127.0.0.1:{free_port()}", mode]
    with subprocess.Popen([sys.executable, "-c", SERVER, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                if line.startswith("Ready"):
                    break
            process.send_signal(number)
            assert process.communicate(timeout=DEADLINE)[0].split() == ["deleted", "finally"]
            assert process.returncode == 0
        finally:
            process.kill()
