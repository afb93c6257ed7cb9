// What cppTango makes once in a process and never unmakes, or only together with what clients have.
#pragma once

#include "compat_server.hpp"
#include "lent.hpp"

#if TANGOPY_REACHES_SINGLETONS

namespace tangopy {

struct TheUtil {
    friend auto lent(TheUtil);
};
struct TheDServerClass {
    friend auto lent(TheDServerClass);
};
struct TheEventSupplier {
    friend auto lent(TheEventSupplier);
};
struct TheApiUtil {
    friend auto lent(TheApiUtil);
};
template struct Lent<TheUtil, &Tango::Util::_instance>;
template struct Lent<TheDServerClass, &Tango::DServerClass::_instance>;
template struct Lent<TheEventSupplier, &Tango::ZmqEventSupplier::_instance>;
template struct Lent<TheApiUtil, &Tango::ApiUtil::_instance>;

inline Tango::Util *&the_util() { return *lent(TheUtil{}); }
inline Tango::DServerClass *&the_dserver_class() { return *lent(TheDServerClass{}); }
inline Tango::ZmqEventSupplier *&the_event_supplier() { return *lent(TheEventSupplier{}); }
inline Tango::ApiUtil *&the_api_util() { return *lent(TheApiUtil{}); }

// Util::init() tells the library of its instance when all is made, which is too late for the threads made on the way: they ask for
// it, and end the process if it is not there. So here it is known from its beginning.
#if TANGOPY_HAS_UTIL_CLEANUP

// A class could not be derived from it, as its destructor is private.
#ifdef __APPLE__
void construct_util(void *place, int argc, char **argv) __asm__("__ZN5Tango4UtilC1EiPPc");
#else
void construct_util(void *place, int argc, char **argv) __asm__("_ZN5Tango4UtilC1EiPPc");
#endif

inline Tango::Util *make_util(int argc, char **argv) {
    void *place = ::operator new(sizeof(Tango::Util));
    the_util() = static_cast<Tango::Util *>(place);
    try {
        construct_util(place, argc, argv);
    } catch (...) {
        the_util() = nullptr;
        ::operator delete(place);
        throw;
    }
    return the_util();
}

// The library would delete what the clients of the process have, too, if it knew of that.
inline void delete_util(Tango::Util *) {
    Tango::ApiUtil *clients = the_api_util();
    the_api_util() = nullptr;
    Tango::Util::cleanup();
    the_api_util() = clients;
}

#else

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

#endif

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
