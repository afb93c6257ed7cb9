"""A device whose hooks raise, once, what the command Arm says."""

import os

from serving import serve

from tango import DevState, GreenMode
from tango.server import Device, attribute, command, device_property


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no text")

    __repr__ = __str__


class NoException(BaseException):
    pass


def recurse():
    recurse()


def throw(error):
    raise error


KINDS = {
    "ValueError": lambda: int("x"),
    "SystemExit": lambda: exit(3),
    "KeyboardInterrupt": lambda: throw(KeyboardInterrupt()),
    "Unprintable": lambda: throw(Unprintable()),
    "RecursionError": recurse,
    "NoException": lambda: throw(NoException("none")),
    "GeneratorExit": lambda: throw(GeneratorExit()),
    "StopIteration": lambda: throw(StopIteration("over")),
    "MemoryError": lambda: throw(MemoryError()),
}


class Raising(Device):
    """Each of its hooks may fail."""

    hook, kind = os.environ.get("FAILS", " ").split(" ")
    calls: list[str] = []
    limit: int = device_property(default_value=3)

    def fail_if(self, hook):
        Raising.calls.append(hook)
        if hook == Raising.hook:
            Raising.hook = ""  # once
            KINDS[Raising.kind]()

    def init_device(self):
        super().init_device()
        self.fail_if("init_device")
        self.set_state(DevState.ON)

    def delete_device(self):
        self.fail_if("delete_device")

    def initialize_dynamic_attributes(self):
        self.fail_if("initialize_dynamic_attributes")

    def always_executed_hook(self):
        self.fail_if("always_executed_hook")

    def read_attr_hardware(self, attr_list):
        self.fail_if("read_attr_hardware")

    def write_attr_hardware(self, attr_list):
        self.fail_if("write_attr_hardware")

    def dev_state(self):
        self.fail_if("dev_state")
        return super().dev_state()

    def dev_status(self):
        self.fail_if("dev_status")
        return super().dev_status()

    def signal_handler(self, signo):
        self.fail_if("signal_handler")

    def server_init_hook(self):
        self.fail_if("server_init_hook")

    @attribute
    def value(self) -> float:
        self.fail_if("read")
        return 1.5

    @value.write
    def value(self, value: float):
        self.fail_if("write")

    def is_value_allowed(self, request):
        self.fail_if("is_allowed")
        return True

    @command
    def Do(self):
        self.fail_if("command")

    def is_Do_allowed(self):
        self.fail_if("is_command_allowed")
        return True

    @command
    def Arm(self, hook_and_kind: list[str]):
        Raising.hook, Raising.kind = hook_and_kind
        del self.calls[:]

    @attribute(dtype=(str,), max_dim_x=999)
    def called(self):
        return self.calls

    @command
    def Listen(self):
        self.register_signal(12)

    @command
    def Kill(self):
        os.kill(os.getpid(), 12)


if __name__ == "__main__":
    serve(Raising, green_mode=getattr(GreenMode, os.environ.get("MODE", "Synchronous")))
