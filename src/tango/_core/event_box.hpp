// Events wait in the box of their subscription until Python takes them.
//
// cppTango delivers an event with locks held and from memory of its own. So what arrives is made independent of both here, and
// Python is entered later, by another thread that holds no lock.
#pragma once

#include "attribute_data.hpp"
#include "compat_events.hpp"
#include "compat_pipes.hpp"
#include "inbox.hpp"

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
    std::unique_ptr<PipeElements> blob;
    std::string blob_name;
    int data_type = -1;
    int counter = -1;
    std::size_t bytes = 0; // of the value, roughly
    std::size_t lost = 0;  // how many events before this one had to be given up
};

// What a box keeps at most, 0 for any number, and what goes when there is more.
struct Bounds {
    std::size_t events = 0;
    std::size_t bytes = 0;
    bool newest_goes = false;
};

// The events of one subscription, oldest first.
class EventBox {
public:
    EventBox(long id, bool dispatched, const Bounds &bounds) : id(id), bounds_(bounds), dispatched_(dispatched) {}

    const long id;

    // True if the dispatcher is to be told.
    bool put(std::unique_ptr<Event> event) {
        std::unique_ptr<Event> given_up; // destroyed after the lock is released
        Waiter waiter;
        bool tell_dispatcher;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            if (closed_) {
                given_up = std::move(event);
                return false;
            }
            event->lost = missed_;
            missed_ = 0;
            bytes_ += event->bytes;
            waiting_.push_back(std::move(event));
            if (overflows()) {
                given_up = give_up();
            }
            waiter.swap(waiter_);
            tell_dispatcher = dispatched_ && !held_;
            arrived_.notify_all();
        }
        if (!waiter.tell() && left_) {
            close(0); // the loop that emptied it is gone
        }
        return tell_dispatcher;
    }

    // The oldest event, or null.
    std::unique_ptr<Event> pop() {
        std::lock_guard<std::mutex> lock(mutex_);
        return pop_front();
    }

    // The same for a callback: delivered() follows when it has returned.
    std::unique_ptr<Event> take() {
        std::lock_guard<std::mutex> lock(mutex_);
        std::unique_ptr<Event> event = pop_front();
        if (event != nullptr) {
            ++busy_;
            deliverer_ = std::this_thread::get_id();
        }
        return event;
    }

    // Once there is something to take, or the box is closed, the call goes into the inbox of an event loop. Only the last one who
    // asks is told.
    void tell(CallPtr call, std::shared_ptr<Inbox> inbox) {
        Waiter waiter{std::move(call), std::move(inbox)};
        std::unique_lock<std::mutex> lock(mutex_);
        waiter.swap(waiter_);
        if (!waiting_.empty() || closed_) {
            waiter.swap(waiter_);
            lock.unlock();
            waiter.tell();
        }
    }

    // Sleeps until there is something to take, or the box is closed; false if neither came within `seconds`.
    bool wait(double seconds) {
        std::unique_lock<std::mutex> lock(mutex_);
        return arrived_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !waiting_.empty() || closed_; });
    }

    // From now on an event loop empties it, not the dispatcher.
    void leave_dispatcher() {
        std::lock_guard<std::mutex> lock(mutex_);
        dispatched_ = false;
        left_ = true;
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
        Waiter waiter;
        std::unique_lock<std::mutex> lock(mutex_);
        closed_ = true;
        rest.swap(waiting_);
        waiter.swap(waiter_);
        bytes_ = 0;
        arrived_.notify_all();
        if (seconds > 0 && deliverer_ != std::this_thread::get_id()) {
            idle_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return busy_ == 0; });
        }
        lock.unlock();
        waiter.tell();
    }

    bool closed() {
        std::lock_guard<std::mutex> lock(mutex_);
        return closed_;
    }

    std::size_t size() {
        std::lock_guard<std::mutex> lock(mutex_);
        return waiting_.size();
    }

    // How many events have been given up so far.
    std::size_t lost() {
        std::lock_guard<std::mutex> lock(mutex_);
        return lost_;
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
    struct Waiter {
        CallPtr call;
        std::shared_ptr<Inbox> inbox;

        void swap(Waiter &other) {
            call.swap(other.call);
            inbox.swap(other.inbox);
        }
        // False if the inbox is closed.
        bool tell() { return inbox == nullptr || inbox->put(std::move(call)); }
    };

    // --- with the lock ---

    bool overflows() const {
        return (bounds_.events != 0 && waiting_.size() > bounds_.events) ||
               (bounds_.bytes != 0 && bytes_ > bounds_.bytes && waiting_.size() > 1);
    }

    // Who gets the event after the gap is told how wide it is.
    std::unique_ptr<Event> give_up() {
        std::unique_ptr<Event> event;
        ++lost_;
        if (bounds_.newest_goes) {
            event = std::move(waiting_.back());
            waiting_.pop_back();
            missed_ = event->lost + 1;
        } else {
            event = std::move(waiting_.front());
            waiting_.pop_front();
            waiting_.front()->lost += event->lost + 1;
        }
        bytes_ -= event->bytes;
        return event;
    }

    std::unique_ptr<Event> pop_front() {
        if (waiting_.empty()) {
            return nullptr;
        }
        std::unique_ptr<Event> event = std::move(waiting_.front());
        waiting_.pop_front();
        bytes_ -= event->bytes;
        return event;
    }

    std::mutex mutex_;
    std::condition_variable idle_;
    std::condition_variable arrived_;
    std::deque<std::unique_ptr<Event>> waiting_;
    Waiter waiter_;
    const Bounds bounds_;
    std::size_t bytes_ = 0;
    std::size_t lost_ = 0;
    std::size_t missed_ = 0; // since the last one that was kept
    int busy_ = 0;
    std::thread::id deliverer_;
    bool dispatched_;
    bool left_ = false;
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

#if TANGOPY_HAS_PIPES
inline std::unique_ptr<Event> to_event(Tango::PipeEventData &data) {
    auto event = begin_event(data);
    event->name = data.pipe_name;
    if (data.pipe_value != nullptr && !data.err) {
        event->blob = std::make_unique<PipeElements>();
        take_blob(data.pipe_value->get_root_blob(), event->blob_name, *event->blob);
        event->bytes = own_values(*event->blob);
    }
    return event;
}
#endif

} // namespace tangopy
