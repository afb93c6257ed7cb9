// What a Python object and the C++ object behind it share when cppTango owns the C++ object and may delete it at any time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace tangopy {

template <class T> class Life : public std::enable_shared_from_this<Life<T>> {
public:
    explicit Life(T *target) noexcept : target_(target) {}

    // The target, kept from being deleted as long as the result lives; null if it is gone.
    std::shared_ptr<T> use() {
        std::lock_guard<std::mutex> lock(mutex_);
        if (target_ == nullptr) {
            return {};
        }
        ++users_;
        auto self = this->shared_from_this();
        return std::shared_ptr<T>(target_, [self](T *) { self->left(); });
    }

    bool alive() {
        std::lock_guard<std::mutex> lock(mutex_);
        return target_ != nullptr;
    }

    // For callers that know that the target cannot go away now.
    T *peek() noexcept { return target_; }

    // Called by the target's destructor: no new users, and a bounded wait for those there are. It is bounded because a
    // user may be waiting for the very thread that deletes.
    void end(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        target_ = nullptr;
        unused_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return users_ == 0; });
    }

private:
    void left() {
        std::lock_guard<std::mutex> lock(mutex_);
        if (--users_ == 0) {
            unused_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable unused_;
    T *target_;
    int users_ = 0;
};

} // namespace tangopy
