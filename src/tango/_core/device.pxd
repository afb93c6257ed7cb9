"""The C++ device behind a Python device."""
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.server cimport CAttribute, CDeviceClass, CDeviceImpl


cdef extern from "life.hpp" namespace "tangopy" nogil:
    cdef cppclass Life[T]:
        shared_ptr[T] use()
        bint alive()
        T *peek()

cdef extern from "interface.hpp" namespace "tangopy" nogil:
    # Keeps requests to the attributes of a device and changes of its attributes apart.
    cdef cppclass Interface:
        void rest()
        void resume()
        void has_locked(const CAttribute &)

    bint is_serialised()
    CAttribute *attribute_by_name(CDeviceImpl &, Interface &, const string &name) except +translate
    long place_of_attribute(CDeviceImpl &, Interface &, const string &name) except +translate
    int access_of_attribute(CDeviceImpl &, Interface &, long place)
    vector[CAttribute *] all_attributes(CDeviceImpl &, Interface &)
    vector[long] alarmed_attributes(CDeviceImpl &, Interface &)

cdef extern from "device.hpp" namespace "tangopy" nogil:
    # The Python object of a device that is known to be ours.
    void *self_of(CDeviceImpl *)

cdef extern from "request.hpp" namespace "tangopy" nogil:
    ctypedef void *LocksOfThread "tangopy::LocksOfThread"


cdef class DeviceCore:
    cdef shared_ptr[Life[CDeviceImpl]] life
    cdef shared_ptr[Interface] interface
    cdef bint ours
    # Runs the hooks of a green mode; None calls them directly.
    cdef object runner
    cdef object device_class
    # Address of a C++ attribute -> its Python object.
    cdef dict attributes
    # The same by the names under which they were asked for.
    cdef dict by_name
    # Addresses of C++ attributes that are being removed.
    cdef set retiring
    # Grows with each removal: an address that was found before may be of no use.
    cdef unsigned long removals
    # What dynamic attributes of this device call: lower-case name -> Attr. The class has one Attr for all devices.
    cdef dict own_attrs
    # What clients may still be sent of attributes that have been removed.
    cdef list removed
    cdef shared_ptr[CDeviceImpl] use(self) except *
    cdef bint alive(self)
    cdef str label(self)

# Call a function of the user in the green mode of a device; or directly, if it does not want to know of green modes. Who waits for the
# loop does not hold the monitor of the device meanwhile: the loop may need it.
cdef object run_hook(DeviceCore device, object function, tuple arguments, bint direct=*)

# Make the C++ device of a Python device; its class owns it as soon as it is adopted.
cdef int make_device(DeviceCore device, object device_class, CDeviceClass *klass, str name, str description, object state,
                     str status, object runner) except -1

# From now on cppTango owns the C++ device.
cdef int adopt_device(DeviceCore device) except -1

# The Python object of a C++ device; one that was written in C++ gets a `foreign` object.
cdef object device_of(CDeviceImpl *device, type foreign)

# Whether this thread reads attributes for a client in another process.
cdef bint is_read_by_another_process() noexcept nogil

# What tells the locks of the attributes that a thread reads.
cdef LocksOfThread the_locks_of_thread() noexcept
