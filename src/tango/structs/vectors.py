"""Typed lists of plain values, named after the C++ vectors that they stand for."""

from tango.structs.base import TypedList

__all__ = ["StdDoubleVector", "StdLongVector", "StdStringVector"]


class StdStringVector(TypedList[str], item_type=str):
    """A list of strings."""


class StdLongVector(TypedList[int], item_type=int):
    """A list of integers of at most 32 bits."""


class StdDoubleVector(TypedList[float], item_type=float):
    """A list of floating-point numbers."""

    def __repr__(self) -> str:
        return "StdDoubleVector[{}]".format(", ".join(f"{number:g}" for number in self))

    __str__ = __repr__
