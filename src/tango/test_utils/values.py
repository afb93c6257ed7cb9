"""Values of each type that attributes and commands can have."""

from typing import Any

import numpy as np
import numpy.typing as npt

from tango.enums import AttrDataFormat, CmdArgType, ExtractAs
from tango.errors import DevFailed

__all__ = [
    "BASE_TYPES",
    "COMMAND_TYPED_VALUES",
    "DEV_ENCODED_DATA",
    "EXTRACT_AS",
    "GENERAL_TYPED_VALUES",
    "IMAGE_TYPED_VALUES",
    "LARGE_DATA_SIZE",
    "NUMPY_GENERAL_TYPING_HINTS",
    "NUMPY_IMAGES_TYPING_HINTS",
    "UTF8_STRING",
    "WRONG_NUMPY_TYPING_HINTS",
    "bytes_devstring",
    "str_devstring",
]

#: Text that Latin-1, the character set of Tango's strings, cannot hold: letters of 1 to 4 bytes in UTF-8.
UTF8_STRING = "Ångström µ→∞ Привет мир Ελλάδα 你好 世界 こんにちは 🔬🧲 ~!@#$%^&*()_+[]{}|;:'\",.<>/?0123456789" * 3

#: Each byte that a DevString can hold, which is all but NUL.
bytes_devstring = bytes(range(1, 256))
str_devstring = bytes_devstring.decode("latin-1")

#: More than one buffer of the network layer.
LARGE_DATA_SIZE = 2**20

DEV_ENCODED_DATA: dict[str, Any] = {
    "str": UTF8_STRING,
    "bytes": UTF8_STRING.encode(),
    "bytearray": bytearray(UTF8_STRING.encode()),
}

BASE_TYPES = [float, int, str, bool]

EXTRACT_AS = [
    (ExtractAs.Numpy, np.ndarray),
    (ExtractAs.Tuple, tuple),
    (ExtractAs.List, list),
    (ExtractAs.Bytes, bytes),
    (ExtractAs.ByteArray, bytearray),
    (ExtractAs.String, str),
]

#: Scalars and spectra, at most three values wide.
GENERAL_TYPED_VALUES: dict[Any, Any] = {
    int: (0, 7, -70000, 70001),
    float: (0.5, 2.25, -1.6e-19, 6.02e23),
    str: ("one word", "two words", bytes_devstring, str_devstring),
    bool: (True, False, False, True),
    (int,): (np.array([4, 5]), (6, 7, 8), [3, 2, 1], [-70000, 70001], [0, 0]),
    (float,): (np.array([0.5, 0.25]), (1.5, 2.5, 3.5), [0.3, 0.2, 0.1], (-1.6e-19, 6.02e23), [0.0, 1e12]),
    (str,): (
        np.array(["left", "right"]),
        ("red", "green", "blue"),
        ["x", "y", "z"],
        ("up", "down"),
        ["in", "out"],
        [bytes_devstring] * 3,
        [str_devstring] * 3,
    ),
    (bool,): (np.array([False, True]), (True, True, False), [False, True, True], (True, False), [False, True]),
}

#: Images, at most three values wide and high.
IMAGE_TYPED_VALUES: dict[Any, Any] = {
    ((int,),): (
        np.array([[5, 6], [7, 8]]),
        ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        [[-70000, 70001, 1], [2, 3, 4], [5, 6, 7]],
        ((9, 8, 7), (6, 5, 4)),
        [[0, -1], [1, 0]],
    ),
    ((float,),): (
        np.array([[0.5, 0.25], [0.125, 1.0]]),
        ((1.5, 2.5, 3.5), (4.5, 5.5, 6.5), (7.5, 8.5, 9.5)),
        [[-1.6e-19, 6.02e23], [0.0, 1e12], [2.25, -3.5]],
        ((0.3, 0.2, 0.1), (0.6, 0.5, 0.4)),
        [[1e-12, 0.0], [0.0, 1e12]],
    ),
    ((str,),): (
        np.array([["north", "south"], ["west", "east"]]),
        [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]],
        (("x", "y", "z"), ("u", "v", "w"), ("r", "s", "t")),
        [["up", "down"], ["in", "out"]],
        (("left", "right"), ("on", "off")),
        [[bytes_devstring] * 3] * 2,
        [[str_devstring] * 3] * 2,
    ),
    ((bool,),): (
        np.array([[False, True], [True, False]]),
        [[True, True, False], [False, True, False], [False, False, True]],
        ((False, True, True), (True, False, True), (True, True, False)),
        [[True, False], [True, True]],
        ((True, False), (False, False)),
        [[True]],
        [[False]],
    ),
}

#: Values of types that only commands have.
COMMAND_TYPED_VALUES: dict[Any, Any] = {
    CmdArgType.DevVarLongStringArray: ([[4, 5, 6], ["red", "green", "blue"]],),
    CmdArgType.DevVarDoubleStringArray: ([[0.5, 1.5, 2.5], ["red", "green", "blue"]],),
}

_INTEGERS = (np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64)
_IMAGES: dict[Any, Any] = {
    np.bool_: [[True, False], [False, True]],
    **{integer: [[5, 6], [7, 8]] for integer in _INTEGERS},
    **{real: [[0.5, 1.5], [2.5, 3.5]] for real in (np.float64, np.float32)},
}


def _array_of(dtype: Any) -> Any:
    return npt.NDArray[dtype]


#: numpy type, type hint, format and value of scalars and spectra.
NUMPY_GENERAL_TYPING_HINTS: list[list[Any]] = [
    row
    for dtype, image in _IMAGES.items()
    for row in (
        [dtype, dtype, AttrDataFormat.SCALAR, image[0][0]],
        [dtype, _array_of(dtype), AttrDataFormat.SPECTRUM, image[0]],
    )
]

#: The same of images.
NUMPY_IMAGES_TYPING_HINTS: list[list[Any]] = [
    [dtype, _array_of(dtype), AttrDataFormat.IMAGE, image] for dtype, image in _IMAGES.items()
]

#: Declarations that cannot be: format, largest dimensions, value, the error that must come, and a part of its text.
WRONG_NUMPY_TYPING_HINTS: tuple[tuple[Any, ...], ...] = (
    (None, None, None, None, RuntimeError, "AttrDataFormat has to be specified"),
    (AttrDataFormat.IMAGE, 3, 0, [[5, 6], [7, 8]], DevFailed, "Maximum y dim. wrongly defined"),
    (AttrDataFormat.SPECTRUM, 3, 0, [[5, 6], [7, 8]], TypeError, "Expecting a integer type, but it is not"),
)
