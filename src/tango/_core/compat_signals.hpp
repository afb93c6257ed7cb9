// The library's thread of signals: where it is declared depends on the version.
#pragma once

#include "compat.hpp"

#ifndef _WIN32
#if TANGOPY_HAS_FLAT_HEADERS
#include <dserversignal.h>
#elif TANGOPY_HAS_HEADER_PER_CLASS
#include <tango/server/DServerSignal.h>
#else
#include <tango/server/dserversignal.h>
#endif
#endif
