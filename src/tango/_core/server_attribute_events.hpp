// Events of attributes of running devices.
#pragma once

#include "server_lock.hpp"

namespace tangopy {

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
