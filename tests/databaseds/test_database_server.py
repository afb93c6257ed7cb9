"""The database as a process, with C++ and Python device servers and with clients in other processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from databaseds import client_calls as calls
from databaseds.processes import READY, Database, Running, client, free_port, running, server

SERVERS = str(Path(__file__).with_name("device_servers.py"))
TANGO_TEST = shutil.which("TangoTest", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/lib/tango"]))
needs_tango_test = pytest.mark.skipif(TANGO_TEST is None, reason="TangoTest is not installed")


@pytest.fixture
def database(tmp_path):
    with running(Database(tmp_path, port=free_port())) as process:
        yield process


@pytest.fixture
def ask(database):
    with client(database.tango_host) as call:
        yield call


# ---- the process


def test_it_starts_without_another_database(database, ask):
    assert ask(calls.look_around) == {
        "info": "TANGO Database tango_database.db",
        "exported": ["dserver/DataBaseds/2", "sys/database/2"],
        "state": "ON",
        "class": "DataBase",
        "release": "release 1.13",
        "servers": [database.tango_host],
        "address": ("127.0.0.1", str(database.port)),
    }
    assert (database.folder / "tango_database.db").exists()


@pytest.mark.parametrize("name", ["TERM", "INT"])
def test_a_signal_ends_it_and_the_file_is_whole(database, ask, name):
    ask(calls.put_something)
    database.process.send_signal(getattr(signal, f"SIG{name}"))
    database.wait()
    with running(Database(database.folder, port=database.port)):
        assert ask(calls.get_something) == ["x", "y"]


@pytest.mark.parametrize("name", ["TERM", "INT"])
def test_a_signal_ends_it_as_the_command_kill_does(database, ask, name):
    ask(calls.put_something)
    database.process.send_signal(getattr(signal, f"SIG{name}"))
    database.wait()
    assert os.listdir(database.folder) == ["tango_database.db"]


def test_clients_find_it_again_after_a_crash(database, ask):
    ask(calls.put_something)
    database.process.kill()
    database.wait()
    with running(Database(database.folder, port=database.port)):
        assert ask(calls.get_something_soon) == ["x", "y"]


@pytest.mark.parametrize("file", ["tango_database.db", ":memory:"])
def test_a_restart_of_the_device_keeps_the_data(tmp_path, monkeypatch, file):
    with running(start_with(tmp_path, file)) as database, client(database.tango_host) as ask:
        assert ask(calls.restart) == (["x", "y"], "ON")
        assert os.listdir(tmp_path) == [] or file != ":memory:"


def start_with(folder, file):
    program = "import os, sys; os.environ['PYTANGO_DATABASE_NAME'] = sys.argv.pop(1)\n"
    program += "from tango.databaseds.database import main; sys.exit(main())"
    command = [sys.executable, "-c", program, file, "--host=127.0.0.1", "--port=0", "--print-host-port", "2"]
    process = Running(command, folder, dict(os.environ))
    found = process.wait_for(r"host=127.0.0.1, port=(\d+)")
    process.tango_host = f"127.0.0.1:{found[1]}"
    process.wait_for(READY)
    return process


def test_embedded_it_ends_with_the_program_that_started_it(tmp_path):
    database = Database(tmp_path, "--embedded", stdin=subprocess.PIPE)
    database.process.stdin.close()
    assert database.wait() == 0
    assert os.listdir(tmp_path) == ["tango_database.db"]


def run_badly(folder, *options, env=None):
    process = Running(
        [sys.executable, "-m", "tango.databaseds.database", *options], folder, {**os.environ, **(env or {})}
    )
    return process.wait(), process.output


@pytest.mark.parametrize(
    ("options", "code", "part"),
    [
        ([], 2, "the following arguments are required: INSTANCE"),
        (["--db_access", "redis", "2"], 2, "there is no database type 'redis'; known is: sqlite3"),
        (["--port", "x", "2"], 2, "invalid int value: 'x'"),
        (["--port", "70000", "2"], 1, "a port is a number from 0 to 65535"),
        (["--logging_level", "7", "2"], 2, "argument -l/--logging_level: invalid choice"),
        (["--host", "no.such.host.invalid", "--port", "0", "2"], 1, "cannot listen on no.such.host.invalid:0"),
    ],
)
def test_a_wrong_command_line(tmp_path, options, code, part):
    assert run_badly(tmp_path, *options)[0] == code
    assert part in run_badly(tmp_path, *options)[1]


def test_a_port_in_use(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, output = run_badly(tmp_path, "2", env={"TANGO_HOST": f"127.0.0.1:{port}"})
    assert code == 1 and f"cannot listen on 127.0.0.1:{port}" in output and "Traceback" not in output


def test_a_file_that_cannot_be_used(tmp_path):
    (tmp_path / "tango_database.db").write_text("no database " * 50)
    code, output = run_badly(tmp_path, "--port", "0", "2")
    assert code == 1 and "DataBaseds: tango_database.db: file is not a database" in output


# ---- clients


def test_properties_through_the_client(ask):
    assert ask(calls.use_all_kinds_of_properties) == [
        {"a": ["1", "2"], "b": ["x"], "c": []},
        ["a", "b"],
        [("a", ["1", "2"], False), ("a", [], True)],
        ["v"],
        {"label": ["L"], "rel_change": ["1", "2"]},
        ["m"],
        ["q"],
    ]


def test_devices_and_servers_through_the_client(ask):
    assert ask(calls.use_devices_and_servers) == [
        ["test/foo/1"],
        ["dserver/Foo/1", "DServer", "test/foo/1", "Foo"],
        "test/foo/1",
        "foo-one",
        "test/foo/1/att",
        "the-att",
        ["sys/access_control/1"],
        ["Foo/1"],
        ["1"],
        ["test"],
        False,
        "Foo",
    ]


def test_errors_say_what_was_wrong(ask):
    assert ask(calls.provoke_errors) == [
        ("DB_DeviceNotDefined", "device foo/bar/1 not defined in the database !"),
        ("DB_DeviceNotDefined", "device no-such-alias not defined in the database !"),
        ("DB_AliasNotDefined", "No alias found for device 'sys/tg_test/1'"),
        ("DB_IncorrectArguments", "the list of arguments ends where value 2 of 2 of property 'p' was expected"),
        (
            "DB_IncorrectArguments",
            "insufficient number of arguments: 1, needs at least 5: device, ior, host, process id (or null), version",
        ),
    ]


def test_names_that_match_nothing(ask):
    assert ask(calls.look_for_nothing) == (0, [[]] * 9)


def test_devices_that_are_not_defined(ask):
    error = ("DB_DeviceNotDefined", "device no/such/1 not defined in the database !")
    assert ask(calls.use_an_undefined_device) == [error] * 4


def test_devices_that_do_not_run(ask):
    reason, text, device, attribute = ask(calls.use_a_device_that_does_not_run)
    assert reason == "API_DeviceNotExported"
    assert text == "Failed to connect to device test/idle/1" or "test/idle/1 is not exported" in text
    assert (device, attribute) == ("Device(test/idle/1)", "AttributeProxy(x)")


def test_a_long_query_does_not_keep_others_waiting(ask):
    reasons, answer = ask(calls.answer_during_a_long_query)
    assert "API_DeviceTimedOut" in reasons
    assert answer == ["1"]


# ---- device servers


@needs_tango_test
def test_a_cpp_server_runs_on_it(database, ask):
    ask(calls.prepare_tango_test)
    with server(database, TANGO_TEST, "test"):
        counted = ask(calls.calls_since_reset)
        assert ask(calls.look_at_tango_test) == {
            "state": "RUNNING",
            "label and unit": ("Mine", "V"),
            "rel_change": "1,2",
            "poll period": 1000,
            "echo": 2.5,
            "info": "TangoTest/test",
        }
    # All properties came in one answer, and this library could read it.
    assert counted["DbGetDataForServerCache"] == 1
    assert not counted.keys() & {
        "DbGetDeviceProperty",
        "DbGetClassProperty",
        "DbGetDeviceAttributeProperty2",
        "DbGetDeviceList",
    }
    assert ask(calls.is_exported, "sys/tg_test/1") is False


def test_a_python_server_runs_on_it_and_leaves_its_settings(database, ask):
    ask(calls.register_valves)
    with server(database, sys.executable, SERVERS, "Valve", "1"):
        assert ask(calls.look_at_valves) == (
            ["1.0", "somebody", "test/valve/1", "x"],
            ["2.5", "somebody", "test/valve/2", "x"],
            0.0,
        )
    with server(database, sys.executable, SERVERS, "Valve", "1"):
        assert ask(calls.look_at_valves_again) == (7.25, 700)


def test_an_undefined_server_says_so(database):
    process = Running([sys.executable, SERVERS, "Valve", "unknown"], database.folder, database.env)
    assert process.wait() != 0
    assert "valve/unknown is not defined in database" in process.output.lower()


def test_a_starter_is_told_about_its_servers(database, ask):
    ask(calls.register_starter)
    with server(database, sys.executable, SERVERS, "Starter", "thishost"):
        assert ask(calls.tell_starter)
