"""Written by ci/stubs.py from the compiled module; do not edit."""
from enum import IntEnum
from tango.enums import CmdArgType
from typing import NamedTuple
TYPES: tuple[TypeRow, ...]

class Kind(IntEnum):
    boolean = 0
    integer = 1
    real = 2
    state = 3
    enumeration = 4
    text = 5
    encoded = 6

class TypeRow(NamedTuple):
    type: CmdArgType
    array: CmdArgType | None
    dtype: str | None
    kind: str
