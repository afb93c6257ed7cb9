"""What type checkers know about device servers: checked, never run."""

import numpy as np
from numpy.typing import NDArray

import tango
from tango.server import Device, attribute, command, device_property


class PowerSupply(Device):
    """Fully annotated; strict checking finds nothing to complain about."""

    host = device_property(dtype=str, default_value="localhost")

    def init_device(self) -> None:
        super().init_device()
        self.set_state(tango.DevState.STANDBY)
        self._current = 0.0

    @attribute(dtype=float)
    def voltage(self) -> float:
        return 1.23

    @attribute(dtype=float)
    def current(self) -> float:
        return self._current

    @current.write
    def set_current(self, value: float) -> None:
        self._current = value

    @attribute(dtype=((np.uint16,),), max_dim_x=2048, max_dim_y=2048)
    def frame(self) -> NDArray[np.uint16]:
        return np.zeros((2048, 2048), np.uint16)

    @command(dtype_in=float, dtype_out=float)
    def ramp(self, target: float) -> float:
        self.push_change_event("current", target)
        return target


if __name__ == "__main__":
    PowerSupply.run_server()
