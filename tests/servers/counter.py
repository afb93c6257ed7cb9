"""A device that counts and pushes events."""

from serving import serve

from tango.server import Device, attribute, command, device_property


class Counter(Device):
    """Counts, and says so."""

    step = device_property(dtype=int, default_value=1)

    def init_device(self):
        super().init_device()
        self.set_change_event("count", True, False)
        self._count = 0

    @attribute
    def count(self) -> int:
        return self._count

    @attribute(polling_period=20)
    def polled(self) -> int:
        return self._count

    @command
    def add(self) -> int:
        self._count += self.step
        self.push_change_event("count", self._count)
        return self._count


if __name__ == "__main__":
    serve(Counter)
