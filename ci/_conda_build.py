"""Building the conda packages from recipe/ with conda-build, which reads recipes of this format since 26.5."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from _common import run


def python_pin(version: str) -> str:
    """Return the entry of variants.yaml for a version of Python such as "3.12"."""
    build = "cpython" if int(version.split(".")[1]) < 13 else "cp" + version.replace(".", "")
    return f"{version}.* *_{build}"


def conda_build(
    program: Sequence[str | Path], recipe: Path, out: Path, channels: Sequence[str], variant: Mapping[str, Sequence[str]]
) -> list[Path]:
    """Build and test every output of the recipe in a folder for one variant; return the packages.

    For this kind of recipe conda-build takes no `--python` and the like, only files of variants; JSON is YAML.
    """
    out.mkdir(parents=True, exist_ok=True)
    file = out / "variant.yaml"
    file.write_text(json.dumps({name: list(values) for name, values in variant.items()}))
    chosen = [word for channel in channels for word in ("--channel", channel)]
    options = ["--variant-config-files", file, "--output-folder", out, "--override-channels", *chosen, "--no-anaconda-upload"]
    run([*program, recipe, *options])
    return sorted(out.glob("*/*.conda"))
