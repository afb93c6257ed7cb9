// Calls of the event system that versions of cppTango spell differently; compat.hpp says which version is which.
#pragma once

#include "compat.hpp"

// tango.h leaves this one out.
#if TANGOPY_HAS_FLAT_HEADERS
#include <eventconsumer.h>
#elif TANGOPY_HAS_EVENT_CONSUMER_POINTER
#include <tango/client/eventconsumer.h>
#endif

namespace tangopy {

// How many events may wait in the library until its consumer thread takes them; TANGO_EVENT_BUFFER_HWM overrides it. The
// library's own 1000 is soon reached by a device that pushes fast, and then events are dropped.
constexpr int library_buffer = 100000;

// A mode is a number of tango.enums.EventSubMode; an interface change event has no attribute.
inline int library_subscribe(Tango::DeviceProxy &proxy, const std::string &attribute, Tango::EventType type,
                             Tango::CallBack *receiver, int mode) {
    if (!has_alarm_events && type == 9) {
        unsupported("An alarm event", "10.0");
    }
    if (!has_pipes && type == 8) {
        no_pipes();
    }
    Tango::ApiUtil::instance()->set_event_buffer_hwm(library_buffer);
#if TANGOPY_HAS_EVENT_SUB_MODE
    auto how = static_cast<Tango::EventSubMode>(mode);
#else
    bool how = mode >= 3; // all but Sync and SyncRead try again if it does not work at once
#endif
    if (type == Tango::INTERFACE_CHANGE_EVENT) {
        return proxy.subscribe_event(type, receiver, how);
    }
    return proxy.subscribe_event(attribute, type, receiver, how);
}

template <class Data> int library_reason(const Data &data) {
    if constexpr (has_event_reason) {
        return static_cast<int>(data.event_reason);
    } else {
        return 0;
    }
}

// Whether the calling thread is the one that takes events from the network.
inline bool on_event_thread() {
#if !TANGOPY_HAS_EVENT_CONSUMER_POINTER
    return false; // the library tells the reason of an event by itself
#else
    Tango::ApiUtil *api = Tango::ApiUtil::instance();
    if (!api->is_zmq_event_consumer_created()) {
        return false;
    }
    omni_thread *self = omni_thread::self();
    return self != nullptr && self->id() == api->get_zmq_event_consumer()->get_thread_id();
#endif
}

} // namespace tangopy
