"""Tango Controls for Python."""

# First of all, because everything below needs the library.
from tango import _library as _library  # isort: skip
from tango import constants, enums, errors, group_reply, server, structs, telemetry
from tango._core.attribute_data import DeviceAttribute, DeviceAttributeHistory
from tango._core.command_data import DeviceData, DeviceDataHistory
from tango._core.multi_attribute import MultiAttribute, MultiClassAttribute
from tango._core.server_attr import Attr, ImageAttr, SpectrumAttr
from tango._core.server_value import Attribute, WAttribute
from tango._core.threads import EnsureOmniThread, is_omni_thread, raise_asynch_exception
from tango._submodules import __dir__ as __dir__
from tango._submodules import __getattr__ as __getattr__
from tango.api_util import ApiUtil
from tango.attr_data import AttrData
from tango.attribute_proxy import AttributeProxy, get_attribute_proxy
from tango.connection import Connection
from tango.data_lists import DeviceDataHistoryList, DeviceDataList
from tango.database import Database
from tango.db_server_data import DbServerData
from tango.encoded_attribute import EncodedAttribute
from tango.enums import *
from tango.errors import *
from tango.green import get_green_mode, set_green_mode
from tango.group import Group
from tango.group_reply import *
from tango.log4tango import DebugIt, ErrorIt, FatalIt, InfoIt, LogIt, TangoStream, WarnIt
from tango.pipe import Pipe, WPipe
from tango.proxy import DeviceProxy, get_device_proxy
from tango.release import Release
from tango.server.classic import *
from tango.server.classic.registry import *
from tango.structs.attr_prop import *
from tango.structs.config import *
from tango.structs.database import *
from tango.structs.error import *
from tango.structs.events import *
from tango.structs.idl import *
from tango.structs.info import *
from tango.structs.pipes import *
from tango.structs.time import *
from tango.structs.vectors import *
from tango.utils import (
    is_array_type,
    is_bool_type,
    is_float_type,
    is_int_type,
    is_numerical_type,
    is_scalar_type,
    is_str_type,
    obj_2_str,
    requires_pytango,
    requires_tango,
    seqStr_2_obj,
    str_2_obj,
)

__version__ = Release.version
__version_description__ = Release.version_description
__version_info__ = Release.version_info
__version_long__ = Release.version_long
__version_number__ = Release.version_number

__all__ = [
    "ApiUtil",
    "Attr",
    "AttrData",
    "Attribute",
    "AttributeProxy",
    "Connection",
    "Database",
    "DbServerData",
    "DebugIt",
    "DeviceAttribute",
    "DeviceAttributeHistory",
    "DeviceData",
    "DeviceDataHistory",
    "DeviceDataHistoryList",
    "DeviceDataList",
    "DeviceProxy",
    "EncodedAttribute",
    "EnsureOmniThread",
    "ErrorIt",
    "FatalIt",
    "Group",
    "ImageAttr",
    "InfoIt",
    "LogIt",
    "MultiAttribute",
    "MultiClassAttribute",
    "Pipe",
    "Release",
    "SpectrumAttr",
    "TangoStream",
    "WAttribute",
    "WPipe",
    "WarnIt",
    "__version__",
    "__version_description__",
    "__version_info__",
    "__version_long__",
    "__version_number__",
    "constants",
    "get_attribute_proxy",
    "get_device_proxy",
    "get_green_mode",
    "is_array_type",
    "is_bool_type",
    "is_float_type",
    "is_int_type",
    "is_numerical_type",
    "is_omni_thread",
    "is_scalar_type",
    "is_str_type",
    "obj_2_str",
    "raise_asynch_exception",
    "requires_pytango",
    "requires_tango",
    "seqStr_2_obj",
    "set_green_mode",
    "str_2_obj",
    "telemetry",
]
__all__ += enums.__all__
__all__ += errors.__all__
__all__ += structs.__all__
__all__ += group_reply.__all__
__all__ += server.classic.__all__
__all__ += server.classic.registry.__all__
