"""The value of a pipe in the forms that users write it, and the calls of clients to a device in C++."""

import array
import pickle

import numpy as np
import pytest
from support import TANGO_VERSION

import tango
import tango.server
from tango import CmdArgType, DevFailed, DevState, ExtractAs
from tango._core.types import TYPES
from tango.pipe_values import normalized
from tango.structs import DevicePipe, PipeInfo, PipeInfoList

HAS_PIPES = TANGO_VERSION < (10, 1)


def types_of(elements):
    return {name: CmdArgType(code) for name, code, _ in normalized(("blob", elements), "test")[1]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, CmdArgType.DevLong64),
        (2**63, CmdArgType.DevULong64),
        (True, CmdArgType.DevBoolean),
        (1.5, CmdArgType.DevDouble),
        ("text", CmdArgType.DevString),
        (DevState.ON, CmdArgType.DevState),
        (np.uint8(1), CmdArgType.DevUChar),
        (np.float32(1), CmdArgType.DevFloat),
        (np.float64(1), CmdArgType.DevDouble),
        (np.bool_(True), CmdArgType.DevBoolean),
        ([1, 2], CmdArgType.DevVarLong64Array),
        ((1, 2.5), CmdArgType.DevVarDoubleArray),
        ([1, 2**63], CmdArgType.DevVarULong64Array),
        (["a", "b"], CmdArgType.DevVarStringArray),
        ([True], CmdArgType.DevVarBooleanArray),
        ([DevState.ON], CmdArgType.DevVarStateArray),
        (b"bytes", CmdArgType.DevVarCharArray),
        (("format", b"bytes"), CmdArgType.DevEncoded),
        (("inner", {"x": 1}), CmdArgType.DevPipeBlob),
        (("inner", [("x", 1)]), CmdArgType.DevPipeBlob),
        (("inner", []), CmdArgType.DevPipeBlob),
        (np.array(["a", "b"]), CmdArgType.DevVarStringArray),
        (np.array([], np.int16), CmdArgType.DevVarShortArray),
    ],
)
def test_types_follow_from_values(value, expected):
    assert types_of({"it": value}) == {"it": expected}


@pytest.mark.parametrize("row", [row for row in TYPES if row.dtype and row.array and row.kind != "state"], ids=lambda row: row.type.name)
def test_arrays_have_the_type_of_their_elements(row):
    assert types_of({"it": np.ones(2, row.dtype)}) == {"it": row.array}


@pytest.mark.parametrize(
    ("dtype", "value", "expected"),
    [
        (CmdArgType.DevUShort, 1, CmdArgType.DevUShort),
        ("uint16", 1, CmdArgType.DevUShort),
        (("uint16",), [1], CmdArgType.DevVarUShortArray),
        (list[int], [], CmdArgType.DevVarLong64Array),
        (CmdArgType.DevVarFloatArray, [], CmdArgType.DevVarFloatArray),
        ((DevState,), [], CmdArgType.DevVarStateArray),
        (CmdArgType.DevPipeBlob, ("x", {}), CmdArgType.DevPipeBlob),
        ("DevPipeBlob", ("x", {}), CmdArgType.DevPipeBlob),
        (CmdArgType.DevEncoded, ("x", b""), CmdArgType.DevEncoded),
    ],
)
def test_types_can_be_given(dtype, value, expected):
    assert types_of([{"name": "it", "dtype": dtype, "value": value}]) == {"it": expected}


def test_all_forms_of_elements_mean_the_same():
    forms = [{"a": 1, "b": "x"}, [("a", 1), ["b", "x"]], [{"name": "a", "value": 1}, {"name": "b", "value": "x", "dtype": None}]]
    assert len({repr(normalized(("blob", form), "test")) for form in forms}) == 1


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (3, TypeError, "a pair"),
        ({"a": 1}, TypeError, "a pair"),
        ("ab", TypeError, "a pair"),
        ((3, {}), TypeError, "the name of a blob is a str"),
        (("b", 3), TypeError, "the elements of 'b'"),
        (("b", "text"), TypeError, "the elements of 'b'"),
        (("b", [3]), TypeError, "an element is a pair"),
        (("b", [{"name": "a"}]), ValueError, "needs name and value"),
        (("b", {1: 1}), TypeError, "the name of an element is a str"),
        (("b", {"a": None}), ValueError, "element a: Cannot determine"),
        (("b", {"a": {"x": 1}}), ValueError, "a pair of its name and its elements"),
        (("b", {"a": []}), ValueError, "empty sequence"),
        (("b", {"a": [1, "x", 2]}), ValueError, "not of one type"),
        (("b", {"a": np.ones((2, 2))}), TypeError, "one dimension"),
        (("b", {"a": np.array(1)}), TypeError, r"item\(\)"),
        (("b", {"a": np.array([1j])}), TypeError, "complex"),
        (("b", [{"name": "a", "value": 1, "dtype": "nonsense"}]), TypeError, "nonsense"),
        (("b", [{"name": "a", "value": 1, "dtype": CmdArgType.DevVoid}]), TypeError, "cannot be an element"),
        (("b", [{"name": "a", "value": 1, "dtype": ((int,),)}]), TypeError, "cannot be an element"),
        (("b", {"in": ("c", {"a": None})}), ValueError, "element in, element a"),
    ],
)
def test_what_is_wrong_is_named(value, error, words):
    with pytest.raises(error, match=words):
        normalized(value, "pipe p")


def test_buffers_are_arrays_of_bytes():
    (item,) = normalized(("b", {"a": array.array("B", [1, 2])}), "test")[1]
    assert item[1] == CmdArgType.DevVarLong64Array  # a sequence of integers like any other
    (item,) = normalized(("b", {"a": bytearray(b"\x01\x02")}), "test")[1]
    assert item[2].tolist() == [1, 2]


def test_the_value_of_an_event():
    inner = [{"name": "c", "dtype": CmdArgType.DevVarStringArray, "value": ["x"]}]
    elements = [
        {"name": "a", "dtype": CmdArgType.DevVarLong64Array, "value": np.array([1, 2])},
        {"name": "b", "dtype": CmdArgType.DevPipeBlob, "value": ("in", inner)},
    ]
    value = DevicePipe("p", "root", elements)
    assert (value.name, value.root_blob_name, value.data_elt_nb, list(value.data_elt_names)) == ("p", "root", 2, ["a", "b"])
    assert (value.get_data_elt_name(1), value.get_data_elt_type(0)) == ("b", CmdArgType.DevVarLong64Array)
    assert value.extract() == ("root", elements)
    name, (first, second) = value.extract(ExtractAs.Tuple)
    assert (name, first["value"], second["value"][1][0]["value"]) == ("root", (1, 2), ("x",))
    with pytest.raises(ValueError, match="Numpy, List or Tuple"):
        value.extract(ExtractAs.Bytes)
    assert "root_blob_name = " in str(value)


def test_configurations_are_plain_values():
    info = PipeInfo()
    info.name, info.label = "p", "Pipe"
    assert pickle.loads(pickle.dumps(info)) == info
    assert PipeInfoList([info])[0].label == "Pipe"


@pytest.mark.skipif(not HAS_PIPES, reason="this cppTango has no pipes")
class TestTheClient:
    """What a device in C++, TangoTest, and a client say to each other. It has one pipe, and one more with cppTango 10."""

    NAME = "string_long_short_ro"

    def test_lists_pipes(self, proxy):
        names = list(proxy.get_pipe_list())
        assert self.NAME in names
        info = proxy.get_pipe_config(self.NAME)
        assert (info.name, info.writable) == (self.NAME, tango.PipeWriteType.PIPE_READ)
        assert proxy.get_pipe_config([self.NAME]) == PipeInfoList([info])
        assert proxy.get_pipe_config() == PipeInfoList([proxy.get_pipe_config(name) for name in names])

    def test_reads(self, proxy):
        value = (
            "",
            [
                {"name": "FirstDE", "dtype": CmdArgType.DevString, "value": "The string"},
                {"name": "SecondDE", "dtype": CmdArgType.DevLong, "value": 666},
                {"name": "ThirdDE", "dtype": CmdArgType.DevShort, "value": 12},
            ],
        )
        assert proxy.read_pipe(self.NAME) == value
        assert proxy.read_pipe(self.NAME, extract_as=ExtractAs.List) == value

    def test_a_pipe_is_an_attribute_of_the_proxy(self, proxy):
        assert {self.NAME} <= set(dir(proxy))
        assert getattr(proxy, self.NAME.upper())[0] == proxy.read_pipe(self.NAME)[0]
        with pytest.raises(DevFailed) as caught:
            setattr(proxy, self.NAME, ("blob", {"a": 1}))
        assert caught.value.args[0].reason == "API_PipeNotWritable"
        del caught

    @pytest.mark.parametrize("call", ["read_pipe", "write_pipe", "get_pipe_config"])
    def test_an_unknown_pipe_is_an_error(self, proxy, call):
        arguments = ("nope", ("b", {"a": 1})) if call == "write_pipe" else ("nope",)
        with pytest.raises(DevFailed) as caught:
            getattr(proxy, call)(*arguments)
        assert caught.value.args[0].reason == "API_PipeNotFound"

    def test_bad_arguments_are_told(self, proxy):
        with pytest.raises(TypeError, match="PipeInfo"):
            proxy.set_pipe_config("nope")
        with pytest.raises(TypeError, match="PipeInfo"):
            proxy.set_pipe_config([3])
        with pytest.raises(TypeError, match="a pair"):
            proxy.write_pipe("nope", 3)
        with pytest.raises(OverflowError, match="pipe p, element a"):
            proxy.write_pipe("p", ("b", [{"name": "a", "value": 300, "dtype": CmdArgType.DevUChar}]))
        with pytest.raises(DevFailed) as caught:
            proxy.write_pipe("p", ("b", [("a", 1), ("A", 2)]))
        assert caught.value.args[0].reason == "API_PipeDuplicateDEName"

    def test_an_unknown_name_is_no_attribute(self, proxy):
        with pytest.raises(AttributeError, match="did you mean string_long_short_ro"):
            proxy.string_long_short_r  # noqa: B018


@pytest.mark.skipif(HAS_PIPES, reason="this cppTango has pipes")
def test_without_pipes_all_calls_say_so(tangotest):
    proxy = tango.DeviceProxy(tangotest.address())
    calls = [
        proxy.get_pipe_list,
        proxy.get_pipe_config,
        lambda: proxy.set_pipe_config(PipeInfo()),
        lambda: proxy.read_pipe("p"),
        lambda: proxy.write_pipe("p", ("b", {})),
        lambda: proxy.subscribe_event("p", tango.EventType.PIPE_EVENT, print),
    ]
    for call in calls:
        with pytest.raises(tango.NonSupportedFeature, match=r"Pipes need cppTango 9.3 to 10.0"):
            call()
    with pytest.raises(AttributeError):
        proxy.nope  # noqa: B018


@pytest.mark.skipif(HAS_PIPES, reason="this cppTango has pipes")
def test_without_pipes_servers_say_so():
    class Old(tango.DeviceClass):
        pipe_list = {"it": [tango.PipeWriteType.PIPE_READ]}

    calls = [tango.server.pipe, lambda: tango.server.PipeData("it", "Old"), lambda: tango.Pipe("it"), lambda: Old("Old")]
    for call in calls:
        with pytest.raises(tango.NonSupportedFeature, match=r"Pipes need cppTango 9.3 to 10.0"):
            call()
