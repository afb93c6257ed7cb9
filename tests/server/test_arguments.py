"""The command line of device servers."""

import pytest

from tango.server.arguments import parse_args

ACCEPTED = [
    ("Ds test", "Ds test"),
    ("Ds test -v", "Ds test -v1"),
    ("Ds test -v4", "Ds test -v4"),
    ("Ds test -v 4", "Ds test -v4"),
    ("Ds test -vvvv", "Ds test -v4"),
    ("Ds -v test", "Ds test -v1"),
    ("Ds test --verbose --verbose", "Ds test -v2"),
    ("Ds test -file=a/b", "Ds test -file=a/b"),
    ("Ds test --file a/b", "Ds test -file=a/b"),
    ("Ds test --nodb --port 1234", "Ds test -nodb -ORBendPoint giop:tcp:0.0.0.0:1234"),
    ("Ds test -port 1 -host ps1", "Ds test -ORBendPoint giop:tcp:ps1:1"),
    ("Ds test -port 1 -host ::1", "Ds test -ORBendPoint giop:tcp:[::1]:1"),
    ("Ds test -nodb -port 7 -dlist a/b/c,d/e/f", "Ds test -nodb -dlist a/b/c,d/e/f -ORBendPoint giop:tcp:0.0.0.0:7"),
    ("Ds test -nodb --ORBendPoint giop:tcp::1", "Ds test -nodb -ORBendPoint giop:tcp::1"),
    ("Ds test -nodb -ORBendPoint giop:tcp::1 -port 9", "Ds test -nodb -ORBendPoint giop:tcp::1"),
    ("Ds test -ORBa b --ORBc=d", "Ds test -ORBa b -ORBc d"),
    ("Ds ORBtest", "Ds ORBtest"),
]


@pytest.mark.parametrize(("given", "passed_on"), ACCEPTED, ids=[given for given, _ in ACCEPTED])
def test_arguments_are_written_as_cpptango_reads_them(given, passed_on):
    assert parse_args(given.split()) == passed_on.split()


def test_what_was_translated_once_stays():
    once = parse_args(["Ds", "test", "--nodb", "--port", "1", "-vv", "--dlist", "a/b/c"])
    assert parse_args(once) == once


REFUSED = [
    ("Ds", "required: instance_name"),
    ("Ds test --what", "unrecognized arguments: --what"),
    ("Ds test other", "unrecognized arguments: other"),
    ("Ds test -ORBtraceLevel", "-ORBtraceLevel: expected one argument"),
    ("Ds test -port many", "'many' is no port number"),
    ("Ds test -port 65536", "no port number"),
]


@pytest.mark.parametrize(("given", "text"), REFUSED, ids=[given for given, _ in REFUSED])
def test_a_wrong_command_line_prints_the_usage(given, text, capsys):
    with pytest.raises(SystemExit) as stop:
        parse_args(given.split())
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: Ds instance_name")
    assert text in told


@pytest.mark.parametrize(
    ("given", "text"),
    [("Ds test -nodb", "-port or -ORBendPoint"), ("Ds test -dlist a/b/c", "only with -nodb")],
)
def test_options_that_need_others(given, text):
    with pytest.raises(SystemExit, match=text):
        parse_args(given.split())


@pytest.mark.parametrize("option", ["-h", "-?", "--help"])
def test_help_names_every_option(option, capsys):
    with pytest.raises(SystemExit) as stop:
        parse_args(["/some/where/Ds.py", option])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    for word in ("usage: Ds ", "--verbose", "--file", "--host", "--port", "--nodb", "--dlist", "-ORBendPoint"):
        assert word in text
