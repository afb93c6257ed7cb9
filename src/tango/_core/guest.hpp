// A server that is a guest in its process: it ends, and the process goes on.
//
// cppTango makes one server in a process and lets the process end with it. Its command Kill also stops the thread that
// receives the events of all clients in the process, and leaves behind singletons that no second server could use. The end
// of a guest takes only what the server has, and takes all of it, so that the next one finds the process as the first did.
#pragma once

#include "compat_events.hpp"
#include "renew.hpp"
#include "scratch_database.hpp"
#include "signals.hpp"
#include "singletons.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <vector>

namespace tangopy {

// Tells the thread that runs the server that it is to end.
class Guest {
public:
    void come() {
        std::lock_guard<std::mutex> lock(mutex_);
        here_ = true;
        told_ = false;
    }

    void go() {
        std::lock_guard<std::mutex> lock(mutex_);
        here_ = false;
    }

    // False if the server is none that can be told.
    bool tell_to_end() {
        std::lock_guard<std::mutex> lock(mutex_);
        told_ = here_;
        wake_.notify_all();
        return here_;
    }

    bool told() {
        std::lock_guard<std::mutex> lock(mutex_);
        return told_;
    }

    void wait(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return told_; });
    }

    // A forked child has no server, and the lock may have been held by a thread that does not exist there.
    void after_fork_in_child() {
        renew(mutex_);
        renew(wake_);
        here_ = told_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool here_ = false;
    bool told_ = false;
};

// One server in a process, one instance. Only the util module may ask: each module has its own.
inline Guest &guest() {
    static Guest *instance = new Guest;
    return *instance;
}

#if TANGOPY_REACHES_SINGLETONS

inline void delete_devices(Tango::Util &util) {
    if (the_dserver_class() == nullptr) {
        return; // it did not get so far
    }
    util.get_dserver_device()->delete_devices();
    delete the_dserver_class();
    the_dserver_class() = nullptr;
}

// cppTango lists the server's database among those of clients.
inline void delete_database(Tango::Util &util) {
    if (!Tango::Util::_FileDb || util.get_database() == nullptr) {
        return;
    }
    auto &listed = Tango::ApiUtil::instance()->get_db_vect();
    listed.erase(std::remove(listed.begin(), listed.end(), util.get_database()), listed.end());
    util.get_database()->write_filedatabase();
    delete util.get_database();
}

// A client in the process has the server's ORB too: in 9.3 by a bare pointer, which keeps it until it is released by hand.
inline void forget_orb(Tango::ApiUtil &client, CORBA::ORB_ptr orb) {
    CORBA::ORB_var asked_for = orb;
    CORBA::release(orb);
    client.set_orb(CORBA::ORB::_nil());
}

inline void forget_orb(Tango::ApiUtil &client, const CORBA::ORB_var &) { client.set_orb(CORBA::ORB::_nil()); }

// The thread that receives events must end before the library's own objects do. The library sees to that at the first
// subscription in the process, unless a server is there.
inline void end_events_at_exit(Tango::ApiUtil &client) {
    if (client.is_zmq_event_consumer_created() && !client.is_lock_exit_installed()) {
        std::atexit([] {
            Tango::ApiUtil *api = Tango::ApiUtil::instance();
            api->clean_locking_threads();
            api->get_zmq_event_consumer()->shutdown();
        });
        client.set_lock_exit_installed(true);
    }
}

inline void forget_server(Tango::Util &util) {
    util.set_svr_shutting_down(true);
    take_scratch_database(util);
    util.stop_all_polling_threads();
    util.stop_heartbeat_thread();
    util.clr_heartbeat_th_ptr();
    try {
        util.unregister_server();
    } catch (...) {
        // the database has gone before
    }
    delete_devices(util);
    may_end_again(util);
    forget_event_supplier();
    delete_database(util);
    CORBA::ORB_var orb = util.get_orb();
    orb->shutdown(true);
    Tango::Logging::cleanup();
    util.server_cleanup();
    Tango::ApiUtil *client = Tango::ApiUtil::instance();
    forget_orb(*client, client->get_orb());
    client->in_server(false);
    client->create_orb();
    end_events_at_exit(*client);
    delete_util(&util);
    Tango::Util::_UseDb = true;
    Tango::Util::_FileDb = false;
    Tango::Util::_tracelevel = 0;
}

#else

// Without the means to make more than one server in a process.
inline void forget_server(Tango::Util &util) {
    util.shutdown_ds();
    util.server_cleanup();
#if TANGOPY_HAS_UTIL_CLEANUP
    Tango::Util::cleanup();
#endif
}

#endif

} // namespace tangopy
