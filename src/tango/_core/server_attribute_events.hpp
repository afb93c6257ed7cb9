// Events of attributes of running devices.
#pragma once

#include "server_lock.hpp"
#include "singletons.hpp"

namespace tangopy {

// Keeps other pushes out meanwhile. cppTango 9.3 lets the next one in while a large value is being sent, which then is overwritten.
#if TANGOPY_REACHES_SINGLETONS && !TANGOPY_PUSHES_WAIT_FOR_EACH_OTHER

// A mutex that the library has no use for, which all our modules see.
struct UnusedMutex {
    friend auto lent(UnusedMutex);
};
template struct Lent<UnusedMutex, &Tango::EventSupplier::detect_mutex>;

class PushTurn {
    omni_mutex_lock lock_{*lent(UnusedMutex{})};
};

#else

class PushTurn {
public:
    PushTurn() {}
};

#endif

inline void set_event(Tango::Attribute &attribute, int event, bool implemented, bool detect) {
    switch (event) {
    case Tango::CHANGE_EVENT:
        attribute.set_change_event(implemented, detect);
        break;
    case Tango::ARCHIVE_EVENT:
        attribute.set_archive_event(implemented, detect);
        break;
    case Tango::DATA_READY_EVENT:
        attribute.set_data_ready_event(implemented);
        break;
    default:
        set_alarm_event(attribute, implemented, detect);
    }
}

// Pushes the value, or the error, that the attribute has.
inline void fire_event(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, int event, const Tango::DevErrorList &errors) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        Tango::DevFailed error(errors);
        Tango::DevFailed *failed = errors.length() == 0 ? nullptr : &error;
        PushTurn turn;
        if (event == Tango::CHANGE_EVENT) {
            present.fire_change_event(failed);
        } else if (event == Tango::ARCHIVE_EVENT) {
            present.fire_archive_event(failed);
        } else {
            fire_alarm_event(present, failed);
        }
    });
}

} // namespace tangopy
