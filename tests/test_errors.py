"""Exceptions, and the functions of the older API that raise them."""

import pickle
import sys

import pytest

from tango import errors
from tango.enums import ErrSeverity
from tango.errors import DevError, DevFailed, Except, NamedDevFailed, NamedDevFailedList, make_error, python_error

CLASSES = [
    value
    for value in (getattr(errors, name) for name in errors.__all__)
    if isinstance(value, type) and issubclass(value, DevFailed)
]


def failed(*reasons):
    return DevFailed(*(make_error(reason, "what", "where") for reason in reasons))


@pytest.mark.parametrize("cls", CLASSES)
def test_the_arguments_are_the_error_stack(cls):
    first, second = make_error("A", "a", "there"), make_error("B", "b", "here", ErrSeverity.PANIC)
    error = cls(first, second)
    assert (
        isinstance(error, DevFailed) and error.args == (first, second) and error.args[1].severity is ErrSeverity.PANIC
    )
    assert pickle.loads(pickle.dumps(error)).args == error.args and type(pickle.loads(pickle.dumps(error))) is cls
    assert repr(error).startswith(f"{cls.__name__}(args = (DevError(desc = 'a', origin = 'there', reason = 'A', ")


def test_a_stack_is_printed_with_each_entry_indented():
    error = DevFailed(make_error("R", "one\ntwo", "Traceback:\n  File x\n"), make_error("S", "", "here"))
    assert str(error) == (
        "DevFailed[\n"
        "    DevError[\n"
        "        desc = one\n"
        "            two\n"
        "        origin = Traceback:\n"
        "              File x\n"
        "        reason = R\n"
        "        severity = ERR\n"
        "    ],\n"
        "    DevError[\n"
        "        desc = \n"
        "        origin = here\n"
        "        reason = S\n"
        "        severity = ERR\n"
        "    ]\n"
        "]"
    )


def test_an_exception_without_a_stack_is_printed():
    assert str(DevFailed()) == "DevFailed[\n\n]" and repr(DevFailed()) == "DevFailed(args = ())"
    assert (
        str(DevFailed("x", 5)) == "DevFailed[\n    x,\n    5\n]" and repr(DevFailed("x")) == "DevFailed(args = ('x',))"
    )


def test_throw_exception():
    with pytest.raises(DevFailed) as failure:
        Except.throw_exception("R", "what", "where")
    assert type(failure.value) is DevFailed and failure.value.args == (make_error("R", "what", "where"),)
    with pytest.raises(DevFailed) as failure:
        Except.throw_exception(reason="R", description="d", origin="o", severity=ErrSeverity.WARN)
    assert failure.value.args[0].severity is ErrSeverity.WARN


@pytest.mark.parametrize("arguments", [(1, "d", "o"), ("r", None, "o"), ("r", "d", "o", 1)])
def test_throw_exception_refuses_other_types(arguments):
    with pytest.raises(TypeError, match=r"DevError\.\w+: expected"):
        Except.throw_exception(*arguments)


def test_re_throw_exception_adds_an_entry():
    cause = errors.ConnectionFailed(make_error("R", "what", "where"))
    with pytest.raises(DevFailed) as failure:
        Except.re_throw_exception(cause, "S", "more", "here", ErrSeverity.PANIC)
    assert type(failure.value) is DevFailed and failure.value.__cause__ is cause
    assert failure.value.args == (*cause.args, make_error("S", "more", "here", ErrSeverity.PANIC))
    with pytest.raises(TypeError, match="expected a DevFailed, got str 'x'"):
        Except.re_throw_exception("x", "S", "more", "here")


def test_a_python_exception_becomes_a_devfailed():
    try:
        raise ValueError("two\nlines") from KeyError("cause")
    except ValueError:
        info = sys.exc_info()
        implicit = Except.to_dev_failed()
    explicit = Except.to_dev_failed(*info)
    assert explicit.args == implicit.args == Except.to_dev_failed(info[1]).args
    (entry,) = explicit.args
    assert (entry.reason, entry.desc, entry.severity) == (
        "PyDs_PythonError",
        "ValueError: two\nlines\n",
        ErrSeverity.ERR,
    )
    assert entry.origin.startswith("KeyError: 'cause'\n\nThe above exception was the direct cause")
    assert 'raise ValueError("two\\nlines") from' in entry.origin and __file__ in entry.origin
    with pytest.raises(DevFailed) as failure:
        Except.throw_python_exception(*info)
    assert failure.value.args == explicit.args


def test_without_an_exception_the_devfailed_says_so():
    assert [entry.reason for entry in Except.to_dev_failed().args] == ["PyDs_BadPythonException"]
    assert [entry.reason for entry in Except.to_dev_failed(5, "x").args] == ["PyDs_BadPythonException"]


def test_an_exception_that_cannot_be_printed_is_reported_all_the_same():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError("no")

    class Evil(Exception):
        @property
        def __cause__(self):
            raise RuntimeError("no")

    for kind in (Mute, Evil):
        entry = python_error(kind())
        assert entry.reason == "PyDs_PythonError" and kind.__name__ in entry.desc


@pytest.mark.parametrize("exception", [SystemExit(3), KeyboardInterrupt(), SyntaxError("bad")])
def test_every_kind_of_exception_is_reported(exception):
    assert type(exception).__name__ in python_error(exception).desc


def test_compare_exception():
    assert Except.compare_exception(failed("A", "B"), failed("A", "B"))
    assert not Except.compare_exception(failed("A"), failed("A", "B"))
    assert not Except.compare_exception(failed("A"), failed("B"))
    with pytest.raises(TypeError, match="expected a DevFailed, got int 5"):
        Except.compare_exception(failed("A"), 5)


def test_an_error_stack_is_printed_for_people(capfd):
    Except.print_error_stack([make_error("R", "what", "where", ErrSeverity.WARN), make_error("S", "d", "o")])
    Except.print_exception(failed("T"))
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "Tango error stack\nSeverity = WARNING\nError reason = R\nDesc : what\nOrigin : where\n\n"
        "Tango error stack\nSeverity = ERROR\nError reason = S\nDesc : d\nOrigin : o\n\n"
        "Tango error stack\nSeverity = ERROR\nError reason = T\nDesc : what\nOrigin : where\n\n"
    )
    with pytest.raises(TypeError, match="error stack: expected a DevError, got str 'x'"):
        Except.print_error_stack("x")


def test_errors_of_several_attributes():
    faults = NamedDevFailedList(err_list=[NamedDevFailed(name="a", idx_in_call=2, err_stack=(DevError(),))])
    assert faults.get_faulty_attr_nb() == 1 and not faults.call_failed() and NamedDevFailedList().call_failed()
    assert faults.err_list[0].name == "a"


def test_errors_may_be_keys():
    assert len({make_error("R", "d", "o"), make_error("R", "d", "o"), make_error("S", "d", "o")}) == 2


def test_each_class_of_cpptango_has_its_own():
    assert set(errors.CXX_ORDER) == set(CLASSES) and len(errors.CXX_ORDER) == 12
