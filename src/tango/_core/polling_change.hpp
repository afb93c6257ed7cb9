// Changes of what is polled, made by a device in the middle of a request.
//
// cppTango lets whoever changes the polling wait for the thread that polls. That thread may be waiting for the device, which the
// request has; and while its polls are late because they time out, it looks at no command, so that both wait for long. Here
// the monitor of the device is given up meanwhile: a poll that is waiting is made first. All other requests to it go on waiting.
#pragma once

#include "monitors.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace tangopy {

inline bool is_polling_thread() { return dynamic_cast<Tango::PollThread *>(omni_thread::self()) != nullptr; }

// Throws also if the device is busy for too long afterwards; then this thread does not have it any more.
template <class F> void without_monitor(Tango::TangoMonitor *monitor, F &&change) {
    Released released(monitor);
    try {
        change();
    } catch (...) {
        released.take_back();
        throw;
    }
    released.take_back();
}

class PollingChanges {
public:
    template <class F> void make(Tango::DeviceImpl &device, F &&change) {
        Tango::TangoMonitor *monitor = is_polling_thread() ? nullptr : monitor_of(device);
        Going going(*this, monitor != nullptr);
        without_monitor(monitor, change);
    }

    // What each request does when it has got the device.
    void let_pass(Tango::DeviceImpl &device) {
        if (count_ == 0 || is_polling_thread()) {
            return;
        }
        Released released(device);
        std::unique_lock<std::mutex> lock(mutex_);
        over_.wait(lock, [this] { return count_ == 0; });
        lock.unlock();
        released.take_back();
    }

private:
    class Going {
    public:
        Going(PollingChanges &changes, bool counts) : changes_(changes), counts_(counts) { add(1); }
        ~Going() { add(-1); }
        Going(const Going &) = delete;
        Going &operator=(const Going &) = delete;

    private:
        void add(int number) {
            if (counts_) {
                std::lock_guard<std::mutex> lock(changes_.mutex_);
                changes_.count_ += number;
                changes_.over_.notify_all();
            }
        }

        PollingChanges &changes_;
        const bool counts_;
    };

    std::mutex mutex_;
    std::condition_variable over_;
    std::atomic<int> count_{0};
};

} // namespace tangopy
