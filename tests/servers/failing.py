"""A device whose hooks raise what a test chooses."""

from serving import serve

from tango import DevState, Except
from tango.server import Device, attribute, command


class Unspeakable(Exception):
    """An exception that cannot be printed."""

    def __str__(self):
        raise ValueError("no words for it")


class UnspeakableAtAll(Unspeakable):
    """An exception whose printing ends the program."""

    def __str__(self):
        raise KeyboardInterrupt


def deep():
    """Recurse until Python stops it."""
    return deep() + 1


def fail(kind):
    """Raise."""
    if kind == "DevFailed":
        Except.throw_exception("Chosen", "as told", "fail()")
    if kind == "RecursionError":
        deep()
    raise {
        "ZeroDivisionError": ZeroDivisionError("nothing to divide by"),
        "SystemExit": SystemExit(3),
        "KeyboardInterrupt": KeyboardInterrupt(),
        "GeneratorExit": GeneratorExit(),
        "StopIteration": StopIteration(),
        "MemoryError": MemoryError(),
        "Unspeakable": Unspeakable(),
        "UnspeakableAtAll": UnspeakableAtAll(),
        "not Latin-1": ValueError("\N{GREEK SMALL LETTER OMEGA} and \0"),
    }[kind]


class Failing(Device):
    """Fails once, in the hook that it was told to fail in."""

    where = kind = ""

    def here(self, name):
        """Fail if this is the place, once."""
        if Failing.where == name:
            Failing.where = ""
            fail(Failing.kind)

    def init_device(self):
        super().init_device()
        self.here("init_device")

    def delete_device(self):
        self.here("delete_device")

    def always_executed_hook(self):
        self.here("always_executed_hook")

    def read_attr_hardware(self, indexes):
        self.here("read_attr_hardware")

    def write_attr_hardware(self, indexes):
        self.here("write_attr_hardware")

    def dev_state(self):
        self.here("dev_state")
        return DevState.ON

    def dev_status(self):
        self.here("dev_status")
        return "well"

    @attribute(dtype=float)
    def level(self):
        self.here("read")
        return 1.0

    @level.write
    def level(self, value):
        self.here("write")

    def is_level_allowed(self, request):
        self.here("is_attribute_allowed")
        return True

    @command(dtype_in=float, dtype_out=float)
    def double(self, value):
        self.here("command")
        return 2 * value

    def is_double_allowed(self):
        self.here("is_command_allowed")
        return True

    @command(dtype_in=(str,))
    def choose(self, where_and_kind):
        Failing.where, Failing.kind = where_and_kind


if __name__ == "__main__":
    serve(Failing)
