"""Put cppTango and what it stands on from conda-forge into the folder TANGO_PREFIX, for building wheels there.

usage: wheel_libraries.py [--channel conda-forge] [--cpptango 10.3]
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from _common import Stop, main, say
from _tools import run_inside


async def install(prefix: Path, specs: list[str], channel: str) -> list[str]:
    """Solve for this platform and install."""
    import rattler

    platform = rattler.Platform.current()
    solved = await rattler.solve(
        [rattler.Channel(channel)],
        [rattler.MatchSpec(spec) for spec in specs],
        platforms=[str(platform), "noarch"],
        virtual_packages=rattler.VirtualPackage.detect(),
    )
    await rattler.install(solved, prefix, show_progress=False)
    return [f"{record.name.normalized}={record.version}" for record in solved]


def job() -> None:
    """Install, and say what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--channel", default="conda-forge")
    parser.add_argument("--cpptango", default="10.3")
    options = parser.parse_args()
    prefix = os.environ.get("TANGO_PREFIX")
    if not prefix:
        raise Stop("TANGO_PREFIX must name the folder to install into")
    run_inside(["py-rattler>=0.20"])
    specs = [f"cpptango={options.cpptango}", "omniorb-libs", "cppzmq", "zeromq"]
    if os.name != "nt":
        specs.append("pkg-config")
    say(f"{prefix}: {', '.join(asyncio.run(install(Path(prefix), specs, options.channel)))}")


main(job)
