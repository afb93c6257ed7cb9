// The names under which a server without a database sends its events.
//
// They begin with host and port of the server. If the database is a file, or the ORB chose the port, cppTango has no port
// there: the events of two servers on one host then have the same names, and a client takes one for the other.
#pragma once

#include "singletons.hpp"

#include <string>

#include <omniORB4/omniServer.h>
#include <omniORB4/internal/objectAdapter.h>

namespace tangopy {

// The port on which the ORB of this process listens; empty if it does not.
inline std::string listening_port() {
    const auto &endpoints = omni::omniObjAdapter::listMyEndpoints();
    for (CORBA::ULong i = 0; i < endpoints.length(); ++i) {
        std::string endpoint = endpoints[i].in();
        if (endpoint.compare(0, 9, "giop:tcp:") == 0) {
            return endpoint.substr(endpoint.rfind(':') + 1);
        }
    }
    return {};
}

#if TANGOPY_REACHES_SINGLETONS

// A thread may still be looking at the supplier that was replaced; when that has ended, forget_replaced_supplier() may come.
inline Tango::ZmqEventSupplier *&replaced_supplier() {
    static Tango::ZmqEventSupplier *supplier = nullptr;
    return supplier;
}

inline void forget_replaced_supplier() {
    delete replaced_supplier();
    replaced_supplier() = nullptr;
}

inline void name_events(Tango::Util &util) {
    const std::string port = listening_port();
    bool has_database = Tango::Util::_UseDb && !Tango::Util::_FileDb;
    if (!has_database && !port.empty() && util.get_svr_port_num() != port) {
        util.get_svr_port_num() = port;
        replaced_supplier() = the_event_supplier();
        the_event_supplier()->get_fqdn_prefix().clear();
        the_event_supplier() = nullptr;
        util.create_zmq_event_supplier();
    }
}

#else

inline void name_events(Tango::Util &) {}
inline void forget_replaced_supplier() {}

#endif

} // namespace tangopy
