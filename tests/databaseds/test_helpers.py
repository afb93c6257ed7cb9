"""The parts of the database server that need neither data nor network."""

import threading

import pytest

from tango.databaseds import starter
from tango.databaseds.starter import StarterNotifier
from tango.databaseds.timing import TimingStats


def test_durations():
    stats = TimingStats(["A", "B"])
    for seconds in (0.002, 0.001, 0.006):
        stats.add("A", seconds)
    assert stats.column("calls") == [3, 0]
    assert stats.column("minimum") == pytest.approx([1.0, 0.0])
    assert stats.column("maximum") == pytest.approx([6.0, 0.0])
    assert stats.column("average") == pytest.approx([3.0, 0.0])
    assert stats.report()[4].split() == ["A", "3.000", "1.000", "6.000", "3"]
    stats.reset()
    assert stats.column("calls") == [0, 0]


@pytest.fixture
def updates(monkeypatch):
    """Collect the Starters that were told, and tell when one was."""
    told, event = [], threading.Event()

    def update(device):
        told.append(device)
        event.set()

    monkeypatch.setattr(starter, "_update", update)
    return told, event


def test_a_running_starter_is_told(updates):
    told, event = updates
    notifier = StarterNotifier(lambda device: device == "tango/admin/host1")
    notifier.notify(["nada", "", " ", "host2", "HOST1.domain.org"])
    assert event.wait(10)
    notifier.stop()
    assert told == ["tango/admin/host1"]
    notifier.notify(["host1"])
    assert told == ["tango/admin/host1"]


def test_no_thread_without_a_starter():
    before = threading.active_count()
    notifier = StarterNotifier(lambda device: False)
    notifier.notify(["host1"])
    assert threading.active_count() == before
    notifier.stop()


def test_changes_of_servers_are_told(tmp_path, updates):
    from tango.databaseds.db_access.sqlite3 import Sqlite3Database

    told, event = updates
    db = Sqlite3Database("2", str(tmp_path / "x.db"))
    db.add_device("Starter/host1", "tango/admin/host1", "Starter")
    db.export_device("tango/admin/host1", "IOR:x", "host1", "1", "5")
    assert not told
    db.put_server_info("Foo/1", "host1", "1", "1")
    assert event.wait(10)
    db.close_db()
    assert told == ["tango/admin/host1"]
