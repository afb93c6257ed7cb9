"""Pipes of a server that has a database, and their properties in it."""

import sys
from pathlib import Path

import pytest
from databaseds import pipe_calls as calls
from databaseds.processes import Database, client, running, server
from support import TANGO_VERSION

SERVERS = str(Path(__file__).with_name("device_servers.py"))


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with running(Database(tmp_path_factory.mktemp("database"))) as process:
        yield process


@pytest.fixture(scope="module")
def ask(database):
    with client(database.tango_host) as function:
        yield function


def test_properties_of_pipes_are_kept(ask):
    assert ask(calls.use_all_kinds_of_pipe_properties) == [
        {"other": {"label": ["L"], "x": ["1", "2"]}, "none": {}},
        ["other"],
        ["label"],
        [("x", ["1", "2"], False), ("x", [], True)],
        ["of the class"],
        ["report"],
        [["of the class"]],
        {},
    ]


@pytest.mark.skipif(TANGO_VERSION >= (10, 1), reason="this cppTango has no pipes")
def test_a_server_keeps_what_clients_set(database, ask):
    ask(calls.register_reporter)
    with server(database, sys.executable, SERVERS, "Reporter", "1"):
        assert ask(calls.look_at_the_pipe) == ("report", "What happened.", "nothing")
        ask(calls.change_the_label)
        assert ask(calls.look_at_the_pipe) == ("From the client", "What happened.", "nothing")
    with server(database, sys.executable, SERVERS, "Reporter", "1"):
        assert ask(calls.look_at_the_pipe) == ("From the client", "What happened.", "nothing")
