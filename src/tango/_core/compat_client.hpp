// What clients need of cppTango and what its versions do not all have.
#pragma once

#include "compat.hpp"

#include <string>
#include <vector>

namespace tangopy {

#if TANGOPY_HAS_EVENT_SYSTEM_QUERY
inline std::string query_event_system() { return Tango::ApiUtil::instance()->query_event_system(); }

inline void enable_event_system_perf_mon(bool on) { Tango::ApiUtil::instance()->enable_event_system_perf_mon(on); }
#else
inline std::string query_event_system() { unsupported("ApiUtil.query_event_system()", "10.3"); }

inline void enable_event_system_perf_mon(bool) { unsupported("ApiUtil.enable_event_system_perf_mon()", "10.3"); }
#endif

// --- telemetry of a device, which its server is asked for ---------------------------------------------------------------------

// In the order of tango.telemetry.TelemetryType.
enum class Signals { tracing, logging };

using Texts = std::vector<std::string>;

#if TANGOPY_HAS_TELEMETRY_CALLS
inline void start_telemetry(Tango::DeviceProxy &proxy) { proxy.start_telemetry(); }
inline void stop_telemetry(Tango::DeviceProxy &proxy) { proxy.stop_telemetry(); }
inline bool is_telemetry_enabled(Tango::DeviceProxy &proxy) { return proxy.is_telemetry_enabled(); }
inline void set_telemetry_topics(Tango::DeviceProxy &proxy, const Texts &topics) { proxy.set_telemetry_topics(topics); }
inline Texts get_telemetry_topics(Tango::DeviceProxy &proxy) { return proxy.get_telemetry_topics(); }
inline void switch_telemetry(Tango::DeviceProxy &proxy, Signals kind, bool on) {
    kind == Signals::tracing ? proxy.set_telemetry_tracing(on) : proxy.set_telemetry_logging(on);
}
inline bool has_telemetry(Tango::DeviceProxy &proxy, Signals kind) {
    return kind == Signals::tracing ? proxy.get_telemetry_tracing() : proxy.get_telemetry_logging();
}
inline void set_telemetry_endpoints(Tango::DeviceProxy &proxy, Signals kind, const Texts &pairs) {
    kind == Signals::tracing ? proxy.set_telemetry_tracing_endpoints(pairs) : proxy.set_telemetry_logging_endpoints(pairs);
}
inline Texts get_telemetry_endpoints(Tango::DeviceProxy &proxy, Signals kind) {
    return kind == Signals::tracing ? proxy.get_telemetry_tracing_endpoints() : proxy.get_telemetry_logging_endpoints();
}
inline void add_telemetry_endpoint(Tango::DeviceProxy &proxy, Signals kind, const Texts &pair) {
    kind == Signals::tracing ? proxy.add_telemetry_tracing_endpoint(pair) : proxy.add_telemetry_logging_endpoint(pair);
}
inline void remove_telemetry_endpoint(Tango::DeviceProxy &proxy, Signals kind, const Texts &pair) {
    kind == Signals::tracing ? proxy.remove_telemetry_tracing_endpoint(pair) : proxy.remove_telemetry_logging_endpoint(pair);
}
#else
[[noreturn]] inline void no_telemetry() { unsupported("Telemetry of a device", "10.3"); }

inline void start_telemetry(Tango::DeviceProxy &) { no_telemetry(); }
inline void stop_telemetry(Tango::DeviceProxy &) { no_telemetry(); }
inline bool is_telemetry_enabled(Tango::DeviceProxy &) { no_telemetry(); }
inline void set_telemetry_topics(Tango::DeviceProxy &, const Texts &) { no_telemetry(); }
inline Texts get_telemetry_topics(Tango::DeviceProxy &) { no_telemetry(); }
inline void switch_telemetry(Tango::DeviceProxy &, Signals, bool) { no_telemetry(); }
inline bool has_telemetry(Tango::DeviceProxy &, Signals) { no_telemetry(); }
inline void set_telemetry_endpoints(Tango::DeviceProxy &, Signals, const Texts &) { no_telemetry(); }
inline Texts get_telemetry_endpoints(Tango::DeviceProxy &, Signals) { no_telemetry(); }
inline void add_telemetry_endpoint(Tango::DeviceProxy &, Signals, const Texts &) { no_telemetry(); }
inline void remove_telemetry_endpoint(Tango::DeviceProxy &, Signals, const Texts &) { no_telemetry(); }
#endif

} // namespace tangopy
