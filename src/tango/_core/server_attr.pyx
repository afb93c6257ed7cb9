"""Descriptions of attributes, and the way from cppTango to the methods that read and write them."""
from cpython.method cimport PyMethod_Check
from cpython.ref cimport Py_DECREF, PyObject
from cython.operator cimport dereference as deref
from libcpp.memory cimport make_shared
from libcpp.string cimport string
from libcpp.vector cimport vector

import inspect
from functools import partial

from tango._core.device cimport DeviceCore, Life, LocksOfThread, run_hook, self_of, the_locks_of_thread
from tango._core.errors cimport to_cpp_int, to_cpp_str, to_py_str, translate
from tango._core.gate cimport Gate, Hook, the_gate
from tango._core.lib.server cimport CAttr, CAttribute, CDeviceImpl
from tango._core.server_value cimport Attribute, WAttribute, attribute_of, take_result

from tango.enums import AttReqType, AttrDataFormat, AttrWriteType, CmdArgType, ExtractAs
from tango.structs import UserDefaultAttrProp, UserDefaultFwdAttrProp

cdef extern from "read_locks.hpp" namespace "tangopy" nogil:
    cdef cppclass ReadLocks:
        cppclass Read:
            CAttribute *attribute
            OwnedRef object
            OwnedRef value
        void let_go(CAttribute &)
        bint take_all(CAttribute &, bint keep) except +translate
        void has_read(CAttribute &, PyObject *object, PyObject *value)
        const vector[Read] &reads()

    cdef cppclass OwnedRef:
        PyObject *get()

    void check_alarm(CAttribute &) except +translate

cdef extern from "server_attr.hpp" namespace "tangopy" nogil:
    CAttr *find_attr(CDeviceImpl &, CAttribute *)

    cdef enum AttrHook:
        HOOK_READ
        HOOK_WRITE
        HOOK_IS_ALLOWED
        HOOK_ATTR_ENDED

    cdef struct AttrFrame:
        CDeviceImpl *device
        CAttribute *attribute
        int request
        bint allowed
        ReadLocks *locks

    CAttr *make_attr(int format, const string &name, long type, int access, long dim_x, long dim_y, PyObject *python,
                     const Hook *hooks, AttrBehind *&behind) except +translate
    CAttr *make_fwd_attr(const string &name, const string &root, PyObject *python, const Hook *hooks,
                         AttrBehind *&behind) except +translate
    void set_forwarded_label(CAttr &, const string &label) except +translate
    AttrBehind *behind_of(CAttr *)
    PyObject *python_behind "tangopy_python_behind"(AttrBehind *)

cdef extern from *:
    """
    static inline void tangopy_set_door(tangopy::Gate *gate) { tangopy::door = gate; }
    static inline void tangopy_set_locks(tangopy::ReadLocks *(*locks)()) { tangopy::present_locks = locks; }
    static inline PyObject *tangopy_python_behind(tangopy::AttrBehind *behind) { return behind->python; }
    """
    void tangopy_set_door(Gate *)
    void tangopy_set_locks(LocksOfThread)

tangopy_set_door(the_gate())
tangopy_set_locks(the_locks_of_thread())

cdef tuple REQUESTS = tuple(AttReqType)
cdef int NUMPY = int(ExtractAs.Numpy)
cdef long ENCODED = CmdArgType.DevEncoded


# --- the hooks --------------------------------------------------------------------------------------------------------

cdef object call(DeviceCore device, object function, bint takes_device, tuple arguments, bint direct):
    """Call a reader, writer or what allows: a callable or the name of a method."""
    if isinstance(function, str):
        function = getattr(device, function)
    elif takes_device:
        arguments = (device, *arguments)
    return run_hook(device, function, arguments, direct)


cdef Attr attr_for(Attr attr, DeviceCore device):
    """The one that knows what to call for this device: a dynamic attribute may differ from device to device."""
    if not device.own_attrs:
        return attr
    return device.own_attrs.get(attr.lower, attr)


cdef int set_result(Attr self, Attribute attribute, object result) except -1:
    """Give the attribute the value that its method has returned."""
    if result is not None:
        take_result(attribute, result)
    elif self.by_value:
        attribute.expect_value()
    return 0


cdef int read_into(Attr self, DeviceCore device, Attribute attribute) except -1:
    """Have the attribute read: by a method that returns the value, or by one that takes the attribute and sets it."""
    result = call(device, self.reader, self.reader_takes_device, () if self.by_value else (attribute,), self.reader_direct)
    set_result(self, attribute, result)
    return 0


cdef int write_from(Attr self, DeviceCore device, WAttribute attribute) except -1:
    """Have the attribute written: by a method that takes the value, or by one that takes the attribute and asks it."""
    argument = attribute.written(NUMPY) if self.by_value else attribute
    call(device, self.writer, self.writer_takes_device, (argument,), self.writer_direct)
    return 0


cdef bint ask_whether(Attr self, DeviceCore device, object request) except -1:
    """Have the device asked whether it allows a request."""
    if self.allower is None:
        return True
    return bool(call(device, self.allower, self.allower_takes_device, (request,), self.allower_direct))


cdef int on_read(object attr, void *frame) except -1:
    cdef AttrFrame *arguments = <AttrFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    cdef Attribute attribute = attribute_of(device, arguments.attribute)
    attribute.readers += 1
    try:
        if arguments.locks == NULL:
            if arguments.attribute.get_data_type() == ENCODED:
                deref(device.interface).has_locked(deref(arguments.attribute))
            attribute.fresh = False
            attribute.reading = True
            read_into(attr_for(<Attr>attr, device), device, attribute)
        else:
            read_freely(attr_for(<Attr>attr, device), device, attribute, arguments.locks)
    finally:
        attribute.readers -= 1
        attribute.reading = False
        attribute.fresh = False
    return 0


cdef bint may_run_freely(Attr self, DeviceCore device):
    return self.by_value and device.runner is not None and not self.reader_direct


cdef bint is_read_freely(DeviceCore device, Attribute attribute) except -1:
    cdef CAttr *attr
    if not attribute.free:
        attr = find_attr(deref(device.use()), attribute.pointer())
        attribute.free = 1 if attr != NULL and may_run_freely(attr_for(attr_of(attr), device), device) else 2
    return attribute.free == 1


cdef int read_freely(Attr self, DeviceCore device, Attribute attribute, ReadLocks *locks) except -1:
    """The same where nothing else serialises the requests: others may read this and other attributes meanwhile."""
    cdef CAttribute *own = attribute.ptr
    cdef bint concurrent = may_run_freely(self, device)
    cdef bint changed
    attribute.fresh = False
    if concurrent:
        locks.let_go(deref(own))
    else:
        attribute.reading = True
    result = None
    try:
        result = call(device, self.reader, self.reader_takes_device, () if self.by_value else (attribute,), self.reader_direct)
    finally:
        with nogil:
            changed = locks.take_all(deref(own), result is None)
        attribute.reading = True
        if changed:
            set_again(locks)
    set_result(self, attribute, result)
    locks.has_read(deref(own), <PyObject *>attribute, <PyObject *>result if result is not None else NULL)
    return 0


cdef int set_again(ReadLocks *locks) except -1:
    """Set the values that the request has read before, after others may have set theirs."""
    cdef size_t i
    cdef Attribute attribute
    for i in range(locks.reads().size()):
        if locks.reads()[i].value.get() == NULL:
            continue
        attribute = <Attribute>locks.reads()[i].object.get()
        attribute.reading = True
        try:
            take_result(attribute, <object>locks.reads()[i].value.get())
            check_alarm(deref(locks.reads()[i].attribute))
        finally:
            attribute.reading = False
            attribute.fresh = False
    return 0


cdef int on_write(object attr, void *frame) except -1:
    cdef AttrFrame *arguments = <AttrFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    cdef WAttribute attribute = attribute_of(device, arguments.attribute)
    attribute.writing = True
    try:
        write_from(attr_for(<Attr>attr, device), device, attribute)
    finally:
        attribute.writing = False
    return 0


cdef int on_is_allowed(object attr, void *frame) except -1:
    cdef AttrFrame *arguments = <AttrFrame *>frame
    cdef DeviceCore device = <DeviceCore>self_of(arguments.device)
    arguments.allowed = ask_whether(attr_for(<Attr>attr, device), device, REQUESTS[arguments.request])
    return 0


cdef int on_ended(object attr, void *frame) except -1:
    (<Attr>attr).behind = NULL
    Py_DECREF(attr)  # adopt() took it
    return 0


cdef int set_hook(int index, const char *name, int (*handler)(object, void *) except -1) except -1:
    HOOKS[index].name = name
    HOOKS[index].handler = handler
    return 0

cdef Hook HOOKS[4]
set_hook(HOOK_READ, "read", on_read)
set_hook(HOOK_WRITE, "write", on_write)
set_hook(HOOK_IS_ALLOWED, "is_allowed", on_is_allowed)
set_hook(HOOK_ATTR_ENDED, "the end of an attribute", on_ended)


# --- descriptions -----------------------------------------------------------------------------------------------------

cdef class Attr(AttrBase):
    """The description of a scalar attribute, and the base of those of spectra and images.

    Parameters
    ----------
    name
        Name of the attribute.
    data_type
        Type of its value.
    w_type
        Whether it can be read and written.
    """

    def __init__(self, str name, data_type: int, w_type: AttrWriteType = AttrWriteType.READ):
        self.make(AttrDataFormat.SCALAR, name, data_type, w_type, 1, 0)

    cdef int make(self, int format, str name, object data_type, object access, long dim_x, long dim_y) except -1:
        cdef string cname = to_cpp_str(name)
        cdef long ctype = to_cpp_int(data_type, "the type of an attribute", "a tango.CmdArgType")
        cdef int caccess = int(AttrWriteType(access))
        cdef AttrBehind *behind = NULL
        if self.life:
            raise RuntimeError(f"attribute {self.name} has been initialised already")
        make_attr(format, cname, ctype, caccess, dim_x, dim_y, <PyObject *>self, HOOKS, behind)
        self.take(name, behind)
        self.reader = f"read_{name}"
        self.writer = f"write_{name}"
        return 0

    cdef int take(self, str name, AttrBehind *behind) except -1:
        self.behind = behind
        self.life = behind.life
        self.name = name
        self.lower = name.lower()
        return 0

    def __dealloc__(self):
        cdef CAttr *attr
        if self.behind != NULL and not self.behind.adopted():
            attr = deref(self.life).peek()
            with nogil:
                del attr

    def _set_reader(self, reader: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, read the attribute; `direct` if not as the green mode says."""
        self.reader = reader
        self.reader_direct = direct
        self.reader_takes_device = takes_device(reader)

    def _set_writer(self, writer: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, write the attribute; `direct` if not as the green mode says."""
        self.writer = writer
        self.writer_direct = direct
        self.writer_takes_device = takes_device(writer)

    def _set_is_allowed(self, is_allowed: object, bint direct=False) -> None:
        """Have a callable, or the method of this name, asked before each access; None asks nobody."""
        self.pointer()
        self.allower_direct = direct
        self.allower = is_allowed
        self.allower_takes_device = takes_device(is_allowed)
        if self.behind != NULL:
            self.behind.has_is_allowed = is_allowed is not None

    def _set_by_value(self, bint by_value) -> None:
        """Whether the callables take and return values, and not the attribute."""
        self.by_value = by_value

    # --- what cppTango does with it ---

    def read(self, DeviceCore device, Attribute attribute) -> None:
        """Have the attribute of a device read.

        Parameters
        ----------
        device
            The device.
        attribute
            The attribute, whose value is set.

        Raises
        ------
        Exception
            What the read method raises.
        """
        device.use()
        attribute.pointer()
        read_into(attr_for(self, device), device, attribute)

    def write(self, DeviceCore device, WAttribute attribute) -> None:
        """Have the attribute of a device written.

        Parameters
        ----------
        device
            The device.
        attribute
            The attribute, whose set point is written.

        Raises
        ------
        Exception
            What the write method raises.
        """
        device.use()
        attribute.pointer()
        write_from(attr_for(self, device), device, attribute)

    def is_allowed(self, DeviceCore device, request_type: AttReqType) -> bool:
        """Tell whether a device allows the attribute to be read or written now.

        Parameters
        ----------
        device
            The device.
        request_type
            Reading or writing.

        Returns
        -------
        bool
            Whether it does.

        Raises
        ------
        Exception
            What the method that decides raises.
        """
        device.use()
        return ask_whether(attr_for(self, device), device, AttReqType(request_type))


cdef class SpectrumAttr(Attr):
    """The description of an attribute that is a spectrum.

    Parameters
    ----------
    name
        Name of the attribute.
    data_type
        Type of its elements.
    w_type
        Whether it can be read and written.
    max_x
        Its largest length.
    """

    def __init__(self, str name, data_type: int, w_type: AttrWriteType, long max_x):
        self.make(AttrDataFormat.SPECTRUM, name, data_type, w_type, max_x, 0)


cdef class ImageAttr(SpectrumAttr):
    """The description of an attribute that is an image.

    Parameters
    ----------
    name
        Name of the attribute.
    data_type
        Type of its elements.
    w_type
        Whether it can be read and written.
    max_x
        Its largest width.
    max_y
        Its largest height.
    """

    def __init__(self, str name, data_type: int, w_type: AttrWriteType, long max_x, long max_y):
        self.make(AttrDataFormat.IMAGE, name, data_type, w_type, max_x, max_y)


cdef bint takes_device(object function):
    return function is not None and not isinstance(function, str) and not PyMethod_Check(function)


cdef object as_called(object function, object device):
    """A bound method of the device is called as it is; other functions get the device if they take two arguments."""
    if function is None or isinstance(function, str):
        return function
    if PyMethod_Check(function) and function.__self__ is device:
        # unbound, so that the attribute does not keep the device
        return function.__func__
    if getattr(type(device), getattr(function, "__name__", ""), None) is function:
        return function
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return function
    count = sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters)
    takes_any = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    if count >= 2 or takes_any:
        return partial(call_with_device, function) if PyMethod_Check(function) else function
    return partial(call_without_device, function)


def call_with_device(function: Callable[..., Any], device: object, argument: Any) -> Any:
    """Call a method of another object with the device."""
    return function(device, argument)


def call_without_device(function: Callable[..., Any], device: object, argument: Any) -> Any:
    """Call a function that does not take the device."""
    return function(argument)


cdef CAttr *give_attr(Attr attr) except NULL:
    cdef CAttr *pointer = attr.pointer()
    if attr.behind != NULL and not attr.behind.adopted():
        attr.behind.adopt()
    return pointer


cdef int take_back(CAttr *attr) except -1:
    cdef AttrBehind *behind = behind_of(attr)
    if behind != NULL and behind.adopted():
        behind.give_back()
    return 0


cdef Attr attr_of(CAttr *attr):
    cdef AttrBehind *behind = behind_of(attr)
    cdef Attr foreign
    if behind != NULL:
        return <object>python_behind(behind)
    kind = (Attr, SpectrumAttr, ImageAttr)[<int>attr.get_format()]
    foreign = kind.__new__(kind)
    foreign.life = make_shared[Life[CAttr]](attr)
    foreign.name = to_py_str(attr.get_name())
    return foreign


cdef class FwdAttr(Attr):
    """The description of an attribute that stands for an attribute of another device.

    The other device should belong to another server: cppTango 9.3 may wait for ever when it starts a server that has both.

    Parameters
    ----------
    name
        Name of the attribute.
    root_attribute
        Full name of the other attribute, if the property ``__root_att`` of the database does not say it.

    Raises
    ------
    RuntimeError
        It has been initialised already.
    """

    def __init__(self, str name, str root_attribute=""):
        cdef string cname = to_cpp_str(name)
        cdef string root = to_cpp_str(root_attribute)
        cdef AttrBehind *behind = NULL
        if self.life:
            raise RuntimeError(f"attribute {self.name} has been initialised already")
        make_fwd_attr(cname, root, <PyObject *>self, HOOKS, behind)
        self.take(name, behind)

    def set_default_properties(self, attr_prop: UserDefaultAttrProp | UserDefaultFwdAttrProp) -> None:
        """Set the label that the attribute has if the database holds no other.

        Parameters
        ----------
        attr_prop
            The label; all else comes from the other attribute.
        """
        cdef string label = to_cpp_str(attr_prop.label)
        set_forwarded_label(deref(self.pointer()), label)
