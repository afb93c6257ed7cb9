// The main loop of the server, and how it comes to an end when the process does.
#pragma once

#include "event_post.hpp"
#include "renew.hpp"
#include "restart.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>
#ifdef __GLIBC__
#include <unistd.h>
#endif

namespace tangopy {

// The server, from the moment when its devices answer until its main loop is over, in whatever thread that is. Only the
// util module may ask, as for restarts().
inline Activity &serving() {
    static Activity *instance = new Activity;
    return *instance;
}

// Serves clients until the server ends, which may have happened already: a signal does not wait until it is ready.
inline void serve(Tango::Util &util) {
    struct Over {
        ~Over() { serving().finish(); }
    } over;
    try {
        util.server_run();
    } catch (const CORBA::BAD_INV_ORDER &) {
        if (!util.is_svr_shutting_down()) {
            throw;
        }
        util.server_cleanup();
    }
}

// The main loop need not have been reached for that.
inline bool orb_is_over(Tango::Util &util) {
    try {
        CORBA::ORB_var orb = util.get_orb();
        orb->work_pending();
        return false;
    } catch (CORBA::Exception &) {
        return true;
    }
}

#ifdef __GLIBC__
inline void leave_at_once(int status, void *) { _exit(status); }
inline void leave_without_destructors() { on_exit(leave_at_once, nullptr); }
#else
inline void leave_without_destructors() { std::atexit([] { std::_Exit(EXIT_FAILURE); }); }
#endif

inline bool ends_within(Tango::Util &util, double seconds) {
    if (guest().tell_to_end()) {
        return serving().over_within(seconds);
    }
    util.get_dserver_device()->kill();
    for (auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds); !orb_is_over(util);) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

// For the end of the process: does what the command Kill does. A server that has not ended after `seconds` would be waited for
// by the destructors of its library without end, so the process is left without them.
inline void end_serving(double seconds) {
    if (!serving().running()) {
        return;
    }
    Tango::Util *util = Tango::Util::instance(false);
    if (util->is_svr_shutting_down()) {
        return;
    }
    omni_thread::ensure_self self;
    if (!ends_within(*util, seconds)) {
        leave_without_destructors();
    }
}

// The threads of the server, and what the destructors would wait for, have stayed in the parent.
inline void leave_server_to_parent() {
    guest().after_fork_in_child();
    event_post() = nullptr;
    renew(restarts());
    if (serving().running()) {
        renew(serving());
        leave_without_destructors();
    }
}

} // namespace tangopy
