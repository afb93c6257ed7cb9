// A call in flight, and the queue of its device (see async_engine.hpp).
#pragma once

#include "compat.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <string>

namespace tangopy {

class Call;
class Inbox;
using CallPtr = std::shared_ptr<Call>;

struct Server {
    int running = 0;
};

// The calls to one device, in their order.
struct Lane {
    Lane(std::shared_ptr<Server> host, unsigned forks) : server(std::move(host)), born(forks) {}

    const std::shared_ptr<Server> server;
    const unsigned born;
    std::deque<CallPtr> waiting;
    int running = 0;
    // How long its calls take, with more weight on the last ones; a guess at first.
    int typical_us = 500;
    bool in_turn = false;
};

// All that a call needs and brings belongs to C++, so that any thread may be the last to drop it.
class Call {
public:
    virtual ~Call() = default;

    // On a thread of the pool, or of a caller that waits; throws what the library throws.
    virtual void run() = 0;

    // On the thread that wants the result: throws what run() threw.
    void rethrow() const {
        if (error) {
            std::rethrow_exception(error);
        }
    }

    enum class State { fresh, waiting, running, cancelled };
    State state = State::fresh;
    enum class Claim { none, lingering, over };
    std::atomic<Claim> claim{Claim::none};
    std::uint64_t id = 0; // in its inbox
    std::exception_ptr error;
    std::shared_ptr<Inbox> inbox;
    std::shared_ptr<Lane> lane;
};

// Where the calls of a proxy queue up.
struct Place {
    std::string server;
    std::string device;
    std::shared_ptr<Lane> lane;
};

// The host and port in an object reference as text: "IOR:" and, in hexadecimal, byte order, type name, number of profiles, then
// the first profile with its version, host and port. Empty if it has another form.
inline std::string address_in(const char *ior) {
    std::string octets;
    for (const char *at = ior + 4; at[0] != '\0' && at[1] != '\0'; at += 2) {
        octets.push_back(static_cast<char>(std::stoi(std::string(at, 2), nullptr, 16)));
    }
    auto number = [&](std::size_t at, std::size_t size) {
        std::size_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t octet = static_cast<unsigned char>(octets.at(at + i));
            value = octets[0] == 1 ? value | (octet << (8 * i)) : (value << 8) | octet;
        }
        return value;
    };
    const std::size_t type_end = 8 + number(4, 4);
    const std::size_t profile = (type_end + 3) / 4 * 4 + 12; // past the number of profiles, the tag and the length of the first
    if (octets.at(profile) != octets[0]) {
        return {};
    }
    const std::size_t host_length = number(profile + 4, 4); // with the NUL
    const std::size_t port = profile + (8 + host_length + 1) / 2 * 2;
    return octets.substr(profile + 8, host_length - 1) + ":" + std::to_string(number(port, 2));
}

// To be called before anybody else knows the proxy: while one is connected its reference may change.
inline Place place_of(Tango::DeviceProxy &proxy) noexcept {
    Place place;
    try {
        place.device = proxy.dev_name();
        CORBA::Object_ptr device = proxy.get_device().in();
        if (!CORBA::is_nil(device)) {
            CORBA::ORB_var orb = Tango::ApiUtil::instance()->get_orb();
            CORBA::String_var ior = orb->object_to_string(device);
            place.server = address_in(ior.in());
        }
    } catch (...) {
        // Then it queues up with the others of which nothing is known.
    }
    return place;
}

} // namespace tangopy
