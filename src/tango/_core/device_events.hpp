// Events that a device pushes itself.
#pragma once

#include "server_attribute_events.hpp"
#include "server_value.hpp"

#include <vector>

namespace tangopy {

// What is pushed: a value (with or without time and quality), an error, or nothing (State and Status know their value).
struct Pushed {
    int type = 0;
    const void *data = nullptr;
    std::size_t count = 0;
    long dim_x = 1;
    long dim_y = 0;
    bool has_value = false;
    bool has_date = false;
    double seconds = 0;
    int quality = 0;
    bool is_error = false;
    Tango::DevErrorList errors;
    std::vector<std::string> filter_names;
    std::vector<double> filter_values;
};

// The elements must stay alive until this returns. What is pushed lies in the attribute meanwhile: with `locked` not before replies
// with its last value have been sent.
inline void push(Tango::DeviceImpl &device, const std::string &name, int event, Pushed &pushed, bool locked) {
    DeviceLock lock(device);
    Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
    const bool lockable = locked && attribute.get_attr_serial_model() == Tango::ATTR_BY_KERNEL;
    omni_mutex none;
    omni_mutex_lock value(lockable ? *attribute.get_attr_mutex() : none);
    Tango::DevFailed error(pushed.errors);
    Tango::DevFailed *failed = pushed.is_error ? &error : nullptr;
    if (pushed.has_date && !pushed.has_value) {
        set_date_quality(attribute, pushed.seconds, pushed.quality);
    } else if (pushed.has_date) {
        set_value_date_quality(attribute, pushed.type, pushed.data, pushed.count, pushed.dim_x, pushed.dim_y, false,
                               pushed.seconds, pushed.quality);
    } else if (pushed.has_value) {
        set_value(attribute, pushed.type, pushed.data, pushed.count, pushed.dim_x, pushed.dim_y, false);
    }
    switch (event) {
    case Tango::CHANGE_EVENT:
        attribute.fire_change_event(failed);
        break;
    case Tango::ARCHIVE_EVENT:
        attribute.fire_archive_event(failed);
        break;
    case Tango::USER_EVENT:
        attribute.fire_event(pushed.filter_names, pushed.filter_values, failed);
        break;
    default:
        fire_alarm_event(attribute, failed);
    }
}

inline void set_event(Tango::DeviceImpl &device, const std::string &name, int event, bool implemented, bool detect) {
    Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
    set_event(attribute, event, implemented, detect);
}

} // namespace tangopy
