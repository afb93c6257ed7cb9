"""Counts of live objects that own C++ memory, by kind; the tests compare them before and after each test."""
from libcpp.atomic cimport atomic

cdef atomic[long] counts[8]  # LIVE_KINDS fit in


cdef void born(Live kind) noexcept nogil:
    counts[<int>kind].fetch_add(1)


cdef void gone(Live kind) noexcept nogil:
    counts[<int>kind].fetch_sub(1)


def live_objects() -> dict[str, int]:
    """How many objects that own C++ memory exist now, by kind.

    Returns
    -------
    dict
        Kinds with at least one live object.
    """
    names = ("connection", "buffer", "callback", "device", "device class", "group", "call")
    return {name: counts[i].load() for i, name in enumerate(names) if counts[i].load()}
