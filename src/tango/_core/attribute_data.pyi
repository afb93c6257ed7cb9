"""Written by ci/stubs.py from the compiled module; do not edit."""
from tango.enums import AttrDataFormat, AttrQuality, CmdArgType
from tango.structs.config import AttributeDimension
from tango.structs.time import TimeVal

class DeviceAttribute:
    def __init__(self, *args: object, **kwargs: object) -> None: ...
    def get_date(self) -> TimeVal: ...
    def get_err_stack(self) -> tuple: ...
    def set_w_dim_x(self, value: int) -> None: ...
    def set_w_dim_y(self, value: int) -> None: ...
    value: object
    w_value: object
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
    ExtractAs = ExtractAs
