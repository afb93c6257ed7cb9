// Something that goes on in one thread and that others ask about or wait for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tangopy {

class Activity {
public:
    bool running() {
        std::lock_guard<std::mutex> lock(mutex_);
        return running_;
    }

    void begin() {
        std::lock_guard<std::mutex> lock(mutex_);
        running_ = true;
    }

    void finish() {
        std::lock_guard<std::mutex> lock(mutex_);
        running_ = false;
        over_.notify_all();
    }

    // False if it still goes on after `seconds`.
    bool over_within(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        return over_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !running_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable over_;
    bool running_ = false;
};

} // namespace tangopy
