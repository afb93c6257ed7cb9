"""Run the parts that were asked for; anything wrong ends the program with a sentence."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from soak import calls, lives, load, stress

PARTS: dict[str, Callable[[float], None]] = {
    "restarts": lives.restarts,
    "ends": lives.ends,
    "contexts": lives.contexts,
    "stress": stress.stress,
    "forks": stress.forks,
    "proxies": stress.proxies,
    "calls": calls.calls,
    "load": load.load,
}


def main() -> None:
    """Run the parts that were asked for."""
    explained = {name: part.__doc__.splitlines()[0] for name, part in PARTS.items()}  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(
        prog="soak",
        description="Run what may leak or crash for a long time; it takes about an hour.",
        epilog="\n".join(["parts:", *(f"  {name:10}{what}" for name, what in explained.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--scale", type=float, default=1.0, metavar="FACTOR", help="how much of it (default: 1; 0.1: a tenth)")
    parser.add_argument("parts", nargs="*", metavar="part", help="what to run (default: all)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for name in options.parts or PARTS:
        print(f"== {name}", flush=True)
        PARTS[name](options.scale)


if __name__ == "__main__":
    main()
