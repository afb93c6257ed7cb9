"""The monitors that serialise the requests to a device, a class or the whole server."""
from cython.operator cimport dereference as deref
from libcpp.memory cimport shared_ptr

from tango._core.device cimport DeviceCore
from tango._core.device_class cimport DeviceClassCore
from tango._core.errors cimport translate
from tango._core.lib.server cimport CDeviceClass, CDeviceImpl

from threading import get_ident

cdef extern from "monitors.hpp" namespace "tangopy" nogil:
    cdef cppclass Monitor:
        Monitor(CDeviceImpl *) except +translate
        Monitor(CDeviceClass *) except +translate

    cdef cppclass Released:
        Released(CDeviceImpl &) except +translate
        void take_back() except +translate


cdef class Held:
    """One taking of a monitor, by the thread that made it."""

    cdef Monitor *ptr

    def __dealloc__(self):
        with nogil:
            del self.ptr


cdef class AutoTangoMonitor:
    """Keep clients, and the polling, out of a device for a ``with`` block, as they are kept out during a request.

    Parameters
    ----------
    device_or_class
        The device; or a device class, which matters if requests are serialised by class or by process.

    Raises
    ------
    TypeError
        It is neither.
    DevFailed
        On entering the block: somebody else keeps the device busy for longer than the timeout of the server.
    """

    cdef object __weakref__
    cdef object target
    # Thread -> what it holds: the same object may be used by several threads, and by one of them in nested blocks.
    cdef dict held

    def __init__(self, device_or_class: DeviceCore | DeviceClassCore) -> None:
        if not isinstance(device_or_class, (DeviceCore, DeviceClassCore)):
            raise TypeError(f"AutoTangoMonitor takes a device or a device class, not {type(device_or_class).__name__}")
        self.target = device_or_class
        self.held = {}

    def __enter__(self) -> AutoTangoMonitor:
        cdef shared_ptr[CDeviceImpl] device
        cdef shared_ptr[CDeviceClass] device_class
        cdef Held taken = Held.__new__(Held)
        if isinstance(self.target, DeviceCore):
            device = (<DeviceCore>self.target).use()
            with nogil:
                taken.ptr = new Monitor(device.get())
        else:
            device_class = (<DeviceClassCore>self.target).use()
            with nogil:
                taken.ptr = new Monitor(device_class.get())
        self.held.setdefault(get_ident(), []).append(taken)
        return self

    def __exit__(self, *exc_info: object) -> None:
        taken = self.held[get_ident()]
        taken.pop()
        if not taken:
            del self.held[get_ident()]


cdef class AutoTangoAllowThreads:
    """Let clients, and the polling, into a device for a ``with`` block within a request to it.

    It is for long requests that do not mind others in between.

    Parameters
    ----------
    device
        The device.

    Raises
    ------
    TypeError
        It is no device.
    DevFailed
        On leaving the block: somebody else keeps the device busy for longer than the timeout of the server.
    """

    cdef object __weakref__
    cdef DeviceCore device
    cdef dict released

    def __init__(self, device: DeviceCore) -> None:
        if not isinstance(device, DeviceCore):
            raise TypeError(f"AutoTangoAllowThreads takes a device, not {type(device).__name__}")
        self.device = device
        self.released = {}

    def __enter__(self) -> AutoTangoAllowThreads:
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef Outside outside = Outside.__new__(Outside)
        with nogil:
            outside.ptr = new Released(deref(device))
        outside.device = device
        self.released.setdefault(get_ident(), []).append(outside)
        return self

    def __exit__(self, *exc_info: object) -> None:
        cdef Outside outside
        mine = self.released[get_ident()]
        outside = mine.pop()
        if not mine:
            del self.released[get_ident()]
        with nogil:
            outside.ptr.take_back()


cdef class Outside:
    """One giving up of a monitor, by the thread that made it."""

    cdef Released *ptr
    cdef shared_ptr[CDeviceImpl] device

    def __dealloc__(self):
        with nogil:
            del self.ptr
