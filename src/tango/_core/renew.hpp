// For locks, and what has some, that another thread may have held when this process was forked: they can be neither used nor
// destroyed.
#pragma once

#include <new>

namespace tangopy {

template <class Lock> void renew(Lock &lock) { new (&lock) Lock; }

} // namespace tangopy
