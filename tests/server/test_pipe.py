"""Pipes from a client's call to a device's method and back, in all green modes of both."""

import threading

import numpy as np
import pytest
from modes import DEVICE_PROXIES
from support import TANGO_VERSION, start_python_server, wait_until

import tango
from tango import CmdArgType, DevFailed, DevState, DispLevel, GreenMode, PipeWriteType
from tango._core.types import TYPES
from tango.server import Device, pipe
from tango.test_context import DeviceTestContext

pytestmark = pytest.mark.skipif(TANGO_VERSION >= (10, 1), reason="this cppTango has no pipes")

DEVICE = "test/pipes/1"
KINDS = [
    ("Plain", GreenMode.Synchronous),
    ("Plain", GreenMode.Gevent),
    ("Plain", GreenMode.Asyncio),
    ("Coroutines", GreenMode.Asyncio),
]


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: f"{kind[0]}-{kind[1].name}")
def running(request):
    """A server with one device, in each green mode."""
    name, mode = request.param
    with start_python_server("pipes.py", DEVICE, environ={"CLASS": name, "MODE": mode.name}) as server:
        yield server


@pytest.fixture
def device(running):
    """A proxy of the device."""
    proxy = tango.DeviceProxy(running.address())
    yield proxy
    proxy.allow(True)


@pytest.fixture(scope="module")
def plain():
    """A server with one plain device."""
    with start_python_server("pipes.py", DEVICE) as server:
        yield server


def reason_of(call, *args):
    with pytest.raises(DevFailed) as caught:
        call(*args)
    return caught.value.args[0].reason


# --- values ---------------------------------------------------------------------------------------------------------------

EXAMPLES = {
    "boolean": [True, False],
    "integer": [1, 100],
    "real": [1.5, -2.5],
    "state": [DevState.ON, DevState.FAULT],
    "enumeration": [0, 2],
    "text": ["some", "t\u00e9xt"],
    "encoded": [("format", b"\x00\x01"), ("", b"")],
}


def same(received, sent):
    return received.tolist() == list(sent) if isinstance(received, np.ndarray) else received == sent


def test_scalars_of_all_types_come_back(device, type_row):
    for value in EXAMPLES[type_row.kind]:
        device.write_pipe("kept", ("blob", [{"name": "it", "value": value, "dtype": type_row.type}]))
        name, (element,) = device.read_pipe("kept")
        expected = CmdArgType.DevShort if type_row.kind == "enumeration" else type_row.type
        assert (name, element["name"], element["dtype"], element["value"]) == ("blob", "it", expected, value)
        assert type(element["value"]) is type(value)


@pytest.mark.parametrize("row", [row for row in TYPES if row.array], ids=lambda row: row.array.name)
def test_arrays_of_all_types_come_back(device, row):
    examples = EXAMPLES[row.kind]
    for value in (examples, examples[:1], [], tuple(examples)):
        device.write_pipe("kept", ("blob", [{"name": "it", "value": value, "dtype": row.array}]))
        (element,) = device.read_pipe("kept")[1]
        assert element["dtype"] == row.array
        assert same(element["value"], list(value))
        if row.dtype and row.kind != "state":
            assert element["value"].dtype == row.dtype
            array = np.array(value, row.dtype)
            device.write_pipe("kept", ("blob", {"it": array[::-1]}))
            assert same(device.read_pipe("kept")[1][0]["value"], array[::-1])


def test_blobs_within_blobs(device):
    value = ("root", {"a": ("b", {"c": ("d", {"e": 1, "f": ["x"]}), "g": 2.5}), "h": True, "empty": ("none", {})})
    device.write_pipe("kept", value)

    def plain_form(blob):
        name, elements = blob
        pairs = ((one["name"], one["dtype"], one["value"]) for one in elements)
        return name, {key: plain_form(inner) if dtype == CmdArgType.DevPipeBlob else inner for key, dtype, inner in pairs}

    assert plain_form(device.read_pipe("kept")) == value


def test_an_empty_blob(device):
    device.write_pipe("kept", ("", {}))
    assert device.read_pipe("kept") == ("", [])


def test_many_elements_in_order(device):
    device.write_pipe("kept", ("many", [(f"name{i}", i) for i in range(300)]))
    assert [(one["name"], one["value"]) for one in device.read_pipe("kept")[1]] == [(f"name{i}", i) for i in range(300)]


def test_what_was_read_can_be_written(device):
    device.write_pipe("kept", device.read_pipe("constant"))
    assert repr(device.read_pipe("kept")) == repr(device.read_pipe("constant"))


def test_arrays_look_at_the_memory_of_the_reply(plain):
    value = tango.DeviceProxy(plain.address()).read_pipe("large")[1][0]["value"]
    assert type(value.base).__name__ == "SequenceBuffer"
    assert value.flags.writeable
    assert np.array_equal(value, np.arange(1_000_000.0))


# --- requests -------------------------------------------------------------------------------------------------------------


def test_reading_and_writing_in_all_modes_of_clients(plain, green_mode):
    device = DEVICE_PROXIES[green_mode](plain.address())
    device.write_pipe("kept", ("blob", {"mode": green_mode.name}))
    assert device.read_pipe("kept")[1][0]["value"] == green_mode.name
    device.kept = ("other", {"mode": 3})
    assert device.kept == ("other", [{"name": "mode", "dtype": CmdArgType.DevLong64, "value": 3}])
    assert {"kept", "Named", "named"} <= set(dir(device))
    with pytest.raises(DevFailed):
        device.constant = ("x", {})


def test_a_write_method_may_push_events(device):
    device.write_pipe("told", ("blob", {"x": 1}))
    assert device.read_pipe("told")[0] == "blob"


def test_methods_are_found_by_their_names(device):
    device.write_pipe("named", ("blob", {"x": 5}))
    assert device.NAMED == device.read_pipe("kept") == ("blob", [{"name": "x", "dtype": CmdArgType.DevLong64, "value": 5}])


def test_a_method_may_take_the_pipe(device):
    assert device.by_hand == ("by hand", [{"name": "name", "dtype": CmdArgType.DevString, "value": "by_hand"}])


def test_a_request_may_be_refused(device):
    device.allow(False)
    assert reason_of(device.read_pipe, "kept") == "API_PipeNotAllowed"
    assert reason_of(device.write_pipe, "kept", ("x", {})) == "API_PipeNotAllowed"
    assert device.allow(True) == ["READ_REQ", "WRITE_REQ"]
    assert device.read_pipe("kept")


def test_errors_reach_the_client(device):
    assert reason_of(device.read_pipe, "nothing") == "API_PipeValueNotSet"
    assert reason_of(device.read_pipe, "failing") == "MyReason"
    assert reason_of(device.write_pipe, "constant", ("x", {})) == "API_PipeNotWritable"
    for name, words in (("wrong", "the value of a pipe is a pair"), ("raising", "no pipe today")):
        with pytest.raises(DevFailed, match=words) as caught:
            device.read_pipe(name)
        assert caught.value.args[0].reason == "PyDs_PythonError"
    assert device.read_pipe("constant")  # and the server goes on


def test_the_configuration_can_be_changed(device):
    info = device.get_pipe_config("kept")
    assert (info.name, info.label, info.description) == ("kept", "Kept", "What was written last.")
    assert (info.disp_level, info.writable) == (DispLevel.EXPERT, PipeWriteType.PIPE_READ_WRITE)
    before = device.get_pipe_config("kept")
    info.label, info.description = "Other", "else"
    device.set_pipe_config(info)
    assert device.get_pipe_config(["kept"])[0] == info
    device.set_pipe_config([before])
    assert device.get_pipe_config("kept") == before
    info.name = "nope"
    assert reason_of(device.set_pipe_config, info).startswith("API_PipeNotFound")


def test_what_the_device_knows_of_its_pipes(device):
    label, description, level, writable, model, refused, *names = device.own_view()
    assert (label, description, level) == ("Kept", "What was written last.", "EXPERT")
    assert (writable, model) == ("PIPE_READ_WRITE", "PIPE_BY_KERNEL")
    assert "set by its read method" in refused
    assert "while a client writes it" in refused
    assert set(names) == set(device.get_pipe_list())


def test_init_and_restart_keep_the_pipes(running):
    device = tango.DeviceProxy(running.address())
    device.init()
    assert device.read_pipe("kept")[0] == "start"
    admin = tango.DeviceProxy(device.adm_name())
    admin.DevRestart(DEVICE)
    assert len(device.get_pipe_list()) == 10
    assert device.read_pipe("kept")[0] == "start"
    admin.RestartServer()

    def answers():
        try:
            return device.read_pipe("kept")[0] == "start"
        except DevFailed:
            return False

    wait_until(answers)


def test_many_clients_at_once(running):
    errors = []

    def work(number):
        try:
            device = tango.DeviceProxy(running.address())
            for i in range(25):
                device.write_pipe("kept", (f"blob{number}", {"n": number, "a": np.full(100, number), "t": ["x"] * 10}))
                name, (n, a, _) = device.read_pipe("kept")
                assert name == f"blob{n['value']}"
                assert set(a["value"]) == {n["value"]}, i
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


# --- declarations ---------------------------------------------------------------------------------------------------------


def test_declarations_are_told_apart_and_inherited():
    class Base(Device):
        @pipe
        def one(self):
            return "base", {}

        @pipe
        def two(self):
            return "base", {}

    class Derived(Base):
        @Base.one.write
        def one(self, value):
            pass

        two = None

    assert Base.TangoClassClass.pipe_list["one"].pipe_write == PipeWriteType.PIPE_READ
    assert Derived.TangoClassClass.pipe_list["one"].pipe_write == PipeWriteType.PIPE_READ_WRITE
    assert list(Derived.TangoClassClass.pipe_list) == ["one"]
    assert isinstance(Base.one, pipe)


@pytest.mark.parametrize(
    ("keywords", "error", "words"),
    [
        ({"nope": 1}, DevFailed, r"'nope' is not recognized.*pipe 'it'"),
        ({"access": 7}, TypeError, "access must be a tango.PipeWriteType"),
        ({"access": PipeWriteType.PIPE_WT_UNKNOWN}, TypeError, "access must be a tango.PipeWriteType"),
        ({"display_level": 9}, TypeError, "display_level must be a tango.DispLevel"),
        ({"label": 3}, TypeError, "label: a str"),
        ({"fset": 3}, TypeError, "fset must be a method"),
    ],
)
def test_wrong_keywords_are_named(keywords, error, words):
    with pytest.raises(error, match=words):

        class Wrong(Device):
            it = pipe(**keywords)

            def read_it(self):
                return "x", {}


def test_missing_methods_are_named():
    with pytest.raises(AttributeError, match=r"class 'Wrong', pipe 'it'"):

        class Wrong(Device):
            it = pipe()

    with pytest.raises(AttributeError, match="write method"):

        class WrongToo(Device):
            it = pipe(access=PipeWriteType.PIPE_READ_WRITE)

            def read_it(self):
                return "x", {}

    with pytest.raises(ValueError, match="used twice"):

        class Twice(Device):
            @pipe(name="same")
            def one(self):
                return "x", {}

            @pipe(name="SAME")
            def two(self):
                return "x", {}


def test_a_client_in_the_same_process_gets_copies():
    class Collocated(Device):
        array = np.arange(1000.0)

        @pipe
        def values(self):
            return "values", {"array": self.array, "texts": ["a", "b"]}

    with DeviceTestContext(Collocated) as device:
        first = device.read_pipe("values")[1]
        first[0]["value"][:] = 0
        assert np.array_equal(device.read_pipe("values")[1][0]["value"], np.arange(1000.0))
        assert first[1]["value"] == ["a", "b"]
        assert Collocated.array[999] == 999
