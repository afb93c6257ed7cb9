"""The monitor of a device or device class, which serialises requests."""
from libcpp.memory cimport shared_ptr

from tango._core.device cimport DeviceCore
from tango._core.device_class cimport DeviceClassCore
from tango._core.errors cimport translate
from tango._core.lib.server cimport CDeviceClass, CDeviceImpl

cdef extern from "server_lock.hpp" namespace "tangopy" nogil:
    cdef cppclass HeldMonitor:
        HeldMonitor(CDeviceImpl *) except +translate
        HeldMonitor(CDeviceClass *) except +translate


cdef class AutoTangoMonitor:
    """Hold the monitor of a device in a ``with`` block, so that no request of a client is served meanwhile.

    Which requests wait depends on the serialisation model of the server: those to the device, to its class or to the
    process; with NO_SYNC none do. A thread may take a monitor that it holds already.

    Parameters
    ----------
    device
        A device, or a device class.

    Raises
    ------
    TypeError
        It is neither.
    DevFailed
        In the ``with`` statement: the monitor cannot be had within 3.2 seconds.
    """

    cdef object __weakref__
    cdef DeviceCore device
    cdef DeviceClassCore device_class
    cdef HeldMonitor *held

    def __init__(self, device) -> None:
        if isinstance(device, DeviceCore):
            self.device = device
        elif isinstance(device, DeviceClassCore):
            self.device_class = device
        else:
            raise TypeError(f"AutoTangoMonitor takes a device or a device class, not {type(device).__name__}")

    def __dealloc__(self):
        del self.held

    def _acquire(self) -> None:
        """Take the monitor, unless this object holds it."""
        cdef shared_ptr[CDeviceImpl] device
        cdef shared_ptr[CDeviceClass] device_class
        cdef HeldMonitor *taken
        if self.held != NULL:
            return
        if self.device is not None:
            device = self.device.use()
            with nogil:
                taken = new HeldMonitor(device.get())
        else:
            device_class = self.device_class.use()
            with nogil:
                taken = new HeldMonitor(device_class.get())
        self.held = taken

    def _release(self) -> None:
        """Give the monitor back, if this object holds it."""
        cdef HeldMonitor *taken = self.held
        self.held = NULL
        with nogil:
            del taken

    def __enter__(self) -> AutoTangoMonitor:
        self._acquire()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._release()
