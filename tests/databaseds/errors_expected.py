"""How tests state which error a database call must answer with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from tango import DevFailed


@contextlib.contextmanager
def refused(reason: str, *parts: str) -> Iterator[None]:
    """Expect a DevFailed with that reason, whose description contains all these texts."""
    with pytest.raises(DevFailed) as caught:
        yield
    error = caught.value.args[0]
    assert error.reason == reason
    for part in parts:
        assert part in error.desc
