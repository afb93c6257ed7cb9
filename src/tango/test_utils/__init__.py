"""Values, devices, checks and pytest fixtures for the tests of device servers and clients.

The fixtures need pytest; without it everything else is here all the same.
"""

import enum as enum
import time as time
from functools import wraps as wraps
from typing import ClassVar as ClassVar

import numpy as np  # noqa: F401 (users import it from here)
import numpy.typing as npt  # noqa: F401

from tango.device_class import DeviceClass as DeviceClass
from tango.device_server import LatestDeviceImpl as LatestDeviceImpl
from tango.enums import AttrDataFormat, AttrWriteType, CmdArgType
from tango.enums import DevState as DevState
from tango.enums import ExtractAs as ExtractAs
from tango.enums import GreenMode as GreenMode
from tango.enums import SerialModel as SerialModel
from tango.errors import DevFailed as DevFailed
from tango.proxy import DeviceProxy as DeviceProxy
from tango.server import Device as Device
from tango.test_context import DeviceTestContext as DeviceTestContext
from tango.test_context import MultiDeviceTestContext as MultiDeviceTestContext
from tango.test_context import get_server_port_via_pid as get_server_port_via_pid
from tango.test_utils.arguments import DEVICE_SERVER_ARGUMENTS as DEVICE_SERVER_ARGUMENTS
from tango.test_utils.arguments import OS_SYSTEMS as OS_SYSTEMS
from tango.test_utils.checks import assert_close as assert_close
from tango.test_utils.checks import assert_value_label as assert_value_label
from tango.test_utils.checks import check_attr_type as check_attr_type
from tango.test_utils.checks import check_read_attr as check_read_attr
from tango.test_utils.convert import FROM_TANGO_TO_NUMPY_TYPE as FROM_TANGO_TO_NUMPY_TYPE
from tango.test_utils.convert import convert_dtype_to_typing_hint as convert_dtype_to_typing_hint
from tango.test_utils.convert import convert_to_type as convert_to_type
from tango.test_utils.convert import create_result as create_result
from tango.test_utils.convert import make_nd_value as make_nd_value
from tango.test_utils.convert import repr_numpy_type as repr_numpy_type
from tango.test_utils.convert import repr_type as repr_type
from tango.test_utils.decorators import general_asyncio_decorator as general_asyncio_decorator
from tango.test_utils.decorators import general_decorator as general_decorator
from tango.test_utils.devices import BadEnumDuplicates as BadEnumDuplicates
from tango.test_utils.devices import BadEnumNonZero as BadEnumNonZero
from tango.test_utils.devices import BadEnumSkipValues as BadEnumSkipValues
from tango.test_utils.devices import ClassicAPISimpleDeviceClass as ClassicAPISimpleDeviceClass
from tango.test_utils.devices import ClassicAPISimpleDeviceImpl as ClassicAPISimpleDeviceImpl
from tango.test_utils.devices import GoodEnum as GoodEnum
from tango.test_utils.devices import SimpleDevice as SimpleDevice
from tango.test_utils.values import BASE_TYPES as BASE_TYPES
from tango.test_utils.values import COMMAND_TYPED_VALUES as COMMAND_TYPED_VALUES
from tango.test_utils.values import DEV_ENCODED_DATA as DEV_ENCODED_DATA
from tango.test_utils.values import EXTRACT_AS as EXTRACT_AS
from tango.test_utils.values import GENERAL_TYPED_VALUES as GENERAL_TYPED_VALUES
from tango.test_utils.values import IMAGE_TYPED_VALUES as IMAGE_TYPED_VALUES
from tango.test_utils.values import LARGE_DATA_SIZE as LARGE_DATA_SIZE
from tango.test_utils.values import NUMPY_GENERAL_TYPING_HINTS as NUMPY_GENERAL_TYPING_HINTS
from tango.test_utils.values import NUMPY_IMAGES_TYPING_HINTS as NUMPY_IMAGES_TYPING_HINTS
from tango.test_utils.values import UTF8_STRING as UTF8_STRING
from tango.test_utils.values import WRONG_NUMPY_TYPING_HINTS as WRONG_NUMPY_TYPING_HINTS
from tango.test_utils.values import bytes_devstring as bytes_devstring
from tango.test_utils.values import str_devstring as str_devstring
from tango.test_utils.waiting import wait_for_nodb_proxy_via_pid as wait_for_nodb_proxy_via_pid
from tango.test_utils.waiting import wait_for_proxy as wait_for_proxy
from tango.utils import is_non_str_seq as is_non_str_seq

DevLong64 = CmdArgType.DevLong64
DevVarDoubleStringArray = CmdArgType.DevVarDoubleStringArray
DevVarLongStringArray = CmdArgType.DevVarLongStringArray
READ = AttrWriteType.READ
SCALAR = AttrDataFormat.SCALAR

try:
    import pytest
except ImportError:
    pytest = None  # type: ignore[assignment]
else:
    from tango.test_utils.fixtures import *
