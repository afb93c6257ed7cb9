"""Pipes of a Python device, and the way from cppTango to the methods that read and write them."""
from cpython.method cimport PyMethod_Check
from cpython.ref cimport Py_DECREF, PyObject
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport make_shared, shared_ptr
from libcpp.string cimport string

from tango._core.device cimport DeviceCore, run_hook, self_of
from tango._core.errors cimport exception_to_errors, to_cpp_str, to_py_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.server cimport CDeviceImpl
from tango._core.pipe_data cimport elements_to_py, fill_elements
from tango._core.server_attribute cimport seconds_of

from tango.enums import AttReqType, DispLevel, PipeSerialModel, PipeWriteType

cdef extern from "server_pipe.hpp" namespace "tangopy" nogil:
    cdef enum PipeHook:
        HOOK_READ_PIPE
        HOOK_WRITE_PIPE
        HOOK_PIPE_ALLOWED
        HOOK_PIPE_ENDED

    cdef struct PipeFrame:
        CDeviceImpl *device
        int request
        bint allowed

    PipeBehind *make_pipe(const PipeFacts &, PyObject *, const Hook *) except +translate
    void delete_pipe(PipeBehind *)
    PipeFacts facts_of(CPipe &) except +translate
    void set_name(CPipe &, const string &) except +translate
    int serial_model_of(CPipe &) except +translate
    void set_serial_model(CPipe &, int) except +translate
    string root_blob_name_of(CPipe &) except +translate
    void set_root_blob_name(CPipe &, const string &) except +translate
    cbool has_failed(CPipe &) except +translate
    void set_defaults(CPipe &, const string &, const string &) except +translate
    void set_pipe_value(CPipe &, const string &, PipeElements &) except +translate
    void get_written(CPipe &, string &, PipeElements &) except +translate
    PyObject *python_of(CPipe *) except +translate
    void push_pipe_value(CDeviceImpl &, const string &, const string &, PipeElements &, cbool, double) except +translate
    void push_pipe_error(CDeviceImpl &, const string &, CDevErrorList &) except +translate
    void need_pipes() except +translate

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    """
    void tangopy_set_door(Gate *)

tangopy_set_door(the_gate())

cdef tuple REQUESTS = tuple(AttReqType)


def require_pipes() -> None:
    """Make sure that the library has pipes.

    Raises
    ------
    NonSupportedFeature
        If it has none.
    """
    need_pipes()


# --- the hooks --------------------------------------------------------------------------------------------------------

cdef object call(DeviceCore device, object function, bint takes_device, tuple arguments, bint direct):
    if isinstance(function, str):
        function = getattr(device, function)
    elif takes_device:
        arguments = (device, *arguments)
    return run_hook(device, function, arguments, direct)


cdef int on_read(object pipe, void *frame) except -1:
    cdef PipeCore self = <PipeCore>pipe
    cdef DeviceCore device = <DeviceCore>self_of((<PipeFrame *>frame).device)
    self.reading = True
    try:
        value = call(device, self.reader, self.reader_takes_device, () if self.by_value else (pipe,), self.reader_direct)
        if value is not None:
            pipe.set_value(value)
    finally:
        self.reading = False
    return 0


cdef int on_write(object pipe, void *frame) except -1:
    cdef PipeCore self = <PipeCore>pipe
    cdef DeviceCore device = <DeviceCore>self_of((<PipeFrame *>frame).device)
    self.writing = True
    try:
        argument = pipe.get_value() if self.by_value else pipe
        call(device, self.writer, self.writer_takes_device, (argument,), self.writer_direct)
    finally:
        self.writing = False
    return 0


cdef int on_is_allowed(object pipe, void *frame) except -1:
    cdef PipeCore self = <PipeCore>pipe
    cdef PipeFrame *arguments = <PipeFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    request = REQUESTS[arguments.request]
    arguments.allowed = bool(call(device, self.allower, self.allower_takes_device, (request,), self.allower_direct))
    return 0


cdef int on_ended(object pipe, void *frame) except -1:
    (<PipeCore>pipe).behind = NULL
    Py_DECREF(pipe)  # adopt() took it
    return 0


cdef int set_hook(int index, const char *name, int (*handler)(object, void *) except -1) except -1:
    HOOKS[index].name = name
    HOOKS[index].handler = handler
    return 0

cdef Hook HOOKS[4]
set_hook(HOOK_READ_PIPE, "read", on_read)
set_hook(HOOK_WRITE_PIPE, "write", on_write)
set_hook(HOOK_PIPE_ALLOWED, "is_allowed", on_is_allowed)
set_hook(HOOK_PIPE_ENDED, "the end of a pipe", on_ended)


# --- pipes ------------------------------------------------------------------------------------------------------------

cdef class PipeCore:
    """A pipe of one device; blobs are written as items, see `tango.pipe_values`."""

    def _make(self, str name, level: DispLevel, cbool writable, str label, str description) -> None:
        """Make the C++ pipe; cppTango owns it as soon as its device is made."""
        cdef PipeFacts facts
        if self.life:
            raise RuntimeError(f"pipe {self.name} has been initialised already")
        facts.name = to_cpp_str(name)
        facts.level = int(DispLevel(level))
        facts.writable = writable
        facts.label = to_cpp_str(label)
        facts.description = to_cpp_str(description)
        self.behind = make_pipe(facts, <PyObject *>self, HOOKS)
        self.life = self.behind.life
        self.name = name

    def __dealloc__(self):
        if self.behind != NULL and not self.behind.adopted():
            delete_pipe(self.behind)

    cdef shared_ptr[CPipe] use(self) except *:
        cdef shared_ptr[CPipe] pipe
        if not self.life:
            raise RuntimeError(f"this {type(self).__name__} is empty: a pipe is made by its device class")
        pipe = deref(self.life).use()
        if not pipe:
            raise RuntimeError(f"pipe {self.name} is gone with its device class")
        return pipe

    cdef PipeFacts facts(self) except *:
        cdef shared_ptr[CPipe] pipe = self.use()
        return facts_of(deref(pipe))

    def _set_reader(self, reader: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, read the pipe; `direct` if not as the green mode says."""
        self.reader, self.reader_direct, self.reader_takes_device = reader, direct, takes_device(reader)

    def _set_writer(self, writer: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, write the pipe; `direct` if not as the green mode says."""
        self.writer, self.writer_direct, self.writer_takes_device = writer, direct, takes_device(writer)

    def _set_is_allowed(self, is_allowed: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, asked before each access; None asks nobody."""
        self.use()
        self.allower, self.allower_direct, self.allower_takes_device = is_allowed, direct, takes_device(is_allowed)
        self.behind.has_is_allowed = is_allowed is not None

    def _set_by_value(self, bint by_value) -> None:
        """Whether the callables take and return values, and not the pipe."""
        self.by_value = by_value

    # --- value ---

    def _set_value(self, blob_name: str, items: list[tuple[Any, ...]]) -> None:
        cdef shared_ptr[CPipe] pipe = self.use()
        cdef string cname = to_cpp_str(blob_name)
        cdef PipeElements elements
        if not self.reading:
            raise RuntimeError(f"the value of pipe {self.name} is set by its read method, while a client waits for it")
        fill_elements(elements, items, True, f"pipe {self.name}")
        set_pipe_value(deref(pipe), cname, elements)

    def _get_value(self, int extract_as) -> tuple[str, list[dict[str, Any]]]:
        cdef shared_ptr[CPipe] pipe = self.use()
        cdef string cname
        cdef PipeElements elements
        if not self.writing:
            raise RuntimeError(f"the value of pipe {self.name} is there while a client writes it, for its write method")
        get_written(deref(pipe), cname, elements)
        return to_py_str(cname), elements_to_py(elements, extract_as)

    # --- what it is ---

    def _get_name(self) -> str:
        return to_py_str(self.facts().name)

    def _set_name(self, name: str) -> None:
        cdef shared_ptr[CPipe] pipe = self.use()
        cdef string cname = to_cpp_str(name)
        set_name(deref(pipe), cname)

    def _get_label(self) -> str:
        return to_py_str(self.facts().label)

    def _get_desc(self) -> str:
        return to_py_str(self.facts().description)

    def _get_disp_level(self) -> DispLevel:
        return DispLevel(self.facts().level)

    def _get_writable(self) -> PipeWriteType:
        return PipeWriteType.PIPE_READ_WRITE if self.facts().writable else PipeWriteType.PIPE_READ

    def _get_serial_model(self) -> PipeSerialModel:
        cdef shared_ptr[CPipe] pipe = self.use()
        return PipeSerialModel(serial_model_of(deref(pipe)))

    def _set_serial_model(self, model: PipeSerialModel) -> None:
        cdef shared_ptr[CPipe] pipe = self.use()
        set_serial_model(deref(pipe), int(PipeSerialModel(model)))

    def _get_root_blob_name(self) -> str:
        cdef shared_ptr[CPipe] pipe = self.use()
        return to_py_str(root_blob_name_of(deref(pipe)))

    def _set_root_blob_name(self, name: str) -> None:
        cdef shared_ptr[CPipe] pipe = self.use()
        cdef string cname = to_cpp_str(name)
        set_root_blob_name(deref(pipe), cname)

    def _has_failed(self) -> bool:
        cdef shared_ptr[CPipe] pipe = self.use()
        return has_failed(deref(pipe))

    def _set_defaults(self, label: str, description: str) -> None:
        cdef shared_ptr[CPipe] pipe = self.use()
        cdef string clabel = to_cpp_str(label)
        cdef string cdescription = to_cpp_str(description)
        set_defaults(deref(pipe), clabel, cdescription)


cdef bint takes_device(object function):
    return function is not None and not isinstance(function, str) and not PyMethod_Check(function)


cdef CPipe *give_pipe(PipeCore pipe) except NULL:
    cdef shared_ptr[CPipe] cpp = pipe.use()
    if not pipe.behind.adopted():
        pipe.behind.adopt()
    return cpp.get()


# --- pipes of a device, and their events --------------------------------------------------------------------------------

cdef object pipe_of(CPipe *pipe, type readable, type writable):
    cdef PyObject *found = python_of(pipe)
    cdef PipeCore wrapper
    if found != NULL:
        return <object>found
    kind = writable if facts_of(deref(pipe)).writable else readable
    wrapper = kind.__new__(kind)
    wrapper.life = make_shared[Life[CPipe]](pipe)
    wrapper.name = to_py_str(facts_of(deref(pipe)).name)
    return wrapper


def push_value(DeviceCore device not None, name: str, blob_name: str, items: list[tuple[Any, ...]], time: object) -> None:
    """Push an event with a value; `time` is None for now."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef string cname = to_cpp_str(name)
    cdef string cblob_name = to_cpp_str(blob_name)
    cdef cbool has_time = time is not None
    cdef double seconds = seconds_of(time) if has_time else 0
    cdef PipeElements elements
    cdef list kept = fill_elements(elements, items, False, f"pipe {name}")
    with nogil:
        push_pipe_value(deref(cpp), cname, cblob_name, elements, has_time, seconds)
    del kept  # the elements looked at its memory until here


def push_error(DeviceCore device not None, name: str, error: BaseException) -> None:
    """Push an event that tells of an error."""
    cdef shared_ptr[CDeviceImpl] cpp = device.use()
    cdef string cname = to_cpp_str(name)
    cdef CDevErrorList errors
    exception_to_errors(error, errors)
    with nogil:
        push_pipe_error(deref(cpp), cname, errors)
