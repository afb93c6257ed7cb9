"""The database as a process, with C++ and Python device servers and with clients in other processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import READY, Database, Running, client, free_port, running, server

import tango

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


def calls_since_reset(device="sys/database/2"):
    proxy = tango.DeviceProxy(device)
    return {name: int(calls) for name, calls in zip(proxy.Timing_index, proxy.Timing_calls) if calls}


def failure(function, *args):
    """Return reason and description of the first error of a call."""
    try:
        function(*args)
    except tango.DevFailed as error:
        return error.args[0].reason, error.args[0].desc
    raise AssertionError("this should have failed")


# ---- the process


def look_around():
    database = tango.Database()
    device = tango.DeviceProxy("sys/database/2")
    return {
        "info": database.get_info().splitlines()[0],
        "exported": list(database.get_device_exported("*")),
        "state": device.state().name,
        "class": device.info().dev_class,
        "release": device.StoredProcedureRelease,
        "servers": list(device.DbGetCSDbServerList()),
        "address": (database.get_db_host(), database.get_db_port()),
    }


def test_it_starts_without_another_database(database, ask):
    assert ask(look_around) == {
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
    ask(put_something)
    database.process.send_signal(getattr(signal, f"SIG{name}"))
    database.wait()
    with running(Database(database.folder, port=database.port)):
        assert ask(get_something) == ["x", "y"]


def put_something():
    tango.Database().put_device_property("test/foo/1", {"p": ["x", "y"]})


def get_something():
    return list(tango.Database().get_device_property("test/foo/1", "p")["p"])


def test_clients_find_it_again_after_a_crash(database, ask):
    ask(put_something)
    database.process.kill()
    database.wait()
    with running(Database(database.folder, port=database.port)):
        assert ask(get_something_soon) == ["x", "y"]


def get_something_soon():
    """The library waits a second between two attempts to connect, so ask until it tries again."""
    attempts = threading.Event()
    for _ in range(100):
        try:
            return get_something()
        except tango.DevFailed:
            attempts.wait(0.1)
    return None


def restart():
    put_something()
    administrator = tango.DeviceProxy("dserver/DataBaseds/2")
    administrator.RestartServer()
    for _ in range(300):  # the command answers before the server has restarted
        try:
            proxy = tango.DeviceProxy("sys/database/2")
            proxy.Init()
            return get_something(), proxy.state().name
        except tango.DevFailed:
            threading.Event().wait(0.1)
    return None


@pytest.mark.parametrize("file", ["tango_database.db", ":memory:"])
def test_a_restart_of_the_device_keeps_the_data(tmp_path, monkeypatch, file):
    with running(start_with(tmp_path, file)) as database, client(database.tango_host) as ask:
        assert ask(restart) == (["x", "y"], "ON")
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
    process = Running([sys.executable, "-m", "tango.databaseds.database", *options], folder, {**os.environ, **(env or {})})
    return process.wait(), process.output


@pytest.mark.parametrize(
    "options, code, part",
    [
        ([], 2, "the following arguments are required: INSTANCE"),
        (["--db_access", "redis", "2"], 2, "there is no database type 'redis'; known is: sqlite3"),
        (["--port", "x", "2"], 2, "invalid int value: 'x'"),
        (["--port", "70000", "2"], 1, "a port is a number from 0 to 65535"),
        (["--logging_level", "7", "2"], 2, "invalid choice: 7"),
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


def use_all_kinds_of_properties():
    database = tango.Database()
    found = []
    database.put_device_property("test/foo/1", {"a": ["1", "2"], "b": ["x"]})
    found.append({name: list(values) for name, values in database.get_device_property("test/foo/1", ["a", "b", "c"]).items()})
    found.append(list(database.get_device_property_list("test/foo/1", "*")))
    database.delete_device_property("test/foo/1", "a")
    history = database.get_device_property_history("test/foo/1", "a")
    found.append([(entry.get_name(), list(entry.get_value()), entry.is_deleted()) for entry in history])
    database.put_class_property("Foo", {"cp": ["v"]})
    found.append(list(database.get_class_property("Foo", "cp")["cp"]))
    database.put_device_attribute_property("test/foo/1", {"att": {"label": ["L"], "rel_change": ["1", "2"]}})
    attributes = database.get_device_attribute_property("test/foo/1", "att")
    found.append({name: list(values) for name, values in attributes["att"].items()})
    database.put_class_attribute_property("Foo", {"att": {"unit": ["m"]}})
    found.append(list(database.get_class_attribute_property("Foo", "att")["att"]["unit"]))
    database.put_property("Object", {"p": ["q"]})
    found.append(list(database.get_property("Object", "p")["p"]))
    return found


def test_properties_through_the_client(ask):
    assert ask(use_all_kinds_of_properties) == [
        {"a": ["1", "2"], "b": ["x"], "c": []},
        ["a", "b"],
        [("a", ["1", "2"], False), ("a", [], True)],
        ["v"],
        {"label": ["L"], "rel_change": ["1", "2"]},
        ["m"],
        ["q"],
    ]


def use_devices_and_servers():
    database = tango.Database()
    info = tango.DbDevInfo()
    info.name, info._class, info.server = "test/foo/1", "Foo", "Foo/1"
    database.add_device(info)
    database.put_device_alias("test/foo/1", "foo-one")
    database.put_attribute_alias("test/foo/1/att", "the-att")
    database.register_service("AccessControl", "tango", "sys/access_control/1")
    return [
        list(database.get_device_name("Foo/1", "Foo")),
        list(database.get_device_class_list("Foo/1")),
        database.get_device_from_alias("foo-one"),
        database.get_alias_from_device("test/foo/1"),
        database.get_attribute_from_alias("the-att"),
        database.get_alias_from_attribute("test/foo/1/att"),
        list(database.get_services("AccessControl", "tango")),
        list(database.get_server_list("Foo/*")),
        list(database.get_instance_name_list("Foo")),
        list(database.get_device_domain("test/*")),
        bool(database.get_device_info("test/foo/1").exported),
        database.get_class_for_device("test/foo/1"),
    ]


def test_devices_and_servers_through_the_client(ask):
    assert ask(use_devices_and_servers) == [
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


def provoke_errors():
    database = tango.Database()
    device = tango.DeviceProxy("sys/database/2")
    return [
        failure(tango.DeviceProxy, "foo/bar/1"),
        failure(tango.DeviceProxy, "no-such-alias"),
        failure(database.get_alias_from_device, "sys/tg_test/1"),
        failure(device.DbPutDeviceProperty, ["test/foo/1", "1", "p", "2", "x"]),
        failure(device.DbExportDevice, ["test/foo/1"]),
    ]


def test_errors_say_what_was_wrong(ask):
    assert ask(provoke_errors) == [
        ("DB_DeviceNotDefined", "device foo/bar/1 not defined in the database !"),
        ("DB_DeviceNotDefined", "device no-such-alias not defined in the database !"),
        ("DB_AliasNotDefined", "No alias found for device 'sys/tg_test/1'"),
        ("DB_IncorrectArguments", "the list of arguments ends where value 2 of 2 of property 'p' was expected"),
        (
            "DB_IncorrectArguments",
            "insufficient number of arguments: 1, needs at least 5: device, ior, host, process id (or null), version",
        ),
    ]


def answer_during_a_long_query():
    """Read while a query counts to a very high number."""
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT max(i) FROM n"
    device = tango.DeviceProxy("sys/database/2")
    device.set_timeout_millis(500)
    with pytest.raises(tango.DevFailed) as caught:  # the client gives up, the server goes on counting
        device.DbMySqlSelect(slow)
    return [error.reason for error in caught.value.args], tango.DeviceProxy("sys/database/2").DbMySqlSelect("SELECT 1")[1]


def test_a_long_query_does_not_keep_others_waiting(ask):
    reasons, answer = ask(answer_during_a_long_query)
    assert "API_DeviceTimedOut" in reasons
    assert answer == ["1"]


# ---- device servers


def prepare_tango_test():
    database = tango.Database()
    database.put_device_property("sys/tg_test/1", {"Sleep_period": ["500"], "UShort_image_ro_max_dim_x": ["300"]})
    database.put_device_property("sys/tg_test/1", {"polled_attr": ["ampli", "1000"]})
    database.put_device_attribute_property("sys/tg_test/1", {"ampli": {"label": ["Mine"]}, "double_scalar": {"rel_change": ["1", "2"]}})
    database.put_class_attribute_property("TangoTest", {"ampli": {"unit": ["V"]}})
    tango.DeviceProxy("sys/database/2").ResetTimingValues()


def look_at_tango_test():
    device = tango.DeviceProxy("sys/tg_test/1")
    ampli = device.get_attribute_config("ampli")
    device.ampli = 3.5
    return {
        "state": device.state().name,
        "label and unit": (ampli.label, ampli.unit),
        "rel_change": device.get_attribute_config("double_scalar").events.ch_event.rel_change,
        "poll period": device.get_attribute_poll_period("ampli"),
        "echo": device.DevDouble(2.5),
        "info": tango.Database().get_device_info("sys/tg_test/1").ds_full_name,
    }


@needs_tango_test
def test_a_cpp_server_runs_on_it(database, ask):
    ask(prepare_tango_test)
    with server(database, TANGO_TEST, "test"):
        calls = ask(calls_since_reset)
        assert ask(look_at_tango_test) == {
            "state": "RUNNING",
            "label and unit": ("Mine", "V"),
            "rel_change": "1,2",
            "poll period": 1000,
            "echo": 2.5,
            "info": "TangoTest/test",
        }
    # All properties came in one answer, and this library could read it.
    assert calls["DbGetDataForServerCache"] == 1
    assert not calls.keys() & {"DbGetDeviceProperty", "DbGetClassProperty", "DbGetDeviceAttributeProperty2", "DbGetDeviceList"}
    assert ask(is_exported, "sys/tg_test/1") is False


def is_exported(device):
    return bool(tango.Database().import_device(device).exported)


def register_valves():
    database = tango.Database()
    for name in ("test/valve/1", "test/valve/2"):
        info = tango.DbDevInfo()
        info.name, info._class, info.server = name, "Valve", "Valve/1"
        database.add_device(info)
        database.put_device_property(name, {"names": [name, "x"]})
    database.put_device_property("test/valve/2", {"limit": ["2.5"]})
    database.put_class_property("Valve", {"vendor": ["somebody"]})


def look_at_valves():
    first, second = (tango.DeviceProxy(f"test/valve/{number}") for number in (1, 2))
    second.position = 7.25
    first.poll_attribute("position", 700)
    return list(first.Properties()), list(second.Properties()), first.position


def look_at_valves_again():
    first, second = (tango.DeviceProxy(f"test/valve/{number}") for number in (1, 2))
    return second.position, first.get_attribute_poll_period("position")


def test_a_python_server_runs_on_it_and_leaves_its_settings(database, ask):
    ask(register_valves)
    with server(database, sys.executable, SERVERS, "Valve", "1"):
        assert ask(look_at_valves) == (
            ["1.0", "somebody", "test/valve/1", "x"],
            ["2.5", "somebody", "test/valve/2", "x"],
            0.0,
        )
    with server(database, sys.executable, SERVERS, "Valve", "1"):
        assert ask(look_at_valves_again) == (7.25, 700)


def test_an_undefined_server_says_so(database):
    process = Running([sys.executable, SERVERS, "Valve", "unknown"], database.folder, database.env)
    assert process.wait() != 0
    assert "valve/unknown is not defined in database" in process.output.lower()


def register_starter():
    info = tango.DbDevInfo()
    info.name, info._class, info.server = "tango/admin/thishost", "Starter", "Starter/thishost"
    tango.Database().add_device(info)


def tell_starter():
    """Wait for the event by which the Starter shows that it was told."""
    told = threading.Event()
    starter = tango.DeviceProxy("tango/admin/thishost")
    starter.subscribe_event("Updates", tango.EventType.CHANGE_EVENT, lambda event: event.attr_value.value > 0 and told.set())
    tango.DeviceProxy("sys/database/2").DbPutServerInfo(["Foo/1", "thishost", "1", "2"])
    return told.wait(30)


def test_a_starter_is_told_about_its_servers(database, ask):
    ask(register_starter)
    with server(database, sys.executable, SERVERS, "Starter", "thishost"):
        assert ask(tell_starter)
