// The configuration of a device's attributes, in the form of each interface version, and the versions that it tells of.
#pragma once

#include "structs.hpp"

#include <utility>

namespace tangopy {

// --- what travels: CORBA's own strings and sequences ---------------------------------------------------------------------

// Strings and lists of them in the tables below: where the C++ structure keeps them.
template <class Member> struct WireText {
    Member &member;
};
template <class Member> WireText<Member> text(Member &member) { return {member}; }

template <class Member> PyObject *field_to_py(const WireText<Member> &field) { return string_to_py(static_cast<const char *>(field.member)); }
template <class Member> bool field_from_py(PyObject *object, WireText<Member> &field) {
    std::string value;
    bool ok = string_from_py(object, value);
    if (ok) {
        field.member = CORBA::string_dup(value.c_str());
    }
    return ok;
}

inline PyObject *wire_strings_to_py(const Tango::DevVarStringArray &strings) {
    PyObject *result = PyList_New(strings.length());
    for (CORBA::ULong i = 0; result != nullptr && i < strings.length(); ++i) {
        PyObject *item = string_to_py(strings[i].in());
        if (item == nullptr) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, i, item);
        }
    }
    return result;
}

inline bool wire_strings_from_py(PyObject *object, Tango::DevVarStringArray &strings) {
    std::vector<std::string> values;
    if (!vector_from_py(object, values)) {
        return false;
    }
    strings.length(static_cast<CORBA::ULong>(values.size()));
    for (CORBA::ULong i = 0; i < values.size(); ++i) {
        strings[i] = CORBA::string_dup(values[i].c_str());
    }
    return true;
}

struct WireTexts {
    Tango::DevVarStringArray &member;
};
inline WireTexts texts(Tango::DevVarStringArray &member) { return {member}; }
inline PyObject *field_to_py(const WireTexts &field) { return wire_strings_to_py(field.member); }
inline bool field_from_py(PyObject *object, WireTexts &field) { return wire_strings_from_py(object, field.member); }

// --- tables -------------------------------------------------------------------------------------------------------------

template <class F> void fields(Tango::AttributeAlarm &s, F &&f) {
    f("min_alarm", text(s.min_alarm));
    f("max_alarm", text(s.max_alarm));
    f("min_warning", text(s.min_warning));
    f("max_warning", text(s.max_warning));
    f("delta_t", text(s.delta_t));
    f("delta_val", text(s.delta_val));
    f("extensions", texts(s.extensions));
}
template <class F> void fields(Tango::ChangeEventProp &s, F &&f) {
    f("rel_change", text(s.rel_change));
    f("abs_change", text(s.abs_change));
    f("extensions", texts(s.extensions));
}
template <class F> void fields(Tango::PeriodicEventProp &s, F &&f) {
    f("period", text(s.period));
    f("extensions", texts(s.extensions));
}
template <class F> void fields(Tango::ArchiveEventProp &s, F &&f) {
    f("rel_change", text(s.rel_change));
    f("abs_change", text(s.abs_change));
    f("period", text(s.period));
    f("extensions", texts(s.extensions));
}
template <class F> void fields(Tango::EventProperties &s, F &&f) {
    f("ch_event", s.ch_event);
    f("per_event", s.per_event);
    f("arch_event", s.arch_event);
}
// What is the same in all versions.
template <class S, class F> void common_fields(S &s, F &&f) {
    f("name", text(s.name));
    f("writable", s.writable);
    f("data_format", s.data_format);
    f("data_type", coded<Tango::CmdArgType>(s.data_type));
    f("max_dim_x", s.max_dim_x);
    f("max_dim_y", s.max_dim_y);
    f("description", text(s.description));
    f("label", text(s.label));
    f("unit", text(s.unit));
    f("standard_unit", text(s.standard_unit));
    f("display_unit", text(s.display_unit));
    f("format", text(s.format));
    f("min_value", text(s.min_value));
    f("max_value", text(s.max_value));
    f("writable_attr_name", text(s.writable_attr_name));
    f("extensions", texts(s.extensions));
}
template <class F> void fields(Tango::AttributeConfig &s, F &&f) {
    common_fields(s, f);
    f("min_alarm", text(s.min_alarm));
    f("max_alarm", text(s.max_alarm));
}
template <class F> void fields(Tango::AttributeConfig_2 &s, F &&f) {
    common_fields(s, f);
    f("level", s.level);
    f("min_alarm", text(s.min_alarm));
    f("max_alarm", text(s.max_alarm));
}
template <class F> void fields(Tango::AttributeConfig_3 &s, F &&f) {
    common_fields(s, f);
    f("level", s.level);
    f("att_alarm", s.att_alarm);
    f("event_prop", s.event_prop);
    f("sys_extensions", texts(s.sys_extensions));
}

// --- reading and writing ------------------------------------------------------------------------------------------------

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
    for (const auto &entry : device.get_version_info()) {
        result.emplace_back(entry.first, entry.second);
    }
    return result;
}
template <class Device> Versions versions_of(Device &, long) { return {}; }

inline bool add_version_info(Tango::DeviceImpl &device, const std::string &key, const std::string &value) {
    return add_version(device, key, value, 0);
}
inline Versions version_info(Tango::DeviceImpl &device) { return versions_of(device, 0); }

} // namespace tangopy
