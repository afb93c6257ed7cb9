"""Two devices, of one server or two: the attributes of the second one stand for those of the first."""

import sys

from tango import AttrWriteType
from tango.server import Device, attribute, run


class Source(Device):
    def init_device(self):
        super().init_device()
        self.number_value = 1.5
        self.numbers_value = [1, 2, 3]
        self.set_change_event("number", True, False)

    @attribute(unit="V", min_value=-10, max_value=10)
    def number(self) -> float:
        return self.number_value

    @number.write
    def number(self, value: float):
        self.number_value = value
        self.push_change_event("number", value)

    @attribute(max_dim_x=8)
    def numbers(self) -> list[int]:
        return self.numbers_value

    @numbers.write
    def numbers(self, value: list[int]):
        self.numbers_value = value

    @attribute
    def broken(self) -> str:
        raise RuntimeError("as told")


class Forwarding(Device):
    number = attribute(forwarded=True, label="of the root")
    numbers = attribute(name="Many", forwarded=True)
    broken = attribute(forwarded=True)
    misconfigured = attribute(forwarded=True)
    own: float = attribute(access=AttrWriteType.READ)

    def read_own(self):
        return 2.5


if __name__ == "__main__":
    run([globals()[name] for name in sys.argv.pop(1).split(",")])
