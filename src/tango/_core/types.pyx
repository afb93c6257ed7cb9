"""The one list of Tango types, as Python sees it."""
cimport numpy
from libc.string cimport strlen

from typing import NamedTuple

from tango.enums import CmdArgType

numpy.import_array()


class TypeRow(NamedTuple):
    """One line of the list of types that an attribute can have."""

    #: The scalar type.
    type: CmdArgType
    #: The type of its array as a command argument, if there is one.
    array: CmdArgType | None
    #: Name of the numpy dtype of its elements; None for text and encoded data.
    dtype: str | None
    #: boolean, integer, real, state, enumeration, text or encoded.
    kind: str


cdef int numpy_type(const Row *row) noexcept:
    cdef char code = row.format
    if code == c"?":
        return numpy.NPY_BOOL
    if code == c"B":
        return numpy.NPY_UINT8
    if code == c"h":
        return numpy.NPY_INT16
    if code == c"H":
        return numpy.NPY_UINT16
    if code == c"i":
        return numpy.NPY_INT32
    if code == c"I":
        return numpy.NPY_UINT32
    if code == c"q":
        return numpy.NPY_INT64
    if code == c"Q":
        return numpy.NPY_UINT64
    if code == c"f":
        return numpy.NPY_FLOAT32
    if code == c"d":
        return numpy.NPY_FLOAT64
    return -1


cdef str type_name(int code):
    try:
        return CmdArgType(code).name
    except ValueError:
        return f"type {code}"


cdef list python_rows():
    cdef int i
    cdef const Row *row
    cdef list result = []
    for i in range(row_count):
        row = &rows[i]
        result.append(TypeRow(
            CmdArgType(row.type),
            CmdArgType(row.array) if strlen(row.array_name) else None,
            numpy.PyArray_DescrFromType(numpy_type(row)).name if numpy_type(row) >= 0 else None,
            Kind(row.kind).name,
        ))
    return result


#: The list of types, one `TypeRow` each.
TYPES: tuple[TypeRow, ...] = tuple(python_rows())
