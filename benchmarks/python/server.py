"""The benchmark device, written with the high-level API that every Python binding measured here has."""

import numpy as np

from tango import AttrWriteType, DevState
from tango.server import Device, attribute, command


class Bench(Device):
    """A number to read and write, a command, and two images that are ready to be sent."""

    def init_device(self):
        super().init_device()
        self._number = 3.25
        self._told = 0.0
        self.set_change_event("told", True, False)
        self._image8 = np.full((2048, 2048), 7, dtype=np.uint16)
        self._image64 = np.full((4096, 8192), 7, dtype=np.uint16)
        self.set_state(DevState.ON)

    number = attribute(dtype=float, access=AttrWriteType.READ_WRITE)

    def read_number(self):
        return self._number

    def write_number(self, value):
        self._number = value

    @attribute(dtype=float)
    def told(self):
        return self._told

    @command(dtype_in=np.int32)
    def tell(self, count):
        for _ in range(count):
            self._told += 1
            self.push_change_event("told", self._told)

    @attribute(dtype=((np.uint16,),), max_dim_x=2048, max_dim_y=2048)
    def image8(self):
        return self._image8

    @attribute(dtype=((np.uint16,),), max_dim_x=8192, max_dim_y=4096)
    def image64(self):
        return self._image64

    @command(dtype_in=float, dtype_out=float)
    def twice(self, value):
        return 2 * value


if __name__ == "__main__":
    Bench.run_server()
