"""Written by ci/stubs.py from the compiled module; do not edit."""
from typing_extensions import disjoint_base

@disjoint_base
class Bytes: ...

@disjoint_base
class Run: ...

@disjoint_base
class Values: ...
