// What attributes of running devices are.
#pragma once

#include "server_lock.hpp"

namespace tangopy {

inline void set_date(Tango::Attribute &attribute, double seconds) {
    Timestamp time = timestamp(seconds);
    attribute.set_date(time);
}

// Sets the quality and pushes a change event.
inline void send_quality(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, int quality) {
    with_attribute(device, attribute, [quality](Tango::Attribute &present) {
        present.set_quality(static_cast<Tango::AttrQuality>(quality), true);
    });
}

} // namespace tangopy
