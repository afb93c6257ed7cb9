// The class of cppTango that sends events, which tango.h leaves out.
#pragma once

#include "compat.hpp"

#if TANGOPY_HAS_FLAT_HEADERS
#include <eventsupplier.h>
#elif TANGOPY_HAS_HEADER_PER_CLASS
#include <tango/server/ZmqEventSupplier.h>
#else
#include <tango/server/eventsupplier.h>
#endif
