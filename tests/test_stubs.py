"""The stubs of compiled modules say what the modules are."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(sys.version_info < (3, 11), reason="overloads can be asked for since Python 3.11")
def test_stubs_are_as_the_script_writes_them():
    """The script prints what differs."""
    check = subprocess.run([sys.executable, PROJECT / "ci" / "stubs.py", "--check"], capture_output=True, text=True, check=False)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
