"""The rows of the one list of Tango types (see types.hpp)."""


cdef extern from "types.hpp" namespace "tangopy" nogil:
    cpdef enum class Kind:
        boolean
        integer
        real
        state
        enumeration
        text
        encoded

    cdef cppclass Row:
        int type
        int array
        const char *name
        const char *array_name
        Kind kind
        size_t size
        char format

    const Row *rows
    const int row_count
    const Row *row_of(int code) noexcept


# The name of a type code as users know it, for messages ("DevDouble").
cdef str type_name(int code)

# numpy's type number for the elements of a row; -1 for text and encoded data.
cdef int numpy_type(const Row *row) noexcept
