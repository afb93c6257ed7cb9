"""Pipes in the older API: dictionaries, and methods that take the pipe."""

import pytest
from support import TANGO_VERSION

import tango
from tango import CmdArgType, DevFailed, DeviceClass, DispLevel, LatestDeviceImpl, PipeWriteType
from tango.pipe_data import PipeData
from tango.test_context import DeviceTestContext

pytestmark = pytest.mark.skipif(TANGO_VERSION >= (10, 1), reason="this cppTango has no pipes")


class Old(LatestDeviceImpl):
    """A device of the older API."""

    def __init__(self, cl, name):
        super().__init__(cl, name)
        self.value = ("start", {"n": 1})
        self.allowed = True

    def read_kept(self, the_pipe):
        assert isinstance(the_pipe, tango.WPipe)
        the_pipe.set_value(self.value)

    def write_kept(self, the_pipe):
        self.value = the_pipe.get_value()

    def is_kept_allowed(self, request):
        return self.allowed or request == tango.AttReqType.WRITE_REQ

    def read_only(self, the_pipe):
        the_pipe.set_root_blob_name("unused")
        the_pipe.set_value(("only", [("a", [1, 2])]))

    def forbid(self):
        self.allowed = False


class OldClass(DeviceClass):
    """Describes it."""

    cmd_list = {"forbid": [[CmdArgType.DevVoid, ""], [CmdArgType.DevVoid, ""]]}
    pipe_list = {
        "kept": [PipeWriteType.PIPE_READ_WRITE, {"label": "Kept one", "description": "keeps", "display level": DispLevel.EXPERT}],
        "only": [PipeWriteType.PIPE_READ],
    }


def test_an_older_device_serves_pipes():
    with DeviceTestContext(Old, device_cls=OldClass) as device:
        assert set(device.get_pipe_list()) == {"kept", "only"}
        info = device.get_pipe_config("kept")
        assert (info.label, info.description, info.disp_level) == ("Kept one", "keeps", DispLevel.EXPERT)
        device.write_pipe("kept", ("blob", {"x": 5}))
        assert device.read_pipe("KEPT") == ("blob", [{"name": "x", "dtype": CmdArgType.DevLong64, "value": 5}])
        assert device.read_pipe("only")[1][0]["value"].tolist() == [1, 2]
        device.forbid()
        with pytest.raises(DevFailed) as caught:
            device.read_pipe("kept")
        assert caught.value.args[0].reason == "API_PipeNotAllowed"
        device.write_pipe("kept", ("blob", {"x": 6}))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([], "1 or 2 elements"),
        ([PipeWriteType.PIPE_READ, {}, 3], "1 or 2 elements"),
        (3, "1 or 2 elements"),
        (["x"], "PipeWriteType"),
        ([PipeWriteType.PIPE_READ, 3], "dictionary"),
        ([PipeWriteType.PIPE_READ, {"nope": 1}], "'nope' is not recognized"),
        ([PipeWriteType.PIPE_READ, {"display level": 9}], "DispLevel"),
    ],
)
def test_wrong_rows_are_named(row, words):
    with pytest.raises(DevFailed, match=words) as caught:
        PipeData("it", "Old", row)
    assert caught.value.args[0].reason == "PyDs_WrongPipeDefinition"


def test_descriptions_make_pipes():
    data = PipeData.from_dict({"name": "it", "label": "Label", "access": PipeWriteType.PIPE_READ_WRITE})
    made = data.to_pipe()
    assert isinstance(made, tango.WPipe)
    assert (made.get_name(), made.get_label(), made.get_disp_level()) == ("it", "Label", DispLevel.OPERATOR)
    assert not made.has_failed()
    made.set_pipe_serial_model(tango.PipeSerialModel.PIPE_NO_SYNC)
    assert made.get_pipe_serial_model() == tango.PipeSerialModel.PIPE_NO_SYNC
    properties = tango.UserDefaultPipeProp()
    properties.set_description("described")
    made.set_default_properties(properties)
    made.set_name("other")
    assert (made.get_desc(), made.get_name()) == ("described", "other")
    with pytest.raises(RuntimeError, match="while a client waits"):
        made.set_value(("x", {}))
    with pytest.raises(TypeError, match="WPipe"):
        tango.Pipe("x", DispLevel.OPERATOR, PipeWriteType.PIPE_READ_WRITE)
    with pytest.raises(RuntimeError, match="initialised already"):
        made.__init__("again")
