"""The C++ device class behind a Python one."""
from libcpp.memory cimport shared_ptr

from tango._core.device cimport Life
from tango._core.lib.server cimport CDeviceClass


cdef class DeviceClassCore:
    cdef shared_ptr[Life[CDeviceClass]] life
    cdef bint ours
    # Runs the hooks of a green mode; None calls them directly. Devices take it over.
    cdef public object _runner
    cdef shared_ptr[CDeviceClass] use(self) except *

# Errors of the device factory are reported, not raised, while this is set.
cdef void set_restarting(bint value) noexcept

# From now on cppTango owns the C++ class.
cdef CDeviceClass *give_class(DeviceClassCore device_class) except NULL

# The Python object of a C++ class; one that was written in C++ gets a `foreign` object.
cdef object class_of(CDeviceClass *device_class, type foreign)
