"""Declarations: pipes, as compat_pipes.hpp has them for all versions of cppTango."""
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.buffers cimport Block
from tango._core.errors cimport translate
from tango._core.lib.client cimport CDeviceProxy


cdef extern from "compat_pipes.hpp" namespace "tangopy" nogil:
    cdef cppclass PipeElements:
        PipeElements()

    cdef cppclass CPipeInfoList "tangopy::PipeInfoList":
        CPipeInfoList()

    cdef cppclass CPipeInfo "tangopy::PipeInfo":
        CPipeInfo()

    size_t element_count(const PipeElements &)
    string element_name(PipeElements &, size_t index) except +translate
    int element_type(PipeElements &, size_t index) except +translate
    Block *take_element(PipeElements &, size_t index) except +translate
    PipeElements &inner_elements(PipeElements &, size_t index) except +translate
    string inner_name(PipeElements &, size_t index) except +translate

    void set_element_count(PipeElements &, size_t count) except +translate
    void put_element(PipeElements &, size_t index, const string &name, int code, const void *data, size_t count, cbool copied) \
        except +translate
    PipeElements &put_blob(PipeElements &, size_t index, const string &name, const string &blob_name) except +translate

    void read_pipe(CDeviceProxy &, const string &name, string &blob_name, PipeElements &) except +translate
    void write_pipe(CDeviceProxy &, const string &name, const string &blob_name, PipeElements &) except +translate
    vector[string] *get_pipe_list(CDeviceProxy &) except +translate
    CPipeInfoList *get_pipe_config(CDeviceProxy &, vector[string] &names) except +translate
    void set_pipe_config(CDeviceProxy &, CPipeInfoList &) except +translate
