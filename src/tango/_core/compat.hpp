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

#include <memory>
#include <string>

#define TANGOPY_VERSION (TANGO_VERSION_MAJOR * 10000 + TANGO_VERSION_MINOR * 100 + TANGO_VERSION_PATCH)

#if TANGOPY_VERSION < 90304
#error "cytango needs cppTango 9.3.4 or newer"
#endif

namespace tangopy {

constexpr int tango_version = TANGOPY_VERSION;
constexpr bool has_alarm_events = TANGOPY_VERSION >= 100000;
constexpr bool has_idl6 = TANGOPY_VERSION >= 100000;
constexpr bool has_pipes = TANGOPY_VERSION < 100100;

inline std::string built_with_version() {
    return std::to_string(TANGO_VERSION_MAJOR) + "." + std::to_string(TANGO_VERSION_MINOR) + "." +
           std::to_string(TANGO_VERSION_PATCH);
}

// The one clear error for what the library in use cannot do.
[[noreturn]] inline void unsupported(const char *feature, const char *needed) {
    std::string text = std::string(feature) + " needs cppTango " + needed + " or newer; this build uses " +
                       built_with_version();
    Tango::DevErrorList errors(1);
    errors.length(1);
    errors[0].reason = CORBA::string_dup("API_NotSupportedFeature");
    errors[0].desc = CORBA::string_dup(text.c_str());
    errors[0].origin = CORBA::string_dup("cytango");
    errors[0].severity = Tango::ERR;
    throw Tango::NonSupportedFeature(errors);
}

} // namespace tangopy
