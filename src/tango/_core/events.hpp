// Subscriptions: what cppTango holds of them, and how they begin and end.
#pragma once

#include "dispatcher.hpp"
#include "mend.hpp"

#include <array>
#include <atomic>
#include <map>
#include <string_view>

namespace tangopy {

// --- state of the process; only the events module includes this header -------------------------------------------------------

struct EventSystem {
    explicit EventSystem(const Hook *hook) : dispatcher(hook) {}
    Dispatcher dispatcher;
    Errands errands;
};

// Never destroyed: threads of the library may deliver until the process is gone. A forked child gets a new one.
static EventSystem *event_system = nullptr;

inline void make_event_system(const Hook *hook) { event_system = new EventSystem(hook); }

// --- the object that cppTango calls ------------------------------------------------------------------------------------------

class Receiver final : public Tango::CallBack {
public:
    explicit Receiver(std::shared_ptr<EventBox> box) : box_(std::move(box)) {}

    void push_event(Tango::EventData *data) override { receive(data); }
    void push_event(Tango::AttrConfEventData *data) override { receive(data); }
    void push_event(Tango::DataReadyEventData *data) override { receive(data); }
    void push_event(Tango::DevIntrChangeEventData *data) override { receive(data); }
#if TANGOPY_HAS_PIPES
    void push_event(Tango::PipeEventData *data) override { receive(data); }
#endif

    // Before the library is asked, by the thread that asks it. Some modes want no value to begin with, which older libraries
    // always send.
    void expect(bool drop_first_value) {
        subscriber_ = std::this_thread::get_id();
        drop_first_value_ = drop_first_value;
    }

    // Whether the library said during the subscription that it did not work (yet).
    bool refused() const { return refused_; }

private:
    template <class Data> void receive(Data *data) noexcept {
        if (data == nullptr) {
            return;
        }
        try {
            bool mine = std::this_thread::get_id() == subscriber_;
            Reason reason = reason_of(*data, mine);
            if (mine && reason == Reason::subscription_failed) {
                refused_ = true;
            } else if (mine && drop_first_value_) {
                return;
            }
            std::unique_ptr<Event> event = to_event(*data);
            event->reason = reason;
            if (box_->put(std::move(event))) {
                event_system->dispatcher.add(box_);
            }
        } catch (const std::bad_alloc &) {
            // There is no memory for this event; the library could not do anything about it either.
        }
    }

    // Libraries before 10.1 do not say why the callback is called. Their consumer thread brings news of the device; all other
    // calls come from the subscription: from the thread that subscribes and from the one that tries again when the server
    // did not answer.
    template <class Data> Reason reason_of(const Data &data, bool mine) {
        if constexpr (has_event_reason) {
            return static_cast<Reason>(library_reason(data));
        }
        if (!mine && on_event_thread()) {
            return Reason::update;
        }
        if (data.err && is_refusal(data.errors)) {
            return Reason::subscription_failed;
        }
        if (connected_.exchange(true)) {
            return Reason::update;
        }
        if (!mine) {
            event_system->errands.add(mend_channels); // connected by the library's own thread, late
        }
        return Reason::subscription_worked;
    }

    // Whether the subscription does not work (any more); other errors come from the attribute, which was read.
    static bool is_refusal(const Tango::DevErrorList &errors) {
        static constexpr std::array<std::string_view, 7> reasons{
            "API_DSFailedRegisteringEvent", "API_EventTimeout",       "API_CantConnectToDevice",       "API_CantConnectToDatabase",
            "API_DeviceNotExported",        "API_DeviceNotDefined",   "API_EventSupplierNotConstructed",
        };
        const CORBA::ULong count = errors.length();
        return count != 0 && std::find(reasons.begin(), reasons.end(), errors[count - 1].reason.in()) != reasons.end();
    }

    const std::shared_ptr<EventBox> box_;
    std::thread::id subscriber_;
    std::atomic<bool> connected_{false};
    bool drop_first_value_ = false;
    bool refused_ = false;
};

// A receiver that cppTango may still call although the subscription has ended is kept for a while.
class Retired {
public:
    void add(std::unique_ptr<Receiver> receiver) {
        auto now = std::chrono::steady_clock::now();
        std::deque<Entry> over; // destroyed after the lock is released
        std::lock_guard<std::mutex> lock(mutex_);
        while (!entries_.empty() && now - entries_.front().since > std::chrono::seconds(60)) {
            over.push_back(std::move(entries_.front()));
            entries_.pop_front();
        }
        entries_.push_back({now, std::move(receiver)});
    }

private:
    struct Entry {
        std::chrono::steady_clock::time_point since;
        std::unique_ptr<Receiver> receiver;
    };
    std::mutex mutex_;
    std::deque<Entry> entries_;
};

inline Retired &retired() {
    static auto *all = new Retired;
    return *all;
}

// --- which proxy cppTango gets -------------------------------------------------------------------------------------------------

// cppTango up to 9.3 remembers one proxy for all subscriptions to an event, the first one, and goes on using it when that proxy
// is gone. So all subscriptions to a device share one proxy, which lives as long as any of them.
class SharedProxies {
public:
    std::shared_ptr<Tango::DeviceProxy> proxy_for(const std::shared_ptr<Tango::DeviceProxy> &mine) {
        if constexpr (!has_one_proxy_per_event) {
            return mine;
        }
        std::string name = name_of(*mine);
        std::lock_guard<std::mutex> lock(mutex_);
        std::weak_ptr<Tango::DeviceProxy> &known = proxies_[name];
        if (std::shared_ptr<Tango::DeviceProxy> shared = known.lock()) {
            return shared;
        }
        known = mine;
        return mine;
    }

private:
    static std::string name_of(Tango::DeviceProxy &proxy) {
        std::string host = proxy.is_dbase_used() ? proxy.get_db_host() + ":" + proxy.get_db_port()
                                                 : proxy.get_dev_host() + ":" + proxy.get_dev_port();
        std::string name = host + "/" + proxy.dev_name();
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        return name;
    }

    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<Tango::DeviceProxy>> proxies_;
};

inline SharedProxies &shared_proxies() {
    static auto *all = new SharedProxies;
    return *all;
}

// --- one subscription ----------------------------------------------------------------------------------------------------------

// In the order of tango.enums.EventSubMode, which begins at 1.
enum class Mode { none, sync, sync_read, async, async_read, stateless };

class Link : public std::enable_shared_from_this<Link> {
public:
    Link(const std::shared_ptr<Tango::DeviceProxy> &proxy, const std::string &attribute, int type, Mode mode,
         const std::shared_ptr<EventBox> &box)
        : box(box), device_(shared_proxies().proxy_for(proxy)), attribute_(attribute),
          type_(static_cast<Tango::EventType>(type)), mode_(mode), receiver_(std::make_unique<Receiver>(box)) {}

    const std::shared_ptr<EventBox> box;

    // Asks the device to send events; throws DevFailed if it refuses and the mode does not try again.
    void open() {
        if (!has_event_sub_mode && (mode_ == Mode::async || mode_ == Mode::async_read)) {
            event_system->errands.add([link = shared_from_this()] { link->open_later(); });
            return;
        }
        connect();
    }

    // No event comes any more when this is over. Not to be called by a thread that holds the GIL.
    void close() {
        box->close(0);
        int id;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            closed_ = true;
            id = library_id_;
            library_id_ = 0;
        }
        if (id == 0) {
            return; // open() is not over yet and closes, or it has failed
        }
        disconnect(id);
    }

    // The same later, on another thread; errors are nobody's concern then.
    void close_later() {
        box->close(0);
        event_system->errands.add([link = shared_from_this()] { link->close(); });
    }

private:
    void connect() {
        omni_thread::ensure_self known_to_omni;
        receiver_->expect(!has_event_sub_mode && (mode_ == Mode::sync || mode_ == Mode::async));
        int id = 0;
        try {
            id = library_subscribe(*device_, attribute_, type_, receiver_.get(), static_cast<int>(mode_));
        } catch (...) {
            retired().add(std::move(receiver_));
            throw;
        }
        mend_channels();
        bool closed_meanwhile;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            closed_meanwhile = closed_;
            library_id_ = closed_ ? 0 : id;
        }
        if (closed_meanwhile) {
            disconnect(id);
        }
    }

    void disconnect(int id) {
        omni_thread::ensure_self known_to_omni;
        std::unique_ptr<Receiver> receiver = std::move(receiver_);
        std::shared_ptr<Tango::DeviceProxy> device = std::move(device_);
        try {
            device->unsubscribe_event(id);
        } catch (...) {
            retired().add(std::move(receiver));
            throw;
        }
        retired().add(std::move(receiver));
    }

    // What the library cannot do by itself: subscribe without keeping the caller waiting, and try again.
    void open_later() {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            if (closed_) {
                return;
            }
        }
        try {
            connect();
        } catch (const Tango::DevFailed &failure) {
            tell(Reason::subscription_failed, &failure.errors);
            return;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        if (mode_ == Mode::async && library_id_ != 0 && !receiver_->refused()) {
            tell(Reason::subscription_worked, nullptr);
        }
    }

    void tell(Reason reason, const Tango::DevErrorList *errors) {
        auto event = std::make_unique<Event>();
        event->reason = reason;
        event->event = Tango::EventName[type_];
        event->date = present_time();
        if (errors != nullptr) {
            event->failed = true;
            event->errors = *errors;
        }
        if (box->put(std::move(event))) {
            event_system->dispatcher.add(box);
        }
    }

    std::shared_ptr<Tango::DeviceProxy> device_;
    const std::string attribute_;
    const Tango::EventType type_;
    const Mode mode_;
    std::unique_ptr<Receiver> receiver_;
    std::mutex mutex_;
    int library_id_ = 0;
    bool closed_ = false;
};

} // namespace tangopy
