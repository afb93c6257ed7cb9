// Proxies of attributes, made so that they can be used.
//
// The constructor of cppTango asks the device for the attribute. If the answer is an error that it does not know it deletes the
// proxy of the device, and goes on: what it has made ends the program when it is used. Up to 9.5 this is so for each device that
// is not running, since the proxy has just tried to connect, and a second try within a second is such an error.
#pragma once

#include "compat.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace tangopy {

using AttributePtr = std::unique_ptr<Tango::AttributeProxy>;

enum class Answer { yes, no_connection };

// Asks what the constructor is going to ask, and throws what it would not survive.
inline Answer ask_for(Tango::DeviceProxy &device, const std::string &attribute) {
    try {
        device.get_attribute_config(attribute);
        return Answer::yes;
    } catch (const Tango::ConnectionFailed &) {
    } catch (const Tango::CommunicationFailed &) {
    } catch (const Tango::DevFailed &error) {
        const std::string reason = error.errors[0].reason.in();
        if (reason == "API_AttrNotFound") {
            return Answer::yes; // the constructor says so in its own words
        }
        if (reason != "API_CantConnectToDevice") {
            throw;
        }
    }
    return Answer::no_connection;
}

// Sees to it that the constructor survives the device's answer; true if this proxy had to wait until it may try again.
inline bool had_to_wait_for(Tango::DeviceProxy &device, const std::string &attribute) {
    const bool too_early = ask_for(device, attribute) == Answer::no_connection && TANGOPY_NEW_ATTRIBUTES_NEED_PATIENCE;
    if (too_early) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1050));
    }
    return too_early;
}

inline AttributePtr attribute_of(Tango::DeviceProxy &device, const std::string &attribute) {
    had_to_wait_for(device, attribute);
    return std::make_unique<Tango::AttributeProxy>(&device, attribute.c_str());
}

inline AttributePtr attribute_named(const std::string &name) {
    const std::size_t options = std::min(name.find('#'), name.size());
    const std::size_t slash = name.rfind('/', options);
    if (slash == std::string::npos || slash == 0 || name[slash - 1] == '/' || name[slash - 1] == ':') {
        return std::make_unique<Tango::AttributeProxy>(name.c_str()); // an alias
    }
    const std::string attribute = name.substr(slash + 1, options - slash - 1);
    std::unique_ptr<Tango::DeviceProxy> device;
    try {
        device = std::make_unique<Tango::DeviceProxy>((name.substr(0, slash) + name.substr(options)).c_str());
    } catch (const Tango::DevFailed &) {
        return std::make_unique<Tango::AttributeProxy>(name.c_str()); // fails too, in words about the attribute
    }
    if (had_to_wait_for(*device, attribute)) { // a new proxy of the device would need it, too
        return std::make_unique<Tango::AttributeProxy>(device.get(), attribute.c_str());
    }
    return std::make_unique<Tango::AttributeProxy>(name.c_str());
}

} // namespace tangopy
