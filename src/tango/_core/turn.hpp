// One at a time, also while the monitor of the device is given up.
//
// cppTango holds the monitor of a device in all serial models, NO_SYNC too, while it is written, since what a client writes lies in the
// attribute; while attributes with alarms are read for its state; and during the command Init. In green modes the thread that holds it
// waits for the loop, where the user's code may well need it: to push an event, to add an attribute. So the monitor is given up while
// a method runs (see run_hook), and this keeps other writes, and others who ask for the state, out.
#pragma once

#include "compat.hpp"
#include "monitors.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>

namespace tangopy {

// Whether this is the thread that runs the loop of the server. Only the device module may ask: each module has its own.
inline bool &runs_the_loop() {
    static thread_local bool runs = false;
    return runs;
}

class Turn {
public:
    Turn(Tango::DeviceImpl &device, std::recursive_timed_mutex &mutex, const char *what) {
        if (Tango::Util::instance()->get_serial_model() != Tango::NO_SYNC) {
            return; // the monitor does it
        }
        // The one under way may need the loop to get on.
        long limit = runs_the_loop() ? std::min(device.get_dev_monitor().timeout(), 200L) : device.get_dev_monitor().timeout();
        lock_ = std::unique_lock(mutex, std::chrono::milliseconds(limit));
        if (!lock_.owns_lock()) {
            std::string why = runs_the_loop() ? "waits for the loop, which runs the method that asks for another: write methods "
                                                "cannot write to their own device through a proxy"
                                              : "takes too long; a write method that writes to its own device waits for itself";
            Tango::Except::throw_exception(
                "API_CommandTimedOut",
                std::string(what) + " of device " + device.get_name() + " come one after the other, and one is under way that " + why,
                "Device");
        }
    }

private:
    std::unique_lock<std::recursive_timed_mutex> lock_;
};

} // namespace tangopy
