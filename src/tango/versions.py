"""Versions of this package and of what it stands on, and the demands of other programs on them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tango import constants
from tango.release import Release

__all__ = ["from_version_str_to_hex_str", "from_version_str_to_int", "info", "requires_pytango", "requires_tango"]

_NUMBERS = re.compile(r"\s*v?(\d+(?:\.\d+)*)")
_BEFORE_FINAL = re.compile(r"[._-]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)\d*", re.IGNORECASE)


def _key(version: str) -> tuple[tuple[int, ...], bool]:
    """Return what versions are compared by: the numbers, and whether it is a final version."""
    match = _NUMBERS.match(version)
    if match is None:
        raise ValueError(f"Invalid version: {version!r}; it should read like '9.3.4'")
    numbers = [int(number) for number in match[1].split(".")]
    numbers += [0] * (4 - len(numbers))
    return tuple(numbers), _BEFORE_FINAL.match(version, match.end()) is None


def from_version_str_to_hex_str(version_str: str) -> str:
    """Return a version as a hexadecimal number, one byte for each part.

    Parameters
    ----------
    version_str : str
        The version, for example ``"9.3.4"``.

    Returns
    -------
    str
        For example ``"0x09030400"``.

    Raises
    ------
    ValueError
        If it is not a version.
    """
    return "0x" + "".join(f"{number:02x}" for number in _key(version_str)[0][:3]) + "00"


def from_version_str_to_int(version_str: str) -> int:
    """Return a version as a number, one byte for each part.

    Parameters
    ----------
    version_str : str
        The version, for example ``"9.3.4"``.

    Returns
    -------
    int
        For example 0x09030400.

    Raises
    ------
    ValueError
        If it is not a version.
    """
    return int(from_version_str_to_hex_str(version_str), 16)


def _require(
    name: str, installed: str, min_version: str | None, conflicts: Iterable[str] | str, software_name: str
) -> bool:
    unwanted = [conflicts] if isinstance(conflicts, str) else list(conflicts)
    if any(_key(version) == _key(installed) for version in unwanted):
        raise Exception(f"{software_name} cannot run with {name} {installed}")
    if min_version is not None and _key(installed) < _key(min_version):
        raise Exception(f"{software_name} requires {name} {min_version} but {installed} installed")
    return True


def requires_pytango(
    min_version: str | None = None, conflicts: Iterable[str] | str = (), software_name: str = "Software"
) -> bool:
    """Check that the API provided is new enough for a program.

    Parameters
    ----------
    min_version : str, optional
        The oldest PyTango version whose API will do.
    conflicts : iterable of str, optional
        Versions that will not.
    software_name : str, optional
        Name of the program, for the error.

    Returns
    -------
    bool
        True.

    Raises
    ------
    Exception
        If the API is older, or in conflict.
    ValueError
        If what is given is not a version.
    """
    return _require("pytango", Release.version, min_version, conflicts, software_name)


def requires_tango(
    min_version: str | None = None, conflicts: Iterable[str] | str = (), software_name: str = "Software"
) -> bool:
    """Check that cppTango is new enough for a program.

    Parameters
    ----------
    min_version : str, optional
        The oldest cppTango version that will do.
    conflicts : iterable of str, optional
        Versions that will not.
    software_name : str, optional
        Name of the program, for the error.

    Returns
    -------
    bool
        True.

    Raises
    ------
    Exception
        If cppTango is older, or in conflict.
    ValueError
        If what is given is not a version.
    """
    return _require("Tango", constants.TgLibVers, min_version, conflicts, software_name)


def info() -> str:
    """Describe this package, what it was compiled with and what it runs on.

    Returns
    -------
    str
        Several lines for people, to be put into a bug report.
    """
    built, running = constants.Compile, constants.Runtime
    return f"""\
PyTango {Release.version} {Release.version_info}, provided by {Release.name} {Release.cytango_version}
PyTango compiled with:
    Python : {built.PY_VERSION}
    Numpy  : {built.NUMPY_VERSION}
    Tango  : {built.TANGO_VERSION}
    Cython : {built.CYTHON_VERSION}

PyTango runtime is:
    Python : {running.PY_VERSION}
    Numpy  : {running.NUMPY_VERSION}
    Tango  : {running.TANGO_VERSION}

PyTango running on:
{running.UNAME}
"""
