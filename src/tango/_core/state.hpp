// State and status of a device. CORBA gives these two requests no errors of their own: where a device raises one, cppTango
// sends IMP_LIMIT or a text that says nothing. The commands of the same names can tell what it was, so they are asked then.
#pragma once

#include "compat.hpp"

#include <cstring>
#include <string>

namespace tangopy {

inline bool hides_an_error(const Tango::CommunicationFailed &error) {
    return error.errors.length() > 0 && std::strstr(error.errors[0].desc.in(), "IMP_LIMIT") != nullptr;
}

inline bool hides_an_error(const std::string &status) {
    return status.rfind("Got exception", 0) == 0 && status.find("when trying to build device status") != std::string::npos;
}

template <class T> T result_of(Tango::DeviceProxy &device, const char *command) {
    T value{};
    device.command_inout(command) >> value;
    return value;
}

inline Tango::DevState state_of(Tango::DeviceProxy &device) {
    try {
        return device.state();
    } catch (const Tango::CommunicationFailed &error) {
        if (!hides_an_error(error)) {
            throw;
        }
    }
    return result_of<Tango::DevState>(device, "State");
}

inline std::string status_of(Tango::DeviceProxy &device) {
    std::string status = device.status();
    return hides_an_error(status) ? result_of<std::string>(device, "Status") : status;
}

} // namespace tangopy
