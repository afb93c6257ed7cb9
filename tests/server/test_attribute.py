"""The ``attribute`` declaration: what a class makes of it, and what it refuses."""

from __future__ import annotations

import enum

import numpy as np
import numpy.typing as npt
import pytest

from tango.dtypes import EnumTypeError
from tango.enums import AttrDataFormat, AttrWriteType, CmdArgType, DevState, DispLevel
from tango.errors import DevFailed
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext

READ, WRITE, READ_WRITE = AttrWriteType.READ, AttrWriteType.WRITE, AttrWriteType.READ_WRITE
SCALAR, SPECTRUM, IMAGE = AttrDataFormat.SCALAR, AttrDataFormat.SPECTRUM, AttrDataFormat.IMAGE


class Mode(enum.IntEnum):
    OFF = 0
    ON = 1


class Nothing(enum.Enum):
    pass


class FromOne(enum.IntEnum):
    A = 1


def get(self):
    return 1


def put(self, value):
    pass


def rows(cls):
    return cls.TangoClassClass.attr_list


class Forms(Device):
    """Each way to give the methods of an attribute."""

    @attribute
    def decorated(self) -> int:
        """Read by me."""
        return 1

    @decorated.write
    def decorated(self, value: int):
        pass

    by_name: int = attribute()

    def read_by_name(self):
        return 1

    def is_by_name_allowed(self, request):
        return True

    by_decorators = attribute(label="Current", dtype=float)

    @by_decorators.getter
    def get_it(self):
        return 1

    @by_decorators.setter
    def set_it(self, value):
        pass

    @by_decorators.is_allowed
    def may_it(self, request):
        return True

    def _reader(self) -> str:
        return ""

    by_function = attribute(fget=_reader)
    by_text = attribute(fread="_reader", fwrite="_writer", fisallowed="_allowed")

    def _writer(self, value):
        pass

    def _allowed(self, request):
        return True

    only_written = attribute(dtype=int, access=WRITE)

    @only_written.write
    def write_it(self, value):
        pass

    @attribute(dtype=bool, name="renamed")
    def something(self):
        return True


class TestForms:
    def test_attributes_come_in_the_order_of_their_declaration(self):
        assert list(rows(Forms)) == [
            "decorated",
            "by_name",
            "by_decorators",
            "by_function",
            "by_text",
            "only_written",
            "renamed",
        ]

    @pytest.mark.parametrize(
        ("name", "reader", "writer", "is_allowed"),
        [
            ("by_name", "read_by_name", None, "is_by_name_allowed"),
            ("by_decorators", "get_it", "set_it", "may_it"),
            ("by_function", "_reader", None, None),
            ("by_text", "_reader", "_writer", "_allowed"),
            ("only_written", None, "write_it", None),
        ],
    )
    def test_methods(self, name, reader, writer, is_allowed):
        row = rows(Forms)[name]
        names = [method and method.__name__ for method in (row._reader, row._writer, row._is_allowed)]
        assert names == [reader, writer, is_allowed]
        assert row._style == "value"

    @pytest.mark.parametrize(
        ("name", "access"),
        [("decorated", READ_WRITE), ("by_name", READ), ("by_decorators", READ_WRITE), ("by_text", READ_WRITE)]
        + [("only_written", WRITE)],
    )
    def test_the_access_follows_the_methods(self, name, access):
        assert rows(Forms)[name].attr_write == access

    def test_the_docstring_of_a_decorated_method_is_the_description(self):
        assert rows(Forms)["decorated"].att_prop.description == "Read by me."

    def test_a_given_description_takes_precedence(self):
        class Described(Device):
            @attribute(doc="given")
            def a(self) -> int:
                """Not this."""
                return 1

        assert rows(Described)["a"].att_prop.description == "given"

    def test_on_the_class_it_is_the_declaration(self):
        assert isinstance(Forms.by_name, attribute)

    def test_a_reader_may_take_the_attribute(self):
        class Older(Device):
            a = attribute(dtype=int, access=READ_WRITE)

            def read_a(self, attr):
                attr.set_value(1)

            def write_a(self, value):
                self.got = value

        row = rows(Older)["a"]
        assert row._style == "attr"

        class Written:
            def get_write_value(self):
                return 5

        device = Written()
        row._writer(device, Written())
        assert device.got == 5


class TestTypes:
    def test_the_annotation_of_the_variable_comes_first(self):
        class Hinted(Device):
            a: int = attribute()

            def read_a(self) -> str:
                return ""

        assert rows(Hinted)["a"].attr_type == CmdArgType.DevLong64

    def test_dtype_comes_before_all_hints(self):
        class Hinted(Device):
            a: int = attribute(dtype=float)

            def read_a(self) -> str:
                return ""

        assert rows(Hinted)["a"].attr_type == CmdArgType.DevDouble

    def test_what_is_written_says_the_type_at_last(self):
        class Hinted(Device):
            a = attribute(access=WRITE)

            def write_a(self, value: bool):
                pass

        assert rows(Hinted)["a"].attr_type == CmdArgType.DevBoolean

    def test_without_any_it_is_a_double(self):
        class Bare(Device):
            @attribute
            def a(self):
                return 1.0

        assert rows(Bare)["a"].attr_type == CmdArgType.DevDouble

    def test_shapes_of_hints(self):
        class Shapes(Device):
            @attribute(max_dim_x=5)
            def spectrum(self) -> list[int]:
                return []

            @attribute
            def three(self) -> tuple[int, int, int]:
                return 1, 2, 3

            @attribute(max_dim_x=2, max_dim_y=4)
            def image(self) -> list[list[float]]:
                return []

            @attribute(dformat=IMAGE, max_dim_x=2, max_dim_y=4)
            def array(self) -> npt.NDArray[np.uint16]:
                return np.zeros((4, 2), np.uint16)

        shapes = {name: (row.attr_format, row.dim_x, row.dim_y) for name, row in rows(Shapes).items()}
        assert shapes == {
            "spectrum": (SPECTRUM, 5, 0),
            "three": (SPECTRUM, 3, 0),
            "image": (IMAGE, 2, 4),
            "array": (IMAGE, 2, 4),
        }
        assert rows(Shapes)["array"].attr_type == CmdArgType.DevUShort

    @pytest.mark.parametrize("by", ["dtype", "hint"])
    def test_an_enumeration_brings_its_labels(self, by):
        class Enumerated(Device):
            @attribute(**({"dtype": Mode} if by == "dtype" else {}))
            def a(self) -> Mode:
                return Mode.ON

        row = rows(Enumerated)["a"]
        assert row.attr_type == CmdArgType.DevEnum
        assert list(row.att_prop.enum_labels) in (["OFF", "ON"], ["OFF,ON"]) or row.enum_labels == ["OFF", "ON"]

    def test_states(self):
        class States(Device):
            @attribute
            def a(self) -> DevState:
                return DevState.ON

        assert rows(States)["a"].attr_type == CmdArgType.DevState


class TestKeywords:
    def test_each_is_taken_over(self):
        a = attribute(
            dtype=(int,),
            max_dim_x=3,
            display_level=DispLevel.EXPERT,
            polling_period=100,
            memorized=True,
            hw_memorized=True,
            change_event_implemented=True,
            change_event_detect=False,
            green_mode=False,
            write_green_mode=True,
        )
        assert (a.attr_type, a.attr_format, a.dim_x) == (CmdArgType.DevLong64, SPECTRUM, 3)
        assert (a.display_level, a.polling_period) == (DispLevel.EXPERT, 100)
        assert (a.memorized, a.hw_memorized) == (True, True)
        assert (a.change_event_implemented, a.change_event_detect) == (True, False)
        assert (a.read_green_mode, a.write_green_mode, a.isallowed_green_mode) == (False, True, False)

    @pytest.mark.parametrize(
        "name",
        ["label", "unit", "standard_unit", "display_unit", "format", "min_value", "max_value", "min_alarm", "max_alarm"]
        + ["min_warning", "max_warning", "delta_val", "delta_t", "abs_change", "rel_change", "period"]
        + ["archive_abs_change", "archive_rel_change", "archive_period"],
    )
    @pytest.mark.parametrize("value", ["7", 7, np.int32(7)])
    def test_properties_are_given_as_text_or_numbers(self, name, value):
        assert getattr(attribute(**{name: value}).att_prop, name) == "7"

    def test_none_leaves_the_default(self):
        assert attribute(min_value=None, label="x").att_prop.min_value == ""


WRONG = {
    "unknown keyword": (DevFailed, "'colour' is not recognized", "a = attribute(colour=1)"),
    "impossible dtype": (RuntimeError, "dtype: Cannot translate <class 'object'>", "a = attribute(dtype=object)"),
    "no type at all": (DevFailed, "dtype cannot be DevVoid", "a = attribute(dtype=None, fget=len)"),
    "impossible hint": (RuntimeError, "Cannot translate <class 'object'>", "a: object = attribute(fget=len)"),
    "access": (TypeError, "access must be a tango.AttrWriteType, not 'R'", "a = attribute(access='R')"),
    "display level": (TypeError, "display_level must be", "a = attribute(display_level='high')"),
    "dimension": (TypeError, "max_dim_x must be an integer", "a = attribute(max_dim_x='many')"),
    "period": (TypeError, "polling_period must be an integer", "a = attribute(polling_period='often')"),
    "flag": (TypeError, "memorized must be True or False", "a = attribute(memorized='yes')"),
    "limit": (TypeError, "min_value must be text or a number", "a = attribute(min_value=[1])"),
    "method": (TypeError, "fget must be a method", "a = attribute(fget=5)"),
    "missing reader": (AttributeError, "'read_a': the read method is missing", "a = attribute()"),
    "missing writer": (AttributeError, "'write_a': the write method", "a = attribute(fget=len, access=READ_WRITE)"),
    "missing named reader": (AttributeError, "'nope': the read method is missing", "a = attribute(fget='nope')"),
    "missing is-allowed": (AttributeError, "'nope': the is-allowed", "a = attribute(fget=len, fisallowed='nope')"),
    "no second dimension": (
        DevFailed,
        "max_dim_y must be at least 1",
        "a = attribute(dtype=((int,),), max_dim_x=2, fget=len)",
    ),
    "no dimension": (DevFailed, "max_dim_x must be at least 1", "a = attribute(dtype=(int,), max_dim_x=0, fget=len)"),
    "numpy without format": (
        RuntimeError,
        "AttrDataFormat has to be specified",
        "a: npt.NDArray[np.int16] = attribute(fget=len)",
    ),
    "mixed": (RuntimeError, "mixed types", "a: tuple[int, str] = attribute(fget=len)"),
    "encoded spectrum": (DevFailed, "allowed only for SCALAR", "a = attribute(dtype=('DevEncoded',), fget=len)"),
    "a number for what is no number": (
        ValueError,
        "min_alarm: an attribute of type DevString cannot",
        "a = attribute(fget=get, dtype=str, min_alarm=5)",
    ),
    "a change of what is no number": (
        ValueError,
        "rel_change: an attribute of type DevBoolean",
        "a = attribute(fget=get, dtype=bool, rel_change=5)",
    ),
    "a limit of an enumeration": (
        ValueError,
        "max_value: an attribute of type DevEnum",
        "a = attribute(fget=get, dtype=Mode, max_value=5)",
    ),
    "a negative limit": (
        ValueError,
        "min_value cannot be -1: DevUShort has no neg",
        "a = attribute(fget=get, dtype='uint16', min_value=-1)",
    ),
    "two thresholds": (
        TypeError,
        "abs_change must be text or a number, not [1, 2]; two thresholds are",
        "a = attribute(abs_change=[1, 2])",
    ),
    "NUL in a text": (ValueError, "label holds a NUL character", "a = attribute(label='a\\0b')"),
    "period beyond 32 bits": (
        ValueError,
        "polling_period must be an integer of 32 bits",
        "a = attribute(polling_period=2**31)",
    ),
    "dimension beyond 32 bits": (
        ValueError,
        "max_dim_x must be an integer of 32 bits",
        "a = attribute(dtype=(int,), max_dim_x=2**31)",
    ),
    "unknown access": (TypeError, "access must be", "a = attribute(access=AttrWriteType.WT_UNKNOWN)"),
    "unknown level": (TypeError, "display_level must be", "a = attribute(display_level=DispLevel.DL_UNKNOWN)"),
    "unknown format": (TypeError, "dformat must be", "a = attribute(dformat=AttrDataFormat.FMT_UNKNOWN)"),
    "two types": (TypeError, "mixes types: a spectrum is (<dtype>,)", "a = attribute(dtype=(int, float))"),
    "two types in a row": (TypeError, "mixes types", "a = attribute(dtype=((int, float),))"),
    "nested too deeply": (RuntimeError, "nested too deeply", "a = attribute(dtype=(((int,),),))"),
    "nested and a format": (
        RuntimeError,
        "its nesting and a dformat are given together",
        "a = attribute(dtype=(int,), dformat=SCALAR)",
    ),
    "nearly a name": (
        RuntimeError,
        "'flaot' to TANGO type. See documentation for the allowed types (near to it: float",
        "a = attribute(dtype='flaot')",
    ),
    "no element type": (RuntimeError, "list does not say of what; write list[int]", "a: list = attribute(fget=get)"),
    "no labels": (EnumTypeError, "has no members", "a = attribute(dtype=Nothing)"),
    "labels from one": (EnumTypeError, "must start at 0", "a: FromOne = attribute(fget=get)"),
    "one text for labels": (
        TypeError,
        "enum_labels must be a sequence of str, not 'AB'",
        "a = attribute(dtype='enum', enum_labels='AB')",
    ),
    "labels that are no text": (TypeError, "sequence of str; 1 is int", "a = attribute(dtype='enum', enum_labels=[1])"),
    "a label twice": (
        ValueError,
        "enum_labels: 'A' is there twice",
        "a = attribute(dtype='enum', enum_labels=['A', 'A'])",
    ),
    "a comma in a label": (ValueError, "'A,B' holds a comma", "a = attribute(dtype='enum', enum_labels=['A,B'])"),
    "labels and a class": (TypeError, "must not be specified", "a = attribute(dtype=Mode, enum_labels=['A'])"),
    "name that is no text": (TypeError, "name must be a str, not 5", "a = attribute(name=5)"),
    "empty name": (ValueError, "name must have at least one character", "a = attribute(name='')"),
    "a mode for a flag": (
        TypeError,
        "write_green_mode must be True or False, not 'asyncio'",
        "a = attribute(write_green_mode='asyncio')",
    ),
    "a type for a method": (
        TypeError,
        "not <class 'int'>: a type is given as dtype=",
        "@attribute(int)\n    def a(self): pass",
    ),
    "a name and a method": (
        TypeError,
        "'int' names its read method, but it decorates another",
        "@attribute('int')\n    def a(self): pass",
    ),
    "too many arguments": (TypeError, "attribute() too many positional arguments", "a = attribute(get, int)"),
    "a reader without device": (
        TypeError,
        "read method Wrong.<lambda>() cannot be called with the device",
        "a = attribute(fget=lambda: 1)",
    ),
    "a reader of too much": (TypeError, "read method Wrong.a(self, b, c) cannot", "@attribute\n    def a(self, b, c): pass"),
    "a writer without value": (
        TypeError,
        "write method Wrong.<lambda>(self) cannot",
        "a = attribute(fget=get, fset=lambda self: None)",
    ),
    "a writer of too much": (
        TypeError,
        "write method Wrong.a(self, b, c)",
        "@attribute\n    def a(self): pass\n    @a.write\n    def a(self, b, c): pass",
    ),
    "is-allowed of too much": (
        TypeError,
        "is-allowed method Wrong.<lambda>(self, b, c)",
        "a = attribute(fget=get, fisallowed=lambda self, b, c: True)",
    ),
    "is-allowed that is no method": (
        TypeError,
        "'is_a_allowed' is no is-allowed method, but True",
        "is_a_allowed = True\n    a = attribute(fget=get)",
    ),
    "read() of no method": (TypeError, "what read() is given must be a method", "a = attribute()\n    a.read(5)"),
    "write() of no method": (
        TypeError,
        "what write() is given must be a method",
        "a = attribute(fget=get)\n    a.write(None)",
    ),
    "is_allowed() of no method": (
        TypeError,
        "what is_allowed() is given must be",
        "a = attribute(fget=get)\n    a.is_allowed(5)",
    ),
    "memorized and only read": (
        ValueError,
        "only what can be written can be memorized",
        "a = attribute(fget=get, memorized=True)",
    ),
    "forwarded": (TypeError, "only support 'label' and 'name'", "a = attribute(forwarded=True, unit='V')"),
}


class TestWrongDeclarations:
    @pytest.mark.parametrize("case", WRONG)
    def test_they_name_class_and_attribute(self, case):
        error, text, declaration = WRONG[case]
        source = f"class Wrong(Device):\n    {declaration}\n"
        with pytest.raises(error) as caught:
            exec(source, dict(globals()))
        told = caught.value.args[0].desc if error is DevFailed else str(caught.value)
        assert text in told
        assert "class 'Wrong', attribute 'a'" in told

    @pytest.mark.parametrize("limit", ["", "NaN", "Not specified", None])
    def test_a_limit_that_is_none_is_none_for_all_types(self, limit):
        class Text(Device):
            a = attribute(fget=get, dtype=str, min_value=limit, rel_change=limit)

        assert rows(Text)["a"].attr_type == CmdArgType.DevString

    def test_in_decorator_form_too(self):
        with pytest.raises(DevFailed, match="class .*Wrong', attribute 'voltage'"):

            class Wrong(Device):
                @attribute(colour=1)
                def voltage(self):
                    return 1.0

    def test_a_name_used_twice(self):
        with pytest.raises(ValueError, match="class 'Wrong', attribute 'A': the name is used twice"):

            class Wrong(Device):
                one = attribute(name="a", fget=len)
                two = attribute(name="A", fget=len)

    def test_outside_of_a_class_it_says_what_it_can(self):
        with pytest.raises(RuntimeError, match="attribute 'lonely'"):
            lonely = attribute(dtype=object)  # noqa: F841


AT_START = {
    "no number": "fget=get, min_value='low'",
    "no integer": "fget=get, dtype=int, max_alarm=1.5",
    "too large": "fget=get, dtype='int16', max_value=100000",
    "limits the wrong way round": "fget=get, min_value=5, max_value=1",
    "one half of two": "fget=get, delta_val=1",
    "no time": "fget=get, archive_period='often'",
    "three thresholds": "fget=get, rel_change='1,2,3'",
    "memorized spectrum": "fget=get, fset=put, dtype=(int,), max_dim_x=2, memorized=True",
    "memorized state": "fget=get, fset=put, dtype='state', memorized=True",
    "another attribute": "fget=get, fset=put, access=AttrWriteType.READ_WITH_WRITE",
}


@pytest.mark.parametrize("case", AT_START)
def test_what_cpptango_refuses_names_class_and_attribute(case):
    namespace = dict(globals())
    exec(f"class Wrong(Device):\n    a = attribute({AT_START[case]})\n", namespace)
    context = DeviceTestContext(namespace["Wrong"], process=True)
    with pytest.raises(DevFailed, match="class 'Wrong', attribute 'a'") as caught, context:
        pass
    assert caught.value.args[0].reason in (
        "API_IncompatibleAttrDataType",
        "API_IncoherentValues",
        "API_AttrWrongDefined",
    )


class TestInheritance:
    class Base(Device):
        @attribute
        def a(self) -> int:
            return 1

        b: int = attribute()

        def read_b(self):
            return 1

    def test_a_derived_class_has_all_attributes(self):
        class Derived(self.Base):
            c: int = attribute(fget=len)

        assert list(rows(Derived)) == ["a", "b", "c"]
        assert list(rows(self.Base)) == ["a", "b"]

    def test_a_derived_class_may_override_a_method(self):
        class Derived(self.Base):
            def read_b(self):
                return 2

        assert rows(Derived)["b"]._reader is Derived.read_b
        assert rows(self.Base)["b"]._reader is self.Base.read_b

    def test_a_derived_class_may_remove_an_attribute(self):
        class Derived(self.Base):
            a = None

        assert list(rows(Derived)) == ["b"]

    def test_a_derived_class_may_add_a_writer_without_changing_its_base(self):
        class Derived(self.Base):
            @TestInheritance.Base.a.write
            def a(self, value):
                pass

        assert rows(Derived)["a"].attr_write == READ_WRITE
        assert rows(self.Base)["a"].attr_write == READ

    def test_mixins_need_no_metaclass_and_serve_several_classes(self):
        class Mixin:
            m: int = attribute()

            def read_m(self):
                return 1

        class One(Mixin, Device):
            pass

        class Two(Mixin, Device):
            def read_m(self):
                return 2

        assert rows(One)["m"]._reader is Mixin.read_m
        assert rows(Two)["m"]._reader is Two.read_m
        assert rows(One)["m"].class_name == "One"

    def test_two_device_classes_may_be_bases(self):
        class Other(Device):
            d: int = attribute(fget=len)

        class Both(Other, self.Base):
            pass

        assert set(rows(Both)) == {"a", "b", "d"}
