// Where calls go when they are over, and how an event loop learns of it.
#pragma once

#include "call.hpp"
#include "wakeup.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <iterator>
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
    // Without a wakeup it is for threads that wait, not for an event loop.
    explicit Inbox(Wakeup *wakeup) : wakeup_(wakeup), born_(forks()) {}

    // Any thread. The call is dropped if nobody waits any more: false.
    bool put(CallPtr call) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (closed_) {
            return false;
        }
        done_.push_back(std::move(call));
        if (done_.size() == 1 && wakeup_ != nullptr) {
            wakeup_->ring();
        }
        arrived_.notify_all();
        return true;
    }

    // The oldest, at most so many; the others go on ringing.
    void take(std::vector<CallPtr> &calls, std::size_t most) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (done_.size() > most) {
            const auto end = done_.begin() + static_cast<std::ptrdiff_t>(most);
            calls.assign(std::make_move_iterator(done_.begin()), std::make_move_iterator(end));
            done_.erase(done_.begin(), end);
            return;
        }
        if (wakeup_ != nullptr) {
            wakeup_->silence();
        }
        calls.swap(done_);
    }

    // True if there is something to take.
    bool wait(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        return arrived_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !done_.empty(); });
    }

    // Nothing will ever arrive here: what was under way belongs to the parent process.
    bool lost() const { return born_ != forks(); }

    void close() {
        std::vector<CallPtr> dropped;
        if (lost()) {
            wakeup_.reset();
            return;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        closed_ = true;
        wakeup_.reset();
        dropped.swap(done_);
    }

    long long fd() const { return wakeup_ == nullptr ? -1 : wakeup_->fd(); }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::unique_ptr<Wakeup> wakeup_;
    std::vector<CallPtr> done_;
    bool closed_ = false;
    const unsigned born_;
};

// In a forked child the lock and the condition are as another thread held them: they cannot be destroyed there.
inline void drop(std::shared_ptr<Inbox> inbox) {
    inbox->close();
    if (inbox->lost()) {
        new std::shared_ptr<Inbox>(std::move(inbox));
    }
}

// Put into an inbox to tell that there is something to do.
class Notice final : public Call {
public:
    void run() override {}
};

inline CallPtr make_notice() { return std::make_shared<Notice>(); }

} // namespace tangopy
