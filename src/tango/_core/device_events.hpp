// Events that a device pushes itself.
#pragma once

#include "interface.hpp"
#include "server_attribute_events.hpp"
#include "server_value.hpp"

#include <memory>
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
    bool is_set = false; // a method that reads the attribute has set a value before
    Tango::DevErrorList errors;
    std::vector<std::string> filter_names;
    std::vector<double> filter_values;
};

// As long as an event is sent no request uses the attribute, and nobody removes it. A request that writes may hold the monitor
// for long where requests are not serialised, so it is not needed there.
class EventLock {
public:
    EventLock(Tango::DeviceImpl &device, Interface &interface, const std::string &name)
        : change_(Interface::Change::setting(interface, name)), monitor_(&device) {}

private:
    Interface::Change change_;
    HeldMonitor monitor_;
};

inline void set_pushed(Tango::Attribute &attribute, const Pushed &pushed, bool copied) {
    if (pushed.has_date && !pushed.has_value) {
        set_date_quality(attribute, pushed.seconds, pushed.quality);
    } else if (pushed.has_date) {
        set_value_date_quality(attribute, pushed.type, pushed.data, pushed.count, pushed.dim_x, pushed.dim_y, copied,
                               pushed.seconds, pushed.quality);
    } else if (pushed.has_value) {
        set_value(attribute, pushed.type, pushed.data, pushed.count, pushed.dim_x, pushed.dim_y, copied);
    }
}

inline void push_now(Tango::Attribute &attribute, int event, Pushed &pushed, Tango::DevFailed *failed) {
    PushTurn turn;
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

// The elements must stay alive until this returns. What is pushed lies in the attribute meanwhile: with `locked` not before replies
// with its last value have been sent.
inline void push(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int event, Pushed &pushed, bool locked) {
    EventLock lock(device, interface, name);
    Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
    Tango::DevFailed error(pushed.errors);
    Tango::DevFailed *failed = pushed.is_error ? &error : nullptr;
    // Data with a set point are sent from the C++ object, in which this changes them.
    bool in_place = attribute.get_data_type() == Tango::DEV_ENCODED && attribute.is_writ_associated();
    std::unique_ptr<SentLock> sent;
    if (attribute.get_attr_serial_model() == Tango::ATTR_BY_KERNEL &&
        (locked || (in_place && !interface.is_locked_at_rest(attribute)))) {
        sent = std::make_unique<SentLock>(attribute);
    }
    set_pushed(attribute, pushed, false);
    push_now(attribute, event, pushed, failed);
    // The library has dropped the value, without saying so. A request that was about to send an older one sends this one.
    if (pushed.is_set || interface.is_waiting_for(name)) {
        set_pushed(attribute, pushed, true);
    }
}

inline void push_data_ready(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int counter) {
    EventLock lock(device, interface, name);
    device.push_data_ready_event(lvalue(name), counter);
}

inline void push_configuration(Tango::DeviceImpl &device, Interface &interface, const std::string &name) {
    EventLock lock(device, interface, name);
    device.push_att_conf_event(&device.get_device_attr()->get_attr_by_name(name.c_str()));
}

inline bool has_subscriber(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int event) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    return device.is_there_subscriber(lvalue(name), static_cast<Tango::EventType>(event));
}

inline void set_event(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int event, bool implemented,
                      bool detect) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
    set_event(attribute, event, implemented, detect);
}

} // namespace tangopy
