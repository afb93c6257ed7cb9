"""The public API is that of PyTango: names, parameters and enumeration values against a recorded inventory.

What differs on purpose stands in docs/reference/differences.md with its reason. What does not exist yet stands in
tests/data/api-gaps.txt; that list only shrinks (``python tests/public_api.py --shrink``).
"""

import fnmatch

import public_api as api
import pytest


@pytest.mark.parametrize("name", api.everything())
def test_the_recorded_api_is_there(name):
    found = {problem for problem in api.problems(name) if not api.is_intended(problem)}
    assert sorted(found - api.known_gaps()) == [], (
        "missing; if something new brought it: python tests/public_api.py --shrink"
    )


def test_each_known_gap_is_still_one():
    assert sorted(api.known_gaps() - api.all_problems()) == [], "exists now: run python tests/public_api.py --shrink"


def test_no_gap_is_an_intended_difference():
    assert [gap for gap in sorted(api.known_gaps()) if api.is_intended(gap)] == []


@pytest.mark.parametrize("pattern", api.intended())
def test_each_intended_difference_is_one(pattern):
    assert fnmatch.filter(api.all_problems(), pattern), "no longer a difference: take the row out"
