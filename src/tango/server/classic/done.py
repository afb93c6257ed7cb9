"""What may be awaited although it is done."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any


class Done:
    """What the base methods of an asyncio device return: done already, and may be awaited.

    Parameters
    ----------
    value
        What awaiting it gives.
    """

    def __init__(self, value: Any = None) -> None:
        self._value = value

    def __await__(self) -> Generator[None, None, Any]:
        yield from ()
        return self._value
