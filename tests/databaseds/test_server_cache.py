"""The data for the start of a server, read back as a client of the Tango library reads them."""

import time

import pytest
from databaseds.errors_expected import refused

HOST = "thehost"


class Walker:
    """Walks through the one list by the counts in it."""

    def __init__(self, texts):
        self.texts = iter(texts)

    def take(self, number=1):
        return [next(self.texts) for _ in range(number)]

    def device(self):
        name, first = self.take(2)
        return {"name": name} if first == "Not Found" else {"name": name, "ior": first, "rest": self.take(6)}

    def event(self):
        name, first = self.take(2)
        return {"name": name} if first == "Not Found" else {"name": name, "ior": first, "rest": self.take(4)}

    def values(self):
        name, number = self.take(2)
        return name, self.take(int(number))

    def properties(self):
        owner, number = self.take(2)
        return owner, dict(self.values() for _ in range(int(number)))

    def members(self):
        owner, number = self.take(2)
        return owner, dict(self.properties() for _ in range(int(number)))

    def classes(self, pipes):
        server, number = self.take(2)
        return server, [self.one_class(pipes) for _ in range(int(number))]

    def one_class(self, pipes):
        found = {"properties": self.properties(), "attributes": self.members()}
        if pipes:
            found["pipes"] = self.members()
        name, number = self.take(2)
        devices = self.take(int(number))
        found |= {"name": name, "devices": devices}
        found["of devices"] = [[self.properties(), *(self.members() for _ in range(1 + pipes))] for _ in devices]
        return found

    def end(self):
        assert list(self.texts) == []


@pytest.fixture
def filled(db):
    db.add_server("Foo/1", ["test/foo/1", "Foo", "test/foo/2", "Foo", "test/bar/1", "Bar"])
    db.export_device("dserver/Foo/1", "IOR:admin", HOST, "123", "5")
    db.put_device_property("test/foo/1", 2, ["p", "2", "a", "b", "q", "1", "x"])
    db.put_device_property("TEST/FOO/2", 1, ["p", "1", "2"])
    db.put_device_property("dserver/foo/1", 1, ["polling_threads_pool_size", "1", "4"])
    db.put_class_property("foo", 1, ["cp", "1", "cv"])
    db.put_class_property("Default", 1, ["dp", "1", "dv"])
    db.put_class_property("Other", 1, ["p", "1", "not ours"])
    db.put_device_property("test/other/1", 1, ["p", "1", "not ours"])
    db.put_class_attribute_property2("Foo", 1, ["att", "2", "min", "1", "1", "max", "2", "3", "4"])
    db.put_device_attribute_property2(
        "test/foo/2", 2, ["A1", "1", "label", "1", "L", "A2", "2", "unit", "1", "m", "rel_change", "2", "1", "2"]
    )
    db.put_device_pipe_property("test/bar/1", 1, ["pipe", "1", "label", "1", "P"])
    db.put_class_pipe_property("Bar", 1, ["pipe", "1", "label", "1", "C"])
    return db


def test_everything_for_a_server(filled):
    walker = Walker(filled.get_data_for_server_cache("foo/1", f"{HOST}%%9"))
    assert walker.take() == ["release 1.13"]
    assert walker.device() == {
        "name": "dserver/foo/1",
        "ior": "IOR:admin",
        "rest": ["5", "Foo/1", HOST, "1", "123", "DServer"],
    }
    assert walker.event() == {"name": f"notifd/factory/{HOST}"}
    assert walker.event() == {"name": "dserver/foo/1"}
    owner, properties = walker.properties()
    assert owner == "DServer" and "AllowedAccessCmd" in properties
    assert walker.properties() == ("Default", {"dp": ["dv"]})
    assert walker.properties() == ("dserver/foo/1", {"polling_threads_pool_size": ["4"]})
    server, classes = walker.classes(pipes=True)
    assert server == "foo/1"
    assert classes == [
        {
            "name": "Bar",
            "properties": ("Bar", {}),
            "attributes": ("Bar", {}),
            "pipes": ("Bar", {"pipe": {"label": ["C"]}}),
            "devices": ["test/bar/1"],
            "of devices": [
                [("test/bar/1", {}), ("test/bar/1", {}), ("test/bar/1", {"pipe": {"label": ["P"]}})],
            ],
        },
        {
            "name": "Foo",
            "properties": ("Foo", {"cp": ["cv"]}),
            "attributes": ("Foo", {"att": {"max": ["3", "4"], "min": ["1"]}}),
            "pipes": ("Foo", {}),
            "devices": ["test/foo/1", "test/foo/2"],
            "of devices": [
                [("test/foo/1", {"p": ["a", "b"], "q": ["x"]}), ("test/foo/1", {}), ("test/foo/1", {})],
                [
                    ("test/foo/2", {"p": ["2"]}),
                    ("test/foo/2", {"A1": {"label": ["L"]}, "A2": {"rel_change": ["1", "2"], "unit": ["m"]}}),
                    ("test/foo/2", {}),
                ],
            ],
        },
    ]
    assert walker.properties() == ("CtrlSystem", {})
    walker.end()


@pytest.mark.parametrize("host", [HOST, f"{HOST}%%8", f"{HOST}%%", f"{HOST}%%x"])
def test_older_servers_get_neither_release_nor_pipes(filled, host):
    walker = Walker(filled.get_data_for_server_cache("Foo/1", host))
    assert walker.device()["ior"] == "IOR:admin"
    walker.event(), walker.event()
    for _ in range(3):
        walker.properties()
    _, classes = walker.classes(pipes=False)
    assert [found["name"] for found in classes] == ["Bar", "Foo"]
    assert walker.properties() == ("CtrlSystem", {})
    walker.end()


@pytest.mark.parametrize(("version", "release"), [("%%10", ["release 1.13"]), ("", [])])
def test_an_unknown_server(db, version, release):
    assert db.get_data_for_server_cache("No/1", HOST + version) == [*release, "dserver/No/1", "Not Found"]


def test_a_wrong_server_name(db):
    with refused("DB_IncorrectServerName", "(No)"):
        db.get_data_for_server_cache("No", HOST)


def test_event_channels_are_included(filled):
    filled.export_event(f"notifd/factory/{HOST}", "IOR:f", HOST, "7", "5")
    filled.export_event("dserver/foo/1", "IOR:e", HOST, "8", "5")
    walker = Walker(filled.get_data_for_server_cache("Foo/1", f"{HOST}%%10")[1:])
    walker.device()
    assert walker.event() == {"name": f"notifd/factory/{HOST}", "ior": "IOR:f", "rest": ["5", HOST, "1", "7"]}
    assert walker.event() == {"name": "dserver/Foo/1", "ior": "IOR:e", "rest": ["5", HOST, "1", "8"]}


@pytest.mark.parametrize(
    "service", ["AccessControl/tango:sys/access_control/1", "accesscontrol/tango:tango://h:1/sys/access_control/1"]
)
def test_the_access_control_device_is_included(filled, service):
    filled.put_property("CtrlSystem", 1, ["Services", "2", "Other/x:a/b/c", service])
    texts = filled.get_data_for_server_cache("Foo/1", f"{HOST}%%9")
    assert texts[-8:] == [
        "sys/access_control/1",
        "nada",
        "0",
        "TangoAccessControl/1",
        "nada",
        "0",
        "0",
        "TangoAccessControl",
    ]


def test_an_access_control_device_that_is_not_defined(filled):
    filled.put_property("CtrlSystem", 1, ["Services", "1", "AccessControl/tango:no/such/device"])
    assert filled.get_data_for_server_cache("Foo/1", f"{HOST}%%9")[-2:] == ["no/such/device", "Not Found"]


def test_a_server_with_a_thousand_devices_is_quick(db):
    devices = [f"big/device/{i}" for i in range(1000)]
    db.add_server("Big/1", [text for name in devices for text in (name, "Big")])
    for name in devices:
        db.put_device_property(name, 2, ["one", "1", "x", "two", "2", "y", "z"])
        db.put_device_attribute_property2(name, 1, ["a", "1", "label", "1", "L"])
    start = time.perf_counter()
    texts = db.get_data_for_server_cache("Big/1", f"{HOST}%%9")
    assert time.perf_counter() - start < 1.0  # some 15 ms; a query for each device would take a second and more
    assert texts.count("label") == 1000
