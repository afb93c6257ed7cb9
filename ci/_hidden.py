"""Running something where the system's own Tango is not there, without touching the system.

Development files and libraries of cppTango, omniORB and ZeroMQ are covered in a mount namespace that only the command
lives in. What then still works cannot have come from the system.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from _common import Stop, need, output

FOLDERS = ["tango", "omniORB4", "omnithread", "COS", "log4tango"]
PATTERNS = [
    "/usr/include/omni*.h",
    "/usr/include/zmq*.h*",
    "{lib}/pkgconfig/tango.pc",
    "{lib}/pkgconfig/log4tango.pc",
    "{lib}/pkgconfig/omni*.pc",
    "{lib}/pkgconfig/libzmq.pc",
    "{lib}/libtango.so*",
    "{lib}/liblog4tango.so*",
    "{lib}/libomni*.so*",
    "{lib}/libCOS*.so*",
    "{lib}/libzmq.so*",
]

SCRIPT = """
set -eu
folders=$1 files=$2
shift 2
for folder in $folders; do [ ! -d "$folder" ] || mount -t tmpfs -o ro none "$folder"; done
for file in $files; do [ ! -f "$file" ] || [ -L "$file" ] || mount --bind /dev/null "$file"; done
exec "$@"
"""


def hidden(command: Sequence[str | Path]) -> list[str]:
    """Return the command line that runs `command` without the system's Tango (as root)."""
    if os.geteuid():
        raise Stop("hiding the system's own Tango needs root (mount namespaces)")
    need("unshare", package="util-linux")
    folders = " ".join(f"/usr/include/{name}" for name in FOLDERS)
    files = " ".join(pattern.format(lib=f"/usr/lib/{triplet()}") for pattern in PATTERNS)
    words = [str(word) for word in command]
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", SCRIPT, "sh", folders, files, *words]


def triplet() -> str:
    """Return the folder name of this machine's libraries, such as x86_64-linux-gnu."""
    return output(["gcc", "-print-multiarch"])
