// A repair of cppTango: forwarded attributes whose roots are attributes of the same server.
//
// At the start of such a server, if it has a database, the library tells itself of each root while it holds the lock of its table of
// roots, and looks the next one up in that table. So that lock has to be one that a thread can take twice, as all are on Windows.
#pragma once

#include "compat.hpp"
#include "lent.hpp"

#ifndef _WIN32

#if TANGOPY_HAS_HEADER_PER_CLASS
#include <tango/server/RootAttRegistry.h>
#endif

namespace tangopy {

struct ListenerToRoots {
    friend auto lent(ListenerToRoots);
};
struct LockOfRoots {
    friend auto lent(LockOfRoots);
};
struct InnerMutex {
    friend auto lent(InnerMutex);
};
template struct Lent<ListenerToRoots, &Tango::RootAttRegistry::cbp>;
template struct Lent<LockOfRoots, &Tango::RootAttRegistry::RootAttConfCallBack::the_lock>;
template struct Lent<InnerMutex, &omni_mutex::posix_mutex>;

inline void let_roots_lock_twice(Tango::Util &util) {
    omni_mutex &lock = util.get_root_att_reg().*lent(ListenerToRoots{}).*lent(LockOfRoots{});
    pthread_mutex_t &mutex = lock.*lent(InnerMutex{});
    pthread_mutexattr_t twice;
    pthread_mutexattr_init(&twice);
    pthread_mutexattr_settype(&twice, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_destroy(&mutex);
    pthread_mutex_init(&mutex, &twice);
    pthread_mutexattr_destroy(&twice);
}

} // namespace tangopy

#else

namespace tangopy {

inline void let_roots_lock_twice(Tango::Util &) {}

} // namespace tangopy

#endif
