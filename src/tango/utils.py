"""Small tools around Tango, under the names that programs know.

Nearly everything here is defined elsewhere: questions about types in :mod:`tango.type_checks`, spellings of types in
:mod:`tango.dtypes`, strings in :mod:`tango.text_values`, database values in :mod:`tango.db_values`.
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from tango import type_checks
from tango._names_from import names_from_everywhere
from tango.caseless import CaselessDict, CaselessList
from tango.constants import AlrmValueNotSpec, StatusNotSet, TgLibVers
from tango.db_values import (
    DbData_2_dict,
    StdDoubleVector_2_seq,
    StdStringVector_2_seq,
    parameter_2_dbdata,
    seq_2_DbData,
    seq_2_DbDevExportInfos,
    seq_2_DbDevInfos,
    seq_2_StdDoubleVector,
    seq_2_StdStringVector,
)
from tango.dtypes import (
    FROM_TANGO_TO_NUMPY_TYPE,
    TO_TANGO_TYPE,
    EnumTypeError,
    eval_in_fallback_frames,
    get_attribute_type_format,
    get_enum_labels,
    get_tango_type_format,
    parse_type_hint,
    scalar_to_array_type,
)
from tango.event_callback import AsyncEventCallback, EventCallback
from tango.telemetry import get_telemetry_tracer_provider_factory, set_telemetry_tracer_provider_factory
from tango.text_values import obj_2_str, seqStr_2_obj, str_2_obj, strtobool
from tango.threads import PyTangoThread, PyTangoThreadPoolExecutor
from tango.trl import InvalidTangoHostTrlError
from tango.trl import get_device_trl as _get_device_fqtrl_if_necessary
from tango.trl import get_test_context_host as _get_test_context_tango_host_fqtrl
from tango.trl import set_test_context_host as _set_test_context_tango_host_fqtrl
from tango.type_checks import *
from tango.versions import (
    from_version_str_to_hex_str,
    from_version_str_to_int,
    info,
    requires_pytango,
    requires_tango,
)

__all__ = [
    "FROM_TANGO_TO_NUMPY_TYPE",
    "TO_TANGO_TYPE",
    "AlrmValueNotSpec",
    "AsyncEventCallback",
    "CaselessDict",
    "CaselessList",
    "DbData_2_dict",
    "EnumTypeError",
    "EventCallback",
    "InvalidTangoHostTrlError",
    "PyTangoThread",
    "PyTangoThreadPoolExecutor",
    "StatusNotSet",
    "StdDoubleVector_2_seq",
    "StdStringVector_2_seq",
    "TgLibVers",
    "_clear_test_context_tango_host_fqtrl",
    "_get_device_fqtrl_if_necessary",
    "_get_test_context_tango_host_fqtrl",
    "_set_test_context_tango_host_fqtrl",
    "copy_doc",
    "dir2",
    "document_method",
    "document_static_method",
    "ensure_binary",
    "eval_in_fallback_frames",
    "from_version_str_to_hex_str",
    "from_version_str_to_int",
    "get_attribute_type_format",
    "get_attrs",
    "get_enum_labels",
    "get_home",
    "get_latest_device_class",
    "get_tango_device_classes",
    "get_tango_type_format",
    "get_telemetry_tracer_provider_factory",
    "info",
    "obj_2_str",
    "parameter_2_dbdata",
    "parse_type_hint",
    "requires_pytango",
    "requires_tango",
    "scalar_to_array_type",
    "seqStr_2_obj",
    "seq_2_DbData",
    "seq_2_DbDevExportInfos",
    "seq_2_DbDevInfos",
    "seq_2_StdDoubleVector",
    "seq_2_StdStringVector",
    "set_telemetry_tracer_provider_factory",
    "str_2_obj",
    "strtobool",
    "warn_once",
]
__all__ += type_checks.__all__


if not TYPE_CHECKING:  # for which any name would do
    __getattr__ = names_from_everywhere(__name__)


def get_tango_device_classes() -> list[type]:
    """Return the base classes of devices, one for each interface version.

    Returns
    -------
    list[type]
        ``DeviceImpl``, ``Device_2Impl`` ... up to the newest.
    """
    classic = importlib.import_module("tango.server.classic")
    return [classic.DeviceImpl, *(getattr(classic, f"Device_{version}Impl") for version in range(2, 7))]


def get_latest_device_class() -> type:
    """Return the newest base class of devices.

    Returns
    -------
    type
        ``Device_6Impl``.
    """
    return get_tango_device_classes()[-1]


def _clear_test_context_tango_host_fqtrl() -> None:
    _set_test_context_tango_host_fqtrl(None)


def ensure_binary(s: str | bytes, encoding: str = "utf-8", errors: str = "strict") -> bytes:
    """Return the bytes of a string.

    Parameters
    ----------
    s : str or bytes
        The string; bytes are returned as they are.
    encoding, errors : str, optional
        As for :meth:`str.encode`.

    Returns
    -------
    bytes
        The bytes.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if isinstance(s, bytes):
        return s
    if isinstance(s, str):
        return s.encode(encoding, errors)
    raise TypeError(f"not expecting type '{type(s)}'")


def get_home() -> str:
    """Return the user's home directory.

    Returns
    -------
    str
        The directory.
    """
    return os.path.expanduser("~")


_warned: set[Hashable] = set()


def warn_once(message: str, key: Hashable, category: type[Warning] = Warning, stacklevel: int = 1) -> bool:
    """Warn, unless there was a warning with the same key already.

    Parameters
    ----------
    message : str
        The warning.
    key : hashable
        What stands for this warning.
    category : type, optional
        Class of the warning.
    stacklevel : int, optional
        Which caller is named, as for :func:`warnings.warn`.

    Returns
    -------
    bool
        Whether there was a warning now.
    """
    if key in _warned:
        return False
    _warned.add(key)
    warnings.warn(message, category, stacklevel=stacklevel + 1)
    return True


# --- names and documentation of attributes ---------------------------------------------------------------------------


def get_attrs(obj: Any) -> list[str]:
    """Return the names in the ``__dict__`` of an object.

    Parameters
    ----------
    obj : object
        Any object.

    Returns
    -------
    list[str]
        The names; empty if it has no ``__dict__``.
    """
    return list(getattr(obj, "__dict__", ()))


def dir2(obj: Any) -> list[str]:
    """Return the names of an object's attributes without calling its ``__dir__``.

    Parameters
    ----------
    obj : object
        An object or a class.

    Returns
    -------
    list[str]
        The names in the object, its class and their base classes.
    """
    kind = obj if isinstance(obj, type) else type(obj)
    names = set(get_attrs(obj))
    for base in kind.__mro__:
        names.update(get_attrs(base))
    return sorted(names)


def copy_doc(klass: type, fnname: str) -> None:
    """Give a method the documentation of the same method of the first base class that has one.

    Parameters
    ----------
    klass : type
        The class.
    fnname : str
        Name of the method.

    Raises
    ------
    AttributeError
        If no base class has the method.
    """
    for base in klass.__mro__[1:]:
        if fnname in vars(base):
            getattr(klass, fnname).__doc__ = getattr(base, fnname).__doc__
            return
    raise AttributeError(f"no base class of {klass.__name__} has a method {fnname!r}")


def document_method(klass: type, method_name: str, d: str, add: bool = True) -> None:
    """Document a method.

    Parameters
    ----------
    klass : type
        The class.
    method_name : str
        Name of the method.
    d : str
        The documentation.
    add : bool, optional
        Whether what is there already is kept, after the new text.
    """
    method = getattr(klass, method_name)
    method = getattr(method, "__func__", method)
    method.__doc__ = f"{d}\n{method.__doc__}" if add and method.__doc__ else d


document_static_method = document_method
