// Events that a device pushes itself.
#pragma once

#include "read_locks.hpp"
#include "server_attribute_events.hpp"
#include "server_value.hpp"

#include <chrono>
#include <thread>
#include <vector>

namespace tangopy {

// Set once, when the module of events is imported: only that of devices knows.
static ReadLocks *(*present_locks)() = nullptr;

// The lock of an attribute whose value is pushed in green modes: there no monitor keeps the threads that read out, and a
// value that is replaced while a reply is made of it ends the process.
class PushLock {
public:
    explicit PushLock(Tango::Attribute &attribute) {
        const std::string &name = attribute.get_name_lower();
        if (attribute.get_attr_serial_model() != Tango::ATTR_BY_KERNEL || present_locks() != nullptr || name == "state" ||
            name == "status") {
            return;
        }
        mutex_ = attribute.get_attr_mutex();
        held_ = mutex_->trylock() != 0;
    }
    ~PushLock() {
        if (held_) {
            mutex_->unlock();
        }
    }
    PushLock(const PushLock &) = delete;
    PushLock &operator=(const PushLock &) = delete;

    bool missing() const { return mutex_ != nullptr && !held_; }

private:
    omni_mutex *mutex_ = nullptr;
    bool held_ = false;
};

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

inline void push_now(Tango::Attribute &attribute, int event, Pushed &pushed) {
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

// In green modes a polling thread holds the monitor while it waits for the loop, in which the device pushes: so there the lock of
// the attribute has to do. Others hold it until their reply is sent; a method that has set a value itself may even wait for who
// pushes, so after a second it goes on without.
inline void push_in_loop(Tango::DeviceImpl &device, const std::string &name, int event, Pushed &pushed) {
    omni_thread::ensure_self known_to_omni;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (true) {
        {
            Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
            PushLock lock(attribute);
            if (!lock.missing() || std::chrono::steady_clock::now() > end) {
                push_now(attribute, event, pushed);
                return;
            }
        }
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
}

// The elements must stay alive until this returns.
inline void push(Tango::DeviceImpl &device, const std::string &name, int event, Pushed &pushed, bool green) {
    if (green) {
        push_in_loop(device, name, event, pushed);
        return;
    }
    DeviceLock lock(device);
    push_now(device.get_device_attr()->get_attr_by_name(name.c_str()), event, pushed);
}

inline void set_event(Tango::DeviceImpl &device, const std::string &name, int event, bool implemented, bool detect) {
    Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_name(name.c_str());
    set_event(attribute, event, implemented, detect);
}

} // namespace tangopy
