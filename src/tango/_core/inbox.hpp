// Where calls go when they are over, and how an event loop learns of it.
#pragma once

#include "call.hpp"
#include "wakeup.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace tangopy {

// Counts forks: what is older belongs to the parent process, and its locks may be held for ever.
inline std::atomic<unsigned> &forks() {
    static std::atomic<unsigned> count{0};
    return count;
}

class Inbox {
public:
    explicit Inbox(Wakeup *wakeup) : wakeup_(wakeup), born_(forks()) {}

    // Any thread. The call is dropped if nobody waits any more.
    void put(CallPtr call) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (wakeup_ == nullptr) {
            return;
        }
        done_.push_back(std::move(call));
        if (done_.size() == 1) {
            wakeup_->ring();
        }
    }

    void take(std::vector<CallPtr> &calls) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (wakeup_ != nullptr) {
            wakeup_->silence();
        }
        calls.swap(done_);
    }

    void close() {
        std::vector<CallPtr> dropped;
        if (born_ != forks()) {
            wakeup_.reset();
            return;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        wakeup_.reset();
        dropped.swap(done_);
    }

    long long fd() const { return wakeup_ == nullptr ? -1 : wakeup_->fd(); }

private:
    std::mutex mutex_;
    std::unique_ptr<Wakeup> wakeup_;
    std::vector<CallPtr> done_;
    unsigned born_;
};

} // namespace tangopy
