// What cppTango makes once in a process and, before 10.3, never unmakes.
#pragma once

#include "compat.hpp"

#if !TANGOPY_HAS_UTIL_CLEANUP

#if TANGOPY_HAS_FLAT_HEADERS
#include <dserverclass.h>
#include <eventsupplier.h>
#else
#include <tango/server/dserverclass.h>
#include <tango/server/eventsupplier.h>
#endif

namespace tangopy {

// The library keeps these to itself, but in an explicit instantiation their names may be used all the same.
Tango::Util *&the_util();
Tango::DServerClass *&the_dserver_class();
Tango::ZmqEventSupplier *&the_event_supplier();
template <Tango::Util **where> struct UtilPlace {
    friend Tango::Util *&the_util() { return *where; }
};
template <Tango::DServerClass **where> struct DServerClassPlace {
    friend Tango::DServerClass *&the_dserver_class() { return *where; }
};
template <Tango::ZmqEventSupplier **where> struct EventSupplierPlace {
    friend Tango::ZmqEventSupplier *&the_event_supplier() { return *where; }
};
template struct UtilPlace<&Tango::Util::_instance>;
template struct DServerClassPlace<&Tango::DServerClass::_instance>;
template struct EventSupplierPlace<&Tango::ZmqEventSupplier::_instance>;

// Known to the library from its beginning. Util::init() tells it when all is made, which is too late for the threads made on the
// way: they ask for it, and end the process if it is not there.
class OwnUtil final : public Tango::Util {
public:
    OwnUtil(int argc, char **argv) : Tango::Util(argc, known(argv)) {}

private:
    char **known(char **argv) {
        the_util() = this;
        return argv;
    }
};

inline Tango::Util *make_util(int argc, char **argv) {
    try {
        return new OwnUtil(argc, argv);
    } catch (...) {
        the_util() = nullptr;
        throw;
    }
}

inline void delete_util(Tango::Util *util) {
    the_util() = nullptr;
    delete static_cast<OwnUtil *>(util);
}

inline void forget_event_supplier() {
    Tango::ZmqEventSupplier *&supplier = the_event_supplier();
    if (supplier != nullptr) {
        supplier->get_fqdn_prefix().clear(); // the address of its server, which the next one would take for its own
        delete supplier;
        supplier = nullptr;
    }
}

} // namespace tangopy

#else

namespace tangopy {

inline Tango::Util *make_util(int argc, char **argv) { return Tango::Util::init(argc, argv); }

} // namespace tangopy

#endif
