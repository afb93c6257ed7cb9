"""Write device servers.

A device is a class derived from `Device`; its attributes, pipes, commands and properties are declared in the class body::

    from tango.server import Device, attribute, command

    class PowerSupply(Device):
        @attribute
        def voltage(self) -> float:
            return 1.23

        @command
        def calibrate(self):
            ...

    if __name__ == "__main__":
        PowerSupply.run_server()
"""

from typing import TYPE_CHECKING

from tango._names_from import names_from_everywhere
from tango.constants import TELEMETRY_SUPPORTED as TELEMETRY_SUPPORTED
from tango.constants import StatusNotSet as StatusNotSet
from tango.dtypes import from_typeformat_to_type as from_typeformat_to_type
from tango.enums import PipeWriteType as PipeWriteType
from tango.pipe_data import PipeData as PipeData
from tango.server.attribute import attribute
from tango.server.classic import LatestDeviceImpl
from tango.server.command import command
from tango.server.describe import inheritance_patch as inheritance_patch
from tango.server.describe import is_tango_object as is_tango_object
from tango.server.device import BaseDevice as BaseDevice
from tango.server.device import Device, DeviceMeta
from tango.server.pipe import pipe
from tango.server.properties import class_property, device_property
from tango.server.run import run, server_run

#: Generation of the declarations; 2 since properties are descriptors.
API_VERSION = 2

__all__ = (
    "Device",
    "DeviceMeta",
    "LatestDeviceImpl",
    "attribute",
    "class_property",
    "command",
    "device_property",
    "pipe",
    "run",
    "server_run",
)

if not TYPE_CHECKING:  # for which any name would do
    __getattr__ = names_from_everywhere(__name__)
