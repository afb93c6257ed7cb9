"""Every public name explains itself."""

import enum
import inspect

import pytest

import tango


def public_objects() -> list:
    found = []
    for name in getattr(tango, "__all__", ()):
        value = getattr(tango, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            found.append(pytest.param(value, id=name))
    return found


@pytest.mark.parametrize("value", public_objects())
def test_a_public_name_has_a_docstring(value):
    assert inspect.getdoc(value)


def methods_without_docstring(cls):
    for name, value in vars(cls).items():
        if name.startswith("_") or not (callable(value) or isinstance(value, property)):
            continue
        if not inspect.getdoc(getattr(cls, name)):
            yield name


@pytest.mark.parametrize("value", [value for value in public_objects() if inspect.isclass(value.values[0])])
def test_public_methods_have_docstrings(value):
    if issubclass(value, enum.Enum):
        return
    assert not list(methods_without_docstring(value))
