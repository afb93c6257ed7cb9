"""Python objects as encoded values, for attributes and commands of type DevEncoded."""

from __future__ import annotations

import json
import pickle
from typing import Any

__all__ = ["dumps", "loads"]


def dumps(fmt: str, obj: Any) -> tuple[str, str | bytes]:
    """Encode a Python object.

    Parameters
    ----------
    fmt : str
        ``"pickle"`` or ``"json"``, or a name that begins so.
    obj : object
        The object.

    Returns
    -------
    str, str or bytes
        The format and the data, as a DevEncoded value takes them.

    Raises
    ------
    TypeError
        If the format is not one of these, or does not take such an object.
    """
    if fmt.startswith("pickle"):
        return fmt, pickle.dumps(obj, protocol=pickle.HIGHEST_PROTOCOL)
    if fmt.startswith("json"):
        return fmt, json.dumps(obj)
    raise TypeError(f"Format '{fmt}' not supported")


def loads(fmt: str, data: str | bytes) -> Any:
    """Decode a Python object.

    Parameters
    ----------
    fmt : str
        The format, as :func:`dumps` takes it.
    data : str or bytes
        The data.

    Returns
    -------
    object
        The object.

    Raises
    ------
    TypeError
        If the format is not supported.

    Warnings
    --------
    Loading a pickle runs what its sender has put into it: load only what a device that you trust has sent.
    """
    if fmt.startswith("pickle"):
        return pickle.loads(data.encode("latin-1") if isinstance(data, str) else data)
    if fmt.startswith("json"):
        return json.loads(data)
    raise TypeError(f"Format '{fmt}' not supported")
