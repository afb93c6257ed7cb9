// Threads of our own that never touch Python.
#pragma once

#include <csignal>
#include <thread>
#include <utility>

namespace tangopy {

// Signals are for the threads of the program: one that came here would not wake them up.
template <class Body> std::thread native_thread(Body body) {
#ifndef _WIN32
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#endif
    std::thread thread(std::move(body));
#ifndef _WIN32
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
#endif
    return thread;
}

} // namespace tangopy
