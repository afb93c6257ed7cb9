// The device server itself.
#pragma once

#include "gate.hpp"
#include "own_names.hpp"
#include "quiet.hpp"
#include "restart.hpp"

#include <algorithm>
#include <vector>

namespace tangopy {

// cppTango has one server per process and asks for its classes through plain functions, so this is the one place that
// needs to know the Python Util without being told.
struct ServerHooks {
    PyObject *util = nullptr;
    Hook classes{nullptr, nullptr};
    Hook loop{nullptr, nullptr};
    Tango::Database *listed = nullptr; // the server's database as cppTango lists it among those of clients
};

inline ServerHooks &server_hooks() {
    static ServerHooks hooks;
    return hooks;
}

// A server whose database is a file reads that anew before it makes its devices; the list still has the object of before.
inline void list_database(Tango::Util &util) {
    Tango::Database *&listed = server_hooks().listed, *now = Tango::Util::_UseDb ? util.get_database() : nullptr;
    if (listed != nullptr && now != listed) {
        auto &all = Tango::ApiUtil::instance()->get_db_vect();
        std::replace(all.begin(), all.end(), listed, now);
    }
    listed = now;
}

inline void make_classes(Tango::DServer *server) {
    list_database(*Tango::Util::instance());
    guard_restarts(server);
    call_python(server_hooks().classes, server_hooks().util, server);
}

struct LoopFrame {
    bool stop;
};

// True ends the server. An error of the user's loop is shown and the server goes on.
inline bool run_loop() {
    LoopFrame frame{false};
    tell_python(server_hooks().loop, server_hooks().util, &frame);
    return frame.stop;
}

// How many events may wait for the network per subscriber; TANGO_DS_EVENT_BUFFER_HWM overrides it. The library's own 1000 is
// reached when a device pushes some thousand events in a row, and then it drops them.
constexpr int event_buffer = 100000;

// What is left of the ORB of a server that could not start: it would be taken for that of the next one.
inline void end_failed_orb() {
    int none = 0;
    CORBA::ORB_var orb = CORBA::ORB_init(none, nullptr);
    orb->destroy();
    Tango::ApiUtil::instance()->create_orb();
}

[[noreturn]] inline void cannot_listen(const std::vector<std::string> &arguments) {
    auto option = std::find(arguments.begin(), arguments.end(), "-ORBendPoint");
    std::string where = option == arguments.end() ? "any port" : *++option;
    std::string text = "the server cannot listen on " + where + " (is the port in use? is it an address of this host?)";
    Tango::Except::throw_exception("API_CantListen", text, "Util.init");
}

inline Tango::Util *start_util(std::vector<std::string> &arguments) {
    // The ORB keeps looking at them.
    static std::vector<std::string> *kept = new std::vector<std::string>;
    static std::vector<char *> *pointers = new std::vector<char *>;
    *kept = arguments;
    pointers->clear();
    for (auto &argument : *kept) {
        pointers->push_back(argument.data());
    }
    pointers->push_back(nullptr);
    // A server takes over the ORB of the clients in its process, and cppTango then deletes their databases, which proxies
    // still use. Those connect anew when they are asked again.
    std::vector<Tango::Database *> databases;
    databases.swap(Tango::ApiUtil::instance()->get_db_vect());
    struct Keep {
        std::vector<Tango::Database *> &databases;
        ~Keep() {
            auto &listed = Tango::ApiUtil::instance()->get_db_vect();
            listed.insert(listed.begin(), databases.begin(), databases.end());
        }
    } keep{databases};
    Tango::Util *util = nullptr;
    WithoutNotifd quiet;
    try {
        util = make_util(static_cast<int>(kept->size()), pointers->data());
    } catch (const CORBA::INITIALIZE &) {
        end_failed_orb();
        cannot_listen(arguments);
    } catch (...) {
        end_failed_orb();
        throw;
    }
    set_class_factory(*util, make_classes);
    name_events(*util);
    server_hooks().listed = Tango::Util::_UseDb ? util->get_database() : nullptr;
    util->set_ds_event_buffer_hwm(event_buffer);
    return util;
}

// Serves clients until the server ends, which may have happened already: a signal does not wait until it is ready.
inline void serve(Tango::Util &util) {
    try {
        util.server_run();
    } catch (const CORBA::BAD_INV_ORDER &) {
        if (!util.is_svr_shutting_down()) {
            throw;
        }
        util.server_cleanup();
    }
}

// Serves until the server is told to end; false if a signal has ended it, which goes on to end the process.
inline bool serve_as_guest(Tango::Util &util, bool has_loop) {
    util.set_svr_starting(false);
    while (!guest().told()) {
        if (util.is_svr_shutting_down()) {
            return false;
        }
        if (!has_loop) {
            guest().wait(0.2);
        } else if (run_loop()) {
            break;
        }
    }
    return true;
}

inline void end_guest(Tango::Util &util) {
    restarts().wait(30.0);
    forget_server(util);
    forget_replaced_supplier();
    server_hooks().listed = nullptr;
}

inline void set_loop(Tango::Util &util, bool wanted) { util.server_set_event_loop(wanted ? run_loop : nullptr); }

// The object reference of a device, as text; empty for one that is not exported yet.
inline std::string ior_of(Tango::Util &util, Tango::DeviceImpl *device) {
    Tango::Device_var reference = Tango::Device::_duplicate(device->get_d_var());
    if (CORBA::is_nil(reference)) {
        return {};
    }
    CORBA::ORB_var orb = util.get_orb();
    CORBA::String_var text = orb->object_to_string(reference);
    return text.in();
}

} // namespace tangopy
