"""Code that runs in the middle of a request to a device of the older API."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support import Server, start_python_server

import tango


class Inside:
    """A device that runs the lines it is sent, and what it knows."""

    def __init__(self, server: Server, device: str | None = None) -> None:
        self.server = server
        self.proxy = tango.DeviceProxy(server.address(device))
        self.proxy.set_timeout_millis(20000)

    def __call__(self, source: str, **values: Any) -> Any:
        """Run lines in the device and return the value of the last one, a literal."""
        names = "".join(f"{name} = {value!r}\n" for name, value in values.items())
        return ast.literal_eval(self.proxy.command_inout("Run", names + textwrap.dedent(source)))


@pytest.fixture(scope="module")
def inside_server() -> Iterator[Server]:
    """A server without a database, with two devices."""
    with start_python_server("inside.py", "test/inside/1", "test/inside/2") as started:
        yield started


@pytest.fixture
def inside(inside_server: Server) -> Inside:
    """The first device of the server."""
    return Inside(inside_server)


@pytest.fixture
def inside_of() -> Callable[[Server], Inside]:
    """The first device of another server."""
    return Inside
