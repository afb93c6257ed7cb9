// The monitors that serialise the requests to a device, a class or the whole server.
#pragma once

#include "compat.hpp"
#include "lent.hpp"

namespace tangopy {

using Monitor = Tango::AutoTangoMonitor;

// cppTango gives out its monitors for devices only, and does not tell who has one; AutoTangoAllowThreads must know.
struct OfServer {
    friend auto lent(OfServer);
};
struct OfClass {
    friend auto lent(OfClass);
};
struct OwningThread {
    friend auto lent(OwningThread);
};
struct Depth {
    friend auto lent(Depth);
};
template struct Lent<OfServer, &Tango::Util::only_one>;
template struct Lent<OfClass, &Tango::DeviceClass::only_one>;
template struct Lent<OwningThread, &Tango::TangoMonitor::locking_thread>;
template struct Lent<Depth, &Tango::TangoMonitor::locked_ctr>;

// Null if requests to the device are not serialised.
inline Tango::TangoMonitor *monitor_of(Tango::DeviceImpl &device) {
    Tango::Util *util = Tango::Util::instance(false);
    switch (util->get_serial_model()) {
    case Tango::BY_DEVICE:
        return &device.get_dev_monitor();
    case Tango::BY_CLASS:
        return &(device.get_device_class()->*lent(OfClass{}));
    case Tango::BY_PROCESS:
        return &(util->*lent(OfServer{}));
    default:
        return nullptr;
    }
}

// Gives up the monitor of a device as long as it lives, if the thread that makes it has it.
class Released {
public:
    explicit Released(Tango::DeviceImpl &device) : Released(monitor_of(device)) {}
    explicit Released(Tango::TangoMonitor *monitor) : monitor_(monitor) {
        if (monitor_ == nullptr) {
            return;
        }
        {
            omni_mutex_lock lock(*monitor_);
            bool mine = monitor_->*lent(OwningThread{}) == omni_thread::self();
            depth_ = mine ? monitor_->*lent(Depth{}) : 0;
        }
        for (long i = 0; i < depth_; ++i) {
            monitor_->rel_monitor();
        }
    }

    // Waits for the monitor; throws if that takes too long, and then the thread does not have it.
    void take_back() {
        for (; depth_ > 0; --depth_) {
            monitor_->get_monitor();
        }
    }

private:
    omni_thread::ensure_self known_; // first of all: the monitor knows threads by it
    Tango::TangoMonitor *monitor_;
    long depth_ = 0;
};

} // namespace tangopy
