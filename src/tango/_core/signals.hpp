// Signals on their way to the thread that waits for them.
#pragma once

#include "compat_server.hpp"

#ifndef _WIN32
#include <cerrno>
#include <csignal>
#include <ucontext.h>
#include <unistd.h>
#endif

namespace tangopy {

#ifdef _WIN32

inline void pass_on_ending_signals() {}
inline void keep_signals() {}

#else

// The library's thread of signals gives back what devices have registered for, one signal after the other, and waits for itself
// at the second one when it ends a server. It keeps them instead.
class SignalsOfDevices : Tango::DServerSignal {
public:
    static void keep() {
        if (omni_thread::self() == instance()->sig_th) {
            for (Tango::DevSigAction &action : reg_sig) {
                action.registered_devices.clear();
                action.registered_classes.clear();
            }
        }
    }
};

inline void keep_signals() { SignalsOfDevices::keep(); }

inline void refuse_signal(int number, siginfo_t *, void *context) {
    sigaddset(&static_cast<ucontext_t *>(context)->uc_sigmask, number); // from the return of this handler on
    kill(getpid(), number);
}

// cppTango 9 waits for signals in a thread of its own. Threads that do not block a signal, such as those of numpy that were
// there before, or all of them for SIGUSR1, may be chosen by the system instead, and its default action ends the process. So a
// thread that gets one refuses it from then on, and it goes to the next. cppTango 10 has a handler of its own, which stays.
inline void pass_on_signal(long number) {
    struct sigaction action = {};
    int signal = static_cast<int>(number);
    if (sigaction(signal, nullptr, &action) == 0 && !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_DFL) {
        action.sa_sigaction = refuse_signal;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigfillset(&action.sa_mask);
        if (sigaction(signal, &action, nullptr) != 0) {
            std::string text = "Can't install signal " + std::to_string(number) + ". OS error = " + std::to_string(errno);
            Tango::Except::throw_exception("API_CantInstallSignal", text, "DeviceImpl::register_signal");
        }
    }
}

inline void pass_on_ending_signals() {
    for (int number : {SIGINT, SIGTERM, SIGQUIT}) {
        pass_on_signal(number);
    }
}

inline bool ends_a_server(long number) {
    return number == SIGINT || number == SIGTERM || number == SIGQUIT || number == SIGHUP;
}

#endif

// Called while the devices of a server that ends are deleted, after its heartbeat thread has been stopped: a second signal would
// have the library stop that again, through a null pointer, so the thread of signals is left to wait at its lock for ever.
inline void end_once(Tango::Util &util) {
    util.get_heartbeat_monitor().trylock();
    keep_signals();
}

// For a guest, whose process goes on.
inline void may_end_again(Tango::Util &util) {
    util.get_heartbeat_monitor().trylock();
    util.get_heartbeat_monitor().unlock();
}

// For a device or a device class. Python code cannot run inside of a signal handler, so "own handler" changes nothing: it is the
// signal thread that calls. The library is told of it where it refuses it, for the signals that end a server.
template <class Listener> void register_signal(Listener &listener, long number, bool own_handler) {
#ifdef _WIN32
    (void)own_handler;
    listener.register_signal(number);
#else
    pass_on_signal(number);
    listener.register_signal(number, own_handler && ends_a_server(number));
#endif
}

} // namespace tangopy
