"""The ``command`` declaration: what a class makes of it, and what it refuses."""

from __future__ import annotations

import functools

import numpy as np
import numpy.typing as npt
import pytest

from tango.enums import CmdArgType, DevState, DispLevel
from tango.server import Device, command


def rows(cls):
    return cls.TangoClassClass.cmd_list


class Commands(Device):
    @command
    def nothing(self):
        pass

    @command
    def hinted(self, value: int) -> list[str]:
        return []

    @command(dtype_in=(str,), doc_in="in", dtype_out="DevLong", doc_out="out")
    def typed(self, values):
        return 1

    @command
    def documented(self, value: float) -> bool:
        """Go there.

        :param value: how far
        :return: whether it went
        """
        return True

    @command
    def array(self, values: npt.NDArray[np.int16]) -> DevState:
        return DevState.ON

    @command
    def encoded(self, value: tuple[str, bytes]) -> tuple[list[int], list[str]]:
        return [1], ["a"]

    @command(display_level=DispLevel.EXPERT, polling_period=500, fisallowed="may")
    def options(self):
        pass

    def may(self):
        return True

    @command
    def guarded(self):
        pass

    def is_guarded_allowed(self):
        return False


@pytest.mark.parametrize(
    ("name", "in_type", "out_type"),
    [
        ("nothing", CmdArgType.DevVoid, CmdArgType.DevVoid),
        ("hinted", CmdArgType.DevLong64, CmdArgType.DevVarStringArray),
        ("typed", CmdArgType.DevVarStringArray, CmdArgType.DevLong),
        ("documented", CmdArgType.DevDouble, CmdArgType.DevBoolean),
        ("array", CmdArgType.DevVarShortArray, CmdArgType.DevState),
        ("encoded", CmdArgType.DevEncoded, CmdArgType.DevVarLongStringArray),
    ],
)
def test_types(name, in_type, out_type):
    row = rows(Commands)[name]
    assert (row[0][0], row[1][0]) == (in_type, out_type)


@pytest.mark.parametrize(
    ("name", "doc_in", "doc_out"),
    [
        ("nothing", "No input parameter (DevVoid)", "No output parameter (DevVoid)"),
        ("typed", "in", "out"),
        ("documented", "value (None): how far", "returns (None): whether it went"),
        (
            "hinted",
            ":param value: (not documented)\n:type value: DevLong64",
            ":return: (not documented)\n:rtype: DevString",
        ),
    ],
)
def test_descriptions(name, doc_in, doc_out):
    row = rows(Commands)[name]
    assert (row[0][1], row[1][1]) == (doc_in, doc_out)


def test_options():
    options = rows(Commands)["options"][2]
    assert (options["Display level"], options["Polling period"]) == (DispLevel.EXPERT, 500)
    assert options["_is_allowed"] is Commands.may
    assert rows(Commands)["guarded"][2]["_is_allowed"] is Commands.is_guarded_allowed


def test_the_method_stays_callable():
    assert Commands.documented(None, 1.0) is True
    assert rows(Commands)["documented"][2]["_func"] is Commands.documented


def test_a_function_may_become_two_commands():
    def double(self, value):
        return value * 2

    class Doubling(Device):
        pass

    integer = command(double, dtype_in=int, dtype_out=int)
    real = command(double, dtype_in=float, dtype_out=float)
    assert integer.__tango_command__[1][0][0] == CmdArgType.DevLong64
    assert real.__tango_command__[1][0][0] == CmdArgType.DevDouble
    assert integer(None, 2) == 4


def test_a_bound_method_may_become_a_command():
    class Owner:
        def scale(self, value: int) -> int:
            return value * 3

    declared = command(Owner().scale)
    name, row = declared.__tango_command__
    assert (name, row[0][0]) == ("scale", CmdArgType.DevLong64)
    assert declared(2) == 6


def test_a_decorated_method_keeps_its_hints():
    def logged(function):
        @functools.wraps(function)
        def wrapper(*args):
            return function(*args)

        return wrapper

    class Logged(Device):
        @command
        @logged
        def go(self, value: int) -> str:
            return str(value)

    assert [part[0] for part in rows(Logged)["go"][:2]] == [CmdArgType.DevLong64, CmdArgType.DevString]


class TestInheritance:
    def test_a_derived_class_has_all_commands(self):
        class Derived(Commands):
            @command
            def more(self):
                pass

        assert set(rows(Derived)) == {*rows(Commands), "more"}

    def test_a_plain_method_of_the_same_name_takes_the_command_away(self):
        class Derived(Commands):
            def nothing(self):
                pass

        assert "nothing" not in rows(Derived)

    def test_an_overriding_command_takes_its_place(self):
        class Derived(Commands):
            @command
            def hinted(self, value: str) -> None:
                pass

        assert rows(Derived)["hinted"][0][0] == CmdArgType.DevString


WRONG = {
    "impossible type": (RuntimeError, "Cannot translate <class 'object'>", "dtype_in=object"),
    "image": (TypeError, "IMAGE", "dtype_out=((int,),)"),
    "period": (TypeError, "polling_period must be an integer", "polling_period='often'"),
    "display level": (TypeError, "display_level must be", "display_level='high'"),
    "is allowed": (TypeError, "fisallowed must be", "fisallowed=5"),
    "is allowed of too much": (
        TypeError,
        "is-allowed method Wrong.<lambda>(self, a) cannot be called",
        "fisallowed=lambda self, a: True",
    ),
    "period beyond 32 bits": (ValueError, "polling_period must be an integer of 32 bits", "polling_period=2**31"),
    "unknown level": (TypeError, "display_level must be", "display_level=DispLevel.DL_UNKNOWN"),
    "format": (
        TypeError,
        "dformat_in must be a tango.AttrDataFormat, not 'SPECTRUM'",
        "dtype_in=int, dformat_in='SPECTRUM'",
    ),
    "description": (TypeError, "doc_out must be a str, not 5", "doc_out=5"),
    "empty type": (TypeError, "type must be specified as (<dtype>,)", "dtype_in=()"),
    "array of states": (ValueError, "commands and properties have no arrays of it", "dtype_out=('state',)"),
    "unknown keyword": (TypeError, "command() got an unexpected keyword argument 'colour'", "colour=1"),
    "argument without parameter": (
        TypeError,
        "method Wrong.go(self) cannot be called with the device and one argument",
        "dtype_in=int",
    ),
    "type in the wrong place": (TypeError, "a type is given as dtype_in=", "int"),
    "missing is allowed": (AttributeError, "'nope': the is-allowed method is missing", "fisallowed='nope'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_declarations_name_class_and_command(case):
    error, text, keywords = WRONG[case]
    with pytest.raises(error) as caught:
        exec(f"class Wrong(Device):\n    @command({keywords})\n    def go(self): pass\n", dict(globals()))
    assert text in str(caught.value)
    assert "class 'Wrong', command 'go'" in str(caught.value)


WRONG_METHODS = {
    "no device": "@command\n    def go(): pass",
    "parameter without type": "@command\n    def go(self, value): pass",
    "two parameters": "@command\n    def go(self, one: int, two: int): pass",
    "only by keyword": "@command(dtype_in=int)\n    def go(self, *, value): pass",
    "static": "@command\n    @staticmethod\n    def go(): pass",
    "static outside": "@staticmethod\n    @command\n    def go(self): pass",
    "of the class": "@command\n    @classmethod\n    def go(cls): pass",
    "of the class outside": "@classmethod\n    @command\n    def go(cls): pass",
    "property": "@command\n    @property\n    def go(self): pass",
    "is allowed that is no method": "is_go_allowed = True\n    @command\n    def go(self): pass",
}


@pytest.mark.parametrize("case", WRONG_METHODS)
def test_methods_that_cannot_be_commands(case):
    with pytest.raises(TypeError, match="class 'Wrong', command 'go'"):
        exec(f"class Wrong(Device):\n    {WRONG_METHODS[case]}\n", dict(globals()))


def test_a_decorator_may_add_parameters():
    def with_hardware(function):
        @functools.wraps(function)
        def wrapper(self, *args):
            return function(self, *args, "hardware")

        return wrapper

    class Wrapped(Device):
        @command(dtype_in=int)
        @with_hardware
        def go(self, value, hardware):
            return value, hardware

    assert rows(Wrapped)["go"][2]["_func"](None, 1) == (1, "hardware")


@pytest.mark.parametrize("hint", ["object", "list[list[int]]", "tuple[int, str]"])
def test_wrong_hints_name_class_and_command(hint):
    with pytest.raises(RuntimeError, match="class 'Wrong', command 'go'"):
        exec(f"class Wrong(Device):\n    @command\n    def go(self, value: {hint}): pass\n", dict(globals()))


def test_an_unknown_keyword():
    with pytest.raises(TypeError, match="colour"):
        command(colour=1)


@pytest.mark.parametrize("wrong", [5, "go"])
def test_something_that_cannot_be_called(wrong):
    with pytest.raises(TypeError, match="takes a method or function"):
        command(wrong)
