// What attributes of running devices are.
#pragma once

#include "server_lock.hpp"

namespace tangopy {

inline void set_date(Tango::Attribute &attribute, double seconds) {
    Timestamp time = timestamp(seconds);
    attribute.set_date(time);
}

} // namespace tangopy
