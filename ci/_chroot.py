"""A Debian suite in a folder: made by debootstrap, kept between runs, entered in namespaces of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from _common import CACHE, Stop, lock, need, run, say

PACKAGES = [
    "ca-certificates",
    "ccache",
    "g++",
    "git",
    "libtango-dev",
    "pkgconf",
    "python3-dev",
    "python3-venv",
    "tango-test",
]

# The mounts vanish with the namespace and every process with its first one, however the job ends.
ENTER = """
set -eu
root=$1 work=$2
shift 2
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/job"
mount --bind "$work" "$root/job"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
# Every server looks the machine's addresses up when it starts; no name server is to be waited for.
for address in $(hostname -I); do
  grep -q "^$address[[:space:]]" "$root/etc/hosts" || echo "$address $(hostname)" >>"$root/etc/hosts"
done
if [ -f "$root/etc/ssl/certs/ca-certificates.crt" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
  mount --bind /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
fi
cd /
exec chroot "$root" "$@"
"""


class Chroot:
    """One suite; `work` is a folder of the machine that is /job inside.

    Root is needed (mounting, chroot). The system inside shares the machine's network.
    """

    def __init__(self, suite: str, work: Path, packages: Sequence[str] = PACKAGES, name: str = "") -> None:
        self.suite = suite
        self.root = CACHE / "suites" / (name or suite)
        self.work = work
        self.packages = sorted(packages)

    def make(self) -> None:
        """Make the suite's system and install its packages, unless that has been done before."""
        if os.geteuid():
            raise Stop(f"making and entering a {self.suite} system needs root (debootstrap, mount, chroot)")
        need("debootstrap")
        need("unshare", package="util-linux")
        packages = self.packages
        stamp = self.root / "var" / "cytango-packages"
        with lock(self.root.with_suffix(".lock")):
            if stamp.exists() and set(packages) <= set(stamp.read_text().split()):
                return
            if not self.root.exists():
                partial = self.root.with_suffix(".partial")
                shutil.rmtree(partial, ignore_errors=True)
                say(f"debootstrap {self.suite} (about half a minute)")
                run(["debootstrap", "--variant=minbase", self.suite, partial], quiet=True)
                partial.rename(self.root)
            say(f"installing {' '.join(packages)} in {self.suite}")
            # sid's release file is valid for a week only, and a mirror may lag behind by more.
            apt = "apt-get -o Acquire::Check-Valid-Until=false"
            apt = f"{apt} update && {apt} install --yes --no-install-recommends {' '.join(packages)}"
            self.run(["sh", "-c", apt], quiet=True)
            stamp.write_text("\n".join(packages) + "\n")

    def command(self, command: Sequence[str | Path]) -> list[str]:
        """Return the command line that runs `command` inside."""
        self.work.mkdir(parents=True, exist_ok=True)
        namespaces = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
        words = [str(word) for word in command]
        return [*namespaces, "sh", "-c", ENTER, "sh", str(self.root), str(self.work), *words]

    def environ(self, **more: str) -> dict[str, str]:
        """Return a small environment for processes inside: a suite's job must not depend on the machine's."""
        kept = {name: value for name, value in os.environ.items() if name in KEPT}
        return {
            **kept,
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **more,
        }

    def run(self, command: Sequence[str | Path], *, quiet: bool = False, **more: str) -> None:
        """Run a command inside and stop the job if it fails."""
        shown = f"[{self.suite}] {shlex.join(str(word) for word in command)}"
        run(self.command(command), quiet=quiet, shown=shown, env=self.environ(**more))

    def start(self, command: Sequence[str | Path], **more: str) -> subprocess.Popen[str]:
        """Start a command inside; its output is a pipe."""
        return subprocess.Popen(
            self.command(command), stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=self.environ(**more)
        )


KEPT = {"http_proxy", "https_proxy", "no_proxy", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CERT", "CI"}
