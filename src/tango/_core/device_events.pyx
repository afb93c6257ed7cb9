"""Events that a device pushes itself."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.convert cimport Values, to_values
from tango._core.device cimport Interface
from tango._core.errors cimport exception_to_errors, to_cpp_int, to_cpp_str, translate
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.server cimport CDeviceImpl
from tango._core.server_attr cimport is_read_freely
from tango._core.server_attribute cimport quality_of, seconds_of
from tango._core.server_value cimport Attribute, attribute_named
from tango._core.structs cimport to_cpp_strings

from numbers import Real

from tango.enums import AttrQuality, CmdArgType, EventType
from tango.errors import DevError, DevFailed

cdef extern from "device_events.hpp" namespace "tangopy" nogil:
    cdef cppclass Pushed:
        int type
        const void *data
        size_t count
        long dim_x
        long dim_y
        bint has_value
        bint has_date
        double seconds
        int quality
        bint is_error
        bint is_set
        CDevErrorList errors
        vector[string] filter_names
        vector[double] filter_values

    void push(CDeviceImpl &, Interface &, const string &name, int event, Pushed &, bint locked) except +translate
    void push_data_ready(CDeviceImpl &, Interface &, const string &name, int counter) except +translate
    void push_configuration(CDeviceImpl &, Interface &, const string &name) except +translate
    cbool has_subscriber(CDeviceImpl &, Interface &, const string &name, int event) except +translate
    void set_event(CDeviceImpl &, Interface &, const string &name, int event, bint implemented, bint detect) except +translate

cdef int ENCODED = int(CmdArgType.DevEncoded)
cdef int INVALID = int(AttrQuality.ATTR_INVALID)
cdef str NO_DIMENSIONS = "Note, that dim_x and dim_y arguments are no longer supported."


cdef object nothing_to_push(str name):
    error = DevError()
    error.reason = "PyDs_InvalidCall"
    error.desc = (f"Cannot push event for attribute {name} without data. Pushing event without data parameter is only allowed for "
                  "State and Status attributes.")
    error.origin = "DeviceImpl.push_event"
    return DevFailed(error)


cdef tuple arranged(tuple args, dict kwargs):
    """Encoding, data, time and quality, as far as given; (data, time, quality) and so on by position or name."""
    cdef Py_ssize_t count = len(args)
    named = dict(kwargs)
    unknown = [name for name in named if name not in ("encoding", "data", "time", "quality")]
    if unknown:
        raise TypeError(f"unknown argument {unknown[0]!r}: events take encoding, data, time and quality. {NO_DIMENSIONS}")
    if count in (2, 4) or "encoding" in named:
        names = ("encoding", "data", "time", "quality")
    else:
        names = ("data", "time", "quality")
    if count > len(names):
        raise TypeError(f"Last argument, {args[-1]}, has the incorrect type: {type(args[-1])}. It must be of type AttrQuality. "
                        f"{NO_DIMENSIONS}")
    for name, value in zip(names, args):
        if name in named:
            raise TypeError(f"argument {name!r} is given twice")
        named[name] = value
    if count == 2 and "time" not in named and not isinstance(args[-1], (str, bytes, bytearray)):
        raise TypeError(f"Last argument, {args[-1]}, has the incorrect type: {type(args[-1])}. For DevEncoded attribute it must one "
                        f"of str, bytes, bytearray. {NO_DIMENSIONS}")
    if ("time" in named) != ("quality" in named):
        raise TypeError("time and quality of an event belong together")
    if "quality" in named and not isinstance(named["quality"], AttrQuality):
        value = named["quality"]
        raise TypeError(f"Last argument, {value}, has the incorrect type: {type(value)}. It must be of type AttrQuality. "
                        f"{NO_DIMENSIONS}")
    if "data" not in named:
        raise TypeError("an event needs data")
    data = (named["encoding"], named["data"]) if "encoding" in named else named["data"]
    return data, named.get("time"), named.get("quality")


cdef class DeviceEventsCore(DeviceInterfaceCore):
    """A device that pushes events."""

    def _push_event(self, event: EventType, str name, args: tuple[Any, ...], kwargs: dict[str, Any], filter_names: Sequence[str] = (),
                    filter_values: Sequence[float] = ()) -> None:
        """Push a value, a value with time and quality, an exception, or for State and Status nothing."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef int cevent = int(event)
        cdef Pushed pushed
        cdef Attribute attribute
        cdef Values values = None
        cdef bint locked = False
        to_cpp_strings(filter_names, pushed.filter_names, "names of filters")
        if isinstance(filter_values, str) or not hasattr(filter_values, "__iter__"):
            raise TypeError(f"values of filters: a sequence of numbers was expected, not {filter_values!r:.60}")
        for number in filter_values:
            if not isinstance(number, Real):
                raise TypeError(f"values of filters: a number was expected, not {type(number).__name__} {number!r:.60}")
            pushed.filter_values.push_back(number)
        if self.runner is not None and name.lower() not in ("state", "status"):
            # otherwise requests are serialised
            attribute = attribute_named(self, name)
            locked = not attribute.reading and is_read_freely(self, attribute)
        if not args and not kwargs:
            if name.lower() not in ("state", "status"):
                raise nothing_to_push(name)
        elif len(args) == 1 and isinstance(args[0], BaseException):
            pushed.is_error = True
            exception_to_errors(args[0], pushed.errors)
        else:
            data, time, quality = arranged(args, kwargs)
            if isinstance(data, BaseException):
                raise TypeError("an error is pushed without time and quality")
            attribute = attribute_named(self, name)
            if time is not None:
                pushed.has_date = True
                pushed.seconds = seconds_of(time, attribute.where())
                pushed.quality = quality_of(quality)
            if data is not None or not pushed.has_date or pushed.quality != INVALID:
                if isinstance(data, Values):
                    values = data
                else:
                    values = to_values(data, attribute.type, attribute.format, attribute.where())
                    attribute.check_size(values)
                pushed.has_value = True
                pushed.type = values.type
                pushed.data = values.data
                pushed.count = <size_t>values.count
                pushed.dim_x = values.dim_x
                pushed.dim_y = values.dim_y
            pushed.is_set = attribute.fresh
        with nogil:
            push(deref(device), deref(self.interface), cname, cevent, pushed, locked)

    def _set_event(self, event: EventType, str name, bint implemented, bint detect) -> None:
        """Say that the device pushes events of a kind itself."""
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef int cevent = int(event)
        with nogil:
            set_event(deref(device), deref(self.interface), cname, cevent, implemented, detect)

    def _push_data_ready_event(self, str name, counter: int) -> None:
        cdef int ccounter = to_cpp_int(counter, "a counter")
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        with nogil:
            push_data_ready(deref(device), deref(self.interface), cname, ccounter)

    def _push_att_conf_event(self, Attribute attribute) -> None:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = attribute.pointer().get_name()
        with nogil:
            push_configuration(deref(device), deref(self.interface), cname)

    def _is_there_subscriber(self, str name, event: EventType) -> bool:
        cdef shared_ptr[CDeviceImpl] device = self.use()
        cdef string cname = to_cpp_str(name)
        cdef int cevent = int(EventType(event))
        cdef cbool result
        with nogil:
            result = has_subscriber(deref(device), deref(self.interface), cname, cevent)
        return result
