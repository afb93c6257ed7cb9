// A forked child takes leave of what its parent did with Tango.
//
// At once it leaves all that belongs to threads, which it has not, and to connections, which it must not share. A server of its
// parent, too: its devices answer in the parent. The ORB of a parent that was a client only it keeps for its own clients, and ends
// it before it makes that of a server.
#pragma once

#include "compat_server.hpp"
#include "forked_orb.hpp"
#include "orb.hpp"
#include "singletons.hpp"

#if TANGOPY_REACHES_SINGLETONS

namespace tangopy {

template <class T> void drop(T *&pointer) { pointer = nullptr; }
template <class T> void drop(std::unique_ptr<T> &pointer) { pointer.release(); }

struct UtilIsThere {
    friend auto lent(UtilIsThere);
};
template struct Lent<UtilIsThere, &Tango::Util::_constructed>;

struct TheSignals {
    friend auto lent(TheSignals);
};
template struct Lent<TheSignals, &Tango::DServerSignal::_instance>;

// From 10.3 on the library refuses a server in the child of a process that has had one.
#if TANGOPY_HAS_UTIL_CLEANUP
struct BrokenByFork {
    friend auto lent(BrokenByFork);
};
template struct Lent<BrokenByFork, &Tango::Util::broken_by_fork>;
inline void allow_server() { *lent(BrokenByFork{}) = false; }
#else
inline void allow_server() {}
#endif

// The thread that receives events is not here; the next subscription makes another.
class ParentsEvents : Tango::EventConsumer {
public:
    static void forget() {
        using namespace Tango; // where the locks are from 10.3 on
        renew(map_modification_lock);
        channel_map.clear();
        device_channel_map.clear();
        event_callback_map.clear();
        event_not_connected.clear();
        keep_alive_thread = nullptr;
#if TANGOPY_HAS_EVENT_CONSUMER_POINTER
        renew(ev_consumer_inst_mutex);
        ZmqEventConsumer::cleanup();
#else
        renew(async_event_lock);
        async_event_to_be_connected.clear();
#endif
    }
};

// What the parent has. From 10.3 on the library forgets it in the child by itself.
struct Parent {
    Tango::ApiUtil *clients = nullptr;
    Tango::Util *util = nullptr;
    Tango::DServerClass *dserver_class = nullptr;

    bool is_server() const { return util != nullptr && dserver_class != nullptr; }
};

// Only the orb module may ask: each module has its own.
inline Parent &parent() {
    static Parent instance;
    return instance;
}

inline void before_fork() { parent() = {the_api_util(), the_util(), the_dserver_class()}; }

// The ORB would delete the devices, which are the parent's.
inline void keep_devices() {
    std::vector<Tango::DeviceClass *> classes = *parent().util->get_class_list();
    classes.push_back(parent().dserver_class);
    for (Tango::DeviceClass *device_class : classes) {
        for (Tango::DeviceImpl *device : device_class->get_device_list()) {
            device->_add_ref();
        }
    }
}

inline void leave_server() {
    the_util() = nullptr;
    the_dserver_class() = nullptr;
    *lent(UtilIsThere{}) = false; // clients would ask it for its ORB
    allow_server();
    drop(*lent(TheSignals{}));
    if (the_event_supplier() != nullptr) {
        the_event_supplier()->get_fqdn_prefix().clear();
        the_event_supplier() = nullptr;
    }
    Tango::Util::_UseDb = true;
    Tango::Util::_FileDb = false;
    Tango::Util::_tracelevel = 0;
}

// What C++ objects of the parent there are is left as it is: nobody knows in what state its threads were. True if its ORB is still
// there.
inline bool leave_parent() {
    if (!has_orb()) {
        return false;
    }
    leave_connections();
    leave_invoker();
    the_api_util() = nullptr;
    Tango::ApiUtil *clients = parent().clients;
    connections().after_fork_in_child(clients == nullptr ? std::vector<Tango::Database *>() : clients->get_db_vect());
    ParentsEvents::forget();
    bool was_server = parent().is_server();
    if (was_server) {
        keep_devices();
    }
    leave_server();
    if (was_server) {
        leave_work();
        end_orb();
        connections().lose_all();
    }
    if (clients != nullptr) {
        Tango::ApiUtil::instance()->create_orb(); // proxies that connect again take for granted that there is one
    }
    return !was_server;
}

// Before this child starts a server.
inline void end_parents_orb() {
    leave_work();
    if (the_api_util() == nullptr) { // which the library asks for its ORB, to end it
        end_orb();
    }
}

} // namespace tangopy

#else

namespace tangopy {

inline void stand_still_at_forks() {}
inline void before_fork() {}
inline bool leave_parent() { return false; }
inline void end_parents_orb() {}

} // namespace tangopy

#endif
