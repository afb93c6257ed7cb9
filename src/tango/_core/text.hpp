// Text that describes: labels, units, documentation, names, properties, errors.
//
// Tango says Latin-1. PyTango from 10.1 on, and C++ servers whose sources are UTF-8, send UTF-8 all the same, and PyTango understands
// nothing else. What is UTF-8 is hardly ever meant as Latin-1, and the other way round not at all, so both are understood here, and
// UTF-8 is sent. Values of attributes and commands are another matter: they are Latin-1, to the byte (see scalars.hpp).
#pragma once

#include <Python.h>

#include <algorithm>
#include <string>

namespace tangopy {

inline PyObject *text_from(const char *data, Py_ssize_t size) {
    bool ascii = std::all_of(data, data + size, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) {
        if (PyObject *text = PyUnicode_DecodeUTF8(data, size, nullptr)) {
            return text;
        }
        PyErr_Clear();
    }
    return PyUnicode_DecodeLatin1(data, size, nullptr);
}

// False with an exception if there is none in a str or bytes that can be sent: CORBA strings end at a NUL.
inline bool text_to_cpp(PyObject *object, std::string &text) {
    const char *data = nullptr;
    Py_ssize_t size = 0;
    if (PyUnicode_Check(object)) {
        data = PyUnicode_AsUTF8AndSize(object, &size);
    } else if (PyBytes_Check(object)) {
        data = PyBytes_AS_STRING(object);
        size = PyBytes_GET_SIZE(object);
    } else {
        PyErr_Format(PyExc_TypeError, "a str was expected, not %s", Py_TYPE(object)->tp_name);
    }
    if (data == nullptr) {
        return false;
    }
    text.assign(data, static_cast<std::size_t>(size));
    if (text.find('\0') != std::string::npos) {
        PyErr_SetString(PyExc_ValueError, "a Tango string cannot hold a NUL character");
        return false;
    }
    return true;
}

} // namespace tangopy
