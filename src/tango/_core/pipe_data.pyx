"""Blobs, the values of pipes, between Python and C++."""
from libcpp.string cimport string

from tango._core.buffers cimport Block
from tango._core.convert cimport NOTHING, SCALAR, SPECTRUM, Run, Values, to_values, wrap_run
from tango._core.errors cimport to_cpp_str, to_py_str
from tango._core.lib.pipes cimport (
    PipeElements, element_count, element_name, element_type, inner_elements, inner_name, put_blob, put_element, set_element_count,
    take_element,
)
from tango._core.types cimport Kind, Row, row_of

from tango.enums import CmdArgType, ErrSeverity, ExtractAs
from tango.errors import DevError, DevFailed

cdef int PIPE_BLOB = int(CmdArgType.DevPipeBlob)
cdef int TUPLE = int(ExtractAs.Tuple)
cdef dict TYPES = {int(type): type for type in CmdArgType}


# --- C++ to Python ----------------------------------------------------------------------------------------------------

cdef list elements_to_py(PipeElements &elements, int extract_as):
    cdef size_t i
    cdef int code
    cdef list result = []
    for i in range(element_count(elements)):
        code = element_type(elements, i)
        if code == PIPE_BLOB:
            value = to_py_str(inner_name(elements, i)), elements_to_py(inner_elements(elements, i), extract_as)
        else:
            value = element_value(elements, i, code, extract_as)
        result.append({"name": to_py_str(element_name(elements, i)), "dtype": TYPES[code], "value": value})
    return result


cdef object element_value(PipeElements &elements, size_t index, int code, int extract_as):
    cdef const Row *row = row_of(code)
    cdef Block *block = take_element(elements, index)
    cdef Py_ssize_t count = <Py_ssize_t>block.length
    cdef Run run = wrap_run(block, row)
    if code == row.type and count == 1:
        return run.scalar(0, extract_as)
    if row.kind == Kind.text or row.kind == Kind.state or row.kind == Kind.encoded:
        return run.items(0, count, 0, SPECTRUM, extract_as != TUPLE)
    value = run.part(0, count, 0, SPECTRUM, extract_as)
    return None if value is NOTHING else value


# --- Python to C++ ----------------------------------------------------------------------------------------------------

cdef object used_twice(str name, object where):
    error = DevError()
    error.reason = "API_PipeDuplicateDEName"
    error.desc = f"Several times the same data element name in one blob: {name} ({where})"
    error.origin = str(where)
    error.severity = ErrSeverity.ERR
    return DevFailed(error)


cdef list fill_elements(PipeElements &elements, object items, bint copied, object where):
    cdef list kept = []
    fill_blob(elements, items, copied, kept, where)
    return kept


cdef int fill_blob(PipeElements &elements, object items, bint copied, list kept, object where) except -1:
    cdef size_t i = 0
    cdef int code
    cdef string cname, inner
    cdef Values values
    cdef set used = set()
    set_element_count(elements, <size_t>len(items))
    for name, code, value in items:
        if name.lower() in used:
            raise used_twice(name, where)
        used.add(name.lower())
        cname = to_cpp_str(name)
        if code == PIPE_BLOB:
            inner = to_cpp_str(value[0])
            fill_blob(put_blob(elements, i, cname, inner), value[1], copied, kept, f"{where}, blob {name}")
        else:
            values = to_values(value, code, SCALAR if code == row_of(code).type else SPECTRUM, f"{where}, element {name}")
            put_element(elements, i, cname, code, values.data, <size_t>values.count, copied)
            if not copied:
                kept.append(values)
        i += 1
    return 0
