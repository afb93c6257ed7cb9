// The administration device.
#pragma once

#include "polling_change.hpp"

#include <memory>
#include <vector>

namespace tangopy {

using Numbers = std::vector<long>;
using Texts = std::vector<std::string>;

inline Tango::DServer &as_dserver(Tango::DeviceImpl &device) { return static_cast<Tango::DServer &>(device); }

inline Texts texts_of(Tango::DevVarStringArray *reply) {
    std::unique_ptr<Tango::DevVarStringArray> owner(reply);
    Texts result;
    for (CORBA::ULong i = 0; i < reply->length(); ++i) {
        result.emplace_back((*reply)[i].in());
    }
    return result;
}

inline void fill(Tango::DevVarStringArray &target, const Texts &texts) {
    target.length(static_cast<CORBA::ULong>(texts.size()));
    for (CORBA::ULong i = 0; i < texts.size(); ++i) {
        target[i] = CORBA::string_dup(texts[i].c_str());
    }
}

inline Tango::DevVarLongStringArray long_string_array(const Numbers &numbers, const Texts &texts) {
    Tango::DevVarLongStringArray result;
    result.lvalue.length(static_cast<CORBA::ULong>(numbers.size()));
    for (CORBA::ULong i = 0; i < numbers.size(); ++i) {
        result.lvalue[i] = static_cast<Tango::DevLong>(numbers[i]);
    }
    fill(result.svalue, texts);
    return result;
}

inline Tango::DevVarStringArray dserver_strings(const Texts &texts) {
    Tango::DevVarStringArray result;
    fill(result, texts);
    return result;
}

// The device that is named first may be serving this thread's request; see polling_change.hpp.
template <class F> void change_polling(const Texts &texts, F &&change) {
    omni_thread::ensure_self known_to_omni;
    Tango::TangoMonitor *monitor = nullptr;
    try {
        monitor = is_polling_thread() || texts.empty() ? nullptr : monitor_of(*Tango::Util::instance(false)->get_device_by_name(texts[0]));
    } catch (const Tango::DevFailed &) {
        // the library will say that there is no such device
    }
    without_monitor(monitor, change);
}

inline void add_obj_polling(Tango::DServer &server, const Numbers &numbers, const Texts &texts, bool update_database, int delta) {
    auto argument = long_string_array(numbers, texts);
    change_polling(texts, [&] { server.add_obj_polling(&argument, update_database, delta); });
}
inline void upd_obj_polling_period(Tango::DServer &server, const Numbers &numbers, const Texts &texts, bool update_database) {
    auto argument = long_string_array(numbers, texts);
    change_polling(texts, [&] { server.upd_obj_polling_period(&argument, update_database); });
}
inline void rem_obj_polling(Tango::DServer &server, const Texts &texts, bool update_database) {
    auto argument = dserver_strings(texts);
    change_polling(texts, [&] { server.rem_obj_polling(&argument, update_database); });
}

// Without a database cppTango 9.3 has no thread for the heartbeat, and would wait for it for ever.
inline bool has_heartbeat() { return TANGOPY_HAS_NODB_HEARTBEAT || Tango::Util::_UseDb; }

inline void add_event_heartbeat(Tango::DServer &server) {
    omni_thread::ensure_self known_to_omni;
    if (has_heartbeat()) {
        server.add_event_heartbeat();
    }
}
inline void rem_event_heartbeat(Tango::DServer &server) {
    omni_thread::ensure_self known_to_omni;
    if (has_heartbeat()) {
        server.rem_event_heartbeat();
    }
}

// Locks belong to clients, and only a request has one: elsewhere the library looks for it in vain and crashes.
inline void need_client(Tango::DServer &server, const char *what) {
    omni_thread::ensure_self known_to_omni;
    if (server.get_client_ident() == nullptr) {
        Tango::Except::throw_exception("API_UnsupportedFeature", std::string(what) + " works only within a request of a client, who has the lock",
                                       "DServer");
    }
}
inline void lock_device(Tango::DServer &server, const Numbers &numbers, const Texts &texts) {
    need_client(server, "lock_device()");
    auto argument = long_string_array(numbers, texts);
    server.lock_device(&argument);
}
inline int un_lock_device(Tango::DServer &server, const Numbers &numbers, const Texts &texts) {
    need_client(server, "un_lock_device()");
    auto argument = long_string_array(numbers, texts);
    return server.un_lock_device(&argument);
}
inline void re_lock_devices(Tango::DServer &server, const Texts &texts) {
    need_client(server, "re_lock_devices()");
    auto argument = dserver_strings(texts);
    server.re_lock_devices(&argument);
}

struct LockStatus {
    Numbers numbers;
    Texts texts;
};

inline LockStatus dev_lock_status(Tango::DServer &server, const std::string &name) {
    std::unique_ptr<Tango::DevVarLongStringArray> reply(server.dev_lock_status(name.c_str()));
    LockStatus result;
    for (CORBA::ULong i = 0; i < reply->lvalue.length(); ++i) {
        result.numbers.push_back(reply->lvalue[i]);
    }
    for (CORBA::ULong i = 0; i < reply->svalue.length(); ++i) {
        result.texts.emplace_back(reply->svalue[i].in());
    }
    return result;
}

} // namespace tangopy
