"""The interpreter ends while the package is at work: no crash, no hang, nothing on the standard error output."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest
from support import Server

SCENES = pathlib.Path(__file__).with_name("ends") / "scenes.py"
#: What cppTango 9 writes when a server without a database starts.
NOTIFD = "Can't create notifd event supplier. Notifd event not available\n"
#: Which thread is where at the end differs from run to run.
TIMES = 3


@pytest.mark.parametrize("scene", re.findall(r"^@scene\ndef (\w+)", SCENES.read_text(), re.MULTILINE))
def test_program_ends_in_order(tangotest: Server, scene: str) -> None:
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", SCENES, scene, tangotest.address("test/tt/3")],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        said = done.stderr.replace(NOTIFD, "")
        assert (done.returncode, said) == (0, ""), done.stdout + done.stderr
        assert done.stdout.endswith("end\n")
