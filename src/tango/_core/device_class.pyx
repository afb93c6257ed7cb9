"""The C++ device class behind a Python one."""
from cpython.exc cimport PyErr_WriteUnraisable
from cpython.ref cimport Py_DECREF, PyObject
from cython.operator cimport dereference as deref
from libcpp.memory cimport make_shared, shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore, Life, adopt_device, device_of, make_device
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.lib.server cimport CAttr, CCommand, CDeviceClass, CDeviceImpl
from tango._core.live cimport LIVE_DEVICE_CLASS, born, gone
from tango._core.server_attr cimport Attr, give_attr
from tango._core.server_command cimport CommandCore, give_command
from tango._core.server_pipe cimport CPipe, PipeCore, give_pipe, pipe_of

from functools import partial

cdef extern from "device_class.hpp" namespace "tangopy" nogil:
    cdef enum ClassHook:
        HOOK_COMMANDS
        HOOK_ATTRIBUTES
        HOOK_PIPES
        HOOK_DEVICES
        HOOK_DEVICE_NAMES
        HOOK_CLASS_SIGNAL
        HOOK_CLASS_ENDED

    cdef cppclass PyDeviceClass(CDeviceClass):
        PyDeviceClass(const string &, PyObject *, const Hook *, bint) except +translate
        const shared_ptr[Life[CDeviceClass]] life
        void adopt()
        bint adopted()
        void expect_device(const string &)
        void complete_device(const string &) except +translate
        void add_device(CDeviceImpl *, const shared_ptr[Life[CDeviceImpl]] &)
        void export_device(CDeviceImpl *, const char *) except +translate
        void base_signal_handler(long) except +translate

    cdef struct CommandFacts:
        string name
        int in_type
        int out_type
        string in_description
        string out_description
        int level
        long polling_period

    CommandFacts facts_of(CCommand &)
    void add_wizard_property(CDeviceClass &, bint of_class, string, string, string, bint has_default) except +translate
    PyDeviceClass *as_py_class(CDeviceClass *)
    PyObject *python_of(CDeviceClass *)
    void set_poll_defaults(CDeviceImpl *)

cdef extern from "server_pipe.hpp" namespace "tangopy" nogil:
    vector[CPipe *] pipes_of(CDeviceClass &, const string &device) except +translate
    CPipe *pipe_named(CDeviceClass &, const string &name, const string &device) except +translate

cdef extern from "signals.hpp" namespace "tangopy" nogil:
    void register_signal(CDeviceClass &, long, bint) except +translate

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    """
    void tangopy_set_door(Gate *)

tangopy_set_door(the_gate())


# --- the hooks --------------------------------------------------------------------------------------------------------

# The server is being restarted: no device starts, and no client waits.
cdef bint restarting = False


cdef void set_restarting(bint value) noexcept:
    global restarting
    restarting = value


cdef int on_commands(object device_class, void *frame) except -1:
    cdef vector[CCommand *] *commands = <vector[CCommand *] *>frame
    cdef CommandCore command
    for command in device_class._make_commands():
        commands.push_back(give_command(command))
    return 0


cdef int on_attributes(object device_class, void *frame) except -1:
    cdef vector[CAttr *] *attributes = <vector[CAttr *] *>frame
    cdef Attr attr
    for attr in device_class._make_attributes():
        attributes.push_back(give_attr(attr))
    return 0


cdef int on_pipes(object device_class, void *frame) except -1:
    cdef vector[CPipe *] *pipes = <vector[CPipe *] *>frame
    cdef PipeCore pipe
    for pipe in device_class._make_pipes():
        pipes.push_back(give_pipe(pipe))
    return 0


cdef int on_devices(object device_class, void *frame) except -1:
    names = [to_py_str(name) for name in (<vector[string] *>frame)[0]]
    try:
        device_class.device_factory(names)
    except BaseException:
        if not restarting:
            raise
        # the thread that restarts the server has nobody to tell and would end the process
        PyErr_WriteUnraisable(device_class)
    return 0


cdef int on_device_names(object device_class, void *frame) except -1:
    cdef vector[string] *names = <vector[string] *>frame
    found = [to_py_str(name) for name in names[0]]
    device_class.device_name_factory(found)
    names.clear()
    for name in found:
        names.push_back(to_cpp_str(name))
    return 0


cdef int on_signal(object device_class, void *frame) except -1:
    work = partial(device_class.signal_handler, (<long *>frame)[0])
    runner = (<DeviceClassCore>device_class)._runner
    if runner is None:
        work()
    else:
        runner.enter(work)
    return 0


cdef int on_ended(object device_class, void *frame) except -1:
    gone(LIVE_DEVICE_CLASS)
    Py_DECREF(device_class)  # adopt() took it
    return 0


cdef int set_hook(int index, const char *name, int (*handler)(object, void *) except -1) except -1:
    HOOKS[index].name = name
    HOOKS[index].handler = handler
    return 0

cdef Hook HOOKS[7]
set_hook(HOOK_COMMANDS, "command_factory", on_commands)
set_hook(HOOK_ATTRIBUTES, "attribute_factory", on_attributes)
set_hook(HOOK_PIPES, "pipe_factory", on_pipes)
set_hook(HOOK_DEVICES, "device_factory", on_devices)
set_hook(HOOK_DEVICE_NAMES, "device_name_factory", on_device_names)
set_hook(HOOK_CLASS_SIGNAL, "signal_handler", on_signal)
set_hook(HOOK_CLASS_ENDED, "the end of a device class", on_ended)


# --- the device class -------------------------------------------------------------------------------------------------

cdef class DeviceClassCore:
    """Owner of one C++ device class until the server takes it, its companion afterwards."""

    def __dealloc__(self):
        cdef CDeviceClass *device_class
        if not self.life or not self.ours:
            return
        device_class = deref(self.life).peek()
        if device_class != NULL and not as_py_class(device_class).adopted():
            gone(LIVE_DEVICE_CLASS)
            with nogil:
                del device_class

    cdef shared_ptr[CDeviceClass] use(self) except *:
        """The C++ class, kept alive by the result."""
        cdef shared_ptr[CDeviceClass] device_class
        if self.life:
            device_class = deref(self.life).use()
        if not device_class:
            if not self.life:
                raise RuntimeError(f"this {type(self).__name__} is empty: call DeviceClass.__init__(self, name) first")
            raise RuntimeError(f"the device class of this {type(self).__name__} has been deleted (the server was restarted)")
        return device_class

    def _make(self, str name) -> None:
        """Make the C++ device class; the server owns it as soon as it is given to it."""
        cdef string cname = to_cpp_str(name)
        cdef PyObject *me = <PyObject *>self
        cdef PyDeviceClass *made
        cdef bint handles_signals = not getattr(type(self).signal_handler, "_default_hook", False)
        if self.life:
            raise RuntimeError(f"device class {name} has been initialised already")
        with nogil:
            made = new PyDeviceClass(cname, me, HOOKS, handles_signals)
        self.life = made.life
        self.ours = True
        born(LIVE_DEVICE_CLASS)

    def _make_device(self, DeviceCore device, str name, str description, state: DevState, str status) -> None:
        """Make the C++ device of a Python device."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef string cname = to_cpp_str(name)
        as_py_class(device_class.get()).expect_device(cname)
        make_device(device, self, device_class.get(), name, description, state, status, self._runner)
        with nogil:
            as_py_class(device_class.get()).complete_device(cname)

    def _add_device(self, DeviceCore device) -> None:
        """Give a device to the class: cppTango owns it from now on."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef shared_ptr[CDeviceImpl] cpp = device.use()
        cdef CDeviceImpl *other
        for other in deref(device_class).get_device_list():
            if other == cpp.get():
                return
        adopt_device(device)
        as_py_class(device_class.get()).add_device(cpp.get(), device.life)
        set_poll_defaults(cpp.get())

    def _export_device(self, DeviceCore device, str corba_name) -> None:
        """Let clients reach a device."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef shared_ptr[CDeviceImpl] cpp = device.use()
        cdef string cname = to_cpp_str(corba_name)
        with nogil:
            as_py_class(device_class.get()).export_device(cpp.get(), cname.c_str())

    def _label(self) -> str:
        if not self.life or not deref(self.life).alive():
            return "deleted"
        return self._get_name()

    def _set_type(self, str device_type) -> None:
        cdef string ctype = to_cpp_str(device_type)
        deref(self.use()).set_type(ctype)

    def _get_name(self) -> str:
        return to_py_str(deref(self.use()).get_name())

    def _get_type(self) -> str:
        return to_py_str(deref(self.use()).get_type())

    def _get_doc_url(self) -> str:
        return to_py_str(deref(self.use()).get_doc_url())

    def _get_cvs_tag(self) -> str:
        return to_py_str(deref(self.use()).get_cvs_tag())

    def _get_cvs_location(self) -> str:
        return to_py_str(deref(self.use()).get_cvs_location())

    def _add_wizard_property(self, bint of_class, str name, str description, default: str | None) -> None:
        """Describe a property to tools; `default` is None if it has none."""
        cdef string cname = to_cpp_str(name)
        cdef string cdescription = to_cpp_str(description)
        cdef string cdefault = to_cpp_str(default or "")
        add_wizard_property(deref(self.use()), of_class, cname, cdescription, cdefault, default is not None)

    def _get_command_list(self) -> list[Any]:
        """What is known of each command, as a tuple."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef CCommand *command
        return [to_facts(deref(command)) for command in deref(device_class).get_command_list()]

    def _get_cmd_by_name(self, str name) -> tuple[Any, ...]:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef string cname = to_cpp_str(name)
        cdef CCommand *command
        with nogil:
            command = &deref(device_class).get_cmd_by_name(cname)
        return to_facts(deref(command))

    def _get_pipe_list(self, device: str, type readable, type writable) -> list[Any]:
        """The pipes of one device; those that were written in C++ get objects of one of the two classes."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef string cdevice = to_cpp_str(device)
        cdef CPipe *pipe
        return [pipe_of(pipe, readable, writable) for pipe in pipes_of(deref(device_class), cdevice)]

    def _get_pipe_by_name(self, name: str, device: str, type readable, type writable) -> Any:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef string cname = to_cpp_str(name)
        cdef string cdevice = to_cpp_str(device)
        return pipe_of(pipe_named(deref(device_class), cname, cdevice), readable, writable)

    def _device_destroyer(self, str name) -> None:
        """Delete a device."""
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            deref(device_class).device_destroyer(cname)

    def _register_signal(self, long signo, bint own_handler) -> None:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        with nogil:
            register_signal(deref(device_class), signo, own_handler)

    def _unregister_signal(self, long signo) -> None:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        with nogil:
            deref(device_class).unregister_signal(signo)

    def _get_device_list(self, type foreign) -> list[Any]:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        cdef CDeviceImpl *device
        return [device_of(device, foreign) for device in deref(device_class).get_device_list() if device != NULL]

    def _base_signal_handler(self, long signo) -> None:
        cdef shared_ptr[CDeviceClass] device_class = self.use()
        with nogil:
            as_py_class(device_class.get()).base_signal_handler(signo)


cdef tuple to_facts(CCommand &command):
    cdef CommandFacts facts = facts_of(command)
    return (to_py_str(facts.name), facts.in_type, facts.out_type, to_py_str(facts.in_description),
            to_py_str(facts.out_description), facts.level, facts.polling_period)


cdef CDeviceClass *give_class(DeviceClassCore device_class) except NULL:
    cdef CDeviceClass *cpp = device_class.use().get()
    if not as_py_class(cpp).adopted():
        as_py_class(cpp).adopt()
    return cpp


cdef object class_of(CDeviceClass *device_class, type foreign):
    cdef PyObject *found = python_of(device_class)
    cdef DeviceClassCore wrapper
    if found != NULL:
        return <object>found
    wrapper = foreign.__new__(foreign)
    wrapper.life = make_shared[Life[CDeviceClass]](device_class)
    return wrapper
