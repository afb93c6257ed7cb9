"""Blobs, the values of pipes, between Python and C++."""
from tango._core.lib.pipes cimport PipeElements

# The elements as users see them: dictionaries with name, dtype and value. Arrays look at the memory of the elements, which they
# take over.
cdef list elements_to_py(PipeElements &elements, int extract_as)

# Fills a blob with items (name, code, value), the value of a blob being (name, items); see tango.pipe_values. Returns what must
# stay alive as long as the elements, nothing if they are `copied`.
cdef list fill_elements(PipeElements &elements, object items, bint copied, object where)
