// One write request at a time, also while the monitor of the device is given up.
//
// cppTango holds the monitor of a device during a write in all serial models, NO_SYNC too, since what a client writes lies in the
// attribute. In green modes the thread that holds it waits for the loop, where the user's method may well need it: to push an event,
// to add an attribute. So the monitor is given up while the method runs (see run_hook), and this keeps other writes out.
#pragma once

#include "compat.hpp"
#include "monitors.hpp"

#include <chrono>
#include <mutex>

namespace tangopy {

class WriteTurn {
public:
    WriteTurn(Tango::DeviceImpl &device, std::recursive_timed_mutex &mutex) {
        if (Tango::Util::instance()->get_serial_model() != Tango::NO_SYNC) {
            return; // the monitor does it
        }
        lock_ = std::unique_lock(mutex, std::chrono::milliseconds(device.get_dev_monitor().timeout()));
        if (!lock_.owns_lock()) {
            Tango::Except::throw_exception("API_CommandTimedOut",
                                           "Writes to device " + device.get_name() +
                                               " come one after the other, and one is under way that takes too long",
                                           "DeviceImpl.write_attributes");
        }
    }

private:
    std::unique_lock<std::recursive_timed_mutex> lock_;
};

} // namespace tangopy
