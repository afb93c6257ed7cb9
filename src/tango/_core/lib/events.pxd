"""Declarations: events, as events.hpp makes them of what cppTango delivers."""
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr, unique_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.async_engine cimport CallPtr, CInbox
from tango._core.errors cimport translate
from tango._core.gate cimport Gate, Hook
from tango._core.lib.client cimport CDeviceAttribute, CDeviceProxy, CTimeVal
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.pipes cimport PipeElements
from tango._core.lib.structs cimport CAttributeInfoEx, CAttributeInfoListEx, CCommandInfoList


cdef extern from "events.hpp" namespace "Tango" nogil:
    cdef cppclass CDevIntrChangeEventData "Tango::DevIntrChangeEventData":
        CCommandInfoList cmd_list
        CAttributeInfoListEx att_list
        cbool dev_started


cdef extern from "events.hpp" namespace "tangopy" nogil:
    cppclass Reason:
        pass

    cdef cppclass Event:
        Reason reason
        CTimeVal date
        string name
        string event
        cbool failed
        CDevErrorList errors
        unique_ptr[CDeviceAttribute] value
        unique_ptr[CAttributeInfoEx] config
        unique_ptr[CDevIntrChangeEventData] interface_change
        unique_ptr[PipeElements] blob
        string blob_name
        int data_type
        int counter
        size_t lost

    CallPtr make_notice() except +translate

    cdef struct Bounds:
        size_t events
        size_t bytes
        cbool newest_goes

    cdef cppclass EventBox:
        EventBox(long id, cbool dispatched, const Bounds &)
        long id
        unique_ptr[Event] pop()
        unique_ptr[Event] take()
        void delivered()
        void tell(CallPtr, shared_ptr[CInbox])
        cbool wait(double seconds)
        void leave_dispatcher()
        size_t lost()
        vector[unique_ptr[Event]] take_all()
        size_t let_go()
        void close(double seconds)
        cbool closed()
        size_t size()
        cbool last_date(CTimeVal &)

    cdef cppclass Delivery:
        EventBox *box
        Event *event

    cppclass Mode:
        pass

    cdef cppclass Link:
        Link(const shared_ptr[CDeviceProxy] &, const string &attribute, int type, Mode, const shared_ptr[EventBox] &) except +translate
        void open() except +translate
        void close() except +translate
        void close_later()

    cdef cppclass Dispatcher:
        void add(const shared_ptr[EventBox] &, size_t)
        void deliver(EventBox &)

    cdef cppclass Errands:
        void stop(double seconds)
        cbool settle(double seconds)

    cdef cppclass EventSystem:
        Dispatcher dispatcher
        Errands errands

    EventSystem *event_system
    void make_event_system(const Hook *)
    Gate *door
