"""The public API is that of PyTango: names, parameters and enumeration values against a recorded inventory.

What differs on purpose stands in docs/reference/differences.md with its reason.
"""

import fnmatch

import public_api as api
import pytest


@pytest.mark.parametrize("name", api.everything())
def test_the_recorded_api_is_there(name):
    assert [problem for problem in api.problems(name) if not api.is_intended(problem)] == []


@pytest.mark.parametrize("pattern", api.intended())
def test_each_intended_difference_is_one(pattern):
    assert fnmatch.filter(api.all_problems(), pattern), "no longer a difference: take the row out"
