"""Values between Python and C++, through the rows of the type list."""
from tango._core.buffers cimport Block, SequenceBuffer
from tango._core.types cimport Row

# What a scalar, spectrum or image is called here: the number of its dimensions.
ctypedef enum Format:
    SCALAR = 0
    SPECTRUM = 1
    IMAGE = 2


# One value on its way into C++: `count` elements at `data`, kept alive by this object.
cdef class Values:
    cdef void *data
    cdef Py_ssize_t count
    cdef int type
    cdef long dim_x
    cdef long dim_y
    cdef object owner
    cdef void *texts
    cdef void *encoded
    cdef char scalar[16]


# `where` names the attribute or command in messages.
cdef Values to_values(object value, int type, int format, object where)

cdef int to_cpp_extract_as(object extract_as) except? -1

# An element of a run as users see it (a DevState member, a str, a tuple for encoded data ...).
cdef object element_to_py(int type, void *data, size_t index, int extract_as)

# A run of elements in the shape asked for; takes the block over and looks at it without a copy where numpy can.
cdef class Run:
    cdef Block *block
    cdef const Row *row
    cdef SequenceBuffer buffer
    cdef object part(self, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int format, int extract_as)
    cdef object items(self, Py_ssize_t start, Py_ssize_t dim_x, Py_ssize_t dim_y, int format, bint as_list)
    cdef object raw(self, Py_ssize_t start, Py_ssize_t count, int extract_as)
    cdef object scalar(self, Py_ssize_t index, int extract_as)

cdef Run wrap_run(Block *block, const Row *row)

# What Run.part and Run.scalar return when ExtractAs leaves no value.
cdef object NOTHING

cdef object encoded_to_py(void *data, size_t index, int extract_as)
