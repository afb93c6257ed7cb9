"""A database without a server for tests of the stored data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tango

if TYPE_CHECKING:
    from tango.databaseds.db_access.sqlite3 import Sqlite3Database

if not hasattr(tango, "Database"):  # the clients of these tests need it
    collect_ignore = ["test_database_server.py"]


@pytest.fixture(params=["file", "memory"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sqlite3Database]:
    """A new database, once in a file and once in memory."""
    from tango.databaseds.db_access.sqlite3 import Sqlite3Database

    name = str(tmp_path / "tango_database.db") if request.param == "file" else ":memory:"
    database = Sqlite3Database("2", name, fire_to_starter=False)
    yield database
    database.close_db()
