"""Devices whose threads hold the monitor, or give it up, until a file says that they shall not; MODEL is the serial model."""

import os
import threading
import time

from serving import serve

import tango
from tango.server import Device, attribute, command


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.002)


class Monitored(Device):
    """Holds its monitor when it is told to."""

    inside = 0
    most_inside = 0
    caught = 0

    @command
    def answer(self) -> int:
        return 42

    @attribute
    def value(self) -> float:
        return 1.5

    @command
    def hold(self, path: str) -> None:
        """Have a thread take the monitor as soon as this request is over, and hold it until there is the file."""

        def run():
            with tango.AutoTangoMonitor(self) as monitor, monitor, tango.AutoTangoMonitor(self.get_device_class()):
                with open(path + ".held", "w"):
                    pass
                wait_for(path)

        threading.Thread(target=run).start()

    @command
    def wait_and_let_others_in(self, path: str) -> str:
        """Wait for the file, and let others into the device meanwhile."""
        with tango.AutoTangoAllowThreads(self) as outside, outside:
            with open(path + ".held", "w"):
                pass
            wait_for(path)
        return "mine again"

    @command
    def crowd(self) -> int:
        """Have many threads enter the monitor, and tell how many were in it at once at most."""

        def enter():
            monitor = tango.AutoTangoMonitor(self)
            for _ in range(50):
                with monitor:
                    self.inside += 1
                    self.most_inside = max(self.most_inside, self.inside)
                    time.sleep(0)
                    self.inside -= 1

        threads = [threading.Thread(target=enter) for _ in range(8)]
        with tango.AutoTangoAllowThreads(self):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return self.most_inside

    @command
    def fail_inside(self) -> int:
        for block in (tango.AutoTangoMonitor(self), tango.AutoTangoAllowThreads(self)):
            try:
                with block:
                    raise ValueError("inside")
            except ValueError:
                self.caught += 1
        return self.caught


if __name__ == "__main__":
    model = tango.SerialModel[os.environ["MODEL"]]
    serve(Monitored, pre_init_callback=lambda: tango.Util.instance().set_serial_model(model))
