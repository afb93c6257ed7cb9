"""Written by ci/stubs.py from the compiled module; do not edit."""
from typing_extensions import disjoint_base

@disjoint_base
class SequenceBuffer:
    def __init__(self, *args: object, **kwargs: object) -> None: ...
    def __len__(self) -> int: ...
