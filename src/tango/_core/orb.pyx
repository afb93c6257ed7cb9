"""The ORB of the process: that of its clients, until a server brings one of its own."""
import os

from libcpp.memory cimport shared_ptr

from tango._core.lib.client cimport CConnection

cdef extern from "orb.hpp" namespace "tangopy" nogil:
    cdef cppclass Connections:
        void add(const shared_ptr[CConnection] &)

    Connections &connections() noexcept
    void orb_changed() noexcept

cdef extern from "forked.hpp" namespace "tangopy" nogil:
    void stand_still_at_forks() noexcept
    void before_fork() noexcept
    bint leave_parent() noexcept
    void end_parents_orb() noexcept

# This process has an ORB of its parent.
cdef bint inherited = False


cdef void know_connection(const shared_ptr[CConnection] &connection) noexcept nogil:
    connections().add(connection)


cdef void tell_connections() noexcept nogil:
    orb_changed()


cdef void own_orb() noexcept nogil:
    global inherited
    if inherited:
        inherited = False
        end_parents_orb()


def _before_fork():
    before_fork()


def _after_fork():
    global inherited
    inherited = leave_parent()


stand_still_at_forks()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_child=_after_fork)
