// The device server itself.
#pragma once

#include "gate.hpp"
#include "restart.hpp"

#include <vector>

namespace tangopy {

// cppTango has one server per process and asks for its classes through plain functions, so this is the one place that
// needs to know the Python Util without being told.
struct ServerHooks {
    PyObject *util = nullptr;
    Hook classes{nullptr, nullptr};
    Hook loop{nullptr, nullptr};
};

inline ServerHooks &server_hooks() {
    static ServerHooks hooks;
    return hooks;
}

inline void make_classes(Tango::DServer *server) {
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
    Tango::Util *util = init_util(static_cast<int>(kept->size()), pointers->data(), make_classes);
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
