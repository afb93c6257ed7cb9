// Threads of our own that never touch Python.
#pragma once

#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

namespace tangopy {

// Signals are for the threads of the program: one that came to a thread made meanwhile would not wake them up.
#ifdef _WIN32

class NoSignals {
public:
    NoSignals() {}
};

#else

class NoSignals {
public:
    NoSignals() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    NoSignals(const NoSignals &) = delete;
    NoSignals &operator=(const NoSignals &) = delete;

private:
    sigset_t before_;
};

#endif

template <class Body> std::thread native_thread(Body body) {
    NoSignals inherited;
    return std::thread(std::move(body));
}

// False if the system gives no thread now; there will be another occasion.
template <class Body> bool start_thread(Body body) {
    try {
        native_thread(std::move(body)).detach();
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

} // namespace tangopy
