"""Several devices of a class get the same attribute while they are made."""

import pytest

import tango
from tango import Attr, AttrWriteType, CmdArgType
from tango.server import Device, command
from tango.test_context import MultiDeviceTestContext

NAMES = ["test/shared/1", "test/shared/2", "test/shared/3"]


class Reading(Device):
    """Reads what its devices add; tells what their descriptions say of themselves."""

    def read_level(self, attr):
        attr.set_value(float(self.get_name()[-1]))

    @command
    def described(self) -> str:
        return f"{self.attr.get_name()} {CmdArgType(self.attr.get_type())!s} {self.attr.get_writable()!s}"


class OwnDescription(Reading):
    """Each device describes the attribute; the class keeps the first description."""

    def initialize_dynamic_attributes(self):
        self.attr = self.add_attribute(Attr("level", tango.DevDouble, AttrWriteType.READ), self.read_level)


class OneDescription(Reading):
    """All devices hand over one and the same object."""

    level = None

    def initialize_dynamic_attributes(self):
        if OneDescription.level is None:
            OneDescription.level = Attr("level", tango.DevDouble, AttrWriteType.READ)
        self.attr = self.add_attribute(OneDescription.level, self.read_level)


@pytest.mark.parametrize("kind", [OwnDescription, OneDescription])
def test_each_device_has_the_attribute_and_a_description_of_it(kind):
    devices = [{"class": kind, "devices": [{"name": name} for name in NAMES]}]
    with MultiDeviceTestContext(devices, process=True) as context:
        for number, name in enumerate(NAMES, 1):
            device = context.get_device(name)
            assert device.level == number
            assert device.described() == "level DevDouble READ"


class OwnKinds(Reading):
    """Attributes of one name that are of another kind in each device."""

    def initialize_dynamic_attributes(self):
        number = int(self.get_name()[-1])
        kinds = {
            1: Attr("level", tango.DevDouble, AttrWriteType.READ),
            2: tango.ImageAttr("level", tango.DevLong, AttrWriteType.READ, 3, 2),
            3: Attr("level", tango.DevString, AttrWriteType.READ_WRITE),
        }
        self.attr = self.add_attribute(kinds[number], self.read_level, self.write_level)
        self.text = "three"

    def read_level(self, attr):
        attr.set_value({"1": 1.5, "2": [[1, 2, 3], [4, 5, 6]], "3": self.text}[self.get_name()[-1]])

    def write_level(self, attr):
        self.text = attr.get_write_value()

    @command
    def drop(self):
        self.remove_attribute("level")


def test_attributes_of_one_name_may_be_of_different_kinds():
    devices = [{"class": OwnKinds, "devices": [{"name": name} for name in NAMES]}]
    with MultiDeviceTestContext(devices, process=True) as context:
        one, two, three = (context.get_device(name) for name in NAMES)
        assert [device.described() for device in (one, two, three)] == [
            "level DevDouble READ",
            "level DevLong READ",
            "level DevString READ_WRITE",
        ]
        assert two.get_attribute_config("level").max_dim_y == 2
        three.level = "other"
        assert (one.level, two.level.tolist(), three.level) == (1.5, [[1, 2, 3], [4, 5, 6]], "other")
        one.drop()
        assert "level" not in one.get_attribute_list()
        assert (two.level.tolist(), three.level) == ([[1, 2, 3], [4, 5, 6]], "other")
        two.Init()
        assert two.level.tolist() == [[1, 2, 3], [4, 5, 6]]
