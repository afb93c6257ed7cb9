// Calls in flight: a bounded pool of native threads that never touch Python, fed by one queue per device.
#pragma once

#include "inbox.hpp"
#include "native_thread.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace tangopy {

using Clock = std::chrono::steady_clock;

struct Limits {
    int threads = 256;
    // omniORB opens at most 128 connections to a server; some are left to calls that do not come through here.
    int calls_per_server = 120;
    // So many threads are used for calls that take 100 us or less; more do not make them faster.
    int eager = 4;
    int idle_ms = 10000;
    int tick_ms = 1;
    // How long a caller stays awake for the answer of a device that takes less than half of that; the thread that has given such
    // an answer waits half as long for the next call. A call that wakes threads on other processors may take 100 us; once nobody
    // sleeps the same call takes 30 us.
    int linger_us = 250;
};

struct Load {
    int threads = 0;
    int running = 0;
    int waiting = 0;
};

enum class Sent { refused, on_its_way, over };

class Engine {
public:
    // The queue for calls to a place; devices of unknown servers share one without a name.
    std::shared_ptr<Lane> lane(Place &place) {
        if (place.lane != nullptr && place.lane->born == forks()) {
            return place.lane;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        std::weak_ptr<Lane> &known = lanes_[{place.server, place.device}];
        place.lane = known.lock();
        if (place.lane == nullptr) {
            std::shared_ptr<Server> server = servers_[place.server].lock();
            if (server == nullptr) {
                server = std::make_shared<Server>();
                servers_[place.server] = server;
            }
            place.lane = std::make_shared<Lane>(server, forks());
            known = place.lane;
            forget_unused();
        }
        return place.lane;
    }

    // Sends a call on its way. With `linger` the caller waits a moment for a device that is known to be quick: to sleep and to be
    // woken through the inbox would take longer than the call. Then the inbox will not have it.
    Sent submit(const CallPtr &call, const std::shared_ptr<Lane> &lane, const std::shared_ptr<Inbox> &inbox, bool linger) {
        std::unique_lock<std::mutex> lock(mutex_);
        if (closed_) {
            return Sent::refused;
        }
        if (may_run(*lane)) {
            activate(*lane);
        }
        call->inbox = inbox;
        call->lane = lane;
        call->state = Call::State::waiting;
        lane->waiting.push_back(call);
        ++waiting_;
        if (!lane->in_turn) {
            lane->in_turn = true;
            turns_.push_back(lane);
        }
        const int linger_us = limits_.linger_us;
        if (!linger || 2 * lane->typical_us > linger_us) {
            return Sent::on_its_way;
        }
        call->claim = Call::Claim::lingering;
        lock.unlock();
        const auto until = Clock::now() + std::chrono::microseconds(linger_us);
        while (call->claim == Call::Claim::lingering && Clock::now() < until) {
            std::this_thread::yield();
        }
        auto claim = Call::Claim::lingering;
        if (!call->claim.compare_exchange_strong(claim, Call::Claim::none)) {
            return Sent::over;
        }
        lock.lock();
        lane->typical_us = std::max(lane->typical_us, 10 * linger_us);
        return Sent::on_its_way;
    }

    // True if the call had not begun; then it never will.
    bool cancel(Call &call) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (call.state != Call::State::waiting) {
            return false;
        }
        call.state = Call::State::cancelled;
        --waiting_;
        return true;
    }

    Load load() {
        std::lock_guard<std::mutex> lock(mutex_);
        return {threads_, running_, waiting_};
    }

    Limits limits() {
        std::lock_guard<std::mutex> lock(mutex_);
        return limits_;
    }

    void set_limits(const Limits &limits) {
        std::lock_guard<std::mutex> lock(mutex_);
        limits_ = limits;
        while (!idle_.empty()) {
            wake_one(); // to rest as long as it says now
        }
    }

    // Drops what has not begun and waits for the rest; false if something still runs after `seconds`.
    bool close(double seconds) {
        std::list<std::shared_ptr<Lane>> dropped;
        std::unique_lock<std::mutex> lock(mutex_);
        closed_ = true;
        waiting_ = 0;
        dropped.swap(turns_);
        for (auto &lane : dropped) {
            lane->waiting.clear();
            lane->in_turn = false;
        }
        while (!idle_.empty()) {
            wake_one();
        }
        more_ = true;
        supervisor_wake_.notify_all();
        return ended_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return alive_ == 0 && !supervised_; });
    }

private:
    struct Worker {
        std::condition_variable wake;
        bool woken = false;
        enum { looking, calling, stuck } state = looking;
        unsigned long since = 0; // tick
    };

    // --- which call is next (mutex_ is held) ---

    // Each gets a share of what is free, so that who comes later always finds something: a device cannot fill its server, nor
    // a server the pool.
    bool may_run(const Lane &lane) const {
        const int here = limits_.calls_per_server - lane.server->running;
        const int all = limits_.threads - running_;
        return here > 0 && all > 0 && lane.running < 15 * here && lane.server->running < 2 * all;
    }

    CallPtr next() {
        for (auto turn = turns_.begin(); turn != turns_.end();) {
            Lane &lane = **turn;
            while (!lane.waiting.empty() && lane.waiting.front()->state == Call::State::cancelled) {
                lane.waiting.pop_front();
            }
            if (lane.waiting.empty()) {
                lane.in_turn = false;
                turn = turns_.erase(turn);
                continue;
            }
            if (!may_run(lane)) {
                ++turn;
                continue;
            }
            CallPtr call = std::move(lane.waiting.front());
            lane.waiting.pop_front();
            if (lane.waiting.empty()) {
                lane.in_turn = false;
                turns_.erase(turn);
            } else {
                turns_.splice(turns_.end(), turns_, turn);
            }
            return call;
        }
        return nullptr;
    }

    bool work_to_do() const {
        return std::any_of(turns_.begin(), turns_.end(), [this](const auto &lane) { return may_run(*lane); });
    }

    void forget_unused() {
        if (lanes_.size() < 2 * lanes_kept_) {
            return;
        }
        auto drop = [](auto &names) {
            for (auto item = names.begin(); item != names.end();) {
                item = item->second.expired() ? names.erase(item) : std::next(item);
            }
        };
        drop(lanes_);
        drop(servers_);
        lanes_kept_ = std::max<std::size_t>(lanes_.size(), 64);
    }

    // --- how many threads (mutex_ is held) ---

    int busy() const { return threads_ - static_cast<int>(idle_.size()); }

    // One more thread looks for work, unless there are enough: the longer the calls of a device take the more of them must be on
    // their way for the same rate.
    void activate(const Lane &lane) {
        if (looking_out_) {
            more_ = true;
        } else if (busy() - stuck_ < std::max(limits_.eager, limits_.eager * lane.typical_us / 100)) {
            one_more();
        } else if (!supervised_) {
            supervised_ = start_thread([this] { supervise(); });
        } else if (supervisor_rests_) {
            supervisor_rests_ = false;
            supervisor_wake_.notify_all();
        }
    }

    void one_more() {
        if (!idle_.empty()) {
            wake_one();
        } else if (threads_ < limits_.threads) {
            if (!start_thread([this] { work(); })) {
                // The others must do, if there are any.
                if (threads_ == 0) {
                    throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again), "no thread for calls");
                }
                return;
            }
            ++threads_;
            ++alive_;
        }
    }

    // The one that rested last: the others get a chance to end.
    void wake_one() {
        Worker *worker = idle_.back();
        idle_.pop_back();
        worker->woken = true;
        worker->wake.notify_one();
    }

    void work() {
        {
            omni_thread::ensure_self self;
            Worker me;
            std::unique_lock<std::mutex> lock(mutex_);
            workers_.push_back(&me);
            for (bool lingering = false;;) {
                if (CallPtr call = next()) {
                    lingering = execute(me, lock, std::move(call));
                } else if (closed_ || !((lingering && look_out(lock)) || rest(me, lock))) {
                    break;
                } else {
                    lingering = false;
                }
            }
            workers_.erase(std::find(workers_.begin(), workers_.end(), &me));
            --threads_;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        --alive_;
        ended_.notify_all();
    }

    // True if the caller lingered for the result.
    bool execute(Worker &me, std::unique_lock<std::mutex> &lock, CallPtr call) {
        const std::shared_ptr<Lane> lane = std::move(call->lane);
        call->state = Call::State::running;
        --waiting_;
        ++running_;
        ++lane->running;
        ++lane->server->running;
        me.state = Worker::calling;
        me.since = ticks_;
        lock.unlock();
        const auto begin = Clock::now();
        try {
            call->run();
        } catch (...) {
            call->error = std::current_exception();
        }
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
        const std::shared_ptr<Inbox> inbox = std::move(call->inbox);
        const bool lingering = call->claim.exchange(Call::Claim::over) == Call::Claim::lingering;
        if (!lingering) {
            inbox->put(std::move(call));
        }
        call.reset();
        lock.lock();
        lane->typical_us += (static_cast<int>(std::min<long long>(took.count(), 1000000)) - lane->typical_us) / 4;
        if (me.state == Worker::stuck) {
            --stuck_;
        }
        me.state = Worker::looking;
        --running_;
        --lane->running;
        --lane->server->running;
        return lingering;
    }

    // A caller that lingered comes back at once: to look out for it is cheaper than to sleep and to be woken on another processor.
    // True if there may be work.
    bool look_out(std::unique_lock<std::mutex> &lock) {
        if (looking_out_) {
            return false;
        }
        looking_out_ = true;
        more_ = false;
        const int half_us = limits_.linger_us / 2;
        lock.unlock();
        const auto until = Clock::now() + std::chrono::microseconds(half_us);
        while (!more_.load(std::memory_order_relaxed) && Clock::now() < until) {
            std::this_thread::yield();
        }
        lock.lock();
        looking_out_ = false;
        return more_;
    }

    // False if there was nothing to do for long.
    bool rest(Worker &me, std::unique_lock<std::mutex> &lock) {
        me.woken = false;
        idle_.push_back(&me);
        if (me.wake.wait_for(lock, std::chrono::milliseconds(limits_.idle_ms), [&me] { return me.woken; })) {
            return true;
        }
        idle_.erase(std::find(idle_.begin(), idle_.end(), &me));
        return false;
    }

    // While calls wait: looks once per tick whether the threads are stuck in slow calls, and if so adds others.
    void supervise() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!closed_) {
            if (!work_to_do()) {
                supervisor_rests_ = true;
                if (!supervisor_wake_.wait_for(lock, std::chrono::milliseconds(limits_.idle_ms),
                                               [this] { return !supervisor_rests_ || closed_; })) {
                    break;
                }
            }
            supervisor_wake_.wait_for(lock, std::chrono::milliseconds(limits_.tick_ms), [this] { return closed_; });
            ++ticks_;
            for (Worker *worker : workers_) {
                if (worker->state == Worker::calling && worker->since + 1 < ticks_) {
                    worker->state = Worker::stuck;
                    ++stuck_;
                }
            }
            for (int n = std::max(limits_.eager, stuck_) - (busy() - stuck_); n > 0 && work_to_do(); --n) {
                one_more();
            }
        }
        supervised_ = supervisor_rests_ = false;
        ended_.notify_all();
    }

    std::mutex mutex_;
    Limits limits_;
    std::map<std::pair<std::string, std::string>, std::weak_ptr<Lane>> lanes_;
    std::map<std::string, std::weak_ptr<Server>> servers_;
    std::size_t lanes_kept_ = 64;
    std::list<std::shared_ptr<Lane>> turns_;
    std::vector<Worker *> workers_;
    std::vector<Worker *> idle_;
    std::condition_variable supervisor_wake_;
    std::condition_variable ended_;
    std::atomic<bool> more_{false};
    bool looking_out_ = false;
    unsigned long ticks_ = 0;
    int threads_ = 0;
    int alive_ = 0;
    int running_ = 0;
    int waiting_ = 0;
    int stuck_ = 0;
    bool supervised_ = false;
    bool supervisor_rests_ = false;
    bool closed_ = false;
};

// The one of this process. Never destroyed: its threads may live until the process is gone.
inline Engine *&engine_slot() {
    static Engine *slot = new Engine;
    return slot;
}

inline Engine &engine() { return *engine_slot(); }

// A child has no threads of its parent; whatever hangs on the old engine stays with it.
inline void after_fork_in_child() {
    ++forks();
    engine_slot() = new Engine;
}

} // namespace tangopy
