"""A server of the older API whose devices do what a test tells them, in the middle of a request."""

import sys
import threading

from serving import tell
from told import Told

import tango


class Inside(Told, tango.LatestDeviceImpl):
    """Runs the code that it is sent."""

    def __init__(self, device_class, name):
        super().__init__(device_class, name)
        self.init_device()

    def init_device(self):
        self.get_device_properties(self.get_device_class())
        self.set_state(tango.DevState.ON)
        self.value = 1.0
        self.signals = []
        self.arrived = threading.Event()

    def read_A(self, attr):
        attr.set_value(self.value)

    def read_B(self, attr):
        attr.set_value(self.value)

    def C(self):
        return 5

    def In(self, argument):
        pass

    def signal_handler(self, signo):
        self.signals.append(signo)
        self.arrived.set()


class InsideClass(tango.DeviceClass):
    """Describes `Inside`."""

    class_property_list = {
        "shared": [tango.DevString, "of the class", ["default of the class"]],
        "shared_numbers": [tango.DevVarLongArray, "of the class", [1, 2]],
        "both": [tango.DevLong, "of class and device", [3]],
    }
    device_property_list = {
        "number": [tango.DevLong, "of the device", [5]],
        "numbers": [tango.DevVarDoubleArray, "of the device", []],
        "text": [tango.DevString, "of the device", ""],
        "flag": [tango.DevBoolean, "of the device", True],
        "both": [tango.DevLong, "of class and device", [4]],
    }
    cmd_list = {
        "C": [[tango.DevVoid, "nothing"], [tango.DevLong, "five"], {"display level": tango.DispLevel.EXPERT}],
        "In": [[tango.DevLong, "a number"], [tango.DevVoid, ""]],
        "Run": [[tango.DevString, "lines"], [tango.DevString, "the value of the last one"]],
    }
    attr_list = {
        "A": [[tango.DevDouble, tango.SCALAR, tango.READ]],
        "B": [[tango.DevDouble, tango.SCALAR, tango.READ], {"min alarm": -5}],
    }

    def signal_handler(self, signo):
        for device in self.get_device_list():
            device.signal_handler(-signo)


if __name__ == "__main__":
    server = tango.Util(sys.argv)
    server.add_class(InsideClass, Inside)
    server.server_init()
    tell()
    server.server_run()
