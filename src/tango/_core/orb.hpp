// The ORB of the process: that of its clients, until a server brings one of its own.
#pragma once

#include "compat_events.hpp"
#include "renew.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

namespace tangopy {

// Opens what cppTango keeps for the classes derived from its Connection.
class ConnectionState : public Tango::Connection {
public:
    // Has a connection be made anew by its next call; otherwise that call would be the last one of the old ORB, and fail.
    static void lose(Tango::Connection &connection) {
        using namespace Tango; // in 9.3 a macro, later a constant
        (connection.*&ConnectionState::set_connection_state)(CONNECTION_NOTOK);
    }

    // Calls of threads that a forked child does not have are under way.
    static void after_fork_in_child(Tango::Connection &connection) {
        renew(connection.*&ConnectionState::adm_dev_mutex);
        renew(connection.*&ConnectionState::asyn_mutex);
        renew(connection.*&ConnectionState::con_to_mon);
    }
};

// The connections of this process, as long as they live.
class Connections {
public:
    void add(const std::shared_ptr<Tango::Connection> &connection) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (all_.size() >= enough_) {
            all_.erase(std::remove_if(all_.begin(), all_.end(), [](const Weak &one) { return one.expired(); }), all_.end());
            enough_ = std::max<std::size_t>(2 * all_.size(), 64);
        }
        all_.push_back(connection);
    }

    void lose_all() { for_each(ConnectionState::lose); }

    // The databases are those of the parent, which its proxies go on to use.
    void after_fork_in_child(const std::vector<Tango::Database *> &databases) {
        renew(mutex_);
        for (Tango::Database *database : databases) {
            kept_.emplace_back(database, [](Tango::Database *) {});
            add(kept_.back());
        }
        for_each(ConnectionState::after_fork_in_child);
    }

private:
    using Strong = std::shared_ptr<Tango::Connection>;
    using Weak = std::weak_ptr<Tango::Connection>;

    void for_each(void (*action)(Tango::Connection &)) {
        std::vector<Strong> alive;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            for (const Weak &one : all_) {
                alive.push_back(one.lock());
            }
        }
        for (const Strong &connection : alive) {
            if (connection) {
                action(*connection);
            }
        }
    }

    std::mutex mutex_;
    std::vector<Weak> all_;
    std::vector<Strong> kept_;
    std::size_t enough_ = 64;
};

// One instance; only the orb module may ask: each module has its own.
inline Connections &connections() {
    static Connections *instance = new Connections;
    return *instance;
}

#if TANGOPY_REACHES_SINGLETONS

// Those that cppTango has itself: to the admin devices of servers that send events, and to databases.
class Channels : Tango::EventConsumer {
public:
    static void lose_all() {
        using namespace Tango; // where the lock is from 10.3 on
        ReaderLock lock(map_modification_lock);
        for (auto &channel : channel_map) {
            if (channel.second.adm_device_proxy != nullptr) {
                ConnectionState::lose(*channel.second.adm_device_proxy);
            }
        }
    }
};

inline void lose_own_connections() {
    Channels::lose_all();
    for (Tango::Database *database : Tango::ApiUtil::instance()->get_db_vect()) {
        ConnectionState::lose(*database);
    }
}

#else

inline void lose_own_connections() {}

#endif

// Another ORB has taken the place of the one before: what was connected connects anew.
inline void orb_changed() {
    connections().lose_all();
    lose_own_connections();
}

} // namespace tangopy
