"""Values of attributes in a server."""
from tango._core.convert cimport Values
from tango._core.device cimport DeviceCore
from tango._core.lib.server cimport CAttribute
from tango._core.server_attribute_config cimport AttributeConfigured


cdef class Attribute(AttributeConfigured):
    cdef bint must_copy(self)
    cdef int check_size(self, Values values) except -1
    # After a read method that returns the value has returned None.
    cdef int expect_value(self) except -1
    cdef int put_aside(self, object value, double seconds, object quality) except -1
    cdef int put(self, object value) except -1
    cdef int put_all(self, object value, double seconds, int quality) except -1


cdef class WAttribute(Attribute):
    cdef object written(self, int extract_as)

# The Python object of a C++ attribute; the same one each time.
cdef Attribute attribute_of(DeviceCore device, CAttribute *attribute)

# The same by name: the first of them remembers what it has found.
cdef Attribute attribute_named(DeviceCore device, str name)
cdef Attribute find_attribute(DeviceCore device, str name)

# All attributes of a device that are not being removed.
cdef list list_attributes(DeviceCore device)

# Take what a read method returned: a value, or (value, time, quality).
cdef int take_result(Attribute attribute, object result) except -1

# Before an attribute is removed from its device: from now on nobody can use its Python object, which is returned.
cdef Attribute retire_attribute(DeviceCore device, CAttribute *attribute)

# Afterwards; `gone` says whether it has been removed.
cdef int retired_attribute(DeviceCore device, CAttribute *attribute, Attribute known, bint gone) except -1
