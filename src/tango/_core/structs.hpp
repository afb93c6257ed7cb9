// C++ structures <-> tango.structs: one table of fields each, read in both directions.
#pragma once

#include <Python.h>

#include "compat.hpp"
#include "compat_pipes.hpp"
#include "scalars.hpp"
#include "text.hpp"

#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace tangopy {

// --- the Python class for a C++ type ------------------------------------------------------------------------------------
// Only structs.pyx includes this header; it names the classes at import.

template <class T> struct PythonClass {
    static inline PyObject *object = nullptr;
};

template <class T> void set_python_class(PyObject *object) {
    Py_INCREF(object);
    PythonClass<T>::object = object;
}

// A number that stands for a member of an enumeration.
template <class Enum, class Number> struct Coded {
    Number &value;
};
template <class Enum, class Number> Coded<Enum, Number> coded(Number &value) { return {value}; }

// --- tables -------------------------------------------------------------------------------------------------------------

template <class F> void fields(Tango::ChangeEventInfo &s, F &&f) {
    f("abs_change", s.abs_change);
    f("rel_change", s.rel_change);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::PeriodicEventInfo &s, F &&f) {
    f("period", s.period);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::ArchiveEventInfo &s, F &&f) {
    f("archive_abs_change", s.archive_abs_change);
    f("archive_rel_change", s.archive_rel_change);
    f("archive_period", s.archive_period);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::AttributeEventInfo &s, F &&f) {
    f("ch_event", s.ch_event);
    f("per_event", s.per_event);
    f("arch_event", s.arch_event);
}
template <class F> void fields(Tango::AttributeAlarmInfo &s, F &&f) {
    f("min_alarm", s.min_alarm);
    f("max_alarm", s.max_alarm);
    f("min_warning", s.min_warning);
    f("max_warning", s.max_warning);
    f("delta_t", s.delta_t);
    f("delta_val", s.delta_val);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::DeviceAttributeConfig &s, F &&f) {
    f("name", s.name);
    f("writable", s.writable);
    f("data_format", s.data_format);
    f("data_type", s.data_type);
    f("max_dim_x", s.max_dim_x);
    f("max_dim_y", s.max_dim_y);
    f("description", s.description);
    f("label", s.label);
    f("unit", s.unit);
    f("standard_unit", s.standard_unit);
    f("display_unit", s.display_unit);
    f("format", s.format);
    f("min_value", s.min_value);
    f("max_value", s.max_value);
    f("min_alarm", s.min_alarm);
    f("max_alarm", s.max_alarm);
    f("writable_attr_name", s.writable_attr_name);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::AttributeInfo &s, F &&f) {
    fields(static_cast<Tango::DeviceAttributeConfig &>(s), f);
    f("disp_level", s.disp_level);
}
template <class F> void fields(Tango::AttributeInfoEx &s, F &&f) {
    fields(static_cast<Tango::AttributeInfo &>(s), f);
    f("root_attr_name", s.root_attr_name);
    f("memorized", s.memorized);
    f("enum_labels", s.enum_labels);
    f("alarms", s.alarms);
    f("events", s.events);
    f("sys_extensions", s.sys_extensions);
}
template <class F> void fields(Tango::CommandInfo &s, F &&f) {
    f("cmd_name", s.cmd_name);
    f("cmd_tag", s.cmd_tag);
    f("in_type", coded<Tango::CmdArgType>(s.in_type));
    f("out_type", coded<Tango::CmdArgType>(s.out_type));
    f("in_type_desc", s.in_type_desc);
    f("out_type_desc", s.out_type_desc);
    f("disp_level", s.disp_level);
}
template <class F> void fields(PipeInfo &s, F &&f) {
    f("name", s.name);
    f("description", s.description);
    f("label", s.label);
    f("disp_level", s.disp_level);
    f("writable", s.writable);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::DeviceInfo &s, F &&f) {
    f("dev_class", s.dev_class);
    f("server_id", s.server_id);
    f("server_host", s.server_host);
    f("server_version", s.server_version);
    f("doc_url", s.doc_url);
    f("dev_type", s.dev_type);
}
template <class F> void fields(Tango::DbDatum &s, F &&f) {
    f("name", s.name);
    f("value_string", s.value_string);
}
template <class F> void fields(Tango::DbDevInfo &s, F &&f) {
    f("name", s.name);
    f("klass", s._class);
    f("server", s.server);
}
template <class F> void fields(Tango::DbDevImportInfo &s, F &&f) {
    f("name", s.name);
    f("exported", s.exported);
    f("ior", s.ior);
    f("version", s.version);
}
template <class F> void fields(Tango::DbDevFullInfo &s, F &&f) {
    fields(static_cast<Tango::DbDevImportInfo &>(s), f);
    f("class_name", s.class_name);
    f("ds_full_name", s.ds_full_name);
    f("host", s.host);
    f("started_date", s.started_date);
    f("stopped_date", s.stopped_date);
    f("pid", s.pid);
}
template <class F> void fields(Tango::DbDevExportInfo &s, F &&f) {
    f("name", s.name);
    f("ior", s.ior);
    f("host", s.host);
    f("version", s.version);
    f("pid", s.pid);
}
template <class F> void fields(Tango::DbServerInfo &s, F &&f) {
    f("name", s.name);
    f("host", s.host);
    f("mode", s.mode);
    f("level", s.level);
}

// The configuration of an attribute as it travels, for each version of the interface.
template <class F> void fields(Tango::AttributeAlarm &s, F &&f) {
    f("min_alarm", s.min_alarm);
    f("max_alarm", s.max_alarm);
    f("min_warning", s.min_warning);
    f("max_warning", s.max_warning);
    f("delta_t", s.delta_t);
    f("delta_val", s.delta_val);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::ChangeEventProp &s, F &&f) {
    f("rel_change", s.rel_change);
    f("abs_change", s.abs_change);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::PeriodicEventProp &s, F &&f) {
    f("period", s.period);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::ArchiveEventProp &s, F &&f) {
    f("rel_change", s.rel_change);
    f("abs_change", s.abs_change);
    f("period", s.period);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::EventProperties &s, F &&f) {
    f("ch_event", s.ch_event);
    f("per_event", s.per_event);
    f("arch_event", s.arch_event);
}
template <class Config, class F> void fields_of_all_versions(Config &s, F &&f) {
    f("name", s.name);
    f("writable", s.writable);
    f("data_format", s.data_format);
    f("data_type", s.data_type);
    f("max_dim_x", s.max_dim_x);
    f("max_dim_y", s.max_dim_y);
    f("description", s.description);
    f("label", s.label);
    f("unit", s.unit);
    f("standard_unit", s.standard_unit);
    f("display_unit", s.display_unit);
    f("format", s.format);
    f("min_value", s.min_value);
    f("max_value", s.max_value);
    f("writable_attr_name", s.writable_attr_name);
    f("extensions", s.extensions);
}
template <class F> void fields(Tango::AttributeConfig &s, F &&f) {
    fields_of_all_versions(s, f);
    f("min_alarm", s.min_alarm);
    f("max_alarm", s.max_alarm);
}
template <class F> void fields(Tango::AttributeConfig_2 &s, F &&f) {
    fields_of_all_versions(s, f);
    f("min_alarm", s.min_alarm);
    f("max_alarm", s.max_alarm);
    f("level", s.level);
}
template <class F> void fields(Tango::AttributeConfig_3 &s, F &&f) {
    fields_of_all_versions(s, f);
    f("level", s.level);
    f("att_alarm", s.att_alarm);
    f("event_prop", s.event_prop);
    f("sys_extensions", s.sys_extensions);
}
template <class F> void fields(Tango::AttributeConfig_5 &s, F &&f) {
    fields_of_all_versions(s, f);
    f("level", s.level);
    f("memorized", s.memorized);
    f("mem_init", s.mem_init);
    f("root_attr_name", s.root_attr_name);
    f("enum_labels", s.enum_labels);
    f("att_alarm", s.att_alarm);
    f("event_prop", s.event_prop);
    f("sys_extensions", s.sys_extensions);
}

// --- C++ to Python: new references, null with an exception set ------------------------------------------------------------

template <class T> PyObject *field_to_py(const T &value);

inline PyObject *string_to_py(const std::string &text) {
    return text_from(text.data(), static_cast<Py_ssize_t>(text.size()));
}

// What a newer server may send and this version does not know stays a number.
inline PyObject *member_to_py(PyObject *enumeration, long long value) {
    PyObject *result = PyObject_CallFunction(enumeration, "L", value);
    if (result == nullptr && PyErr_ExceptionMatches(PyExc_ValueError)) {
        PyErr_Clear();
        result = PyLong_FromLongLong(value);
    }
    return result;
}

// An instance made without its __init__, with the fields put into its __dict__ by `fill`.
template <class Fill> PyObject *make_instance(PyObject *cls, Fill &&fill) {
    PyObject *empty = PyTuple_New(0);
    PyObject *result = empty == nullptr ? nullptr : reinterpret_cast<PyTypeObject *>(cls)->tp_new(reinterpret_cast<PyTypeObject *>(cls), empty, nullptr);
    Py_XDECREF(empty);
    PyObject *dict = result == nullptr ? nullptr : PyObject_GenericGetDict(result, nullptr);
    bool ok = dict != nullptr;
    auto set = [&](const char *name, PyObject *value) {
        ok = ok && value != nullptr && PyDict_SetItemString(dict, name, value) == 0;
        Py_XDECREF(value);
    };
    if (ok) {
        fill(set, ok);
    }
    Py_XDECREF(dict);
    if (!ok) {
        Py_CLEAR(result);
    }
    return result;
}

template <class S> PyObject *struct_to_py(const S &value) {
    return make_instance(PythonClass<S>::object, [&](auto &set, bool &ok) {
        fields(const_cast<S &>(value), [&](const char *name, const auto &member) {
            if (ok) {
                set(name, field_to_py(member));
            }
        });
    });
}

// A list of the class that stands for the vector.
template <class V> PyObject *vector_to_py(const V &values) {
    PyObject *plain = PyList_New(static_cast<Py_ssize_t>(values.size()));
    for (std::size_t i = 0; plain != nullptr && i < values.size(); ++i) {
        PyObject *item = field_to_py(values[i]);
        if (item == nullptr) {
            Py_CLEAR(plain);
        } else {
            PyList_SET_ITEM(plain, static_cast<Py_ssize_t>(i), item);
        }
    }
    if (plain == nullptr) {
        return nullptr;
    }
    // The elements are of the right type, so the checks of the list class would be in vain.
    PyObject *empty = PyTuple_New(0);
    auto *cls = reinterpret_cast<PyTypeObject *>(PythonClass<V>::object);
    PyObject *result = empty == nullptr ? nullptr : cls->tp_new(cls, empty, nullptr);
    Py_XDECREF(empty);
    if (result != nullptr && PyList_SetSlice(result, 0, 0, plain) != 0) {
        Py_CLEAR(result);
    }
    Py_DECREF(plain);
    return result;
}

inline PyObject *texts_to_py(const Tango::DevVarStringArray &texts) {
    PyObject *result = PyList_New(static_cast<Py_ssize_t>(texts.length()));
    for (CORBA::ULong i = 0; result != nullptr && i < texts.length(); ++i) {
        PyObject *text = text_to_py(texts[i].in());
        if (text == nullptr) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, static_cast<Py_ssize_t>(i), text);
        }
    }
    return result;
}

template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};

template <class Enum, class Number> PyObject *field_to_py(const Coded<Enum, Number> &field) {
    return member_to_py(PythonClass<Enum>::object, field.value);
}

template <class T> PyObject *field_to_py(const T &value) {
    if constexpr (std::is_same_v<T, std::string>) {
        return string_to_py(value);
    } else if constexpr (std::is_same_v<T, CORBA::String_member>) {
        return text_to_py(value.in());
    } else if constexpr (std::is_same_v<T, Tango::DevVarStringArray>) {
        return texts_to_py(value);
    } else if constexpr (std::is_enum_v<T>) {
        return member_to_py(PythonClass<T>::object, static_cast<long long>(value));
    } else if constexpr (std::is_integral_v<T>) {
        return element_to_py(value);
    } else if constexpr (is_vector<T>::value) {
        return vector_to_py(value);
    } else {
        return struct_to_py(value);
    }
}

// --- Python to C++: false with an exception set ---------------------------------------------------------------------------

template <class T> bool field_from_py(PyObject *object, T &value);
template <class V> bool vector_from_py(PyObject *object, V &values);

inline bool text_from_py(PyObject *object, CORBA::String_member &value) {
    std::string text;
    if (!text_to_cpp(object, text)) {
        return false;
    }
    value = CORBA::string_dup(text.c_str());
    return true;
}

inline bool texts_from_py(PyObject *object, Tango::DevVarStringArray &values) {
    std::vector<std::string> texts;
    if (!vector_from_py(object, texts)) {
        return false;
    }
    values.length(static_cast<CORBA::ULong>(texts.size()));
    for (CORBA::ULong i = 0; i < values.length(); ++i) {
        values[i] = CORBA::string_dup(texts[i].c_str());
    }
    return true;
}

template <class S> bool struct_from_py(PyObject *object, S &value) {
    bool ok = true;
    fields(value, [&](const char *name, auto &&member) {
        if (!ok) {
            return;
        }
        PyObject *field = PyObject_GetAttrString(object, name);
        ok = field != nullptr && field_from_py(field, member);
        Py_XDECREF(field);
    });
    return ok;
}

template <class V> bool vector_from_py(PyObject *object, V &values) {
    if (PyUnicode_Check(object) || PyBytes_Check(object)) {
        PyErr_Format(PyExc_TypeError, "a sequence was expected, not %s", Py_TYPE(object)->tp_name);
        return false;
    }
    PyObject *sequence = PySequence_Fast(object, "a sequence was expected");
    if (sequence == nullptr) {
        return false;
    }
    bool ok = true;
    values.clear();
    for (Py_ssize_t i = 0; ok && i < PySequence_Fast_GET_SIZE(sequence); ++i) {
        typename V::value_type item{};
        ok = field_from_py(PySequence_Fast_GET_ITEM(sequence, i), item);
        if (ok) {
            values.push_back(std::move(item));
        }
    }
    Py_DECREF(sequence);
    return ok;
}

template <class Enum, class Number> bool field_from_py(PyObject *object, Coded<Enum, Number> &field) {
    return integer_from_py(object, field.value, "an enumeration");
}

template <class T> bool field_from_py(PyObject *object, T &value) {
    if constexpr (std::is_same_v<T, std::string>) {
        return text_to_cpp(object, value);
    } else if constexpr (std::is_same_v<T, CORBA::String_member>) {
        return text_from_py(object, value);
    } else if constexpr (std::is_same_v<T, Tango::DevVarStringArray>) {
        return texts_from_py(object, value);
    } else if constexpr (std::is_same_v<T, bool>) {
        return boolean_from_py(object, value, "a field that is true or false");
    } else if constexpr (std::is_enum_v<T>) {
        int number = 0;
        if (!integer_from_py(object, number, "an enumeration")) {
            return false;
        }
        value = static_cast<T>(number);
        return true;
    } else if constexpr (std::is_integral_v<T>) {
        return integer_from_py(object, value, "an integer field");
    } else if constexpr (is_vector<T>::value) {
        return vector_from_py(object, value);
    } else {
        return struct_from_py(object, value);
    }
}

// --- what has no plain fields -----------------------------------------------------------------------------------------

template <class S, class = void> struct has_version_info : std::false_type {};
template <class S> struct has_version_info<S, std::void_t<decltype(std::declval<S>().version_info)>> : std::true_type {};

// Versions of the libraries that the server uses, from cppTango 10 on.
template <class S> PyObject *version_info_to_py(const S &info) {
    PyObject *result = PyDict_New();
    if constexpr (has_version_info<S>::value) {
        for (const auto &[name, version] : info.version_info) {
            PyObject *text = string_to_py(version);
            if (result == nullptr || text == nullptr || PyDict_SetItemString(result, name.c_str(), text) != 0) {
                Py_CLEAR(result);
            }
            Py_XDECREF(text);
        }
    } else {
        (void)info;
    }
    return result;
}

inline PyObject *device_info_to_py(const Tango::DeviceInfo &info) {
    PyObject *result = struct_to_py(info);
    PyObject *versions = result == nullptr ? nullptr : version_info_to_py(info);
    PyObject *dict = versions == nullptr ? nullptr : PyObject_GenericGetDict(result, nullptr);
    if (dict == nullptr || PyDict_SetItemString(dict, "version_info", versions) != 0) {
        Py_CLEAR(result);
    }
    Py_XDECREF(dict);
    Py_XDECREF(versions);
    return result;
}

} // namespace tangopy
