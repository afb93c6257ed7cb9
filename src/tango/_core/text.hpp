// Text that describes: labels, units, documentation, names, properties, errors.
//
// Tango says Latin-1. PyTango from 10.1 on, and C++ servers whose sources are UTF-8, send UTF-8 all the same, and PyTango understands
// nothing else. What is UTF-8 is hardly ever meant as Latin-1, and the other way round not at all, so both are understood here, and
// UTF-8 is sent. Values of attributes and commands are another matter: they are Latin-1, to the byte (see scalars.hpp).
#pragma once

#include <Python.h>

#include <algorithm>

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

inline PyObject *bytes_of_text(PyObject *text) {
    return PyUnicode_AsUTF8String(text);
}

} // namespace tangopy
