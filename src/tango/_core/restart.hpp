// The restart of a server, one at a time.
//
// cppTango starts a restart in a thread of its own and answers the client at once; a second one that arrives before the
// first is over ruins the server. The admin device's commands RestartServer, DevRestart and Kill therefore wait here.
#pragma once

#include "activity.hpp"
#include "guest.hpp"
#include "native_thread.hpp"

#include <atomic>

namespace tangopy {

// One server in a process, one instance. Only the util module may ask: each module has its own.
inline Activity &restarts() {
    static Activity *instance = new Activity;
    return *instance;
}

inline void wait_for_restart() {
    if (!restarts().over_within(30.0)) {
        Tango::Except::throw_exception("API_ServerRestarting", "the server is still busy with its last restart", "RestartServer");
    }
}

// How often the library has asked for the classes: at the start of the server, and in the middle of each restart.
inline std::atomic<unsigned> &class_requests() {
    static std::atomic<unsigned> count{0};
    return count;
}

// Returns when cppTango's thread has begun to refuse requests, so that the client that asked finds the new devices only; that may be
// over already.
inline void wait_for_begin(unsigned requests_before) {
    PortableServer::POA_var poa = Tango::Util::instance()->get_poa();
    PortableServer::POAManager_var manager = poa->the_POAManager();
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (manager->get_state() == PortableServer::POAManager::ACTIVE && class_requests() == requests_before &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

#ifdef TANGOPY_RESTART_THREAD
// Known to be over when its thread ends, in whatever way.
class RestartThread final : public Tango::ServRestartThread {
public:
    explicit RestartThread(Tango::DServer *server) : Tango::ServRestartThread(server) {}
    void run(void *server) override {
        struct Over {
            ~Over() { restarts().finish(); }
        } over;
        Tango::ServRestartThread::run(server);
    }
};

inline void start_restart(Tango::DServer *server) { (new RestartThread(server))->start(); }
#else
// The thread is hidden in the library: it is over when the classes have been asked for and the server no longer counts as starting.
// What it does afterwards (polling, event parameters) is short.
inline void start_restart(Tango::DServer *server) {
    const unsigned requests_before = class_requests();
    server->restart_server();
    native_thread([requests_before] {
        auto *util = Tango::Util::instance();
        auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(10)); };
        for (int i = 0; i < 300 && class_requests() == requests_before; ++i) {
            pause();
        }
        while (util->is_svr_starting()) {
            pause();
        }
        for (int i = 0; i < 10; ++i) {
            pause();
        }
        restarts().finish();
    }).detach();
}
#endif

inline void restart_server(Tango::DServer *server) {
    wait_for_restart();
    restarts().begin();
    const unsigned requests_before = class_requests();
    start_restart(server);
    wait_for_begin(requests_before);
}

// Stands for one of the three commands.
class GuardedCommand final : public Tango::Command {
public:
    explicit GuardedCommand(Tango::Command *original)
        : Tango::Command(lvalue(original->get_name()), original->get_in_type(), original->get_out_type(),
                         original->get_in_type_desc(), original->get_out_type_desc(), original->get_disp_level()),
          original_(original) {}

    CORBA::Any *execute(Tango::DeviceImpl *device, const CORBA::Any &argument) override {
        ServerThread that_of_a_client_in_this_process;
        if (get_lower_name() == "restartserver") {
            restart_server(static_cast<Tango::DServer *>(device));
            return new CORBA::Any;
        }
        wait_for_restart();
        if (get_lower_name() == "kill" && guest().tell_to_end()) {
            return new CORBA::Any;
        }
        return original_->execute(device, argument);
    }

private:
    std::unique_ptr<Tango::Command> original_;
};

inline void guard_restarts(Tango::DServer *server) {
    for (Tango::Command *&command : server->get_device_class()->get_command_list()) {
        const std::string &name = command->get_lower_name();
        bool wanted = name == "restartserver" || name == "devrestart" || name == "kill";
        if (wanted && dynamic_cast<GuardedCommand *>(command) == nullptr) {
            command = new GuardedCommand(command);
        }
    }
}

} // namespace tangopy
