// DeviceData and its Any.
#pragma once

#include "any.hpp"

namespace tangopy {

inline CORBA::Any &any_of(Tango::DeviceData &data) { return data.any.inout(); }

// Takes the Any out of a reply, so that arrays may look at its memory.
inline CORBA::Any *take_any(Tango::DeviceData &data) { return data.any._retn(); }

} // namespace tangopy
