"""What docstrings say of the argument and the result of a command."""

import pytest

from tango.server.docstring import parse_docstring

STYLES = {
    "fields": """Go there.

        :param a: the value
            of it
        :type a: int
        :return: what came
        :rtype: float
        """,
    "fields with type": ":param int a: the value\n    of it\n:returns: what came\n:rtype: float",
    "epydoc": "@param a: the value\n    of it\n@type a: int\n@return: what came\n@rtype: float",
    "google": """Go there.

        Args:
            a (int): the value
                of it
            b: something else

        Returns:
            float: what came
        """,
    "numpy": """Go there.

        Parameters
        ----------
        a : int
            the value
            of it
        b
            something else

        Returns
        -------
        float
            what came
        """,
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_is_read(style):
    argument, result = parse_docstring(STYLES[style])
    assert str(argument) == "a (int): the value\nof it"
    assert str(result) == "returns (float): what came"


@pytest.mark.parametrize("doc", [None, "", "Go there.", "Go there.\n\nRaises:\n    ValueError: never\n"])
def test_a_docstring_may_say_nothing(doc):
    assert parse_docstring(doc) == (None, None)


def test_types_may_be_missing():
    argument, result = parse_docstring("Args:\n    a: the value\n\nReturns:\n    what came\n")
    assert (str(argument), str(result)) == ("a (None): the value", "returns (None): what came")


def test_a_named_numpy_result_gives_its_type():
    _, result = parse_docstring("Go.\n\nReturns\n-------\nspeed : float\n    what came\n")
    assert result.type_name == "float"
