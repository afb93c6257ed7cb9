"""A power supply: scalars to read and write, a state, commands, and an attribute that is polled for change events."""

import random
import time

from tango import AttrQuality, AttrWriteType, DevState
from tango.server import Device, attribute, command, device_property


class PowerSupply(Device):
    """A simulated power supply with a voltage to set and a current to watch."""

    resistance = device_property(dtype=float, default_value=10.0, doc="The load in ohm")

    def init_device(self):
        super().init_device()
        self._voltage = 0.0
        self.set_state(DevState.STANDBY)

    voltage = attribute(
        dtype=float,
        access=AttrWriteType.READ_WRITE,
        unit="V",
        format="6.2f",
        min_value=0.0,
        max_value=100.0,
        doc="The voltage at the output",
    )

    def read_voltage(self):
        return self._voltage

    def write_voltage(self, value):
        self._voltage = value

    @attribute(dtype=float, unit="A", polling_period=100, rel_change=0.01, doc="The current that flows, with noise")
    def current(self):
        if self.get_state() != DevState.ON:
            return 0.0
        return self._voltage / self.resistance * random.uniform(0.9, 1.1)

    @attribute(dtype=str, doc="What the front panel shows")
    def display(self):
        quality = AttrQuality.ATTR_VALID if self.get_state() == DevState.ON else AttrQuality.ATTR_WARNING
        return f"{self._voltage:.2f} V", time.time(), quality

    @command(doc_in="The voltage to start with", doc_out="The power in watt")
    def turn_on(self, voltage: float) -> float:
        if voltage > 100:
            raise ValueError(f"{voltage} V would burn the coil; 100 V is the limit")
        self._voltage = voltage
        self.set_state(DevState.ON)
        return voltage**2 / self.resistance

    @command
    def turn_off(self):
        self._voltage = 0.0
        self.set_state(DevState.STANDBY)


if __name__ == "__main__":
    PowerSupply.run_server()
