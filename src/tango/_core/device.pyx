"""The C++ device behind a Python device: how it comes and goes, its hooks, its state."""
from cpython.ref cimport Py_DECREF, PyObject
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport make_shared, shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.hook_call cimport no_coroutine
from tango._core.lib.client cimport CDevState
from tango._core.lib.server cimport CDeviceClass, CDeviceImpl, CTangoMonitor
from tango._core.live cimport LIVE_DEVICE, born, gone

from functools import partial

from tango.enums import DevState, GreenMode

cdef extern from "request.hpp" namespace "tangopy" nogil:
    cdef cppclass Request:
        bint remote

    Request &this_request() noexcept
    LocksOfThread locks_of_thread() noexcept

cdef extern from "turn.hpp" namespace "tangopy" nogil:
    cbool &runs_the_loop() noexcept

cdef extern from "device.hpp" namespace "tangopy" nogil:
    cdef enum DeviceHook:
        HOOK_INIT
        HOOK_DELETE
        HOOK_ALWAYS
        HOOK_READ_HARDWARE
        HOOK_WRITE_HARDWARE
        HOOK_STATE
        HOOK_STATUS
        HOOK_SIGNAL
        HOOK_SERVER_INIT
        HOOK_ENDED
        DEVICE_HOOKS

    cdef cppclass PyDevice(CDeviceImpl):
        PyDevice(CDeviceClass *, const string &, const string &, CDevState, const string &, PyObject *, const Hook *,
                 unsigned int, shared_ptr[Interface]) except +translate
        const shared_ptr[Life[CDeviceImpl]] &life()
        void adopt()
        bint adopted()
        bint has_plain_state()
        CDevState base_state() except +translate
        string base_status() except +translate
        void base_signal_handler(long) except +translate
        @staticmethod
        void drop(CDeviceImpl *)

    PyDevice *as_py_device(CDeviceImpl *)
    PyObject *python_of(CDeviceImpl *)
    bint is_served(const CDeviceImpl *) except +translate

cdef extern from "monitors.hpp" namespace "tangopy" nogil:
    cdef cppclass Released:
        Released(CTangoMonitor *) except +translate
        void take_back() except +translate

cdef extern from "signals.hpp" namespace "tangopy" nogil:
    void register_signal(CDeviceImpl &, long, bint) except +translate

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    static inline Tango::DevState tangopy_state(int state) { return static_cast<Tango::DevState>(state); }
    """
    void tangopy_set_door(Gate *)
    CDevState tangopy_state(int)

tangopy_set_door(the_gate())

cdef object SYNCHRONOUS = GreenMode.Synchronous
cdef tuple STATES = tuple(DevState(i) for i in range(len(DevState)))

# Names of the methods behind the hooks, in the order of DeviceHook.
cdef tuple HOOK_NAMES = (
    "init_device", "delete_device", "always_executed_hook", "read_attr_hardware", "write_attr_hardware", "dev_state",
    "dev_status", "signal_handler", "server_init_hook")


# --- the hooks --------------------------------------------------------------------------------------------------------

cdef object run_hook(DeviceCore device, object function, tuple arguments, bint direct=False):
    if is_serialised():
        return call_hook(device, function, arguments, direct)
    deref(device.interface).rest()
    try:
        return call_hook(device, function, arguments, direct)
    finally:
        with nogil:
            deref(device.interface).resume()


cdef inline object call_hook(DeviceCore device, object function, tuple arguments, bint direct):
    cdef Released *released
    cdef shared_ptr[CDeviceImpl] pointer
    if direct or device.runner is None:
        return no_coroutine(function(*arguments), function, SYNCHRONOUS)
    pointer = device.use()
    with nogil:
        released = new Released(&deref(pointer).get_dev_monitor())
    try:
        return device.runner.enter(partial(function, *arguments))
    finally:
        try:
            with nogil:
                released.take_back()
        finally:
            del released


cdef int on_init(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.init_device, ())
    return 0


cdef int on_delete(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.delete_device, ())
    return 0


cdef int on_always(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.always_executed_hook, ())
    return 0


cdef int on_read_hardware(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.read_attr_hardware, (list((<vector[long] *>frame)[0]),))
    return 0


cdef int on_write_hardware(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.write_attr_hardware, (list((<vector[long] *>frame)[0]),))
    return 0


cdef int on_state(object device, void *frame) except -1:
    state = run_hook(<DeviceCore>device, device.dev_state, ())
    (<int *>frame)[0] = state_number(state, "what dev_state() returned")
    return 0


cdef int on_status(object device, void *frame) except -1:
    status = run_hook(<DeviceCore>device, device.dev_status, ())
    if not isinstance(status, (str, bytes)):
        raise TypeError(f"what dev_status() returned must be a str, not {type(status).__name__} {status!r:.80}")
    (<string *>frame)[0] = to_cpp_str(status)
    return 0


cdef int on_signal(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.signal_handler, ((<long *>frame)[0],))
    return 0


cdef int on_server_init(object device, void *frame) except -1:
    run_hook(<DeviceCore>device, device.server_init_hook, ())
    return 0


cdef int on_ended(object device, void *frame) except -1:
    cdef DeviceCore core = <DeviceCore>device
    core.attributes.clear()
    core.by_name.clear()
    core.own_attrs.clear()
    core.removed.clear()
    gone(LIVE_DEVICE)
    Py_DECREF(device)  # adopt() took it
    return 0


cdef int set_hook(int index, const char *name, int (*handler)(object, void *) except -1) except -1:
    HOOKS[index].name = name
    HOOKS[index].handler = handler
    return 0

cdef Hook HOOKS[10]
set_hook(HOOK_INIT, "init_device", on_init)
set_hook(HOOK_DELETE, "delete_device", on_delete)
set_hook(HOOK_ALWAYS, "always_executed_hook", on_always)
set_hook(HOOK_READ_HARDWARE, "read_attr_hardware", on_read_hardware)
set_hook(HOOK_WRITE_HARDWARE, "write_attr_hardware", on_write_hardware)
set_hook(HOOK_STATE, "dev_state", on_state)
set_hook(HOOK_STATUS, "dev_status", on_status)
set_hook(HOOK_SIGNAL, "signal_handler", on_signal)
set_hook(HOOK_SERVER_INIT, "server_init_hook", on_server_init)
set_hook(HOOK_ENDED, "the end of a device", on_ended)


cdef unsigned int defined_hooks(type device_type) except? 0:
    """A bit for each hook that the class defines itself; cppTango's own answer to the others needs no Python."""
    cdef unsigned int bits = 1 << <int>HOOK_INIT
    cdef int i
    for i, name in enumerate(HOOK_NAMES):
        method = getattr(device_type, name, None)
        if method is not None and not getattr(method, "_default_hook", False):
            bits |= 1 << i
    return bits


cdef int state_number(object state, str what) except -1:
    if isinstance(state, DevState):
        return int(state)
    raise TypeError(f"{what} must be a DevState, not {type(state).__name__} {state!r:.80}")


# --- the device -------------------------------------------------------------------------------------------------------

cdef class DeviceCore:
    """Owner of one C++ device until its class takes it, its companion afterwards."""

    def __cinit__(self):
        self.interface = make_shared[Interface]()
        self.attributes = {}
        self.by_name = {}
        self.retiring = set()
        self.own_attrs = {}
        self.removed = []

    def __dealloc__(self):
        cdef CDeviceImpl *device
        if not self.life or not self.ours:
            return
        device = deref(self.life).peek()
        if device != NULL and not as_py_device(device).adopted():
            gone(LIVE_DEVICE)
            with nogil:
                PyDevice.drop(device)

    cdef shared_ptr[CDeviceImpl] use(self) except *:
        """The C++ device, kept alive by the result."""
        cdef shared_ptr[CDeviceImpl] device
        if self.life and (self.ours or is_served(deref(self.life).peek())):
            device = deref(self.life).use()
        if not device:
            self._raise_gone()
        return device

    def _raise_gone(self) -> NoReturn:
        if not self.life:
            raise RuntimeError(f"this {type(self).__name__} has no device yet: call its base class's __init__(self, klass, name) first")
        raise RuntimeError(f"the device of this {type(self).__name__} has been deleted (by a restart, Kill or delete_device)")

    cdef str label(self):
        cdef CDeviceImpl *device = deref(self.life).peek() if self.life else NULL
        return to_py_str(device.get_name()) if device != NULL else type(self).__name__

    cdef bint alive(self):
        """Whether the C++ device exists."""
        if not self.life:
            return False
        return deref(self.life).alive()

    def _label(self) -> str:
        return self.label()

    def _call_hook(self, function: Callable[..., Any], *args: Any) -> Any:
        """Call a function of the user in the green mode of the device."""
        return run_hook(self, function, args)

    # --- what overrides reach with super() ---

    def _has_plain_state(self) -> bool:
        """Whether state and status are those that were set, so that asking for them cannot take long."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        return as_py_device(device.get()).has_plain_state()

    def _base_state(self) -> DevState:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef int state
        with nogil:
            state = <int>(as_py_device(device.get()).base_state() if self.ours else deref(device).dev_state())
        return STATES[state]

    def _base_status(self) -> str:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string status
        if not self.ours:
            return to_py_str(deref(device).get_status())
        with nogil:
            status = as_py_device(device.get()).base_status()
        return to_py_str(status)

    def _base_signal_handler(self, long signo) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        if self.ours:
            with nogil:
                as_py_device(device.get()).base_signal_handler(signo)

    # --- state and status ---

    def _get_name(self) -> str:
        return to_py_str(deref(self.use()).get_name())

    def _get_state(self) -> DevState:
        return STATES[<int>deref(self.use()).get_state()]

    def _get_prev_state(self) -> DevState:
        return STATES[<int>deref(self.use()).get_prev_state()]

    def _set_state(self, state: DevState) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef CDevState cstate = tangopy_state(state_number(state, "the new state"))
        with nogil:
            deref(device).set_state(cstate)

    def _get_status(self) -> str:
        return to_py_str(deref(self.use()).get_status())

    def _set_status(self, str status) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cstatus = to_cpp_str(status)
        with nogil:
            deref(device).set_status(cstatus)

    def _append_status(self, str status, bint new_line) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cstatus = to_cpp_str(status)
        with nogil:
            deref(device).append_status(cstatus, new_line)

    def _get_device_class(self) -> Any:
        return self.device_class

    def _get_exported_flag(self) -> bool:
        return deref(self.use()).get_exported_flag()

    def _get_dev_idl_version(self) -> int:
        return deref(self.use()).get_dev_idl_version()

    def _check_command_exists(self, str name) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            deref(device).check_command_exists(cname)

    def _init_logger(self) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            deref(device).init_logger()

    def _start_logging(self) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            deref(device).start_logging()

    def _stop_logging(self) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            deref(device).stop_logging()

    # --- signals ---

    def _register_signal(self, long signo, bint own_handler) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            register_signal(deref(device), signo, own_handler)

    def _unregister_signal(self, long signo) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        with nogil:
            deref(device).unregister_signal(signo)


cdef int make_device(DeviceCore device, object device_class, CDeviceClass *klass, str name, str description, object state,
                     str status, object runner) except -1:
    cdef string cname = to_cpp_str(name)
    cdef string cdescription = to_cpp_str(description)
    cdef string cstatus = to_cpp_str(status)
    cdef CDevState cstate = tangopy_state(state_number(state, "the state of a device"))
    cdef unsigned int defined = defined_hooks(type(device))
    cdef PyDevice *made
    cdef PyObject *self = <PyObject *>device
    if device.life:
        raise RuntimeError(f"device {device.label()} has been initialised already")
    device.device_class = device_class
    device.runner = runner
    with nogil:
        made = new PyDevice(klass, cname, cdescription, cstate, cstatus, self, HOOKS, defined, device.interface)
    device.life = made.life()
    device.ours = True
    born(LIVE_DEVICE)
    return 0


cdef int adopt_device(DeviceCore device) except -1:
    cdef PyDevice *ours = as_py_device(device.use().get())
    if not ours.adopted():
        ours.adopt()
    return 0


cdef object device_of(CDeviceImpl *device, type foreign):
    cdef PyObject *found = python_of(device)
    cdef DeviceCore wrapper
    if found != NULL:
        return <object>found
    wrapper = foreign.__new__(foreign)
    wrapper.life = make_shared[Life[CDeviceImpl]](device)
    return wrapper


def mark_loop_thread(bint runs) -> None:
    """Say that this thread runs the loop of the server, or does so no longer.

    Parameters
    ----------
    runs
        Whether it does.
    """
    (&runs_the_loop())[0] = runs


cdef bint is_read_by_another_process() noexcept nogil:
    return this_request().remote


cdef LocksOfThread the_locks_of_thread() noexcept:
    return locks_of_thread()
