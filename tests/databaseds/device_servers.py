"""Device servers for the tests of the database: ``python device_servers.py CLASS INSTANCE``."""

import sys

from tango import AttrWriteType, DevState, constants
from tango.server import Device, attribute, class_property, command, device_property, pipe, run

HAS_PIPES = constants.TANGO_VERSION_NB < 100100


class Valve(Device):
    """Has something of everything that comes from the database."""

    limit = device_property(dtype=float, default_value=1.0)
    names = device_property(dtype=[str], mandatory=True)
    vendor = class_property(dtype=str, default_value="nobody")
    position = attribute(
        dtype=float, access=AttrWriteType.READ_WRITE, memorized=True, hw_memorized=True, fget="read_it", fset="write_it"
    )

    def init_device(self):
        super().init_device()
        self._position = 0.0
        self.set_state(DevState.ON)

    def read_it(self):
        return self._position

    def write_it(self, value):
        self._position = value

    @command(dtype_out=[str])
    def properties(self):
        return [str(self.limit), self.vendor, *self.names]


if HAS_PIPES:

    class Reporter(Device):
        """Has a pipe."""

        @pipe
        def report(self):
            """What happened."""
            return "nothing", {}


class Starter(Device):
    """Counts how often it is told about its servers."""

    def init_device(self):
        super().init_device()
        self._updates = 0

    @command
    def UpdateServersInfo(self):  # noqa: N802 (the Starter's name of it)
        self._updates += 1
        self.push_change_event("Updates", self._updates)

    Updates = attribute(dtype=int, fget="read_updates", change_event_implemented=True, change_event_detect=False)

    def read_updates(self):
        return self._updates


if __name__ == "__main__":
    class_name, instance, *options = sys.argv[1:]
    run([globals()[class_name]], args=[class_name, instance, *options])
