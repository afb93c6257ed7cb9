// The one Gate; only the gate module includes this.
#pragma once

#include "gate.hpp"
#include "renew.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tangopy {

class Door final : public Gate {
public:
    bool enter(PyGILState_STATE &token) noexcept override {
        if (!knock()) {
            return false;
        }
        kept().adopt();
        token = PyGILState_Ensure();
        return true;
    }

    void leave(PyGILState_STATE token) noexcept override {
        PyGILState_Release(token);
        left();
    }

    void take_errors(Tango::DevErrorList &errors) noexcept override { to_errors(errors); }

    void report(PyObject *where) noexcept override { PyErr_WriteUnraisable(where); }

    // Shuts the door and waits (without the GIL) until all are out; false if some are still inside after `seconds`.
    bool close(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        closed_ = true;
        return empty_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return inside_ <= 0; });
    }

    int inside() {
        std::lock_guard<std::mutex> lock(mutex_);
        return inside_;
    }

    // A forked child starts with nobody inside; the lock may have been held by a thread that does not exist there.
    void after_fork_in_child() {
        renew(mutex_);
        renew(empty_);
        inside_ = 0;
    }

    void (*to_errors)(Tango::DevErrorList &) = nullptr;

private:
    // One Python thread state per foreign thread, made at its first entry and dropped when the thread ends: a fresh one
    // per call costs half the speed of a server.
    struct State {
        PyThreadState *mine = nullptr;
        PyGILState_STATE origin = PyGILState_UNLOCKED;

        void adopt() noexcept {
            if (mine == nullptr && PyGILState_GetThisThreadState() == nullptr) {
                origin = PyGILState_Ensure();
                mine = PyEval_SaveThread();
            }
        }
        ~State();
    };

    static State &kept() noexcept {
        static thread_local State state;
        return state;
    }

    bool knock() noexcept {
        std::lock_guard<std::mutex> lock(mutex_);
        if (closed_) {
            return false;
        }
        ++inside_;
        return true;
    }

    void left() noexcept {
        std::lock_guard<std::mutex> lock(mutex_);
        if (--inside_ <= 0) {
            empty_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable empty_;
    int inside_ = 0;
    bool closed_ = false;
};

// Never destroyed: threads of the library may knock until the process is gone.
inline Door &the_door() {
    static Door *door_ = new Door;
    return *door_;
}

inline Door::State::~State() {
    if (mine != nullptr && the_door().knock()) {
        PyEval_RestoreThread(mine);
        PyGILState_Release(origin);
        the_door().left();
    }
}

} // namespace tangopy
