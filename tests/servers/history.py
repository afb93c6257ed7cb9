"""A device with an attribute of each type, format and access, and a command with each kind of result."""

from serving import serve
from told import Told

from tango._core.types import TYPES
from tango.enums import AttrDataFormat, AttrWriteType, CmdArgType
from tango.server import Device, attribute, command

MIXED = (CmdArgType.DevVarLongStringArray, CmdArgType.DevVarDoubleStringArray)
RESULTS = [
    *(row.type for row in TYPES if row.type not in (CmdArgType.DevEnum, CmdArgType.DevUChar)),
    *(row.array for row in TYPES if row.array is not None),
    *MIXED,
    CmdArgType.DevVoid,
]


def giver(name):
    """Make the function of a command."""

    def nothing(device):
        raise RuntimeError("executed in vain")

    nothing.__name__ = name
    return nothing


class History(Told, Device):
    """Its buffers are filled by the test alone."""

    def initialize_dynamic_attributes(self):
        for row in TYPES:
            for format in (AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE):
                if row.type is CmdArgType.DevEncoded and format is not AttrDataFormat.SCALAR:
                    continue
                labels = {"enum_labels": ["zero", "one", "two"]} if row.type is CmdArgType.DevEnum else {}
                for access in (AttrWriteType.READ, AttrWriteType.READ_WRITE, AttrWriteType.WRITE):
                    self.add_attribute(attribute(
                        name=f"{row.type.name}_{format.name}_{access.name}", dtype=row.type, dformat=format, access=access,
                        max_dim_x=8, max_dim_y=8, fget=self.read_nothing, fset=self.write_nothing, **labels,
                    ))
        for result in RESULTS:
            self.add_command(command(f=giver(f"Give{result.name}"), dtype_out=result), device_level=False)

    def read_nothing(self, attr):
        raise RuntimeError("read in vain")

    def write_nothing(self, attr):
        pass

    @command
    def Run(self, source: str) -> str:
        return super().Run(source)


if __name__ == "__main__":
    serve(History)
