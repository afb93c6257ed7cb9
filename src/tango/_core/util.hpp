// The device server itself.
#pragma once

#include "event_post.hpp"
#include "forwarded_roots.hpp"
#include "gate.hpp"
#include "own_names.hpp"
#include "quiet.hpp"
#include "restart.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace tangopy {

// cppTango has one server per process and asks for its classes through plain functions, so this is the one place that
// needs to know the Python Util without being told.
struct ServerHooks {
    PyObject *util = nullptr;
    Hook classes{nullptr, nullptr};
    Hook loop{nullptr, nullptr};
    Tango::Database *listed = nullptr; // the server's database as cppTango lists it among those of clients
    Hook thread{nullptr, nullptr};
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

// Two requests at once to an attribute would mix their values: one lock is needed, that of the server or that of the attribute.
inline void set_serial_model(Tango::Util &util, int model) {
    util.set_serial_model(static_cast<Tango::SerialModel>(model));
    if (model != Tango::NO_SYNC) {
        return;
    }
    for (Tango::DeviceClass *device_class : *util.get_class_list()) {
        for (Tango::DeviceImpl *device : device_class->get_device_list()) {
            for (Tango::Attribute *attribute : device->get_device_attr()->get_attribute_list()) {
                if (attribute->get_attr_serial_model() == Tango::ATTR_NO_SYNC) {
                    attribute->set_attr_serial_model(Tango::ATTR_BY_KERNEL);
                }
            }
        }
    }
}

inline void make_classes(Tango::DServer *server) {
    ++class_requests();
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

// What is left of a server that could not start: its ORB would be taken for that of the next one.
inline void end_failed_start() {
    int none = 0;
    CORBA::ORB_var orb = CORBA::ORB_init(none, nullptr);
    orb->destroy();
    Tango::ApiUtil::instance()->create_orb();
#if TANGOPY_HAS_UTIL_CLEANUP
    Tango::DServerSignal::cleanup_singleton(); // or its thread takes the signals, and the end, of the next server's
#endif
}

[[noreturn]] inline void cannot_listen(const std::vector<std::string> &arguments) {
    auto option = std::find(arguments.begin(), arguments.end(), "-ORBendPoint");
    std::string where = option == arguments.end() ? "any port" : *++option;
    std::string text = "the server cannot listen on " + where + " (is the port in use? is it an address of this host?)";
    Tango::Except::throw_exception("API_CantListen", text, "Util.init");
}

// The library prints its log by printf, which keeps lines back where the console is a file or a pipe.
inline void print_lines_at_once() { std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); }

inline Tango::Util *start_util(std::vector<std::string> &arguments) {
    print_lines_at_once();
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
        end_failed_start();
        cannot_listen(arguments);
    } catch (...) {
        end_failed_start();
        throw;
    }
    set_class_factory(*util, make_classes);
    name_events(*util);
    let_roots_lock_twice(*util);
    server_hooks().listed = Tango::Util::_UseDb ? util->get_database() : nullptr;
    util->set_ds_event_buffer_hwm(event_buffer);
    return util;
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
    wait_for_restart();
    forget_server(util);
    close_event_post();
    forget_replaced_supplier();
    server_hooks().listed = nullptr;
}

inline void set_loop(Tango::Util &util, bool wanted) { util.server_set_event_loop(wanted ? run_loop : nullptr); }

// Tells Python when a thread that serves requests begins and ends.
class ThreadWatch final : public Tango::Interceptors {
public:
    void create_thread() override { tell(true); }
    void delete_thread() override { tell(false); }

private:
    static void tell(bool begins) { tell_python(server_hooks().thread, server_hooks().util, &begins); }
};

// The library goes on calling until the process ends.
inline void watch_threads(Tango::Util &util) {
    static ThreadWatch *watch = new ThreadWatch;
    util.set_interceptors(watch);
}

// From the end of server_init() on clients are served, but the library counts the server as starting until server_run(), and
// what a device has polled in between would never be polled.
inline void set_started(Tango::Util &util) { util.set_svr_starting(false); }

inline void run_orb(Tango::Util &util) {
    CORBA::ORB_var orb = util.get_orb();
    orb->run();
}

inline void use_database(bool wanted) { Tango::Util::_UseDb = wanted; }

// --- what only later versions have ---

template <class Util> auto alarms_with_changes(Util &util, int) -> decltype(util.is_auto_alarm_on_change_event()) {
    return util.is_auto_alarm_on_change_event();
}
template <class Util> bool alarms_with_changes(Util &, long) { return false; }

template <class Util> auto send_alarms_with_changes(Util &util, bool wanted, int) -> decltype(util.set_auto_alarm_on_change_event(wanted)) {
    util.set_auto_alarm_on_change_event(wanted);
}
template <class Util> void send_alarms_with_changes(Util &, bool, long) {
    unsupported("Util.set_auto_alarm_on_change_event() (alarm events)", "10.0");
}

inline bool is_auto_alarm(Tango::Util &util) { return alarms_with_changes(util, 0); }
inline void set_auto_alarm(Tango::Util &util, bool wanted) { send_alarms_with_changes(util, wanted, 0); }

template <class Util> auto clean_up(int) -> decltype(Util::cleanup()) { Util::cleanup(); }
template <class Util> void clean_up(long) { unsupported("Util.cleanup() (a second server in the same process)", "10.3"); }

inline void clean_up_util() { clean_up<Tango::Util>(0); }

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
