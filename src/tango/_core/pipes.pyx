"""The pipes of a device, for its clients."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.convert cimport to_cpp_extract_as
from tango._core.errors cimport to_cpp_str, to_py_str
from tango._core.lib.client cimport CDeviceProxy
from tango._core.lib.pipes cimport (
    CPipeInfoList, PipeElements, get_pipe_config, get_pipe_list, read_pipe, set_pipe_config, write_pipe,
)
from tango._core.pipe_data cimport elements_to_py, fill_elements
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport to_cpp_pipe_infos, to_cpp_strings, to_py_pipe_infos, to_py_strings


cdef class DevicePipesCore(DeviceProxyCore):
    """Reading, writing and describing pipes; items of blobs are those of `tango.pipe_values`."""

    def _get_pipe_list(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef unique_ptr[vector[string]] result
        with nogil:
            result.reset(get_pipe_list(deref(ptr)))
        return to_py_strings(deref(result))

    def _get_pipe_config(self, names: Sequence[str]) -> PipeInfoList:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] cnames
        cdef unique_ptr[CPipeInfoList] result
        to_cpp_strings(names, cnames, "names of pipes")
        with nogil:
            result.reset(get_pipe_config(deref(ptr), cnames))
        return to_py_pipe_infos(deref(result))

    def _set_pipe_config(self, infos: Iterable[PipeInfo]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef CPipeInfoList cinfos
        to_cpp_pipe_infos(infos, cinfos)
        with nogil:
            set_pipe_config(deref(ptr), cinfos)

    def _read_pipe(self, name: str, extract_as: int) -> tuple[str, list[dict[str, Any]]]:
        cdef int cextract_as = to_cpp_extract_as(extract_as)
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a pipe")
        cdef string blob_name
        cdef PipeElements elements
        with nogil:
            read_pipe(deref(ptr), cname, blob_name, elements)
        return to_py_str(blob_name), elements_to_py(elements, cextract_as)

    def _write_pipe(self, name: str, blob_name: str, items: list[tuple[Any, ...]]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef string cname = to_cpp_str(name, "the name of a pipe")
        cdef string cblob_name = to_cpp_str(blob_name, "the name of a blob")
        cdef PipeElements elements
        cdef list kept = fill_elements(elements, items, False, f"pipe {name}")
        with nogil:
            write_pipe(deref(ptr), cname, cblob_name, elements)
        del kept  # the elements looked at its memory until here
