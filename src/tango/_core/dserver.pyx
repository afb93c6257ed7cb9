"""The administration device of the server."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.device cimport DeviceCore
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CDeviceImpl, CDevVarStringArray, CDServer
from tango._core.structs cimport to_cpp_strings, to_py_strings

cdef extern from "dserver.hpp" namespace "tangopy" nogil:
    cdef cppclass LockStatus:
        vector[long] numbers
        vector[string] texts

    CDServer &as_dserver(CDeviceImpl &)
    vector[string] texts_of(CDevVarStringArray *)
    void c_add_event_heartbeat "tangopy::add_event_heartbeat"(CDServer &) except +translate
    void c_rem_event_heartbeat "tangopy::rem_event_heartbeat"(CDServer &) except +translate
    void add_obj_polling(CDServer &, const vector[long] &, const vector[string] &, cbool, int) except +translate
    void upd_obj_polling_period(CDServer &, const vector[long] &, const vector[string] &, cbool) except +translate
    void rem_obj_polling(CDServer &, const vector[string] &, cbool) except +translate
    void lock_device(CDServer &, const vector[long] &, const vector[string] &) except +translate
    int un_lock_device(CDServer &, const vector[long] &, const vector[string] &) except +translate
    void re_lock_devices(CDServer &, const vector[string] &) except +translate
    LockStatus dev_lock_status(CDServer &, const string &) except +translate


cdef list to_list(vector[string] &texts):
    return [to_py_str(text) for text in texts]


cdef int split(object argument, str what, vector[long] &numbers, vector[string] &texts) except -1:
    """Numbers and texts of an argument that consists of a sequence of each."""
    try:
        first, second = argument
    except (TypeError, ValueError):
        raise TypeError(f"{what} takes two sequences, of int and of str, not {argument!r:.80}") from None
    for number in first:
        numbers.push_back(number)
    to_cpp_strings(second, texts, what)
    return 0


def get_process_name(DeviceCore dserver not None) -> str:
    """Name of the executable."""
    return to_py_str(as_dserver(deref(dserver.use())).get_process_name())


def get_instance_name(DeviceCore dserver not None) -> str:
    """Name of the instance."""
    return to_py_str(as_dserver(deref(dserver.use())).get_instance_name())


def get_full_name(DeviceCore dserver not None) -> str:
    """Executable and instance."""
    return to_py_str(as_dserver(deref(dserver.use())).get_full_name())


def get_fqdn(DeviceCore dserver not None) -> str:
    """Name of the administration device."""
    return to_py_str(as_dserver(deref(dserver.use())).get_fqdn())


def get_poll_th_pool_size(DeviceCore dserver not None) -> int:
    """How many threads may poll."""
    return <long>as_dserver(deref(dserver.use())).get_poll_th_pool_size()


def get_opt_pool_usage(DeviceCore dserver not None) -> bool:
    """Whether polling threads are used evenly."""
    return as_dserver(deref(dserver.use())).get_opt_pool_usage()


def get_poll_th_conf(DeviceCore dserver not None) -> StdStringVector:
    """Which devices which thread polls."""
    return to_py_strings(as_dserver(deref(dserver.use())).get_poll_th_conf())


# --- what the commands of the device do -------------------------------------------------------------------------------

def query_class(DeviceCore dserver not None) -> list[str]:
    """The device classes."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).query_class())
    return to_list(reply)


def query_device(DeviceCore dserver not None) -> list[str]:
    """The devices, each with its class."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).query_device())
    return to_list(reply)


def query_sub_device(DeviceCore dserver not None) -> list[str]:
    """The devices that the devices use."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).query_sub_device())
    return to_list(reply)


def polled_device(DeviceCore dserver not None) -> list[str]:
    """The devices that are polled."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).polled_device())
    return to_list(reply)


def query_class_prop(DeviceCore dserver not None, str class_name) -> list[str]:
    """The properties of a class: name, description and default of each."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef string cclass_name = to_cpp_str(class_name)
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).query_class_prop(cclass_name))
    return to_list(reply)


def query_dev_prop(DeviceCore dserver not None, str class_name) -> list[str]:
    """The properties of the devices of a class: name, description and default of each."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef string cclass_name = to_cpp_str(class_name)
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).query_dev_prop(cclass_name))
    return to_list(reply)


def dev_poll_status(DeviceCore dserver not None, str dev_name) -> list[str]:
    """What is polled of a device, and how."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef string cdev_name = to_cpp_str(dev_name)
    cdef vector[string] reply
    with nogil:
        reply = texts_of(as_dserver(deref(device)).dev_poll_status(cdev_name))
    return to_list(reply)


def stop_polling(DeviceCore dserver not None) -> None:
    """Let the polling threads pause."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        as_dserver(deref(device)).stop_polling()


def start_polling(DeviceCore dserver not None) -> None:
    """Let the polling threads go on."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        as_dserver(deref(device)).start_polling()


def add_event_heartbeat(DeviceCore dserver not None) -> None:
    """Have the heartbeat of events sent."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        c_add_event_heartbeat(as_dserver(deref(device)))


def rem_event_heartbeat(DeviceCore dserver not None) -> None:
    """Have the heartbeat of events sent no longer."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        c_rem_event_heartbeat(as_dserver(deref(device)))


def start_logging(DeviceCore dserver not None) -> None:
    """Let all devices log again."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        as_dserver(deref(device)).start_logging()


def stop_logging(DeviceCore dserver not None) -> None:
    """Let no device log."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        as_dserver(deref(device)).stop_logging()


def delete_devices(DeviceCore dserver not None) -> None:
    """Delete all devices."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    with nogil:
        as_dserver(deref(device)).delete_devices()


def add_polling(DeviceCore dserver not None, argument: Any, bint with_db_upd, int delta_ms) -> None:
    """Have something polled."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[long] numbers
    cdef vector[string] texts
    split(argument, "add_obj_polling()", numbers, texts)
    with nogil:
        add_obj_polling(as_dserver(deref(device)), numbers, texts, with_db_upd, delta_ms)


def change_polling(DeviceCore dserver not None, argument: Any, bint with_db_upd) -> None:
    """Change the period of something polled."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[long] numbers
    cdef vector[string] texts
    split(argument, "upd_obj_polling_period()", numbers, texts)
    with nogil:
        upd_obj_polling_period(as_dserver(deref(device)), numbers, texts, with_db_upd)


def remove_polling(DeviceCore dserver not None, argument: Any, bint with_db_upd) -> None:
    """Have something polled no longer."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] texts
    to_cpp_strings(argument, texts, "rem_obj_polling()")
    with nogil:
        rem_obj_polling(as_dserver(deref(device)), texts, with_db_upd)


def lock_devices(DeviceCore dserver not None, argument: Any) -> None:
    """Lock devices for the client that is being served."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[long] numbers
    cdef vector[string] texts
    split(argument, "lock_device()", numbers, texts)
    with nogil:
        lock_device(as_dserver(deref(device)), numbers, texts)


def unlock_devices(DeviceCore dserver not None, argument: Any) -> int:
    """Unlock devices, and tell how many locks the client still has on them."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[long] numbers
    cdef vector[string] texts
    cdef int left
    split(argument, "un_lock_device()", numbers, texts)
    with nogil:
        left = un_lock_device(as_dserver(deref(device)), numbers, texts)
    return left


def relock_devices(DeviceCore dserver not None, argument: Any) -> None:
    """Lock devices again before their locks become invalid."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef vector[string] texts
    to_cpp_strings(argument, texts, "re_lock_devices()")
    with nogil:
        re_lock_devices(as_dserver(deref(device)), texts)


def lock_status(DeviceCore dserver not None, str dev_name) -> list[list[Any]]:
    """Who has locked a device: numbers and texts."""
    cdef shared_ptr[CDeviceImpl] device = dserver.use()
    cdef string cname = to_cpp_str(dev_name)
    cdef LockStatus status
    with nogil:
        status = dev_lock_status(as_dserver(deref(device)), cname)
    return [[int(number) for number in status.numbers], to_list(status.texts)]
