// Requests to the attributes of a device, kept apart from changes of its attributes.
//
// cppTango looks for attributes by place and name, and uses what it has found, without the lock under which attributes come
// and go: when it looks whether one is polled, while a reply is sent, and, if requests are not serialised, all the time. Here
// each request is known while it lasts. It is at rest while a method of the device is called: then it uses no attribute but
// those that it has named, whose places must not change.
#pragma once

#include "compat.hpp"
#include "polling_change.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace tangopy {

inline bool is_serialised() { return Tango::Util::instance(false)->get_serial_model() != Tango::NO_SYNC; }

class InterfaceNews;

class Interface {
public:
    static constexpr auto patience = std::chrono::seconds(3);

    // As long as this thread serves a request. What is not known to be named may be any attribute.
    class Request {
    public:
        explicit Request(Interface &interface, bool names_are_known = true)
            : interface_(interface), waits_(!is_serialised()), known_(names_are_known) {
            interface_.begin(*this);
        }
        ~Request() { interface_.end(*this); }
        Request(const Request &) = delete;
        Request &operator=(const Request &) = delete;

        void reads(const Tango::DevVarStringArray &names) {
            std::lock_guard<std::mutex> lock(interface_.mutex_);
            for (CORBA::ULong i = 0; i < names.length(); ++i) {
                names_.push_back(names[i]);
            }
            known_ = known_ && (names.length() != 1 || names_.back() != std::string("All attributes"));
        }
        void writes(const Tango::AttributeValueList_4 &values) {
            std::lock_guard<std::mutex> lock(interface_.mutex_);
            for (CORBA::ULong i = 0; i < values.length(); ++i) {
                names_.push_back(values[i].name);
            }
            writing_ = true;
        }

    private:
        friend class Interface;
        Interface &interface_;
        const bool waits_;
        const std::thread::id thread_ = std::this_thread::get_id();
        std::vector<const char *> names_;
        std::vector<const Tango::Attribute *> locked_;
        bool known_;
        bool writing_ = false;
        int resting_ = 0;
    };

    // While a method of the device is called for a request.
    void rest() {
        std::lock_guard<std::mutex> lock(mutex_);
        for (Request *request : requests_) {
            if (is_mine(*request)) {
                ++request->resting_;
            }
        }
        changed_.notify_all();
    }
    void resume() {
        std::unique_lock<std::mutex> lock(mutex_);
        wait(lock, [this] { return !changing_ || is_changing_here(); });
        for (Request *request : requests_) {
            if (is_mine(*request)) {
                --request->resting_;
            }
        }
    }

    // While attributes are added; while one is removed; while the value of one is set that a request may be sending.
    class Change {
    public:
        // A request that writes has the monitor of the device, which is needed to add and remove.
        static Change adding(Interface &interface) {
            return Change(interface, [](const Request &other) { return other.writing_; }, nullptr);
        }
        static Change removing(Interface &interface, Tango::DeviceImpl &device, const std::string &name) {
            return Change(interface, [&](const Request &other) { return other.writing_ || disturbs(device, name, other); }, nullptr);
        }
        static Change setting(Interface &interface, const std::string &name) {
            return Change(interface, [](const Request &) { return false; }, &name);
        }
        ~Change() {
            std::lock_guard<std::mutex> lock(interface_.mutex_);
            if (counted_) {
                interface_.changing_ = false;
                interface_.changed_.notify_all();
            }
        }
        Change(const Change &) = delete;
        Change &operator=(const Change &) = delete;

    private:
        // Waits for those requests that are neither at rest nor this thread's, or that the change would disturb.
        template <class Disturbs>
        Change(Interface &interface, Disturbs &&disturbs, const std::string *name) : interface_(interface) {
            if (is_serialised()) {
                return;
            }
            std::unique_lock<std::mutex> lock(interface.mutex_);
            if (interface.is_changing_here()) {
                return;
            }
            if (!interface.wait(lock, [&] { return !interface.closing_ && !interface.changing_; })) {
                too_long();
            }
            interface.closing_ = true;
            bool free = interface.wait(lock, [&] {
                return std::none_of(interface.requests_.begin(), interface.requests_.end(), [&](const Request *request) {
                    if (interface.is_mine(*request) || !request->waits_) {
                        return false;
                    }
                    return request->resting_ > 0 ? disturbs(*request) : name == nullptr || may_name(*request, *name);
                });
            });
            interface.closing_ = false;
            if (!free) {
                interface.changed_.notify_all();
                too_long();
            }
            interface.changing_ = counted_ = true;
            interface.changing_thread_ = std::this_thread::get_id();
        }

        Interface &interface_;
        bool counted_ = false;
    };

    // Fails if this thread serves a request whose attributes would change their places.
    void check_own_requests(Tango::DeviceImpl &device, const std::string &removed) {
        std::lock_guard<std::mutex> lock(mutex_);
        for (const Request *request : requests_) {
            if (is_mine(*request) && disturbs(device, removed, *request)) {
                throw std::runtime_error("attribute " + removed + " of " + device.get_name() + " cannot be removed while it, or an attribute that was added after it, is being read or "
                                         "written by the same request");
            }
        }
    }

    // Whether a request may have a value of an attribute that it has read, and reads others before it sends them all.
    bool is_waiting_for(const std::string &name) {
        std::lock_guard<std::mutex> lock(mutex_);
        return std::any_of(requests_.begin(), requests_.end(), [&](const Request *request) {
            return !request->known_ || (request->names_.size() > 1 && may_name(*request, name));
        });
    }

    // This thread's request has got the lock of an attribute, which it reads, and has it until the reply is sent.
    void has_locked(const Tango::Attribute &attribute) {
        std::lock_guard<std::mutex> lock(mutex_);
        auto mine = std::find_if(requests_.rbegin(), requests_.rend(), [this](const Request *request) { return is_mine(*request); });
        if (mine != requests_.rend()) {
            (*mine)->locked_.push_back(&attribute);
        }
    }

    // Whether the lock of an attribute belongs to a request that is not over, and so sends nothing. Those of other threads that are
    // serialised are not at rest.
    bool is_locked_at_rest(const Tango::Attribute &attribute) {
        std::lock_guard<std::mutex> lock(mutex_);
        return std::any_of(requests_.begin(), requests_.end(), [&](const Request *request) {
            const auto &locked = request->locked_;
            return (request->waits_ || is_mine(*request)) && std::find(locked.begin(), locked.end(), &attribute) != locked.end();
        });
    }

    // The lists of attributes are being changed or looked through: never held while waiting for anything else.
    std::recursive_mutex lists;

    PollingChanges polling;
    std::shared_ptr<InterfaceNews> news; // null for a device that was written in C++

private:
    template <class Predicate> bool wait(std::unique_lock<std::mutex> &lock, Predicate &&predicate) {
        return changed_.wait_for(lock, patience, predicate);
    }
    [[noreturn]] static void too_long() {
        Tango::Except::throw_exception("API_CommandTimedOut",
                                       "Attributes cannot be changed now: requests to them go on for too long",
                                       "DeviceImpl.add_attribute, remove_attribute, push_event");
    }
    bool is_mine(const Request &request) const { return request.thread_ == std::this_thread::get_id(); }
    bool is_changing_here() const { return changing_ && changing_thread_ == std::this_thread::get_id(); }

    // A request within another one of this thread does not wait for a change that has not begun: it may be waiting for the other.
    void begin(Request &request) {
        std::unique_lock<std::mutex> lock(mutex_);
        bool nested = std::any_of(requests_.begin(), requests_.end(), [this](const Request *other) { return is_mine(*other); });
        if (request.waits_ && !is_changing_here()) {
            wait(lock, [&] { return !changing_ && (nested || !closing_); });
        }
        requests_.push_back(&request);
    }
    void end(Request &request) {
        std::lock_guard<std::mutex> lock(mutex_);
        requests_.erase(std::find(requests_.begin(), requests_.end(), &request));
        changed_.notify_all();
    }

    static bool may_name(const Request &request, const std::string &name) {
        return !request.known_ || std::any_of(request.names_.begin(), request.names_.end(), [&](const char *other) {
            return TG_strcasecmp(other, name.c_str()) == 0;
        });
    }
    // Whether the removal would move, or take, an attribute that a request has named. Attributes are in the order in which
    // they were added.
    static bool disturbs(Tango::DeviceImpl &device, const std::string &removed, const Request &request) {
        const auto &list = device.get_device_attr()->get_attribute_list();
        auto place = std::find_if(list.begin(), list.end(), [&](Tango::Attribute *attribute) {
            return TG_strcasecmp(attribute->get_name().c_str(), removed.c_str()) == 0;
        });
        return !request.known_ ||
               std::any_of(place, list.end(), [&](Tango::Attribute *later) { return may_name(request, later->get_name()); });
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Request *> requests_;
    bool closing_ = false;
    bool changing_ = false;
    std::thread::id changing_thread_;
};

// The lock of an attribute, which a reply holds until it is sent.
class SentLock {
public:
    explicit SentLock(Tango::Attribute &attribute) : mutex_(*attribute.get_attr_mutex()) {
        auto end = std::chrono::steady_clock::now() + Interface::patience;
        while (mutex_.trylock() == 0) {
            if (std::chrono::steady_clock::now() > end) {
                Tango::Except::throw_exception("API_CommandTimedOut",
                                               "Attribute " + attribute.get_name() + " is still being sent to a client",
                                               "DeviceImpl.remove_attribute, push_event");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    ~SentLock() { mutex_.unlock(); }
    SentLock(const SentLock &) = delete;
    SentLock &operator=(const SentLock &) = delete;

private:
    omni_mutex &mutex_;
};

// --- looking through the lists: what is found may be gone as soon as this is over -------------------------------------------

inline Tango::Attribute *attribute_by_name(Tango::DeviceImpl &device, Interface &interface, const std::string &name) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    return &device.get_device_attr()->get_attr_by_name(name.c_str());
}

inline long place_of_attribute(Tango::DeviceImpl &device, Interface &interface, const std::string &name) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    return device.get_device_attr()->get_attr_ind_by_name(name.c_str());
}

inline std::vector<Tango::Attribute *> all_attributes(Tango::DeviceImpl &device, Interface &interface) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    return device.get_device_attr()->get_attribute_list();
}

// How the attribute at a place may be accessed; -1 if there is none.
inline int access_of_attribute(Tango::DeviceImpl &device, Interface &interface, long place) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    const auto &list = device.get_device_attr()->get_attribute_list();
    bool exists = place >= 0 && static_cast<std::size_t>(place) < list.size();
    return exists ? static_cast<int>(list[static_cast<std::size_t>(place)]->get_writable()) : -1;
}

inline std::vector<long> alarmed_attributes(Tango::DeviceImpl &device, Interface &interface) {
    std::lock_guard<std::recursive_mutex> lock(interface.lists);
    return device.get_device_attr()->get_alarm_list();
}

} // namespace tangopy
