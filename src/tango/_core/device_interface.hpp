// Attributes and commands that a device gets and loses while it runs.
#pragma once

#include "server_attr.hpp"

namespace tangopy {

// Cleaning a database that does not exist would crash.
inline bool uses_database() { return Tango::Util::_UseDb; }

// True if cppTango kept the object, false if it deleted it because the class knew such an attribute already.
inline bool has_attr(Tango::DeviceImpl &device, const Tango::Attr *attr) {
    for (const Tango::Attr *other : device.get_device_class()->get_class_attr()->get_attr_list()) {
        if (other == attr) {
            return true;
        }
    }
    return false;
}

inline Tango::Attribute *attribute_or_null(Tango::DeviceImpl &device, const std::string &name) {
    for (Tango::Attribute *attribute : device.get_device_attr()->get_attribute_list()) {
        if (TG_strcasecmp(attribute->get_name().c_str(), name.c_str()) == 0) {
            return attribute;
        }
    }
    return nullptr;
}

// The description that serves an attribute of a device; null if the device has no such attribute.
inline Tango::Attr *attr_behind(Tango::DeviceImpl &device, const std::string &name) {
    auto &attrs = device.get_device_class()->get_class_attr()->get_attr_list();
    Tango::Attribute *attribute = attribute_or_null(device, name);
    return attribute == nullptr ? nullptr : attrs[static_cast<std::size_t>(attribute->get_attr_idx())];
}

inline bool has_command(Tango::DeviceImpl &device, const Tango::Command *command) {
    for (const Tango::Command *other : device.get_local_command_list()) {
        if (other == command) {
            return true;
        }
    }
    for (const Tango::Command *other : device.get_device_class()->get_command_list()) {
        if (other == command) {
            return true;
        }
    }
    return false;
}

} // namespace tangopy
