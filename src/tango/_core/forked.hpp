// A forked child takes leave of what its parent did with Tango.
//
// The child has the ORB of its parent with its connections, over which requests of both would mix, but none of its threads, for
// which the ORB would wait at its end. So the child has it forget them and ends it before it makes its own.
#pragma once

#include "orb.hpp"
#include "singletons.hpp"

#if !defined(_WIN32) && !TANGOPY_HAS_UTIL_CLEANUP

#if TANGOPY_HAS_FLAT_HEADERS
#include <dserversignal.h>
#else
#include <tango/server/dserversignal.h>
#endif

#include <omniORB4/omniServer.h>
#include <omniORB4/internal/giopServer.h>
#include <omniORB4/internal/invoker.h>

namespace tangopy {

template <class T> void drop(T *&pointer) { pointer = nullptr; }
template <class T> void drop(std::unique_ptr<T> &pointer) { pointer.release(); }

// See singletons.hpp. The type of the second differs between versions.
Tango::ApiUtil *&the_api_util();
void forget_signals();
template <Tango::ApiUtil **where> struct ApiUtilPlace {
    friend Tango::ApiUtil *&the_api_util() { return *where; }
};
template <auto where> struct SignalsPlace {
    friend void forget_signals() { drop(*where); }
};
template struct ApiUtilPlace<&Tango::ApiUtil::_instance>;
template struct SignalsPlace<&Tango::DServerSignal::_instance>;

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
class ParentsEvents : Tango::ZmqEventConsumer {
public:
    static void forget() {
        new (&map_modification_lock) ReadersWritersLock();
        new (&ev_consumer_inst_mutex) omni_mutex();
        channel_map.clear();
        device_channel_map.clear();
        event_callback_map.clear();
        event_not_connected.clear();
        keep_alive_thread = nullptr;
        cleanup();
    }
};

inline void end_parents_orb(CORBA::ORB_ptr orb) {
    if (CORBA::is_nil(orb)) {
        return;
    }
    forget_threads();
    try {
        orb->destroy();
    } catch (const CORBA::Exception &) {
        // it had been ended before
    }
}

// The ORB would delete the devices, which are the parent's.
inline void keep_devices(Tango::Util *server) {
    if (server == nullptr || the_dserver_class() == nullptr) {
        return;
    }
    for (Tango::DeviceClass *device_class : *server->get_class_list()) {
        for (Tango::DeviceImpl *device : device_class->get_device_list()) {
            device->_add_ref();
        }
    }
}

// What C++ objects of the parent there are is left as it is: nobody knows in what state its threads were.
inline void leave_parent() {
    if (the_api_util() == nullptr) {
        return;
    }
    Tango::Util *server = the_util();
    CORBA::ORB_var orb = server != nullptr ? server->get_orb() : the_api_util()->get_orb();
    keep_devices(server);
    the_util() = nullptr;
    the_dserver_class() = nullptr;
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
    end_parents_orb(orb.in());
}

} // namespace tangopy

#else

namespace tangopy {

inline void leave_parent() {}

} // namespace tangopy

#endif
