// The threads behind events: one delivers them to Python, one does what must not hold anybody up.
#pragma once

#include "gate.hpp"
#include "event_box.hpp"
#include "native_thread.hpp"

#include <functional>

namespace tangopy {

// What the handler of an event gets.
struct Delivery {
    EventBox *box;
    Event *event;
};

// Takes events out of the boxes in the order of their arrival and calls Python with each of them.
class Dispatcher {
public:
    explicit Dispatcher(const Hook *hook) : hook_(hook) {}

    // `count` events of the box are to be delivered.
    void add(const std::shared_ptr<EventBox> &box, std::size_t count = 1) {
        std::unique_lock<std::mutex> lock(mutex_);
        due_.insert(due_.end(), count, box);
        if (!started_) {
            started_ = start_thread([this] { run(); });
        } else if (idle_) {
            idle_ = false; // one call is enough to wake it
            lock.unlock(); // or it would wake up to wait for the lock
            work_.notify_one();
        }
    }

    // On the calling thread, with the GIL.
    void deliver(EventBox &box) {
        std::unique_ptr<Event> event = box.take();
        if (event == nullptr) {
            return;
        }
        Delivery delivery{&box, event.get()};
        if (hook_->handler(Py_None, &delivery) < 0) {
            door->report(Py_None);
        }
        box.delivered();
    }

private:
    using Due = std::deque<std::shared_ptr<EventBox>>;

    // So many events at most for one taking of the GIL, so that the closing of the door is noticed.
    static constexpr int batch = 32;

    void run() {
        omni_thread::ensure_self known_to_omni;
        for (;;) {
            std::shared_ptr<EventBox> next = wait();
            Entry entry;
            if (!entry) {
                continue; // the interpreter is ending; nobody will hear of this event
            }
            for (int n = 0; next != nullptr; ++n) {
                deliver(*next);
                next = n < batch ? take() : nullptr;
            }
        }
    }

    std::shared_ptr<EventBox> wait() {
        std::unique_lock<std::mutex> lock(mutex_);
        idle_ = true;
        work_.wait(lock, [this] { return !due_.empty(); });
        idle_ = false;
        return pop();
    }

    std::shared_ptr<EventBox> take() {
        std::lock_guard<std::mutex> lock(mutex_);
        return due_.empty() ? nullptr : pop();
    }

    std::shared_ptr<EventBox> pop() {
        std::shared_ptr<EventBox> box = std::move(due_.front());
        due_.pop_front();
        return box;
    }

    const Hook *hook_;
    std::mutex mutex_;
    std::condition_variable work_;
    Due due_;
    bool started_ = false;
    bool idle_ = false;
};

// Does jobs one after the other on a thread of its own; they never touch Python.
class Errands {
public:
    void add(std::function<void()> job) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (stopped_) {
            // The process ends. The library still knows what the job holds, so that must stay.
            new std::function<void()>(std::move(job));
            return;
        }
        jobs_.push_back(std::move(job));
        if (!started_) {
            started_ = start_thread([this] { run(); });
        }
        work_.notify_one();
    }

    // Nothing new is begun; waits for the job that is being done, `seconds` at most.
    void stop(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        stopped_ = true;
        done_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !busy_; });
    }

    // Waits until all is done, `seconds` at most; false if it is not.
    bool settle(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        return done_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !busy_ && jobs_.empty(); });
    }

private:
    void run() {
        omni_thread::ensure_self known_to_omni;
        std::unique_lock<std::mutex> lock(mutex_);
        for (;;) {
            work_.wait(lock, [this] { return !jobs_.empty() && !stopped_; });
            std::function<void()> job = std::move(jobs_.front());
            jobs_.pop_front();
            busy_ = true;
            lock.unlock();
            try {
                job();
            } catch (...) {
                // each job tells its own errors to whom they concern
            }
            job = nullptr;
            lock.lock();
            busy_ = false;
            done_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable done_;
    std::deque<std::function<void()>> jobs_;
    bool started_ = false;
    bool stopped_ = false;
    bool busy_ = false;
};

} // namespace tangopy
