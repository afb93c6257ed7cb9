"""Commands of a Python device class."""
from cpython.method cimport PyMethod_Check
from cpython.ref cimport Py_DECREF, PyObject
from libcpp.string cimport string

from tango._core.command_data cimport CAny, any_to_py, fill_any
from tango._core.device cimport DeviceCore, run_hook, self_of
from tango._core.errors cimport to_cpp_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.lib.server cimport CCommand, CDeviceImpl

from tango.enums import CmdArgType, DispLevel, ExtractAs

cdef extern from "server_command.hpp" namespace "tangopy" nogil:
    cdef enum CommandHook:
        HOOK_EXECUTE
        HOOK_COMMAND_ALLOWED
        HOOK_COMMAND_ENDED

    cdef struct CommandFrame:
        CDeviceImpl *device
        const CAny *argument
        CAny *result
        bint allowed

    cdef cppclass MadeCommand "tangopy::PyCommand"(PyCommand):
        MadeCommand(const string &, int, int, const string &, const string &, int, bint, PyObject *, const Hook *) \
            except +translate

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    """
    void tangopy_set_door(Gate *)

tangopy_set_door(the_gate())

cdef int VOID = int(CmdArgType.DevVoid)
cdef int NUMPY = int(ExtractAs.Numpy)


# --- the hooks --------------------------------------------------------------------------------------------------------

cdef object call(DeviceCore device, object function, bint takes_device, tuple arguments, bint direct):
    if isinstance(function, str):
        function = getattr(device, function)
    elif takes_device:
        arguments = (device, *arguments)
    return run_hook(device, function, arguments, direct)


cdef int on_execute(object command, void *frame) except -1:
    cdef CommandCore self = <CommandCore>command
    cdef CommandFrame *arguments = <CommandFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    cdef bint has_argument = self.in_type != VOID
    given = (any_to_py(arguments.argument[0], self.in_type, NUMPY),) if has_argument else ()
    result = call(device, self.function, self.function_takes_device, given, self.function_direct)
    if self.out_type != VOID:
        fill_any(arguments.result[0], self.out_type, result, f"the result of command {self.name}", True)
    return 0


cdef int on_is_allowed(object command, void *frame) except -1:
    cdef CommandCore self = <CommandCore>command
    cdef CommandFrame *arguments = <CommandFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    arguments.allowed = bool(call(device, self.allower, self.allower_takes_device, (), self.allower_direct))
    return 0


cdef int on_ended(object command, void *frame) except -1:
    (<CommandCore>command).ptr = NULL
    Py_DECREF(command)  # adopt() took it
    return 0


cdef int set_hook(int index, const char *name, int (*handler)(object, void *) except -1) except -1:
    HOOKS[index].name = name
    HOOKS[index].handler = handler
    return 0

cdef Hook HOOKS[3]
set_hook(HOOK_EXECUTE, "execute", on_execute)
set_hook(HOOK_COMMAND_ALLOWED, "is_allowed", on_is_allowed)
set_hook(HOOK_COMMAND_ENDED, "the end of a command", on_ended)


# --- commands ---------------------------------------------------------------------------------------------------------

cdef class CommandCore:
    """A command of a device class; the callables get the device first unless they are bound or names of methods."""

    def __init__(self, str name, in_type: int, str in_description, out_type: int, str out_description, level: int,
                 function: object, is_allowed: object):
        cdef string cname = to_cpp_str(name)
        cdef string cin = to_cpp_str(in_description)
        cdef string cout = to_cpp_str(out_description)
        cdef int clevel = int(DispLevel(level))
        cdef bint asks = is_allowed is not None
        if self.ptr != NULL:
            raise RuntimeError(f"command {self.name} has been initialised already")
        self.name = name
        self.in_type = int(CmdArgType(in_type))
        self.out_type = int(CmdArgType(out_type))
        self.function = function
        self.allower = is_allowed
        self.function_takes_device = takes_device(function)
        self.allower_takes_device = takes_device(is_allowed)
        self.ptr = new MadeCommand(cname, self.in_type, self.out_type, cin, cout, clevel, asks, <PyObject *>self, HOOKS)

    def __dealloc__(self):
        if self.ptr != NULL and not self.ptr.adopted():
            del self.ptr

    def _set_direct(self, bint function, bint allower) -> None:
        """Say what is called by cppTango's thread, whatever the green mode."""
        self.function_direct = function
        self.allower_direct = allower

    def _set_polling_period(self, long period_ms) -> None:
        self.ptr.set_polling_period(period_ms)


cdef bint takes_device(object function):
    return function is not None and not isinstance(function, str) and not PyMethod_Check(function)


cdef CCommand *give_command(CommandCore command) except NULL:
    if command.ptr == NULL:
        raise RuntimeError(f"command {command.name} has been removed from its device class")
    if not command.ptr.adopted():
        command.ptr.adopt()
    return command.ptr
