"""Building the conda packages from recipe/ with rattler-build's library, and testing them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from _common import PROJECT, Stop, say
from rattler_build import (
    JinjaConfig,
    Package,
    PlatformConfig,
    RattlerBuildError,
    RenderConfig,
    Stage0Recipe,
    ToolConfiguration,
    VariantConfig,
)
from rattler_build.progress import SimpleProgressCallback

RECIPE = PROJECT / "recipe" / "recipe.yaml"
VARIANTS = PROJECT / "recipe" / "variants.yaml"


def build(
    out: Path, channels: Sequence[str], overrides: Mapping[str, Sequence[str]], recipe: Path = RECIPE
) -> list[Path]:
    """Build every output of a recipe for the variants left by `overrides`; return the packages."""
    platform = PlatformConfig()
    matrix = VariantConfig.from_file_with_context(VARIANTS, JinjaConfig(platform=platform)).to_dict()
    variants = VariantConfig({**matrix, **{name: list(values) for name, values in overrides.items()}})
    built: dict[Path, None] = {}
    for variant in Stage0Recipe.from_file(recipe).render(variants, RenderConfig(platform=platform)):
        start = time.monotonic()
        settings = ToolConfiguration(test_strategy="skip", channel_priority="strict")
        try:
            result = variant.run_build(settings, out, list(channels), progress_callback=SimpleProgressCallback())
        except RattlerBuildError as error:
            raise Stop(f"the recipe did not build: {error}") from error
        for package in result.packages:
            say(f"built {Path(package).name} in {time.monotonic() - start:.0f} s")
            built[Path(package)] = None
    return list(built)


def test(package: Path, channels: Sequence[str]) -> None:
    """Run the tests that a built package carries, in environments made for them."""
    loaded = Package.from_file(package)
    results = loaded.run_tests(channel=list(channels), progress_callback=SimpleProgressCallback())
    if not results:
        raise Stop(f"{package.name} carries no tests")
    for result in results:
        if not result.success:
            print("\n".join(result.output))
            raise Stop(f"test {result.test_index} of {package.name} failed")
    say(f"{package.name}: {len(results)} tests passed; it depends on {', '.join(sorted(loaded.depends))}")
