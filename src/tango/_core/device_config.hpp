// The configuration of a device's attributes, in the form of each interface version, and the versions that it tells of.
#pragma once

#include "structs.hpp"

#include <utility>

namespace tangopy {

template <class List> PyObject *configs_to_py(const List &configs) {
    PyObject *result = PyList_New(configs.length());
    for (CORBA::ULong i = 0; result != nullptr && i < configs.length(); ++i) {
        PyObject *item = struct_to_py(configs[i]);
        if (item == nullptr) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, i, item);
        }
    }
    return result;
}

// `items` is a list.
template <class List> bool configs_from_py(PyObject *items, List &configs) {
    configs.length(static_cast<CORBA::ULong>(PyList_GET_SIZE(items)));
    bool ok = true;
    for (CORBA::ULong i = 0; ok && i < configs.length(); ++i) {
        ok = struct_from_py(PyList_GET_ITEM(items, i), configs[i]);
    }
    return ok;
}

inline Tango::DevVarStringArray names_of(const std::vector<std::string> &names) {
    Tango::DevVarStringArray result;
    result.length(static_cast<CORBA::ULong>(names.size()));
    for (CORBA::ULong i = 0; i < names.size(); ++i) {
        result[i] = CORBA::string_dup(names[i].c_str());
    }
    return result;
}

inline Tango::AttributeConfigList *get_config(Tango::DeviceImpl &device, const std::vector<std::string> &names) {
    return device.get_attribute_config(names_of(names));
}
inline Tango::AttributeConfigList_2 *get_config_2(Tango::DeviceImpl &device, const std::vector<std::string> &names) {
    return dynamic_cast<Tango::Device_2Impl &>(device).get_attribute_config_2(names_of(names));
}
inline Tango::AttributeConfigList_3 *get_config_3(Tango::DeviceImpl &device, const std::vector<std::string> &names) {
    return dynamic_cast<Tango::Device_3Impl &>(device).get_attribute_config_3(names_of(names));
}
inline void set_config(Tango::DeviceImpl &device, const Tango::AttributeConfigList &configs) { device.set_attribute_config(configs); }
inline void set_config_3(Tango::DeviceImpl &device, const Tango::AttributeConfigList_3 &configs) {
    dynamic_cast<Tango::Device_3Impl &>(device).set_attribute_config_3(configs);
}

// --- versions -----------------------------------------------------------------------------------------------------------

using Versions = std::vector<std::pair<std::string, std::string>>;

// The library keeps them, and clients see them, from cppTango 10 on. False: it does not.
template <class Device> auto add_version(Device &device, const std::string &key, const std::string &value, int)
    -> decltype(device.add_version_info(key, value), true) {
    device.add_version_info(key, value);
    return true;
}
template <class Device> bool add_version(Device &, const std::string &, const std::string &, long) { return false; }

template <class Device> auto versions_of(Device &device, int) -> decltype(device.get_version_info(), Versions()) {
    Versions result;
    auto entries = device.get_version_info();
    for (CORBA::ULong i = 0; i < entries.length(); ++i) {
        result.emplace_back(entries[i].key.in(), entries[i].value.in());
    }
    return result;
}
template <class Device> Versions versions_of(Device &, long) { return {}; }

inline bool add_version_info(Tango::DeviceImpl &device, const std::string &key, const std::string &value) {
    return add_version(device, key, value, 0);
}
inline Versions version_info(Tango::DeviceImpl &device) { return versions_of(device, 0); }

} // namespace tangopy
