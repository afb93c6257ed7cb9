// Where a request to read attributes comes from.
//
// A client in the server's own process gets the reply without any message: nothing is copied on the way, and it would look at
// the device's own arrays while the device is read again or deleted. So only values for other processes share their memory
// with the device.
#pragma once

#include "read_locks.hpp"
#include "types.hpp"

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

inline bool concerns_attributes(const omniCallHandle &call) { return std::strstr(call.operation_name(), "attribute") != nullptr; }

// Older clients use older operations, whose arguments nobody looks at here.
inline bool names_are_known(const omniCallHandle &call) {
    const char *operation = call.operation_name();
    for (const char *older : {"read_attributes", "read_attributes_2", "read_attributes_3", "read_attributes_4", "write_attributes",
                              "write_attributes_3", "write_read_attributes_4"}) {
        if (std::strcmp(operation, older) == 0) {
            return false;
        }
    }
    return true;
}

// Has a value keep no memory of the C++ attribute, which other requests change and which may be removed.
inline void take_over(Tango::AttributeValue_5 &value) {
    if (value.value._d() == Tango::ATT_NO_DATA || value.value._d() == Tango::DEVICE_STATE) {
        return;
    }
    visit(value.data_type, [&](auto element) {
        own_memory(member_of<decltype(element)::type>(value.value));
    });
}

// For as long as values are read; a device may read another one, or itself, meanwhile.
class ReadingScope {
public:
    explicit ReadingScope(const Tango::DevVarStringArray &names)
        : locks_(Tango::Util::instance()->get_serial_model() == Tango::NO_SYNC, names.length(), this_request().locks),
          outer_(this_request()) {
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
                take_over((*values)[i]);
                (*values)[i].rel_attr_mutex();
            }
        }
        return values;
    }

private:
    ReadLocks locks_;
    const Request outer_;
};

// Before the attributes of a request are locked: a method that reads an attribute whose lock its own request holds would wait for
// ever, and the server could not be stopped.
inline void refuse_to_wait_for_itself(Tango::DeviceImpl &device, const std::vector<long> &indexes) {
    const ReadLocks *locks = this_request().locks;
    if (locks == nullptr || !locks->is_inside_another()) {
        return;
    }
    for (long index : indexes) {
        Tango::Attribute &attribute = device.get_device_attr()->get_attr_by_ind(index);
        if (locks->waits_for_itself(attribute)) {
            Tango::Except::throw_exception("PyDs_Deadlock",
                                           "attribute " + attribute.get_name() + " of " + device.get_name() +
                                               " is being read, by a method that reads it again through a proxy; that would wait "
                                               "for itself",
                                           "Device");
        }
    }
}

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
