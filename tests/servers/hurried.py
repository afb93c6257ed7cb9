"""Runs the script that SCRIPT names as a program, with a clock of the event loop that runs ten times as fast."""

import asyncio
import os
import runpy
import sys

sleep = asyncio.sleep


async def hurried(delay, result=None):
    return await sleep(delay / 10, result)


class Stream:
    """Tells the test when the server says that it is ready."""

    def write(self, text):
        if "Ready" in text:
            with open(int(os.environ["TANGO_TEST_READY"]), "wb") as pipe:
                pipe.write(b"ready")

    def flush(self):
        pass


asyncio.sleep = hurried
sys.stdout = Stream()  # before tango is imported, which remembers it
sys.argv[0] = os.environ["SCRIPT"]
runpy.run_path(sys.argv[0], run_name="__main__")
