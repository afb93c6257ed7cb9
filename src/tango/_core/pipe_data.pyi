"""Written by ci/stubs.py from the compiled module; do not edit."""

