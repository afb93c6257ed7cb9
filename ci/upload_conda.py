"""Upload built conda packages to a channel of anaconda.org, each under the label its ref and name call for.

usage: upload_conda.py --owner CHANNEL --ref refs/heads/main|refs/tags/v1.2.3 [--dry-run] FOLDER

A tag goes to the label `main`, the branch main to `dev`. The stand-in `pytango` goes to `pytango-compat` only, so that
nobody gets it who did not name that label. The token is taken from ANACONDA_API_KEY.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from _common import Stop, main, say
from _tools import run_inside

STAND_IN = re.compile(r"pytango-.*-cytango_\d+\.conda")


def label(package: Path, ref: str) -> str:
    """Return the label that a package of this ref belongs under."""
    if ref.startswith("refs/tags/v"):
        return "pytango-compat" if STAND_IN.fullmatch(package.name) else "main"
    if ref == "refs/heads/main":
        return "pytango-compat-dev" if STAND_IN.fullmatch(package.name) else "dev"
    raise Stop(f"nothing is uploaded from {ref}: only from tags v* and the branch main")


def job() -> None:
    """Upload every package once, though several jobs may have built the same stand-in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--owner", required=True)
    parser.add_argument("--ref", required=True)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    packages = {path.name: path for path in sorted(options.folder.rglob("*.conda"))}
    if not packages:
        raise Stop(f"no packages in {options.folder}")
    plan = {path: label(path, options.ref) for path in packages.values()}
    for path, where in plan.items():
        say(f"{path.name} -> {options.owner}/label/{where}")
    if options.dry_run:
        return
    token = os.environ.get("ANACONDA_API_KEY")
    if not token:
        raise Stop("ANACONDA_API_KEY is not set")
    run_inside(["py-rattler-build>=0.70"])
    from rattler_build import upload_package_to_anaconda

    for path, where in plan.items():
        again = where.endswith("dev")  # a release is uploaded once and never replaced
        upload_package_to_anaconda([str(path)], owner=options.owner, channel=[where], api_key=token, force=again)


if __name__ == "__main__":
    main(job)
