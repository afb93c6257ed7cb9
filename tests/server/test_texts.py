"""Texts that describe may hold any character; both encodings that servers use are understood."""

from __future__ import annotations

import pytest

from tango import Database, DevFailed
from tango.server import Device, attribute, command, device_property
from tango.test_context import DeviceTestContext

TEXTS = ["°C", "kΩ → 2", "漢字"]


def described(text):
    """Make a class in which everything is described by a text."""

    class Described(Device):
        """Has a text everywhere."""

        DEVICE_CLASS_DESCRIPTION = text
        size = device_property(dtype=int, default_value=1, doc=text)

        def init_device(self):
            super().init_device()
            self.set_status(text)

        @attribute(label=text, unit=text, doc=text)
        def level(self) -> float:
            return 1.0

        @attribute(dtype="enum", enum_labels=[text, "other"])
        def mode(self):
            return 1

        @attribute
        def told(self) -> str:
            return text

        @command(dtype_in=int, doc_in=text, doc_out=text)
        def act(self, value):
            pass

        @command
        def fail(self):
            raise ValueError(text)

    return Described


@pytest.fixture(scope="module", params=TEXTS)
def served(request):
    with DeviceTestContext(described(request.param), process=True) as device:
        yield request.param, device


def test_descriptions(served):
    text, device = served
    level, mode = (device.get_attribute_config(name) for name in ("level", "mode"))
    assert (level.label, level.unit, level.description) == (text, text, text)
    assert list(mode.enum_labels) == [text, "other"]
    assert device.command_query("act").in_type_desc == text
    assert (device.description(), device.status()) == (text, text)


def test_a_configuration_may_be_changed(served):
    text, device = served
    config = device.get_attribute_config("level")
    config.label = f"new {text}"
    device.set_attribute_config(config)
    assert device.get_attribute_config("level").label == f"new {text}"


def test_values_are_latin_1(served):
    text, device = served
    if text == "°C":
        assert device.told == text
    else:
        with pytest.raises(DevFailed, match="Tango strings are Latin-1"):
            device.read_attribute("told")


def test_errors(served):
    text, device = served
    with pytest.raises(DevFailed) as caught:
        device.fail()
    assert caught.value.args[0].desc == f"ValueError: {text.encode('latin-1', 'backslashreplace').decode('latin-1')}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_what_other_servers_send(encoding):
    class Other(Device):
        @attribute(label="µ é".encode(encoding))
        def level(self) -> float:
            return 1.0

    with DeviceTestContext(Other, process=True) as device:
        assert device.get_attribute_config("level").label == "µ é"


def test_properties(tmp_path):
    path = tmp_path / "properties"
    path.write_text("S/1/DEVICE/C: a/b/1\n")
    database = Database(str(path))
    database.put_device_property("a/b/1", {"unit": "kΩ"})
    assert list(database.get_device_property("a/b/1", "unit")["unit"]) == ["kΩ"]
