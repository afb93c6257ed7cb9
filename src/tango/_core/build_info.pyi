"""Written by ci/stubs.py from the compiled module; do not edit."""
CPPTANGO: str
LIBRARY: str
IDL_VERSION: int
TELEMETRY: bool
PYTHON_VERSION: str
PYTHON_VERSION_HEX: int
NUMPY_VERSION: str
CYTHON_VERSION: str
