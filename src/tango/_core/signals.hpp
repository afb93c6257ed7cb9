// The signals that end a server, on their way to the thread that waits for them.
#pragma once

#ifndef _WIN32
#include <csignal>
#include <ucontext.h>
#include <unistd.h>
#endif

namespace tangopy {

#ifdef _WIN32

inline void pass_on_ending_signals() {}

#else

inline void refuse_signal(int number, siginfo_t *, void *context) {
    sigaddset(&static_cast<ucontext_t *>(context)->uc_sigmask, number); // from the return of this handler on
    kill(getpid(), number);
}

// cppTango 9 blocks these signals in the threads that it knows and waits for them in one of its own. Threads that were
// there before, such as those of numpy, do not block them, and the system may choose one of those: the process would be
// gone without any device being deleted. So a thread that gets one refuses it from then on, and it goes to the next.
// cppTango 10 has a handler of its own and needs none of this.
inline void pass_on_ending_signals() {
    for (int number : {SIGINT, SIGTERM, SIGQUIT}) {
        struct sigaction action = {};
        if (sigaction(number, nullptr, &action) == 0 && !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_DFL) {
            action.sa_sigaction = refuse_signal;
            action.sa_flags = SA_SIGINFO | SA_RESTART;
            sigfillset(&action.sa_mask);
            sigaction(number, &action, nullptr);
        }
    }
}

#endif

} // namespace tangopy
