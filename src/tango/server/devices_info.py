"""What the users of test contexts name: classes by their import path, devices with their properties."""

from __future__ import annotations

import argparse
import ast
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

__all__ = ("checked_devices_info", "class_name", "device", "literal_dict", "named_class")


def device(path: str) -> Any:
    """Import a device class.

    Parameters
    ----------
    path
        Module and class, ``package.module.Class``.

    Returns
    -------
    type
        The class.

    Raises
    ------
    argparse.ArgumentTypeError
        It cannot be imported; the text holds the traceback.
    ValueError
        ``path`` names no class in a module.
    """
    module_name, class_name = path.rsplit(".", 1)
    try:
        module = import_module(module_name)
    except Exception:
        raise argparse.ArgumentTypeError(f"Error importing {path}:\n{traceback.format_exc()}") from None
    try:
        return getattr(module, class_name)
    except AttributeError:
        raise argparse.ArgumentTypeError(f"module {module_name!r} has no class {class_name!r}") from None


def literal_dict(arg: str) -> dict[Any, Any]:
    """Read a dictionary written as in Python.

    Parameters
    ----------
    arg
        The text.

    Returns
    -------
    dict
        The dictionary.

    Raises
    ------
    ValueError
        The text is no dictionary.
    """
    return dict(ast.literal_eval(arg))


def named_class(value: Any) -> Any:
    """Import a class that is given by its path.

    Parameters
    ----------
    value
        The path, or the class.

    Returns
    -------
    type
        The class.

    Raises
    ------
    argparse.ArgumentTypeError
        It cannot be imported.
    TypeError
        It is no class.
    """
    found = device(value) if isinstance(value, str) else value
    if not isinstance(found, type):
        raise TypeError(f"a device class, or its import path, is needed: {value!r} is neither")
    return found


def checked_devices_info(devices_info: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Check the argument of a test context.

    Parameters
    ----------
    devices_info
        See `tango.test_context.MultiDeviceTestContext`.

    Returns
    -------
    list of dict
        The same, with classes instead of their paths.

    Raises
    ------
    ValueError
        It is no sequence of dictionaries, or an empty one.
    KeyError
        A key is missing.
    """
    if isinstance(devices_info, (str, bytes, Mapping)) or not isinstance(devices_info, Sequence) or not devices_info:
        raise ValueError(f"devices_info must be a sequence of dictionaries, one per class, not {devices_info!r}")
    infos = []
    for info in devices_info:
        missing = {"class", "devices"} - set(info)
        if missing:
            raise KeyError(f"devices_info: {sorted(missing)} is missing in {info!r}")
        given = info["class"]
        classes = tuple(map(named_class, given)) if isinstance(given, (tuple, list)) else named_class(given)
        for entry in info["devices"]:
            if "name" not in entry:
                raise KeyError(f"devices_info: 'name' is missing in {entry!r}")
        infos.append({**info, "class": classes})
    return infos


def class_name(classes: Any) -> str:
    """Give the name of a Tango class.

    Parameters
    ----------
    classes
        A device class, or DeviceClass and DeviceImpl.

    Returns
    -------
    str
        The name.
    """
    if isinstance(classes, tuple):
        return str(classes[1].__name__)
    return str(getattr(classes, "TangoClassName", None) or classes.__name__)
