// The one place that looks at the version of cppTango.
//
// 9.3 keeps its headers flat in .../include/tango, later versions in <tango/...>. What one version lacks or spells
// otherwise gets one answer here, so that the other files are the same for all of them.
#pragma once

#if __has_include(<tango/tango.h>) && !__has_include(<tango/devapi.h>)
#include <tango/tango.h>
#else
#include <tango.h>
#endif

#ifdef _WIN32
#undef interface // Windows' headers say that for struct
#endif

#include <cmath>
#include <memory>
#include <string>
#include <type_traits>

#define TANGOPY_VERSION (TANGO_VERSION_MAJOR * 10000 + TANGO_VERSION_MINOR * 100 + TANGO_VERSION_PATCH)

#if TANGOPY_VERSION < 90304
#error "cytango needs cppTango 9.3.4 or newer"
#endif

// For #if; what the compiler understands in either case is asked with the constants below.
#define TANGOPY_HAS_EVENT_SUB_MODE (TANGOPY_VERSION >= 100100)
#define TANGOPY_HAS_EVENT_CONSUMER_POINTER (TANGOPY_VERSION < 100100)
#define TANGOPY_HAS_EVENT_SYSTEM_QUERY (TANGOPY_VERSION >= 100300)
#define TANGOPY_HAS_TELEMETRY_CALLS (TANGOPY_VERSION >= 100300)
#define TANGOPY_HAS_NODB_HEARTBEAT (TANGOPY_VERSION >= 90400)
#define TANGOPY_LOG_HAS_SOURCE (TANGOPY_VERSION >= 90400)
#define TANGOPY_HAS_FLAT_HEADERS (TANGOPY_VERSION < 90400)
#define TANGOPY_NEW_ATTRIBUTES_NEED_PATIENCE (TANGOPY_VERSION < 100000)
#define TANGOPY_HAS_UTIL_CLEANUP (TANGOPY_VERSION >= 100300)
#define TANGOPY_HAS_HEADER_PER_CLASS (TANGOPY_VERSION >= 100300)
#define TANGOPY_PUSHES_WAIT_FOR_EACH_OTHER (TANGOPY_VERSION >= 90400)

// What the library keeps to itself has a symbol all the same, but for data that is not enough on Windows.
#ifdef _WIN32
#define TANGOPY_REACHES_SINGLETONS 0
#else
#define TANGOPY_REACHES_SINGLETONS 1
#endif
#define TANGOPY_HAS_PIPES (TANGOPY_VERSION < 100100)

namespace tangopy {

constexpr int tango_version = TANGOPY_VERSION;
constexpr bool has_alarm_events = TANGOPY_VERSION >= 100000;
constexpr bool has_idl6 = TANGOPY_VERSION >= 100000;
constexpr bool has_pipes = TANGOPY_HAS_PIPES;
constexpr bool writes_no_encoded_lists = TANGOPY_VERSION < 90400;
constexpr bool has_event_sub_mode = TANGOPY_HAS_EVENT_SUB_MODE;
constexpr bool has_event_reason = TANGOPY_VERSION >= 100100;
// The proxy of the first subscription to an event serves all others.
constexpr bool has_one_proxy_per_event = TANGOPY_VERSION < 90400;

inline std::string built_with_version() {
    return std::to_string(TANGO_VERSION_MAJOR) + "." + std::to_string(TANGO_VERSION_MINOR) + "." +
           std::to_string(TANGO_VERSION_PATCH);
}

// Of the library that is loaded, which need not be the one of the headers. It gives 1033 for 10.3.3: minor and patch
// numbers have had one digit in all releases.
inline std::string library_version() {
    long number = Tango::_convert_tango_lib_release();
    return std::to_string(number / 100) + "." + std::to_string(number / 10 % 10) + "." + std::to_string(number % 10);
}

// The one clear error for what the library in use cannot do.
[[noreturn]] inline void refuse(const std::string &what_it_needs) {
    std::string text = what_it_needs + "; this build uses " + built_with_version();
    Tango::DevErrorList errors(1);
    errors.length(1);
    errors[0].reason = CORBA::string_dup("API_NotSupportedFeature");
    errors[0].desc = CORBA::string_dup(text.c_str());
    errors[0].origin = CORBA::string_dup("cytango");
    errors[0].severity = Tango::ERR;
    throw Tango::NonSupportedFeature(errors);
}

[[noreturn]] inline void unsupported(const char *feature, const char *needed) {
    refuse(std::string(feature) + " needs cppTango " + needed + " or newer");
}

[[noreturn]] inline void no_pipes() { refuse("Pipes need cppTango 9.3 to 10.0, later versions have none"); }

// --- servers ---------------------------------------------------------------------------------------------------------

#if TANGOPY_VERSION >= 100000
using LatestDevice = Tango::Device_6Impl;
#define TANGOPY_OVERRIDE_10 override
#else
using LatestDevice = Tango::Device_5Impl;
#define TANGOPY_OVERRIDE_10
#endif

// Later versions hide the thread that restarts a server.
#if TANGOPY_VERSION < 100300
#define TANGOPY_RESTART_THREAD
#endif

#if TANGOPY_VERSION < 90400
} // namespace tangopy
extern omni_thread::key_t key_py_data; // of the library, which no header declares
namespace tangopy {
#endif

// For threads of ours that run code of a server's own commands. cppTango 9.3 uses the data that it gives to its own threads
// without asking whether this one has any.
class ServerThread {
public:
    ServerThread() {
#if TANGOPY_VERSION < 90400
        omni_thread *self = omni_thread::self();
        if (self->get_value(key_py_data) == nullptr) {
            self->set_value(key_py_data, new Tango::PyData); // belongs to the thread from now on
        }
#endif
    }

private:
    omni_thread::ensure_self known_to_omni_;
};

// 9.3 takes `string &` where later versions take `const string &`.
inline std::string &lvalue(const std::string &text) { return const_cast<std::string &>(text); }

#if TANGOPY_VERSION >= 100000
using Timestamp = Tango::TangoTimestamp;
#else
using Timestamp = struct timeval;
#endif

inline struct timeval timeval_of(double seconds) {
    struct timeval time;
    time.tv_sec = static_cast<decltype(time.tv_sec)>(std::floor(seconds));
    time.tv_usec = static_cast<decltype(time.tv_usec)>((seconds - std::floor(seconds)) * 1e6 + 0.5);
    if (time.tv_usec >= 1000000) {
        time.tv_sec += 1;
        time.tv_usec -= 1000000;
    }
    return time;
}

inline Timestamp timestamp(double seconds) { return Timestamp(timeval_of(seconds)); }

inline void set_alarm_event(Tango::Attr &attr, bool implemented, bool detect) {
#if TANGOPY_VERSION >= 100000
    attr.set_alarm_event(implemented, detect);
#else
    (void)attr, (void)implemented, (void)detect;
    unsupported("set_alarm_event() (alarm events)", "10.0");
#endif
}

inline void set_alarm_event(Tango::Attribute &attribute, bool implemented, bool detect) {
#if TANGOPY_VERSION >= 100000
    attribute.set_alarm_event(implemented, detect);
#else
    (void)attribute, (void)implemented, (void)detect;
    unsupported("set_alarm_event() (alarm events)", "10.0");
#endif
}

// Of an attribute of a device or of its description.
template <class T> bool is_alarm_event(T &attribute) {
    if constexpr (has_alarm_events) {
        return attribute.is_alarm_event();
    } else {
        (void)attribute;
        return false;
    }
}

template <class T> bool is_check_alarm_criteria(T &attribute) {
    if constexpr (has_alarm_events) {
        return attribute.is_check_alarm_criteria();
    } else {
        (void)attribute;
        return false;
    }
}

// Whether a client listens to events of a kind.
inline bool event_subscribed(Tango::Attribute &attribute, int event) {
#if TANGOPY_VERSION >= 100300
    return attribute.is_event_subscribed(static_cast<Tango::EventType>(event));
#else
    switch (event) {
    case Tango::CHANGE_EVENT:
        return attribute.change_event_subscribed();
    case Tango::PERIODIC_EVENT:
        return attribute.periodic_event_subscribed();
    case Tango::ARCHIVE_EVENT:
        return attribute.archive_event_subscribed();
    case Tango::USER_EVENT:
        return attribute.user_event_subscribed();
    case Tango::ATTR_CONF_EVENT:
        return attribute.attr_conf_event_subscribed();
    case Tango::DATA_READY_EVENT:
        return attribute.data_ready_event_subscribed();
#if TANGOPY_VERSION >= 100000
    case Tango::ALARM_EVENT:
        return attribute.alarm_event_subscribed();
#endif
    default:
        return false;
    }
#endif
}

inline void fire_alarm_event(Tango::Attribute &attribute, Tango::DevFailed *error) {
#if TANGOPY_VERSION >= 100000
    attribute.fire_alarm_event(error);
#else
    (void)attribute, (void)error;
    unsupported("push_alarm_event() (alarm events)", "10.0");
#endif
}

inline void reset_value(Tango::Attribute &attribute) {
#if TANGOPY_VERSION >= 100300
    attribute.reset_value();
#else
    attribute.set_value_flag(false);
#endif
}

inline bool value_is_set(Tango::Attribute &attribute) {
#if TANGOPY_VERSION >= 100300
    return attribute.value_is_set();
#else
    return attribute.get_value_flag();
#endif
}

// Adds a result or an error to the buffer of something that is polled, which takes it over.
template <class T> void add_polled(Tango::PollObj &polled, T *value, double seconds) {
#if TANGOPY_VERSION >= 90400
    auto when = Tango::make_poll_time(timeval_of(seconds));
    auto needed = Tango::PollClock::duration::zero();
#else
    struct timeval when = timeval_of(seconds), needed = {0, 0};
    when.tv_sec -= Tango::DELTA_T;
#endif
    if constexpr (std::is_same_v<T, Tango::DevFailed>) {
        polled.insert_except(value, when, needed);
    } else {
        polled.insert_data(value, when, needed);
    }
}

// The value that a client wrote last, once its request is over.
template <class Sequence> Sequence &last_written(Tango::WAttribute &attribute);
#define TANGOPY_LAST_WRITTEN(Sequence, getter)                                                                              \
    template <> inline Tango::Sequence &last_written<Tango::Sequence>(Tango::WAttribute & attribute) {                     \
        return *attribute.getter();                                                                                         \
    }
TANGOPY_LAST_WRITTEN(DevVarShortArray, get_last_written_sh)
TANGOPY_LAST_WRITTEN(DevVarLongArray, get_last_written_lg)
TANGOPY_LAST_WRITTEN(DevVarDoubleArray, get_last_written_db)
TANGOPY_LAST_WRITTEN(DevVarStringArray, get_last_written_str)
TANGOPY_LAST_WRITTEN(DevVarFloatArray, get_last_written_fl)
TANGOPY_LAST_WRITTEN(DevVarBooleanArray, get_last_written_boo)
TANGOPY_LAST_WRITTEN(DevVarUShortArray, get_last_written_ush)
TANGOPY_LAST_WRITTEN(DevVarCharArray, get_last_written_uch)
TANGOPY_LAST_WRITTEN(DevVarLong64Array, get_last_written_lg64)
TANGOPY_LAST_WRITTEN(DevVarULong64Array, get_last_written_ulg64)
TANGOPY_LAST_WRITTEN(DevVarULongArray, get_last_written_ulg)
TANGOPY_LAST_WRITTEN(DevVarStateArray, get_last_written_state)
#undef TANGOPY_LAST_WRITTEN

// Makes the device classes of a server: called by cppTango when it starts and at each restart.
using ClassFactory = void (*)(Tango::DServer *);

#if TANGOPY_VERSION >= 100300
class OwnDServer final : public Tango::DServer {
public:
    OwnDServer(Tango::DeviceClass *device_class, const std::string &name, const std::string &description,
               Tango::DevState state, const std::string &status, ClassFactory factory)
        : Tango::DServer(device_class, name.c_str(), description.c_str(), state, status.c_str()), factory_(factory) {}
    void class_factory() override { factory_(this); }

private:
    ClassFactory factory_;
};
#endif

inline void set_class_factory(Tango::Util &util, ClassFactory factory) {
#if TANGOPY_VERSION >= 100300
    util.register_dserver_constructor([factory](Tango::DeviceClass *device_class, const std::string &name,
                                                const std::string &description, Tango::DevState state,
                                                const std::string &status) -> Tango::DServer * {
        return new OwnDServer(device_class, name, description, state, status, factory);
    });
#else
    (void)util;
    Tango::DServer::register_class_factory(factory);
#endif
}

inline void add_class(Tango::DServer &server, Tango::DeviceClass *device_class) {
#if TANGOPY_VERSION >= 100300
    server.add_class(device_class);
#else
    server._add_class(device_class);
#endif
}

} // namespace tangopy
