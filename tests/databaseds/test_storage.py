"""The file itself: opening, older and foreign files, many threads, crashes, free queries."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from databaseds.errors_expected import refused

from tango.databaseds.commands import COMMANDS, READING_COMMANDS
from tango.databaseds.db_access import schema
from tango.databaseds.db_access.names import check_device_name, replace_wildcard
from tango.databaseds.db_access.sqlite3 import Sqlite3Database, get_create_db_statements, get_db


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "tango_database.db")


@contextlib.contextmanager
def opened(path, name="2", **options):
    database = Sqlite3Database(name, path, **options)
    try:
        yield database
    finally:
        database.close_db()


def execute(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_the_data_outlive_the_process(path):
    with opened(path) as db:
        db.put_property("o", 1, ["p", "1", "x"])
    with opened(path) as db:
        assert db.get_property("o", ["p"]) == ["o", "1", "p", "1", "x"]


def test_closing_leaves_one_file(path):
    with opened(path) as db:
        db.put_property("o", 1, ["p", "1", "x"])
    assert os.listdir(os.path.dirname(path)) == ["tango_database.db"]


def test_a_closed_database_says_so(path):
    with opened(path) as db:
        pass
    with refused("DB_SQLError", path, "closed"):
        db.get_server_list("*")


def test_another_instance_may_use_the_same_file(path):
    with opened(path, "2") as first, opened(path, "other") as second:
        first.put_property("o", 1, ["p", "1", "x"])
        assert second.get_property("o", ["p"])[-1] == "x"
        assert second.get_device_list("*", "DataBase") == ["sys/database/2", "sys/database/other"]


def test_the_file_is_named_by_the_environment(path, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTANGO_DATABASE_NAME", path)
    get_db("2").close_db()
    assert os.path.exists(path)
    monkeypatch.delenv("PYTANGO_DATABASE_NAME")
    monkeypatch.chdir(tmp_path / "..")
    database = get_db("2")
    assert database.db_name == "tango_database.db"
    database.close_db()
    os.remove("tango_database.db")


def test_a_file_of_something_else_is_refused(path):
    with open(path, "w") as file:
        file.write("not a database " * 100)
    with refused("DB_SQLError", path, "not a database"):
        Sqlite3Database("2", path)
    os.remove(path)
    execute(path, "CREATE TABLE something (x)")
    with refused("DB_SQLError", path, "not a Tango database"):
        Sqlite3Database("2", path)


def test_a_directory_that_does_not_exist_is_refused(tmp_path):
    with refused("DB_SQLError", "nowhere", "unable to open"):
        Sqlite3Database("2", str(tmp_path / "nowhere" / "x.db"))


def test_a_newer_file_is_refused(path):
    with opened(path):
        pass
    execute(path, f"PRAGMA user_version = {schema.VERSION + 1}")
    with refused("DB_SQLError", path, "newer program"):
        Sqlite3Database("2", path)


def test_a_file_of_another_implementation_is_converted(path):
    execute(
        path,
        "CREATE TABLE device (name varchar(255) COLLATE nocase, alias varchar(255) default NULL, domain varchar(85), "
        "family varchar(85), member varchar(85), exported int(11) default 0, ior text, host varchar(9) default 'nada', "
        "server varchar(255), pid int(11) default 0, class varchar(255), version varchar(8) default 'nada', "
        "started datetime default 0, stopped datetime default 0, comment text)",
        "CREATE INDEX device_name_index ON device (name, alias)",
        "CREATE TABLE property_device (device varchar(255), name varchar(255), domain varchar(85), family varchar(85), "
        "member varchar(255), count int(11), value text, updated timestamp, accessed timestamp, comment text)",
        "CREATE TABLE device_history_id (id int(11))",
        "CREATE TABLE property_device_hist (id int(10), date timestamp, device varchar(255), name varchar(255), "
        "count int(11), value text)",
        "INSERT INTO property_device_hist VALUES (7, '2020-01-02 03:04:05', 'old/foo/1', 'p', 1, 'DELETED')",
        "INSERT INTO device VALUES ('old/foo/1', '', 'old', 'foo', '1', 1, 'IOR:x', 'h', 'Foo/1', 7, 'Foo', '5', 0, "
        "'', NULL)",
        "INSERT INTO device VALUES ('old/foo/2', 'al', 'old', 'foo', '2', NULL, NULL, 'h', 'Foo/1', NULL, 'Foo', '5', "
        "'2020-01-02 03:04:05', NULL, NULL)",
        "INSERT INTO property_device VALUES ('old/foo/1', 'p', 'old', 'foo', '1', 2, 'b', '2020-01-01', '', NULL)",
        "INSERT INTO property_device VALUES ('old/foo/1', 'p', 'old', 'foo', '1', 1, 'a', NULL, NULL, NULL)",
    )
    for _ in range(2):
        with opened(path) as db:
            assert db.get_device_property("old/foo/1", ["p"]) == ["old/foo/1", "1", "p", "2", "a", "b"]
            assert db.get_device_property_hist("old/foo/1", "p") == ["p", "2020-01-02 03:04:05", "0"]
            assert db.import_device("old/foo/1") == ([1, 7], ["old/foo/1", "IOR:x", "5", "Foo/1", "h", "Foo"])
            assert db.import_device("al")[0] == [0, 0]
            assert db.get_device_info("old/foo/2")[1][5] == "02-01-2020 at 03:04:05"
            assert db.get_device_list("*", "DataBase") == ["sys/database/2"]
            db.put_device_pipe_property("old/foo/1", 1, ["x", "1", "p", "1", "v"])


def test_the_statements_make_the_tables_that_clients_ask_for():
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for statement in get_create_db_statements():
            connection.execute(statement)
        for query in (
            "SELECT name, alias, domain, family, member, exported, ior, host, server, pid, class FROM device",
            "SELECT version, started, stopped, comment FROM device",
            "SELECT name, host, mode, level FROM server",
            "SELECT device, name, count, value, updated, accessed, comment FROM property_device",
            "SELECT id, date, class, attribute, name, count, value FROM property_attribute_class_hist",
            "SELECT alias, name, device, attribute FROM attribute_alias",
            "SELECT user, address, netmask FROM access_address",
            "SELECT user, device, rights FROM access_device",
        ):
            connection.execute(query)


def test_many_threads_read_and_write(path):
    """Each thread counts up a property of its own and all of them one that they share, while others read."""
    failures = []

    def work(db, number):
        try:
            for i in range(40):
                db.put_device_property(f"test/foo/{number}", 2, ["own", "1", str(i), "pair", "2", str(i), str(i)])
                db.put_property("shared", 1, ["p", "2", f"{number}.{i}", f"{number}.{i}"])
                _, _, _, count, *values = db.get_property("shared", ["p"])
                assert count == "2" and values[0] == values[1]
                assert db.get_device_property(f"test/foo/{number}", ["own"])[-1] == str(i)
                db.get_device_wide_list("*")
        except Exception as error:
            failures.append(error)

    with opened(path) as db:
        threads = [threading.Thread(target=work, args=(db, number)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(db.get_property_hist("shared", "p")) == 10 * 5


def test_several_processes_write_to_one_file(path):
    program = (
        "import sys\n"
        "from tango.databaseds.db_access.sqlite3 import Sqlite3Database\n"
        "db = Sqlite3Database(sys.argv[2], sys.argv[1])\n"
        "for i in range(30): db.put_property('o' + sys.argv[2], 1, ['p', '1', str(i)])\n"
        "db.close_db()\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, path, str(i)]) for i in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    with opened(path) as db:
        assert [db.get_property(f"o{i}", ["p"])[-1] for i in range(3)] == ["29", "29", "29"]


def test_a_killed_process_loses_nothing_that_it_had_answered(path):
    program = (
        "import sys\n"
        "from tango.databaseds.db_access.sqlite3 import Sqlite3Database\n"
        "db = Sqlite3Database('2', sys.argv[1])\n"
        "for i in range(100000):\n"
        "    db.put_property('o', 1, ['p', '2', str(i), str(i)])\n"
        "    print(i, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True)
    answered = 0
    for line in process.stdout:
        answered = int(line)
        if answered == 200:
            process.kill()
    process.wait(60)
    process.stdout.close()
    with opened(path) as db:
        first, second = map(int, db.get_property("o", ["p"])[-2:])
        assert first == second >= answered
        assert db.my_sql_select("SELECT * FROM property WHERE object = 'o'")[0][-2] == 2


def test_an_error_undoes_the_whole_call(db):
    with refused("DB_SQLError"), db._write() as cursor:
        cursor.execute("INSERT INTO server (name) VALUES ('x/1')")
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert db.my_sql_select("SELECT count(*) FROM server WHERE name = 'x/1'")[1] == ["0"]


def test_select_tells_nulls_from_empty_texts(db):
    query = "SELECT alias, name, '' FROM device WHERE name = 'sys/tg_test/1'"
    assert db.my_sql_select(query) == ([0, 1, 1, 1, 3], ["", "sys/tg_test/1", ""])
    assert db.my_sql_select('SELECT class FROM device WHERE name = "sys/tg_test/1"')[1] == ["TangoTest"]
    assert db.my_sql_select("select name, class from device where name = 'none' ;") == ([0, 2], [])
    assert db.my_sql_select("WITH x AS (SELECT 1) SELECT * FROM x") == ([1, 1, 1], ["1"])
    assert db.my_sql_select("select name from device where name regexp 'tg_.es'")[1] == ["sys/tg_test/1"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "DROP TABLE device",
        "UPDATE server SET host = 'x'",
        "SELECT 1; DROP TABLE device",
        "PRAGMA user_version",
        "selectx",
    ],
)
def test_only_selects_are_accepted(db, query):
    with refused("DB_IncorrectArguments", f"SQL command not valid: {query}"):
        db.my_sql_select(query)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("SELECT nope FROM device", "no such column: nope"),
        ("SELECT FROM", "syntax error"),
        ("WITH x AS (SELECT 1) DELETE FROM device", "readonly"),
        ("SELECT load_extension('x')", "not authorized"),
    ],
)
def test_a_select_that_fails(db, query, part):
    with refused("DB_SQLError", query, part):
        db.my_sql_select(query)
    db.put_property("o", 1, ["p", "1", "still writable"])


def test_an_endless_select_is_stopped(db, monkeypatch):
    monkeypatch.setattr("tango.databaseds.db_access.queries._SELECT_LIMIT", 0.1)
    with refused("DB_SQLError", "stopped after"):
        db.my_sql_select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    assert db.my_sql_select("SELECT 1")[1] == ["1"]


def test_the_summary(db):
    db.put_device_property("test/foo/1", 1, ["p", "2", "a", "b"])
    db.export_device("sys/database/2", "IOR:x", "h", "1", "5")
    lines = db.info()
    assert lines[0] == f"TANGO Database {db.db_name}"
    assert lines[2].startswith("Running since ...20")
    assert "Devices defined = 6" in lines and "Devices exported = 1" in lines
    assert "Device servers defined = 3" in lines and "Device servers exported = 0" in lines
    assert "Device properties defined = 2 [History lgth = 2]" in lines


def test_reading_commands_are_allowed_without_the_right_to_write(db):
    assert db.get_class_property("Database", ["AllowedAccessCmd"])[4:] == list(READING_COMMANDS)
    assert {"DbImportDevice", "DbGetDeviceProperty", "DbInfo", "DbMySqlSelect"} <= set(READING_COMMANDS)
    assert not [
        name for name in READING_COMMANDS if "Put" in name or "Delete" in name or "Export" in name.split("Get")[0]
    ]


def test_the_addresses_of_the_database_servers(db):
    assert db.get_csdb_server_list() == []
    db.export_device("sys/database/2", "not an IOR", "h", "1", "5")
    with refused("DB_WrongIORForDbServer", "not an IOR"):
        db.get_csdb_server_list()


def test_wildcards_and_names_as_other_programs_use_them():
    assert replace_wildcard("a*b%c_d?") == r"a%b\%c\_d?"
    assert check_device_name("tango://h:1/A/b/C") == (True, "A/b/C", ["A", "b", "C"])
    assert check_device_name("a/b") == (False, None, None)


def test_every_command_says_what_it_takes_and_gives():
    from tango import CmdArgType

    for name, row in COMMANDS.items():
        assert bool(row.doc_in) == (row.dtype_in != CmdArgType.DevVoid), name
        assert bool(row.doc_out) == (row.dtype_out != CmdArgType.DevVoid), name
