// Events wait in the box of their subscription until Python takes them.
//
// cppTango delivers an event with locks held and from memory of its own. So what arrives is made independent of both here, and
// Python is entered later, by another thread that holds no lock.
#pragma once

#include "attribute_data.hpp"
#include "compat_events.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tangopy {

// In the order of tango.enums.EventReason.
enum class Reason { unknown, subscription_failed, subscription_worked, update };

// One event of any kind; it owns all that it points at.
struct Event {
    Reason reason = Reason::update;
    Tango::TimeVal date{};
    std::string name; // of the attribute, pipe or device
    std::string event;
    bool failed = false;
    Tango::DevErrorList errors;
    std::unique_ptr<Tango::DeviceAttribute> value;
    std::unique_ptr<Tango::AttributeInfoEx> config;
    std::unique_ptr<Tango::DevIntrChangeEventData> interface_change;
    int data_type = -1;
    int counter = -1;
    std::size_t bytes = 0; // of the value, roughly
};

// The events of one subscription, oldest first.
class EventBox {
public:
    // What a subscription with a callback may pile up at most before the oldest events are given up.
    static constexpr std::size_t most_events = 100000;
    static constexpr std::size_t most_bytes = std::size_t{256} << 20;

    // `limit` is the number of events to keep, 0 for all of them.
    EventBox(long id, bool callback, std::size_t limit) : id(id), callback(callback), limit_(limit) {}

    const long id;
    const bool callback; // whether a dispatcher empties it

    // True if the dispatcher is to be told.
    bool put(std::unique_ptr<Event> event) {
        std::unique_ptr<Event> given_up; // destroyed after the lock is released
        std::lock_guard<std::mutex> lock(mutex_);
        if (closed_) {
            given_up = std::move(event);
            return false;
        }
        bytes_ += event->bytes;
        waiting_.push_back(std::move(event));
        bool full = callback ? waiting_.size() > most_events || (bytes_ > most_bytes && waiting_.size() > 1)
                             : limit_ != 0 && waiting_.size() > limit_;
        if (full) {
            given_up = std::move(waiting_.front());
            bytes_ -= given_up->bytes;
            waiting_.pop_front();
            ++lost_;
        }
        return callback && !held_;
    }

    // The oldest event, or null. With `lost`, says how many older ones had to be given up since the last time.
    std::unique_ptr<Event> take(std::size_t &lost) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (waiting_.empty()) {
            return nullptr;
        }
        lost = lost_;
        lost_ = 0;
        std::unique_ptr<Event> event = std::move(waiting_.front());
        waiting_.pop_front();
        bytes_ -= event->bytes;
        ++busy_;
        deliverer_ = std::this_thread::get_id();
        return event;
    }

    std::vector<std::unique_ptr<Event>> take_all() {
        std::lock_guard<std::mutex> lock(mutex_);
        std::vector<std::unique_ptr<Event>> all(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end()));
        waiting_.clear();
        bytes_ = 0;
        return all;
    }

    // After each event that take() gave.
    void delivered() {
        std::lock_guard<std::mutex> lock(mutex_);
        if (--busy_ == 0) {
            deliverer_ = std::thread::id();
            idle_.notify_all();
        }
    }

    // Ends the time in which the subscribing thread delivers the events by itself; says how many are left for the dispatcher.
    std::size_t let_go() {
        std::lock_guard<std::mutex> lock(mutex_);
        held_ = false;
        return waiting_.size();
    }

    // Nothing comes in or out any more. Waits for a callback that is running on another thread, `seconds` at most.
    void close(double seconds) {
        std::deque<std::unique_ptr<Event>> rest;
        std::unique_lock<std::mutex> lock(mutex_);
        closed_ = true;
        rest.swap(waiting_);
        bytes_ = 0;
        if (seconds > 0 && deliverer_ != std::this_thread::get_id()) {
            idle_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return busy_ == 0; });
        }
        lock.unlock();
    }

    bool closed() {
        std::lock_guard<std::mutex> lock(mutex_);
        return closed_;
    }

    std::size_t size() {
        std::lock_guard<std::mutex> lock(mutex_);
        return waiting_.size();
    }

    bool last_date(Tango::TimeVal &date) {
        std::lock_guard<std::mutex> lock(mutex_);
        if (waiting_.empty()) {
            return false;
        }
        date = waiting_.back()->date;
        return true;
    }

private:
    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<std::unique_ptr<Event>> waiting_;
    std::size_t limit_;
    std::size_t bytes_ = 0;
    std::size_t lost_ = 0;
    int busy_ = 0;
    std::thread::id deliverer_;
    bool held_ = true;
    bool closed_ = false;
};

inline Tango::TimeVal present_time() {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
    Tango::TimeVal date;
    date.tv_sec = static_cast<Tango::DevLong>(nanoseconds / 1000000000);
    date.tv_usec = static_cast<Tango::DevLong>(nanoseconds / 1000 % 1000000);
    date.tv_nsec = static_cast<Tango::DevLong>(nanoseconds % 1000);
    return date;
}

// --- making an event independent of the library ---------------------------------------------------------------------------

// The payload of an event often lies in the message that brought it; that memory is gone after the callback.
inline void own_memory(Tango::DeviceAttribute &attribute, Event &event) {
    int type = attribute_type(attribute);
    visit(type, [&](auto element) {
        using E = decltype(element);
        auto &member = member_of<E::type>(attribute);
        if (member.operator->() == nullptr) {
            return;
        }
        if (!member->release()) {
            member = new typename E::sequence(member.in());
        }
        event.bytes = member->length() * (E::is_number ? sizeof(typename E::element) : 64);
    });
}

template <class Data> std::unique_ptr<Event> begin_event(Data &data) {
    auto event = std::make_unique<Event>();
    event->date = present_time(); // that of the library is not set for all kinds of events
    event->event = data.event;
    event->failed = data.err;
    event->errors = data.errors;
    return event;
}

inline std::unique_ptr<Event> to_event(Tango::EventData &data) {
    auto event = begin_event(data);
    event->name = data.attr_name;
    if (data.attr_value != nullptr && !data.err) {
        event->value = std::make_unique<Tango::DeviceAttribute>(std::move(*data.attr_value));
        own_memory(*event->value, *event);
    }
    return event;
}

inline std::unique_ptr<Event> to_event(Tango::AttrConfEventData &data) {
    auto event = begin_event(data);
    event->name = data.attr_name;
    if (data.attr_conf != nullptr && !data.err) {
        event->config = std::make_unique<Tango::AttributeInfoEx>(*data.attr_conf);
    }
    return event;
}

inline std::unique_ptr<Event> to_event(Tango::DataReadyEventData &data) {
    auto event = begin_event(data);
    event->name = data.attr_name;
    event->data_type = data.attr_data_type;
    event->counter = data.ctr;
    return event;
}

inline std::unique_ptr<Event> to_event(Tango::DevIntrChangeEventData &data) {
    auto event = begin_event(data);
    event->name = data.device_name;
    event->interface_change = std::make_unique<Tango::DevIntrChangeEventData>(data);
    return event;
}

} // namespace tangopy
