// What the compiler knows about this build.
#pragma once

#include "compat.hpp"

namespace tangopy {

constexpr int idl_version = has_idl6 ? 6 : 5;

#if defined(TANGO_USE_TELEMETRY)
constexpr bool has_telemetry = true;
#else
constexpr bool has_telemetry = false;
#endif

} // namespace tangopy
