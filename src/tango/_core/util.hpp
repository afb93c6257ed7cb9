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
    return init_util(static_cast<int>(kept->size()), pointers->data(), make_classes);
}

inline void set_loop(Tango::Util &util, bool wanted) { util.server_set_event_loop(wanted ? run_loop : nullptr); }

} // namespace tangopy
