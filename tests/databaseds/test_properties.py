"""Properties of every kind, and what is remembered of their changes."""

from functools import partial

import pytest
from databaseds.errors_expected import refused

# The same behaviour under three names: get, put, delete, list, history, and what an empty property looks like.
PLAIN = {
    "device": ("test/foo/1", ["0", " "]),
    "class": ("Foo", ["0"]),
    "": ("Object", ["0", " "]),
}
MEMBER = {
    "device_attribute": ("test/foo/1", "2"),
    "class_attribute": ("Foo", "2"),
    "device_pipe": ("test/foo/1", ""),
    "class_pipe": ("Foo", ""),
}


class Plain:
    """The calls for one kind of property, with their owner filled in."""

    def __init__(self, db, kind):
        word = f"{kind}_" if kind else ""
        owner, self.empty = PLAIN[kind]
        self.owner = owner
        self.get = partial(getattr(db, f"get_{word}property"), owner)
        self.put = partial(getattr(db, f"put_{word}property"), owner)
        self.delete = partial(getattr(db, f"delete_{word}property"), owner)
        self.history = partial(getattr(db, f"get_{word}property_hist"), owner)


class Member:
    """The calls for one kind of property of attributes or pipes, with their owner filled in."""

    def __init__(self, db, kind):
        owner, number = MEMBER[kind]
        self.owner = owner
        self.get = partial(getattr(db, f"get_{kind}_property{number}"), owner)
        self.put = partial(getattr(db, f"put_{kind}_property{number}"), owner)
        self.delete = partial(getattr(db, f"delete_{kind}_property"), owner)
        self.delete_member = partial(getattr(db, f"delete_{kind}"), owner)
        self.list = partial(getattr(db, f"get_{kind}_list"), owner)
        self.history = partial(getattr(db, f"get_{kind}_property_hist"), owner)


@pytest.fixture(params=PLAIN)
def plain(db, request):
    return Plain(db, request.param)


@pytest.fixture(params=MEMBER)
def member(db, request):
    return Member(db, request.param)


def without_dates(texts, before):
    """Split a history into records (name or names, number of values, values) without their dates."""
    records, rest = [], list(texts)
    while rest:
        names, date, number = rest[:before], rest[before], int(rest[before + 1])
        assert len(date) == len("2026-01-31 23:59:59")
        records.append((*names, *rest[before + 2 : before + 2 + number]))
        del rest[: before + 2 + number]
    return records


def test_values_come_back(plain):
    plain.put(2, ["one", "1", "x", "many", "3", "a", "", "c"])
    assert plain.get(["MANY", "one", "none"]) == [
        *(plain.owner, "3", "MANY", "3", "a", "", "c", "one", "1", "x", "none"),
        *plain.empty,
    ]


def test_owner_and_name_are_found_in_any_case(db):
    db.put_device_property("test/foo/1", 1, ["Name", "1", "x"])
    assert db.get_device_property("TEST/FOO/1", ["nAME"]) == ["TEST/FOO/1", "1", "nAME", "1", "x"]
    db.put_device_property("TEST/foo/1", 1, ["NAME", "1", "y"])
    assert db.get_device_property_list("test/foo/1", "*") == ["NAME"]


@pytest.mark.parametrize("value", ["it's \\ \" \n 100% _ \t", "é\xff\x80", "x" * 1_000_000, " ", "\x01"])
def test_any_text_comes_back(plain, value):
    plain.put(1, ["p", "1", value])
    assert plain.get(["p"])[4:] == [value]


def test_bytes_of_another_encoding_come_back(db):
    on_the_wire = "µ Ω 漢".encode().decode("latin-1")
    db.put_device_property("test/foo/1", 1, ["p", "1", on_the_wire])
    assert db.get_device_property("test/foo/1", ["p"])[4].encode("latin-1").decode() == "µ Ω 漢"


def test_many_values(plain):
    values = [str(i) for i in range(5000)]
    plain.put(1, ["p", str(len(values)), *values])
    assert plain.get(["p"])[4:] == values


def test_a_new_value_replaces_all_of_the_old_one(plain):
    plain.put(1, ["p", "3", "a", "b", "c"])
    plain.put("1", ["p", "1", "d"])
    assert plain.get(["p"])[3:] == ["1", "d"]
    plain.put(1, ["p", "0"])
    assert plain.get(["p"])[3:] == plain.empty


def test_deleting_takes_wildcards(plain):
    plain.put(3, ["pa", "1", "x", "pb", "1", "x", "q", "1", "x"])
    plain.delete("p*", "none")
    assert plain.get(["pa", "q"])[2:] == ["pa", *plain.empty, "q", "1", "x"]


def test_a_wildcard_gets_the_values_of_all_properties(plain):
    plain.put(2, ["pa", "2", "a", "b", "pb", "1", "x"])
    assert plain.get(["p*"])[2:] == ["p*", "3", "a", "x", "b"]


def test_what_was_put_and_deleted_is_remembered(plain):
    plain.put(2, ["p", "2", "a", "b", "q", "1", "x"])
    plain.put(1, ["p", "1", "c"])
    plain.delete("P")
    plain.delete("P")
    assert without_dates(plain.history("p"), 1) == [("p", "a", "b"), ("p", "c"), ("p",)]
    assert without_dates(plain.history("*"), 1) == [("p", "a", "b"), ("q", "x"), ("p", "c"), ("p",)]
    assert plain.history("none") == []


def test_ten_changes_are_remembered(plain):
    for i in range(25):
        plain.put(2, ["p", "2", str(i), "k", "other", "1", "x"])
    assert without_dates(plain.history("p"), 1) == [("p", str(i), "k") for i in range(15, 25)]


def test_putting_nothing_is_a_deletion(plain):
    plain.put(1, ["p", "0"])
    assert plain.history("p") == []
    plain.put(1, ["p", "1", "x"])
    plain.put(1, ["p", "0"])
    assert without_dates(plain.history("p"), 1) == [("p", "x"), ("p",)]


@pytest.mark.parametrize(
    ("number", "texts", "part"),
    [
        ("x", ["p", "1", "a"], "number of properties"),
        ("-1", ["p", "1", "a"], "number of properties"),
        (1, ["p", "z", "a"], "number of values of property 'p'"),
        (1, ["p"], "number of values of property 'p'"),
        (1, ["p", "3", "a", "b"], "value 3 of 3 of property 'p'"),
        (2, ["p", "1", "a"], "name of a property"),
        (1, [], "name of a property"),
    ],
)
def test_a_wrong_list_of_properties_is_refused_and_changes_nothing(plain, number, texts, part):
    plain.put(1, ["p", "1", "before"])
    with refused("DB_IncorrectArguments", part):
        plain.put(number, texts)
    assert plain.get(["p"])[3:] == ["1", "before"]


def test_properties_of_members(member):
    member.put(2, ["A1", "1", "label", "1", "L", "a2", "2", "unit", "1", "m", "range", "2", "1", "2"])
    assert member.get(["a1", "A2", "none"]) == [
        *(member.owner, "3", "a1", "1", "label", "1", "L"),
        *("A2", "2", "range", "2", "1", "2", "unit", "1", "m", "none", "0"),
    ]
    assert member.list("*") == ["A1", "a2"]
    assert member.list("a1*") == ["A1"]


def test_deleting_properties_of_members(member):
    member.put(2, ["A1", "2", "label", "1", "L", "unit", "1", "m", "a2", "1", "unit", "1", "m"])
    member.delete("a1", "LABEL", "none")
    assert member.get(["A1"])[2:] == ["A1", "1", "unit", "1", "m"]
    member.delete_member("A1")
    assert member.list("*") == ["a2"]
    assert without_dates(member.history("a*", "*"), 2) == [
        *[("A1", "label", "L"), ("A1", "unit", "m"), ("a2", "unit", "m")],
        *[("a1", "label"), ("A1", "unit")],
    ]


def test_the_history_of_members(member):
    for i in range(12):
        member.put(1, ["A", "2", "p", "2", str(i), "k", "q", "1", "x"])
    assert without_dates(member.history("a", "p"), 2) == [("A", "p", str(i), "k") for i in range(2, 12)]
    assert member.history("none", "*") == []


@pytest.mark.parametrize(
    ("number", "texts", "part"),
    [
        ("x", [], "number of attributes"),
        (1, ["A"], "number of properties of attribute 'A'"),
        (1, ["A", "1", "label"], "number of values of property 'label'"),
        (1, ["A", "2", "label", "1", "x"], "name of a property"),
    ],
)
def test_a_wrong_list_of_attributes_is_refused(member, number, texts, part):
    with refused("DB_IncorrectArguments", part):
        member.put(number, texts)


@pytest.mark.parametrize("kind", ["device", "class"])
def test_the_older_layout_with_one_value_for_each_property(db, kind):
    owner = PLAIN[kind][0]
    getattr(db, f"put_{kind}_attribute_property")(owner, 1, ["A", "2", "label", "L", "unit", "m"])
    get, get2 = (getattr(db, f"get_{kind}_attribute_property{number}") for number in ("", "2"))
    assert get(owner, ["a"]) == [owner, "1", "a", "2", "label", "L", "unit", "m"]
    getattr(db, f"put_{kind}_attribute_property2")(owner, 1, ["A", "1", "label", "2", "x", "y"])
    assert get(owner, ["a"]) == [owner, "1", "a", "3", "label", "x", "label", "y", "unit", "m"]
    assert get2(owner, ["a"])[4:8] == ["label", "2", "x", "y"]


def test_all_properties_of_several_attributes_are_deleted(db):
    for call, names in ((db.put_device_attribute_property2, "attribute"), (db.put_device_pipe_property, "pipe")):
        call("test/foo/1", 3, ["A", "1", "p", "1", "x", "B", "1", "p", "1", "x", "C", "1", "p", "1", "x"])
        getattr(db, f"delete_all_device_{names}_property")("test/foo/1", ["a", "b", "none"])
        assert getattr(db, f"get_device_{names}_list")("test/foo/1", "*") == ["C"]


def test_attributes_that_forward_to_a_device(db):
    db.put_device_attribute_property2("test/foo/1", 1, ["f", "1", "__root_att", "1", "test/source/1/a"])
    db.put_device_attribute_property2("test/foo/2", 1, ["g", "1", "__root_att", "1", "test/source/10/a"])
    assert db.get_forwarded_attribute_list_for_device("TEST/source/1") == ["test/foo/1", "f", "test/source/1/a"]


def test_lists_of_objects_and_of_properties_of_classes(db):
    db.put_property("Obj", 2, ["p1", "1", "x", "p2", "1", "x"])
    assert db.get_object_list("o*") == ["Obj"]
    assert db.get_property_list("obj", "p*") == ["p1", "p2"]
    db.put_class_property("Foo", 1, ["p", "1", "x"])
    assert db.get_class_property_list("Fo*") == ["p"]
    assert db.get_class_property_list("foo") == ["p"]


@pytest.mark.parametrize("stored", [True, False])
def test_the_depth_of_the_history(tmp_path, stored):
    from tango.databaseds.db_access.sqlite3 import Sqlite3Database

    path = str(tmp_path / "x.db")
    if stored:
        db = Sqlite3Database("2", path)
        db.put_class_property("database", 1, ["HistoryDepth", "1", "3"])
        db.close_db()
    db = Sqlite3Database("2", path, None if stored else 3)
    for i in range(5):
        db.put_property("o", 1, ["p", "1", str(i)])
    assert without_dates(db.get_property_hist("o", "p"), 1) == [("p", "2"), ("p", "3"), ("p", "4")]
    db.close_db()
