"""Written by ci/stubs.py from the compiled module; do not edit."""
import tango.enums
from tango.enums import AttrDataFormat, AttrQuality, CmdArgType
from tango.structs.config import AttributeDimension
from tango.structs.error import DevError
from tango.structs.time import TimeVal
from typing import Any
from typing_extensions import disjoint_base

@disjoint_base
class AttributeReply:
    def __init__(self, *args: object, **kwargs: object) -> None: ...
    def get(self, extract_as: int) -> DeviceAttribute: ...
    errors: tuple[DevError, ...]

@disjoint_base
class DeviceAttribute:
    def __init__(self, other: DeviceAttribute | None = None) -> None: ...
    def get_date(self) -> TimeVal: ...
    def get_err_stack(self) -> tuple[DevError, ...]: ...
    def set_w_dim_x(self, val: int) -> None: ...
    def set_w_dim_y(self, val: int) -> None: ...
    value: Any
    w_value: Any
    quality: AttrQuality
    data_format: AttrDataFormat
    type: CmdArgType
    time: TimeVal
    has_failed: bool
    is_empty: bool
    r_dimension: AttributeDimension
    w_dimension: AttributeDimension
    nb_read: int
    nb_written: int
    name: str
    dim_x: int
    dim_y: int
    w_dim_x: int
    w_dim_y: int
    ExtractAs = tango.enums.ExtractAs
    except_flags = tango.enums.AttributeExceptFlags

class DeviceAttributeHistory(DeviceAttribute): ...
