"""Loggers: of devices, of the library, and others."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore, Life
from tango._core.errors cimport to_py_str, translate
from tango._core.lib.log cimport CLogger, get_core_logger, start_logging, stop_logging
from tango._core.lib.server cimport CDeviceImpl
from tango._core.structs cimport to_cpp_strings

cdef extern from "log.hpp" namespace "tangopy" nogil:
    void write_log(CLogger &, int level, const string &file, int line, const string &text) except +translate
    void add_logging_target(const vector[string] &) except +translate
    void remove_logging_target(const vector[string] &) except +translate
    void need_server() except +translate


cdef string to_log(str text) except *:
    """Text as it is written to consoles and files; nothing in it makes it fail."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace")


cdef class LoggerCore:
    """Owner of a logger, or companion of one that a device or the library has."""

    cdef object __weakref__
    cdef dict __dict__
    cdef shared_ptr[Life[CDeviceImpl]] life
    cdef CLogger *ptr
    cdef bint owned

    def __dealloc__(self):
        if self.owned:
            with nogil:
                del self.ptr

    def _make(self, str name, int level) -> None:
        cdef string cname = to_log(name)
        if self.ptr != NULL or self.life:
            raise RuntimeError("this logger has been initialised already")
        self.ptr = new CLogger(cname, level)
        self.owned = True

    def _take_device(self, DeviceCore device not None) -> None:
        device.use()
        self.life = device.life

    def _take_core(self) -> None:
        with nogil:
            need_server()
        self.ptr = get_core_logger()

    cdef CLogger *logger(self, shared_ptr[CDeviceImpl] &device) except NULL:
        """The logger; it lives as long as `device` is kept."""
        cdef CLogger *found = self.ptr
        if self.life:
            device = deref(self.life).use()
            if not device:
                raise RuntimeError("the device of this logger has been deleted (by a restart, Kill or delete_device)")
            found = deref(device).get_logger()
        if found == NULL:
            raise RuntimeError("this logger is empty: call Logger.__init__(self, name) first")
        return found

    def _get_name(self) -> str:
        cdef shared_ptr[CDeviceImpl] device
        return to_py_str(self.logger(device).get_name())

    def _get_level(self) -> int:
        cdef shared_ptr[CDeviceImpl] device
        return self.logger(device).get_level()

    def _set_level(self, int level) -> None:
        cdef shared_ptr[CDeviceImpl] device
        self.logger(device).set_level(level)

    def _is_level_enabled(self, int level) -> bool:
        cdef shared_ptr[CDeviceImpl] device
        return self.logger(device).is_level_enabled(level)

    def _write(self, int level, str file, int line, str text) -> None:
        """Write a line, whatever the level of the logger."""
        cdef shared_ptr[CDeviceImpl] device
        cdef CLogger *logger = self.logger(device)
        cdef string cfile = to_log(file)
        cdef string ctext = to_log(text)
        with nogil:
            write_log(deref(logger), level, cfile, line, ctext)


def start_logging_of_all() -> None:
    """Let all devices of the server log again."""
    with nogil:
        need_server()
        start_logging()


def stop_logging_of_all() -> None:
    """Let no device of the server log."""
    with nogil:
        need_server()
        stop_logging()


def add_target(targets: list[str]) -> None:
    """Have devices log to targets: names of devices and targets in turn.

    Raises
    ------
    DevFailed
        There is no such device, or the target cannot be used.
    """
    cdef vector[string] ctargets
    to_cpp_strings(targets, ctargets, "logging targets")
    with nogil:
        need_server()
        add_logging_target(ctargets)


def remove_target(targets: list[str]) -> None:
    """Have devices log to targets no longer.

    Raises
    ------
    DevFailed
        There is no such device.
    """
    cdef vector[string] ctargets
    to_cpp_strings(targets, ctargets, "logging targets")
    with nogil:
        need_server()
        remove_logging_target(ctargets)
