"""What the scripts of this folder end with: run a server and tell the test that it is ready (see support.Server)."""

from __future__ import annotations

import os
import sys
from typing import Any

from tango import GreenMode
from tango.server import run
from tango.server.startup import TellReady


def serve(*classes: type, **options: Any) -> None:
    """Run a server of these classes with the command line of the process, in the green mode that the test wants."""
    mode = os.environ.get("TANGO_TEST_SERVER_MODE")
    if mode is not None:
        options.setdefault("green_mode", GreenMode[mode])
    run(classes, msg_stream=TellReady(sys.stdout, tell), raises=True, **options)


def tell() -> None:
    """Tell the test that the server is ready."""
    with open(int(os.environ["TANGO_TEST_READY"]), "wb") as pipe:
        pipe.write(b"ready")
