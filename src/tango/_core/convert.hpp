// Runs of elements <-> Python, by the rows of the type list.
#pragma once

#include "buffers.hpp"
#include "scalars.hpp"

namespace tangopy {

// Element `index` of a run as a Python number; text and encoded data have their own functions.
inline PyObject *number_to_py(int type, const void *data, std::size_t index) {
    PyObject *result = nullptr;
    visit(type, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::is_number) {
            result = element_to_py(static_cast<const typename E::element *>(data)[index]);
        }
    });
    if (result == nullptr && !PyErr_Occurred()) {
        PyErr_Format(PyExc_SystemError, "type %d is not a number", type);
    }
    return result;
}

// Stores a Python number as element `index` of a run; -1 with an exception set.
inline int number_from_py(int type, PyObject *value, void *data, std::size_t index, const char *type_name) {
    bool ok = false;
    visit(type, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::is_number) {
            ok = element_from_py<E>(value, static_cast<typename E::element *>(data)[index], type_name);
        }
    });
    if (!ok && !PyErr_Occurred()) {
        PyErr_Format(PyExc_SystemError, "type %d is not a number", type);
    }
    return ok ? 0 : -1;
}

// Stores the items of a Python sequence, one after the other; -1 with an exception set.
inline int numbers_from_py(int type, PyObject *fast_sequence, void *data, std::size_t start, const char *type_name) {
    bool ok = true;
    visit(type, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::is_number) {
            auto *out = static_cast<typename E::element *>(data) + start;
            Py_ssize_t count = PySequence_Fast_GET_SIZE(fast_sequence);
            PyObject **items = PySequence_Fast_ITEMS(fast_sequence);
            for (Py_ssize_t i = 0; ok && i < count; ++i) {
                ok = element_from_py<E>(items[i], out[i], type_name);
            }
        }
    });
    return ok ? 0 : -1;
}

// DevEncoded: the parts of one element.
inline const char *encoded_format(const void *data, std::size_t index) {
    return static_cast<const Tango::DevEncoded *>(data)[index].encoded_format.in();
}
inline const unsigned char *encoded_bytes(const void *data, std::size_t index) {
    const auto &bytes = static_cast<const Tango::DevEncoded *>(data)[index].encoded_data;
    return bytes.length() == 0 ? nullptr : bytes.get_buffer();
}
inline std::size_t encoded_length(const void *data, std::size_t index) {
    return static_cast<const Tango::DevEncoded *>(data)[index].encoded_data.length();
}

// A DevEncoded that looks at bytes kept alive by somebody else.
inline Tango::DevEncoded *new_encoded(const char *format, const void *bytes, std::size_t length) {
    auto *value = new Tango::DevEncoded;
    value->encoded_format = CORBA::string_dup(format);
    auto n = static_cast<CORBA::ULong>(length);
    value->encoded_data.replace(n, n, static_cast<CORBA::Octet *>(const_cast<void *>(bytes)), false);
    return value;
}

// A sequence that looks at `count` elements kept alive by somebody else.
template <class E> typename E::sequence *borrow(const void *data, std::size_t count) {
    auto n = static_cast<CORBA::ULong>(count);
    if (n == 0) {
        return new typename E::sequence();
    }
    return new typename E::sequence(n, n, static_cast<typename E::element *>(const_cast<void *>(data)), false);
}

} // namespace tangopy
