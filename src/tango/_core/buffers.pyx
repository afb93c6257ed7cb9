"""Arrays over memory that C++ gave away: no copy is made, the memory lives as long as any view of it."""
cimport numpy
from cpython.ref cimport Py_INCREF

from tango._core.live cimport LIVE_BUFFER, born, gone
from tango._core.types cimport numpy_type

numpy.import_array()


cdef class SequenceBuffer:
    """The owner of one CORBA sequence; `memoryview(buffer)` shows its elements."""

    def __init__(self):
        raise TypeError("a SequenceBuffer comes with the value of an attribute or command; it cannot be made by hand")

    def __dealloc__(self):
        if self.block != NULL:
            del self.block
            gone(LIVE_BUFFER)

    def __len__(self) -> int:
        return self.extent[0]

    def __getbuffer__(self, Py_buffer *buffer, int flags) -> None:
        buffer.buf = self.block.data
        buffer.obj = self
        buffer.len = self.extent[0] * <Py_ssize_t>self.row.size
        buffer.itemsize = <Py_ssize_t>self.row.size
        buffer.readonly = 0
        buffer.format = self.format_
        buffer.ndim = 1
        buffer.shape = self.extent
        buffer.strides = &buffer.itemsize
        buffer.suboffsets = NULL
        buffer.internal = NULL


cdef SequenceBuffer wrap_block(Block *block, const Row *row):
    cdef SequenceBuffer buffer = SequenceBuffer.__new__(SequenceBuffer)
    buffer.block = block
    born(LIVE_BUFFER)
    buffer.row = row
    buffer.extent[0] = <Py_ssize_t>block.length
    buffer.format_[0] = row.format
    buffer.format_[1] = 0
    return buffer


cdef object view(SequenceBuffer buffer, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int ndim):
    cdef numpy.npy_intp dims[2]
    cdef Py_ssize_t count = dim_x if ndim == 1 else dim_x * dim_y
    cdef char *data = <char *>buffer.block.data
    if start + count > buffer.extent[0]:
        raise ValueError(f"the reply holds {buffer.extent[0]} elements but announces {start + count}")
    dims[0] = dim_x if ndim == 1 else dim_y
    dims[1] = dim_x
    if data == NULL:
        return numpy.PyArray_SimpleNew(ndim, dims, numpy_type(buffer.row))
    array = numpy.PyArray_SimpleNewFromData(ndim, dims, numpy_type(buffer.row), data + start * buffer.row.size)
    Py_INCREF(buffer)  # SetBaseObject steals one
    numpy.PyArray_SetBaseObject(array, buffer)
    return array
