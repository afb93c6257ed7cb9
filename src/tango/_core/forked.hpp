// A forked child takes leave of what its parent did with Tango.
//
// The child has the ORB of its parent with its connections, over which requests of both would mix, but none of its threads, for
// which the ORB would wait at its end. So the child has it forget them and ends it before it makes its own.
#pragma once

#include "orb.hpp"
#include "singletons.hpp"

#if TANGOPY_REACHES_SINGLETONS

#if TANGOPY_HAS_FLAT_HEADERS
#include <dserversignal.h>
#elif TANGOPY_HAS_HEADER_PER_CLASS
#include <tango/server/DServerSignal.h>
#else
#include <tango/server/dserversignal.h>
#endif

#include <omniORB4/omniServer.h>
#include <omniORB4/internal/giopServer.h>
#include <omniORB4/internal/invoker.h>

namespace tangopy {

template <class T> void drop(T *&pointer) { pointer = nullptr; }
template <class T> void drop(std::unique_ptr<T> &pointer) { pointer.release(); }

// See singletons.hpp. Its type differs between versions.
void forget_signals();
template <auto where> struct SignalsPlace {
    friend void forget_signals() { drop(*where); }
};
template struct SignalsPlace<&Tango::DServerSignal::_instance>;

// From 10.3 on the library refuses a server in the child of a process that has had one.
#if TANGOPY_HAS_UTIL_CLEANUP
bool &broken_by_fork();
template <bool *where> struct BrokenPlace {
    friend bool &broken_by_fork() { return *where; }
};
template struct BrokenPlace<&Tango::Util::broken_by_fork>;
inline void allow_server() { broken_by_fork() = false; }
#else
inline void allow_server() {}
#endif

// What the ORB's server knows of its threads; see singletons.hpp.
omni::giopServer::Link &listening_threads(omni::giopServer &server);
CORBA::ULong &connection_threads(omni::giopServer &server);
template <omni::giopServer::Link omni::giopServer::*where> struct ListeningThreads {
    friend omni::giopServer::Link &listening_threads(omni::giopServer &server) { return server.*where; }
};
template <CORBA::ULong omni::giopServer::*where> struct ConnectionThreads {
    friend CORBA::ULong &connection_threads(omni::giopServer &server) { return server.*where; }
};
template struct ListeningThreads<&omni::giopServer::pd_rendezvousers>;
template struct ConnectionThreads<&omni::giopServer::pd_n_dedicated_workers>;

inline void forget_threads() {
    omni::orbAsyncInvoker = new omniAsyncInvoker();
    omni::giopServer *&server = omni::giopServer::singleton();
    while (!omni::giopServer::Link::is_empty(listening_threads(*server))) {
        listening_threads(*server).next->remove();
    }
    connection_threads(*server) = 0;
    server = nullptr; // the child's own is made when it is needed
}

// The thread that receives events is not here; the next subscription makes another.
class ParentsEvents : Tango::EventConsumer {
public:
    static void forget() {
        using namespace Tango; // where the locks are from 10.3 on
        new (&map_modification_lock) ReadersWritersLock();
        channel_map.clear();
        device_channel_map.clear();
        event_callback_map.clear();
        event_not_connected.clear();
        keep_alive_thread = nullptr;
#if TANGOPY_HAS_EVENT_CONSUMER_POINTER
        new (&ev_consumer_inst_mutex) omni_mutex();
        ZmqEventConsumer::cleanup();
#else
        new (&async_event_lock) ReadersWritersLock();
        async_event_to_be_connected.clear();
#endif
    }
};

inline void end_parents_orb() {
    int none = 0;
    CORBA::ORB_var orb = CORBA::ORB_init(none, nullptr); // the one that there is
    forget_threads();
    try {
        orb->destroy();
    } catch (const CORBA::Exception &) {
        // it had been ended before
    }
}

// The server of the parent. From 10.3 on the library forgets it in the child by itself.
struct Parent {
    Tango::Util *util = nullptr;
    Tango::DServerClass *dserver_class = nullptr;
};

// Only the orb module may ask: each module has its own.
inline Parent &parent() {
    static Parent instance;
    return instance;
}

inline void before_fork() { parent() = {the_util(), the_dserver_class()}; }

// The ORB would delete the devices, which are the parent's.
inline void keep_devices() {
    if (parent().util == nullptr || parent().dserver_class == nullptr) {
        return;
    }
    std::vector<Tango::DeviceClass *> classes = *parent().util->get_class_list();
    classes.push_back(parent().dserver_class);
    for (Tango::DeviceClass *device_class : classes) {
        for (Tango::DeviceImpl *device : device_class->get_device_list()) {
            device->_add_ref();
        }
    }
}

// What C++ objects of the parent there are is left as it is: nobody knows in what state its threads were.
inline void leave_parent() {
    if (omni::orbAsyncInvoker == nullptr) {
        return; // it had no ORB
    }
    keep_devices();
    the_util() = nullptr;
    the_dserver_class() = nullptr;
    allow_server();
    forget_signals();
    if (the_event_supplier() != nullptr) {
        the_event_supplier()->get_fqdn_prefix().clear();
        the_event_supplier() = nullptr;
    }
    ParentsEvents::forget();
    the_api_util() = nullptr;
    Tango::Util::_UseDb = true;
    Tango::Util::_FileDb = false;
    Tango::Util::_tracelevel = 0;
    end_parents_orb();
}

} // namespace tangopy

#else

namespace tangopy {

inline void before_fork() {}
inline void leave_parent() {}

} // namespace tangopy

#endif
