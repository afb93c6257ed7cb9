"""Two devices whose threads and hooks want the GIL and the monitors in every order; MODEL is the serial model.

The interpreter is told to switch threads as often as it can. Whoever holds a lock of the library while it waits for the
GIL meets somebody who holds the GIL and wants that lock.
"""

import os
import signal
import sys
import threading

import numpy as np
from serving import serve

import tango
from tango import DevState
from tango.server import Device, attribute, command

BACK, FRONT = "test/entangled/1", "test/entangled/2"


ADDRESS = next(word for word in sys.argv if word.startswith("giop:tcp:")).removeprefix("giop:tcp:")


def proxy(name):
    """A proxy of a device of this process."""
    return tango.DeviceProxy(f"tango://{ADDRESS}/{name}#dbase=no")


class Entangled(Device):
    """Each of its hooks calls, each of its threads pushes."""

    def init_device(self):
        super().init_device()
        self.over = threading.Event()
        self.turns = self.signals = 0
        self.wrong = []
        for name in ("pushed", "polled", "State"):
            self.set_change_event(name, True, name == "polled")
        self.set_data_ready_event("pushed", True)
        works = [self.push, self.push_in_monitor, self.change_in_monitor, self.call_myself]
        self.workers = [threading.Thread(target=self.work, args=(what,), daemon=True) for what in works]
        self.register_signal(signal.SIGUSR2)

    @command
    def begin(self):
        """Start the threads."""
        for worker in self.workers:
            worker.start()

    @command(dtype_out=(str,))
    def end(self):
        """End the threads and tell what went wrong."""
        self.over.set()
        with tango.AutoTangoAllowThreads(self):
            for worker in self.workers:
                worker.join(20)
        return self.wrong + [f"{worker.name} hangs" for worker in self.workers if worker.is_alive()]

    def work(self, what):
        """Do one thing until the end."""
        with tango.EnsureOmniThread():
            while not self.over.wait(0.001):
                try:
                    what()
                    self.turns += 1
                except tango.DevFailed as error:
                    # a library that waits for a monitor gives up after some seconds
                    self.wrong.append(f"{what.__name__}: {error.args[0].reason} {error.args[0].desc}")
                    return

    def push(self):
        """Push all kinds of events without the monitor."""
        self.push_change_event("pushed", np.full(100, 1.5))
        self.push_data_ready_event("pushed", 3)
        self.push_change_event("State", DevState.ON)

    def push_in_monitor(self):
        """Push with it."""
        with tango.AutoTangoMonitor(self):
            self.push_change_event("pushed", np.full(100, 2.5))

    def change_in_monitor(self):
        """Change the device and its class under both monitors."""
        with tango.AutoTangoMonitor(self), tango.AutoTangoMonitor(self.get_device_class()):
            self.set_state(DevState.ON)
            self.get_device_attr().get_attr_by_name("pushed").set_quality(tango.AttrQuality.ATTR_VALID)

    def call_myself(self):
        """Be a client of this device, as a thread."""
        me = proxy(self.get_name())
        me.read_attribute("plain")
        me.command_inout("nothing")

    def signal_handler(self, number):
        self.signals += 1
        self.push_change_event("pushed", np.zeros(100))

    @attribute(dtype=(float,), max_dim_x=100)
    def pushed(self):
        return np.zeros(100)

    @attribute(dtype=float, polling_period=5, abs_change=0.1)
    def polled(self):
        # by the polling thread
        self.turns += 1
        return float(self.turns) if self.get_name() == BACK else proxy(BACK).read_attribute("plain").value + self.turns

    @attribute(dtype=float)
    def plain(self):
        return 1.0

    @attribute(dtype=float)
    def of_the_other(self):
        # the one in front calls the one behind and itself, never the other way round
        if self.get_name() == BACK:
            return self.plain_of(BACK)
        return self.plain_of(BACK) + self.plain_of(FRONT)

    def plain_of(self, name):
        """Ask a device of this server."""
        return proxy(name).read_attribute("plain").value

    @command(dtype_out=float)
    def let_in(self):
        """Let others in and push meanwhile."""
        with tango.AutoTangoAllowThreads(self):
            self.push_change_event("pushed", np.ones(100))
            return self.plain_of(self.get_name())

    @command
    def nothing(self):
        pass

    @command(dtype_out=int)
    def count(self):
        """How often the threads came round."""
        return self.turns


def prepare():
    """Before the devices are made."""
    sys.setswitchinterval(1e-5)
    tango.Util.instance().set_serial_model(tango.SerialModel[os.environ["MODEL"]])


if __name__ == "__main__":
    serve(Entangled, pre_init_callback=prepare)
