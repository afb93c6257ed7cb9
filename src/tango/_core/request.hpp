// Where a request to read attributes comes from.
//
// A client in the server's own process gets the reply without any message: nothing is copied on the way, and it would look at
// the device's own arrays while the device is read again or deleted. So only values for other processes share their memory
// with the device.
#pragma once

#include "read_locks.hpp"

#include <cstring>
#include <omniORB4/callHandle.h>
#include <utility>

namespace tangopy {

// The request that this thread works on. Only the device module may ask: each module has its own.
struct Request {
    bool arrived = false; // a message of another process asks for values, and they are about to be read
    bool remote = false;  // values are being read for another process
    ReadLocks *locks = nullptr;
};

inline Request &this_request() {
    static thread_local Request request;
    return request;
}

inline void request_arrives(const omniCallHandle &call) {
    const char *operation = call.operation_name();
    this_request().arrived =
        std::strcmp(operation, "read_attributes_5") == 0 || std::strcmp(operation, "write_read_attributes_5") == 0;
}

// For as long as values are read; a device may read another one, or itself, meanwhile.
class ReadingScope {
public:
    explicit ReadingScope(const Tango::DevVarStringArray &names)
        : locks_(Tango::Util::instance()->get_serial_model() == Tango::NO_SYNC, names.length()), outer_(this_request()) {
        this_request() = {false, outer_.arrived, &locks_};
    }
    ~ReadingScope() {
        this_request() = outer_;
        this_request().arrived = false;
    }
    ReadingScope(const ReadingScope &) = delete;
    ReadingScope &operator=(const ReadingScope &) = delete;

    // A reply holds the lock of each attribute until it is sent. One that shares no memory need not, and must not: the
    // attribute may be gone when a client in this process drops it.
    Tango::AttributeValueList_5 *finished(Tango::AttributeValueList_5 *values) const {
        if (!this_request().remote) {
            for (CORBA::ULong i = 0; i < values->length(); ++i) {
                (*values)[i].rel_attr_mutex();
            }
        }
        return values;
    }

private:
    ReadLocks locks_;
    const Request outer_;
};

// When cppTango asks for the state it reads attributes without locks.
class StateScope {
public:
    StateScope() : outer_(std::exchange(this_request().locks, nullptr)) {}
    ~StateScope() { this_request().locks = outer_; }
    StateScope(const StateScope &) = delete;
    StateScope &operator=(const StateScope &) = delete;

private:
    ReadLocks *outer_;
};

// For the module of attributes.
using LocksOfThread = ReadLocks *(*)();
inline LocksOfThread locks_of_thread() {
    return [] { return this_request().locks; };
}

} // namespace tangopy
