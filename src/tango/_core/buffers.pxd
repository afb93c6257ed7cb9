"""Arrays over memory that C++ gave away: no copy is made, the memory lives as long as any view of it."""
from tango._core.types cimport Row


cdef extern from "buffers.hpp" namespace "tangopy" nogil:
    cdef cppclass Block:
        void *data
        size_t length


cdef class SequenceBuffer:
    cdef Block *block
    cdef const Row *row
    cdef Py_ssize_t extent[1]
    cdef char format_[2]


# Takes the block over.
cdef SequenceBuffer wrap_block(Block *block, const Row *row)

# A writable array over elements `start` ... of the buffer; dim_y == 0 makes a spectrum, otherwise shape is (dim_y, dim_x).
cdef object view(SequenceBuffer buffer, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int ndim)
