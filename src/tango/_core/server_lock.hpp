// The monitor of a device, under which requests are served and attributes come and go.
#pragma once

#include "compat.hpp"

#include <algorithm>
#include <stdexcept>

namespace tangopy {

// Holds the monitor as long as it lives, whatever the serialisation model. Any thread may: it is one of omniORB's
// meanwhile, without which the monitor cannot tell threads apart.
class DeviceLock {
public:
    explicit DeviceLock(Tango::DeviceImpl &device) : monitor_(&device, true) {}
    DeviceLock(const DeviceLock &) = delete;
    DeviceLock &operator=(const DeviceLock &) = delete;

private:
    omni_thread::ensure_self known_to_omni_; // before the monitor
    Tango::AutoTangoMonitor monitor_;
};

// The monitor that the serialisation model says; with NO_SYNC none.
class HeldMonitor {
public:
    explicit HeldMonitor(Tango::DeviceImpl *device) : monitor_(device) {}
    explicit HeldMonitor(Tango::DeviceClass *device_class) : monitor_(device_class) {}

private:
    omni_thread::ensure_self known_to_omni_; // before the monitor
    Tango::AutoTangoMonitor monitor_;
};

inline bool has_attribute(Tango::DeviceImpl &device, const Tango::Attribute *attribute) {
    auto &list = device.get_device_attr()->get_attribute_list();
    return std::find(list.begin(), list.end(), attribute) != list.end();
}

// Does something with an attribute that no other thread can remove meanwhile. `attribute` is where Python keeps it; it is null
// there as soon as it is about to be removed.
template <class F> auto with_attribute(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, F &&operation) {
    DeviceLock lock(device);
    if (attribute == nullptr || !has_attribute(device, attribute)) {
        throw std::runtime_error("this attribute has been removed");
    }
    return operation(*attribute);
}

// Adds to a status which attributes are in alarm.
inline void read_alarms(Tango::DeviceImpl &device, std::string &status) {
    DeviceLock lock(device);
    device.get_device_attr()->read_alarm(status);
}

} // namespace tangopy
