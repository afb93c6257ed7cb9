"""The device server itself."""
import os

from cpython.exc cimport PyErr_WriteUnraisable
from cpython.ref cimport PyObject
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore, device_of
from tango._core.device_class cimport DeviceClassCore, class_of, give_class, set_restarting
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.lib.server cimport CDServer, CDeviceClass, CDeviceImpl, CUtil
from tango._core.orb cimport own_orb, tell_connections

import os

from tango._core.gate import before_close

from tango.enums import SerialModel

cdef extern from "signals.hpp" namespace "tangopy" nogil:
    void pass_on_ending_signals()

cdef extern from "restart.hpp" namespace "tangopy" nogil:
    cdef cppclass Activity:
        bint running()
        void begin()
        void finish()

    Activity &restarts() noexcept
    void wait_for_restart() except +translate
    void c_restart_server "tangopy::restart_server"(CDServer *) except +translate

cdef extern from "serving.hpp" namespace "tangopy" nogil:
    Activity &serving() noexcept
    void serve(CUtil &) except +translate
    void end_serving(double seconds) except +translate
    void leave_server_to_parent()

cdef extern from "scratch_database.hpp" namespace "tangopy" nogil:
    void give_scratch_database(CUtil &) except +translate

cdef extern from "util.hpp" namespace "tangopy" nogil:
    cdef cppclass ServerHooks:
        PyObject *util
        Hook classes
        Hook loop
        Hook thread

    cdef struct LoopFrame:
        bint stop

    ServerHooks &server_hooks() noexcept
    CUtil *start_util(vector[string] &) except +translate
    void set_loop(CUtil &, bint)
    void add_class(CDServer &, CDeviceClass *) except +translate
    string ior_of(CUtil &, CDeviceImpl *) except +translate
    void watch_threads(CUtil &)
    void open_event_socket(CUtil &) except +translate
    void set_started(CUtil &)
    void run_orb(CUtil &) except +translate
    void use_database(bint)
    bint is_auto_alarm(CUtil &)
    void set_auto_alarm(CUtil &, bint) except +translate
    void clean_up_util() except +translate
    string listening_port() except +translate
    void set_serial_model(CUtil &, int model)
    bint serve_as_guest(CUtil &, bint) except +translate
    void end_guest(CUtil &) except +translate

cdef extern from "guest.hpp" namespace "tangopy" nogil:
    cdef cppclass Guest:
        void come()
        void go()
        bint tell_to_end()

    Guest &guest() noexcept

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    """
    void tangopy_set_door(Gate *)

tangopy_set_door(the_gate())


# --- the hooks --------------------------------------------------------------------------------------------------------

cdef int on_classes(object util, void *frame) except -1:
    cdef CDServer *server = <CDServer *>frame
    cdef DeviceClassCore device_class
    set_restarting(restarts().running())
    try:
        for device_class in util._make_classes():
            add_class(deref(server), give_class(device_class))
        for name, served_as in util._cpp_classes():
            add_cpp_class(server, name, served_as)
    except BaseException:
        if not restarts().running():
            raise
        # cppTango's thread has nobody to tell and would end the process
        PyErr_WriteUnraisable(util)
    return 0


cdef int add_cpp_class(CDServer *server, str name, str served_as) except -1:
    cdef string cname = to_cpp_str(name)
    cdef string cserved_as = to_cpp_str(served_as)
    with nogil:
        server._create_cpp_class(cname.c_str(), cserved_as.c_str())
    return 0


cdef int on_loop(object util, void *frame) except -1:
    stop = (<UtilCore>util).event_loop()
    (<LoopFrame *>frame).stop = bool(stop)
    return 0


cdef int on_thread(object util, void *frame) except -1:
    interceptors = (<UtilCore>util).interceptors
    if (<cbool *>frame)[0]:
        interceptors.create_thread()
    else:
        interceptors.delete_thread()
    return 0

server_hooks().thread.name = "interceptor"
server_hooks().thread.handler = on_thread
server_hooks().classes.name = "class_factory"
server_hooks().classes.handler = on_classes
server_hooks().loop.name = "event_loop"
server_hooks().loop.handler = on_loop


# --- the server -------------------------------------------------------------------------------------------------------

cdef class UtilCore:
    """The one server of the process."""

    cdef CUtil *util(self) except NULL:
        if self.ptr == NULL:
            raise RuntimeError("the server does not exist yet: call Util.init(args) first")
        return self.ptr

    def _start(self, list arguments) -> None:
        """Read the command line and connect to the database, if there is one."""
        cdef vector[string] carguments
        cdef CUtil *made
        for argument in arguments:
            carguments.push_back(to_cpp_str(argument))
        server_hooks().util = <PyObject *>self
        with nogil:
            own_orb()
            try:
                made = start_util(carguments)
            finally:
                tell_connections()
        self.ptr = made

    def _server_init(self, bint with_window, bint owns_process) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            util.server_init(with_window)
            open_event_socket(deref(util))
            serving().begin()
            set_started(deref(util))
            give_scratch_database(deref(util))
            if owns_process:
                pass_on_ending_signals()

    def _server_run(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            serve(deref(util))

    def _come_as_guest(self) -> None:
        """Let the command Kill end this server only, not all that its process does with Tango."""
        guest().come()

    def _serve_as_guest(self) -> bool:
        cdef CUtil *util = self.util()
        cdef bint has_loop = self.event_loop is not None
        cdef bint told
        with nogil:
            told = serve_as_guest(deref(util), has_loop)
        return told

    def _tell_to_end(self) -> bool:
        """Have a guest end, as the command Kill does."""
        return guest().tell_to_end()

    def _end_as_guest(self) -> None:
        """Delete the devices and all that cppTango has of this server."""
        cdef CUtil *util = self.util()
        guest().go()
        try:
            with nogil:
                end_guest(deref(util))
                tell_connections()
        finally:
            self.ptr = NULL
            serving().finish()

    def _server_cleanup(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            util.server_cleanup()

    def _server_set_event_loop(self, event_loop: Callable[[], bool] | None) -> None:
        self.event_loop = event_loop
        set_loop(deref(self.util()), event_loop is not None)

    def _get_port(self) -> str:
        """The port on which the server listens."""
        return to_py_str(listening_port())

    def _set_interceptors(self, interceptors: object) -> None:
        self.interceptors = interceptors
        watch_threads(deref(self.util()))

    def _orb_run(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            run_orb(deref(util))

    def _is_auto_alarm_on_change_event(self) -> bool:
        return is_auto_alarm(deref(self.util()))

    def _set_auto_alarm_on_change_event(self, bint wanted) -> None:
        set_auto_alarm(deref(self.util()), wanted)

    def _get_ds_name(self) -> str:
        return to_py_str(self.util().get_ds_name())

    def _get_ds_inst_name(self) -> str:
        return to_py_str(self.util().get_ds_inst_name())

    def _get_ds_exec_name(self) -> str:
        return to_py_str(self.util().get_ds_exec_name())

    def _get_serial_model(self) -> SerialModel:
        return SerialModel(<int>self.util().get_serial_model())

    def _set_serial_model(self, model: SerialModel) -> None:
        set_serial_model(deref(self.util()), int(SerialModel(model)))

    def _get_class_list(self, type foreign) -> list[Any]:
        cdef vector[CDeviceClass *] classes = deref(self.util().get_class_list())
        cdef CDeviceClass *device_class
        return [class_of(device_class, foreign) for device_class in classes]

    def _get_device_by_name(self, str name, type foreign) -> Any:
        cdef CUtil *util = self.util()
        cdef string cname = to_cpp_str(name)
        cdef CDeviceImpl *device
        with nogil:
            device = util.get_device_by_name(cname)
        return device_of(device, foreign)

    def _get_device_list(self, str pattern, type foreign) -> list[Any]:
        cdef CUtil *util = self.util()
        cdef string cpattern = to_cpp_str(pattern)
        cdef vector[CDeviceImpl *] devices
        cdef CDeviceImpl *device
        with nogil:
            devices = util.get_device_list(cpattern)
        return [device_of(device, foreign) for device in devices]

    def _get_device_list_by_class(self, str name, type foreign) -> list[Any]:
        cdef CUtil *util = self.util()
        cdef string cname = to_cpp_str(name)
        cdef vector[CDeviceImpl *] devices
        cdef CDeviceImpl *device
        with nogil:
            devices = util.get_device_list_by_class(cname)
        return [device_of(device, foreign) for device in devices]

    def _get_dserver_device(self, type foreign) -> Any:
        cdef CUtil *util = self.util()
        cdef CDServer *device
        with nogil:
            device = util.get_dserver_device()
        return device_of(<CDeviceImpl *>device, foreign)

    def _get_device_ior(self, str name) -> str:
        cdef CUtil *util = self.util()
        cdef string cname = to_cpp_str(name)
        cdef string ior
        with nogil:
            ior = ior_of(deref(util), util.get_device_by_name(cname))
        return to_py_str(ior)

    def _get_dserver_ior(self) -> str:
        cdef CUtil *util = self.util()
        cdef string ior
        with nogil:
            ior = ior_of(deref(util), <CDeviceImpl *>util.get_dserver_device())
        return to_py_str(ior)

    def _trigger_polling(self, str device_name, str name, bint command) -> None:
        cdef CUtil *util = self.util()
        cdef string cdevice = to_cpp_str(device_name)
        cdef string cname = to_cpp_str(name)
        with nogil:
            if command:
                util.trigger_cmd_polling(util.get_device_by_name(cdevice), cname)
            else:
                util.trigger_attr_polling(util.get_device_by_name(cdevice), cname)

    def _connect_db(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            util.connect_db()

    def _reset_filedatabase(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            util.reset_filedatabase()

    def _unregister_server(self) -> None:
        cdef CUtil *util = self.util()
        with nogil:
            util.unregister_server()

    def _get_trace_level(self) -> int:
        return self.util().get_trace_level()

    def _set_trace_level(self, int level) -> None:
        self.util().set_trace_level(level)

    def _get_host_name(self) -> str:
        return to_py_str(self.util().get_host_name())

    def _get_pid(self) -> int:
        return self.util().get_pid()

    def _get_pid_str(self) -> str:
        return to_py_str(string(self.util().get_pid_str().c_str()))  # cppTango's text goes on behind its end

    def _get_tango_lib_release(self) -> int:
        return self.util().get_tango_lib_release()

    def _get_version_str(self) -> str:
        return to_py_str(string(self.util().get_version_str().c_str()))  # as above

    def _get_server_version(self) -> str:
        return to_py_str(self.util().get_server_version())

    def _set_server_version(self, str version) -> None:
        cdef string cversion = to_cpp_str(version)
        self.util().set_server_version(cversion.c_str())

    def _get_polling_threads_pool_size(self) -> int:
        return <long>self.util().get_polling_threads_pool_size()

    def _set_polling_threads_pool_size(self, unsigned long threads) -> None:
        self.util().set_polling_threads_pool_size(threads)

    def _is_svr_starting(self) -> bool:
        return self.util().is_svr_starting()

    def _is_svr_shutting_down(self) -> bool:
        return self.util().is_svr_shutting_down()

    def _is_device_restarting(self, str name) -> bool:
        cdef string cname = to_cpp_str(name)
        return self.util().is_device_restarting(cname)


def server_name() -> str:
    """Executable and instance."""
    cdef CUtil *util
    with nogil:
        util = CUtil.instance(False)
    return to_py_str(util.get_ds_name())


def restart_server(DeviceCore dserver not None) -> None:
    """Restart all devices, when no other restart is going on."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        c_restart_server(<CDServer *>device.get())


def restart_device(DeviceCore dserver not None, str name) -> None:
    """Restart a device, when no other restart is going on."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef string cname = to_cpp_str(name)
    with nogil:
        wait_for_restart()
        (<CDServer *>device.get()).restart(cname)


def kill_server(DeviceCore dserver not None) -> None:
    """End the server, when no restart is going on."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        wait_for_restart()
        if not guest().tell_to_end():
            (<CDServer *>device.get()).kill()


def set_use_db(bint wanted) -> None:
    """Say whether the server of this process uses a database."""
    use_database(wanted)


def cleanup() -> None:
    """Forget the server of this process, so that another can be made."""
    with nogil:
        clean_up_util()


# --- the end ----------------------------------------------------------------------------------------------------------

def _end_server() -> None:
    """End a server that still runs in a thread when the interpreter ends, while its devices can still be deleted."""
    with nogil:
        end_serving(5.0)


def _after_fork():
    leave_server_to_parent()


before_close(_end_server)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
