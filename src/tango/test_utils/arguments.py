"""Command lines of device servers and what cppTango is to be given for them."""

__all__ = ["DEVICE_SERVER_ARGUMENTS", "OS_SYSTEMS"]

#: Where command lines differ.
OS_SYSTEMS = ["linux", "win"]

_NOWHERE: list[str] = []

#: Where it is accepted, the command line, and the arguments for cppTango (none where it is refused).
DEVICE_SERVER_ARGUMENTS: tuple[tuple[list[str], str, list[str]], ...] = (
    # host and port
    (
        OS_SYSTEMS,
        "MyDs instance --nodb --port 1234",
        ["MyDs", "instance", "-nodb", "-ORBendPoint", "giop:tcp:0.0.0.0:1234"],
    ),
    (OS_SYSTEMS, "MyDs -port 1234 -host myhost instance", ["MyDs", "instance", "-ORBendPoint", "giop:tcp:myhost:1234"]),
    (
        OS_SYSTEMS,
        "MyDs instance --ORBendPoint giop:tcp::1234",
        ["MyDs", "instance", "-ORBendPoint", "giop:tcp::1234"],
    ),
    # without a database
    (
        OS_SYSTEMS,
        "MyDs instance -nodb -port 1000 -dlist a/b/c;d/e/f",
        ["MyDs", "instance", "-ORBendPoint", "giop:tcp:0.0.0.0:1000", "-nodb", "-dlist", "a/b/c;d/e/f"],
    ),
    (OS_SYSTEMS, "MyDs instance -file a/b/c", ["MyDs", "instance", "-file=a/b/c"]),
    (_NOWHERE, "MyDs instance -nodb", []),
    (_NOWHERE, "MyDs instance -dlist a/b/c;d/e/f", []),
    # trace level
    (OS_SYSTEMS, "MyDs instance -vvvv", ["MyDs", "instance", "-v4"]),
    (OS_SYSTEMS, "MyDs instance --verbose --verbose --verbose --verbose", ["MyDs", "instance", "-v4"]),
    (OS_SYSTEMS, "MyDs instance -v4", ["MyDs", "instance", "-v4"]),
    (OS_SYSTEMS, "MyDs instance -v 4", ["MyDs", "instance", "-v4"]),
    # options that only Windows knows
    (["win"], "MyDs instance -dbg -i -s -u", ["MyDs", "instance", "-dbg", "-i", "-s", "-u"]),
    # options of the ORB
    (
        OS_SYSTEMS,
        "MyDs instance -ORBtest1 test1 --ORBtest2 test2",
        ["MyDs", "instance", "-ORBtest1", "test1", "-ORBtest2", "test2"],
    ),
    (OS_SYSTEMS, "MyDs ORBinstance -ORBtest myORBparam", ["MyDs", "ORBinstance", "-ORBtest", "myORBparam"]),
    (
        OS_SYSTEMS,
        "MyDs instance -nodb -ORBendPoint giop:tcp:localhost:1234 -ORBendPointPublish giop:tcp:myhost.local:2345",
        [
            "MyDs",
            "instance",
            "-nodb",
            "-ORBendPoint",
            "giop:tcp:localhost:1234",
            "-ORBendPointPublish",
            "giop:tcp:myhost.local:2345",
        ],
    ),
    (_NOWHERE, "MyDs instance -ORBtest1 test1 --orbinvalid value", []),
)
