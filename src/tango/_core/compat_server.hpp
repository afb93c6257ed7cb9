// Classes of the library's servers that tango.h leaves out: where they are declared depends on the version.
#pragma once

#include "compat.hpp"

#if TANGOPY_HAS_FLAT_HEADERS
#include <dserverclass.h>
#include <dserversignal.h>
#include <eventsupplier.h>
#elif TANGOPY_HAS_HEADER_PER_CLASS
#include <tango/server/DServerClass.h>
#include <tango/server/DServerSignal.h>
#include <tango/server/ZmqEventSupplier.h>
#else
#include <tango/server/dserverclass.h>
#include <tango/server/dserversignal.h>
#include <tango/server/eventsupplier.h>
#endif
