"""Whether what a process holds has grown."""

from __future__ import annotations

from collections.abc import Sequence


def check(what: str, before: int, after: int, allowed: int) -> None:
    """Print how something has grown and end the program if that is too much."""
    print(f"   {what}: {before} -> {after}", flush=True)
    if after > before + allowed:
        raise SystemExit(f"soak: {what} has grown from {before} to {after}; no more than {allowed} were expected")


def check_holding(what: str, before: Sequence[int], after: Sequence[int], allowed: Sequence[int]) -> None:
    """Do so for what `holding.holding` returns."""
    for name, *numbers in zip(("kilobytes", "threads", "files"), before, after, allowed, strict=True):
        check(f"{what}: {name}", *numbers)
