// What the server polls of a device, and what it knows of the client that a device is serving.
#pragma once

#include "interface.hpp"
#include "server_lock.hpp"
#include "signals.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace tangopy {

// cppTango keeps these methods for the authors of devices. They are named here as members of DeviceImpl, so that they can be
// called on any device; nothing is ever made of this class.
struct OpenDevice : Tango::DeviceImpl {
    using Tango::DeviceImpl::get_attribute_poll_period;
    using Tango::DeviceImpl::get_command_poll_period;
    using Tango::DeviceImpl::is_attribute_polled;
    using Tango::DeviceImpl::is_command_polled;
    using Tango::DeviceImpl::poll_attribute;
    using Tango::DeviceImpl::poll_command;
    using Tango::DeviceImpl::stop_poll_attribute;
    using Tango::DeviceImpl::stop_poll_command;
};

// The library looks for the client, and for the thread that polls, by the omni thread that asks.
class KnownThread {
    omni_thread::ensure_self known_;
};

// --- what is polled -----------------------------------------------------------------------------------------------------

inline long milliseconds(long period) { return period; }
template <class Duration> long milliseconds(Duration period) {
    return static_cast<long>(std::chrono::duration_cast<std::chrono::milliseconds>(period).count());
}

// Names and periods of what the polling threads really poll of a device; a period of 0 means: only when triggered.
inline std::vector<std::pair<std::string, long>> polled_now(Tango::DeviceImpl &device, Tango::PollObjType type) {
    KnownThread thread;
    std::vector<std::pair<std::string, long>> result;
    if (!device.is_polled()) {
        return result;
    }
    Tango::AutoTangoMonitor monitor(&device.get_poll_monitor());
    for (Tango::PollObj *object : device.get_poll_obj_list()) {
        if (object->get_type() == type) {
            result.emplace_back(object->get_name(), milliseconds(object->get_upd()));
        }
    }
    return result;
}

inline long period_now(Tango::DeviceImpl &device, Tango::PollObjType type, const std::string &name, long otherwise) {
    for (const auto &[polled, period] : polled_now(device, type)) {
        if (TG_strcasecmp(polled.c_str(), name.c_str()) == 0) {
            return period;
        }
    }
    return otherwise;
}

// The library's lists of what was set from outside. Without a database cppTango 9.3 does not keep them.
inline std::vector<std::string> polled_list(Tango::DeviceImpl &device, Tango::PollObjType type) {
    auto list = type == Tango::POLL_ATTR ? device.get_polled_attr() : device.get_polled_cmd();
    if (!Tango::Util::_UseDb && list.empty()) {
        for (const auto &[name, period] : polled_now(device, type)) {
            list.push_back(name);
            list.push_back(std::to_string(period));
        }
    }
    return list;
}
inline std::vector<std::string> polled_attributes(Tango::DeviceImpl &device) { return polled_list(device, Tango::POLL_ATTR); }
inline std::vector<std::string> polled_commands(Tango::DeviceImpl &device) { return polled_list(device, Tango::POLL_CMD); }

inline bool is_attribute_polled(Tango::DeviceImpl &device, const std::string &name) {
    return (device.*&OpenDevice::is_attribute_polled)(name) || period_now(device, Tango::POLL_ATTR, name, 0) > 0;
}
inline bool is_command_polled(Tango::DeviceImpl &device, const std::string &name) {
    return (device.*&OpenDevice::is_command_polled)(name) || period_now(device, Tango::POLL_CMD, name, 0) > 0;
}
inline int attribute_poll_period(Tango::DeviceImpl &device, const std::string &name) {
    long period = (device.*&OpenDevice::get_attribute_poll_period)(name);
    return static_cast<int>(period != 0 ? period : period_now(device, Tango::POLL_ATTR, name, 0));
}
inline int command_poll_period(Tango::DeviceImpl &device, const std::string &name) {
    long period = (device.*&OpenDevice::get_command_poll_period)(name);
    return static_cast<int>(period != 0 ? period : period_now(device, Tango::POLL_CMD, name, 0));
}

// --- changing it --------------------------------------------------------------------------------------------------------

// Without a database cppTango 9.3 does not know that something is polled already, and refuses to change its period.
inline bool changed_period(Tango::DeviceImpl &device, Tango::PollObjType type, const std::string &name, int period) {
    if (Tango::Util::_UseDb || period <= 0 || period_now(device, type, name, 0) <= 0) {
        return false;
    }
    Tango::DevVarLongStringArray what;
    what.lvalue.length(1);
    what.lvalue[0] = period;
    what.svalue.length(3);
    what.svalue[0] = CORBA::string_dup(device.get_name().c_str());
    what.svalue[1] = CORBA::string_dup(type == Tango::POLL_ATTR ? "attribute" : "command");
    what.svalue[2] = CORBA::string_dup(name.c_str());
    Tango::Util::instance()->get_dserver_device()->upd_obj_polling_period(&what, false);
    return true;
}

inline void poll_attribute(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int period) {
    KnownThread thread;
    interface.polling.make(device, [&] {
        if (!changed_period(device, Tango::POLL_ATTR, name, period)) {
            (device.*&OpenDevice::poll_attribute)(name, period);
        }
    });
}
inline void poll_command(Tango::DeviceImpl &device, Interface &interface, const std::string &name, int period) {
    KnownThread thread;
    interface.polling.make(device, [&] {
        if (!changed_period(device, Tango::POLL_CMD, name, period)) {
            (device.*&OpenDevice::poll_command)(name, period);
        }
    });
}
// What a device asks of the library itself is not waited for, and the library may lose the next command that it has for the thread that
// polls: to end. Then it would wait for its end for ever. Only that thread itself must ask in this way.
inline void stop_polled(Tango::DeviceImpl &device, Interface &interface, Tango::PollObjType type, const std::string &name,
                        bool update_database = true) {
    KnownThread thread;
    if (is_polling_thread()) {
        auto stop = type == Tango::POLL_ATTR ? &OpenDevice::stop_poll_attribute : &OpenDevice::stop_poll_command;
        (device.*stop)(name);
        return;
    }
    Tango::DevVarStringArray what;
    what.length(3);
    what[0] = CORBA::string_dup(device.get_name().c_str());
    what[1] = CORBA::string_dup(type == Tango::POLL_ATTR ? "attribute" : "command");
    what[2] = CORBA::string_dup(name.c_str());
    interface.polling.make(device, [&] {
        Tango::DServer &server = *Tango::Util::instance(false)->get_dserver_device();
        DeviceLock lock(server);
        server.rem_obj_polling(&what, update_database);
    });
}
inline void stop_poll_attribute(Tango::DeviceImpl &device, Interface &interface, const std::string &name) {
    stop_polled(device, interface, Tango::POLL_ATTR, name);
}
inline void stop_poll_command(Tango::DeviceImpl &device, Interface &interface, const std::string &name) {
    stop_polled(device, interface, Tango::POLL_CMD, name);
}
// The library alone would go on believing that all this is polled, and refuse to have it polled again.
inline void stop_polling(Tango::DeviceImpl &device, Interface &interface, bool update_database) {
    KnownThread thread;
    for (const auto &polled : polled_now(device, Tango::POLL_ATTR)) {
        stop_poll_attribute(device, interface, polled.first);
    }
    for (const auto &polled : polled_now(device, Tango::POLL_CMD)) {
        stop_poll_command(device, interface, polled.first);
    }
    interface.polling.make(device, [&] { device.stop_polling(update_database); });
}

// --- clients ------------------------------------------------------------------------------------------------------------

// What the library calls a client address, with null for a request that comes from nobody: polling, start of the server.
struct Client {
    bool known = false;
    bool identified = false;
    std::string address;
    int language = 0;
    int process = 0;
    std::vector<unsigned long long> java_ident;
    std::string java_class;
};

inline Client client_of(Tango::DeviceImpl &device) {
    KnownThread thread;
    Client result;
    const Tango::client_addr *client = device.get_client_ident();
    if (client != nullptr) {
        result.known = true;
        result.identified = client->client_ident;
        result.address = client->client_ip;
        result.language = static_cast<int>(client->client_lang);
        result.process = static_cast<int>(client->client_pid);
        result.java_class = client->java_main_class;
        for (auto part : client->java_ident) {
            result.java_ident.push_back(static_cast<unsigned long long>(part));
        }
    }
    return result;
}

} // namespace tangopy
