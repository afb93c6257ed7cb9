"""Render the conda recipe for every platform without a channel and check what linters of channels ask for.

Usage: render.py [--show]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rattler_build import JinjaConfig, PlatformConfig, RenderConfig, Stage0Recipe, VariantConfig

RECIPE = Path(__file__).resolve().parent.parent / "recipe"
# Target platform, and the one that builds for it where runners of its own are few.
PLATFORMS = {
    "linux-64": ["linux-64"],
    "linux-aarch64": ["linux-aarch64", "linux-64"],
    "osx-64": ["osx-64"],
    "osx-arm64": ["osx-arm64", "osx-64"],
    "win-64": ["win-64"],
}


def rendered(target: str, build: str) -> list[dict[str, Any]]:
    """Return the packages of one platform as the builder would build them."""
    platform = PlatformConfig(target_platform=target, build_platform=build, host_platform=target)
    variants = VariantConfig.from_file_with_context(RECIPE / "variants.yaml", JinjaConfig(platform=platform))
    recipe = Stage0Recipe.from_file(RECIPE / "recipe.yaml")
    unique = {}
    for variant in recipe.render(variants, RenderConfig(platform=platform)):
        package = variant.recipe.to_dict()
        unique[package["package"]["name"], package["build"]["string"]] = {**package, "variant": variant.variant}
    return list(unique.values())


def complaints(package: dict[str, Any], target: str, build: str) -> Iterator[str]:
    """Yield what is wrong with one rendered package."""
    requirements, about = package["requirements"], package["about"]
    for key in ("homepage", "license", "license_file", "summary"):
        if not about.get(key):
            yield f"about.{key} is missing"
    if package["build"].get("number") is None:
        yield "build.number is missing"
    if package["package"]["name"] != "cytango":
        return
    tools = [str(entry) for entry in requirements.get("build", [])]
    compilers = ("vs20",) if target == "win-64" else ("gxx_", "clangxx_")
    if not any(tool.startswith(compilers) for tool in tools):
        yield f"no C++ compiler among {tools}"
    if not any(tool.startswith(("sysroot_", "macosx_deployment_target_", "vs_")) for tool in tools):
        yield f"no stdlib beside the compiler among {tools}"
    if build != target and f"cross-python_{target}" not in tools:
        yield f"a cross build without cross-python_{target}"
    if build == target and any(tool.startswith("cross-python") for tool in tools):
        yield "cross-python in a native build"
    host = [str(entry) for entry in requirements.get("host", [])]
    for name in ("python", "numpy", "cpptango"):
        if not any(entry == name or entry.startswith(name + " ") for entry in host):
            yield f"{name} is not in host"
    for entry in [*host, *map(str, requirements.get("run", []))]:
        if entry.startswith("python ") and any(mark in entry for mark in "<>="):
            yield f"python is constrained in {entry!r}; build.skip is the place for that"


def main() -> int:
    """Render everything; print what was rendered and every complaint."""
    wrong = []
    for target, builds in PLATFORMS.items():
        for build in builds:
            packages = rendered(target, build)
            names = [package["package"]["name"] for package in packages]
            if names.count("cytango") < 2 or names.count("pytango") != 1:
                wrong.append(f"{target}: {names} is not a matrix of cytango and one stand-in")
            for package in packages:
                what = f"{target} on {build}, {package['package']['name']} {package['build']['string']}"
                wrong += [f"{what}: {complaint}" for complaint in complaints(package, target, build)]
                if "--show" in sys.argv:
                    print(what, {key: package["variant"].get(key) for key in ("python", "cpptango")})
            print(f"{target} on {build}: {len(packages)} packages")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
