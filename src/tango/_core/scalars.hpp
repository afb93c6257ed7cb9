// One Python object <-> one C++ element. All functions need the GIL; those that fail set a Python exception.
#pragma once

#include <Python.h>

#include "types.hpp"

#include <cstring>
#include <limits>

namespace tangopy {

// --- C++ to Python: a new reference -----------------------------------------------------------------------------------

template <class T> PyObject *element_to_py(const T &value) {
    if constexpr (std::is_same_v<T, bool>) {
        return PyBool_FromLong(value);
    } else if constexpr (std::is_enum_v<T>) {
        return PyLong_FromLong(static_cast<long>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        return PyFloat_FromDouble(value);
    } else if constexpr (std::is_signed_v<T>) {
        return PyLong_FromLongLong(value);
    } else {
        return PyLong_FromUnsignedLongLong(value);
    }
}

inline PyObject *text_to_py(const char *text) {
    return text == nullptr ? PyUnicode_New(0, 0) : PyUnicode_DecodeLatin1(text, static_cast<Py_ssize_t>(std::strlen(text)), nullptr);
}

// --- Python to C++: false with an exception set -----------------------------------------------------------------------

inline bool wrong_type(PyObject *value, const char *wanted, const char *type_name) {
    PyErr_Format(PyExc_TypeError, "Expecting a %s type for %s, but it is not: %R is of type %s. A numpy scalar must be of a dtype "
                 "that fits.", wanted, type_name, value, Py_TYPE(value)->tp_name);
    return false;
}

// int, bool, IntEnum and numpy integers; never a float, which would be cut.
template <class T> bool integer_from_py(PyObject *value, T &out, const char *type_name) {
    PyObject *index = PyLong_Check(value) ? Py_NewRef(value) : PyNumber_Index(value);
    if (index == nullptr) {
        PyErr_Clear();
        return wrong_type(value, "integer", type_name);
    }
    int overflow = 0;
    long long number = PyLong_AsLongLongAndOverflow(index, &overflow);
    bool too_large = overflow > 0, too_small = overflow < 0;
    if constexpr (std::is_unsigned_v<T>) {
        if (overflow > 0 && sizeof(T) == 8) {
            unsigned long long big = PyLong_AsUnsignedLongLong(index);
            if (!PyErr_Occurred()) {
                Py_DECREF(index);
                out = static_cast<T>(big);
                return true;
            }
            PyErr_Clear();
        }
        if (overflow < 0 || (overflow == 0 && number < 0)) {
            Py_DECREF(index);
            PyErr_Format(PyExc_TypeError, "Expecting an unsigned integer type for %s, %R is negative", type_name, value);
            return false;
        }
        too_large = too_large || (overflow == 0 && static_cast<unsigned long long>(number) > std::numeric_limits<T>::max());
    } else {
        too_large = too_large || (overflow == 0 && number > std::numeric_limits<T>::max());
        too_small = too_small || (overflow == 0 && number < std::numeric_limits<T>::min());
    }
    Py_DECREF(index);
    if (too_large || too_small) {
        PyErr_Format(PyExc_OverflowError, "Value is too %s. %R does not fit in %s", too_large ? "large" : "small", value, type_name);
        return false;
    }
    out = static_cast<T>(number);
    return true;
}

inline bool boolean_from_py(PyObject *value, bool &out, const char *type_name) {
    if (PyBool_Check(value)) {
        out = value == Py_True;
        return true;
    }
    long long number = 0;
    // numpy.bool has no __index__
    if (std::strncmp(Py_TYPE(value)->tp_name, "numpy.bool", 10) == 0) {
        int truth = PyObject_IsTrue(value);
        out = truth == 1;
        return truth >= 0;
    }
    PyObject *index = PyNumber_Index(value);
    if (index == nullptr) {
        PyErr_Clear();
        return wrong_type(value, "bool", type_name);
    }
    int overflow = 0;
    number = PyLong_AsLongLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow != 0 || number < 0 || number > 1) {
        PyErr_Format(PyExc_OverflowError, "Value is too %s. %R is neither 0 nor 1, as %s needs",
                     overflow > 0 || number > 1 ? "large" : "small", value, type_name);
        return false;
    }
    out = number == 1;
    return true;
}

template <class T> bool real_from_py(PyObject *value, T &out, const char *type_name) {
    double number = 0;
    if (PyFloat_Check(value)) {
        number = PyFloat_AS_DOUBLE(value);
    } else if (PyUnicode_Check(value) || PyBytes_Check(value) || PySequence_Check(value) || !PyNumber_Check(value)) {
        return wrong_type(value, "numeric", type_name);
    } else {
        number = PyFloat_AsDouble(value);
        if (number == -1.0 && PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
                return false;
            }
            PyErr_Clear();
            return wrong_type(value, "numeric", type_name);
        }
    }
    out = static_cast<T>(number);
    return true;
}

template <class E> bool element_from_py(PyObject *value, typename E::element &out, const char *type_name) {
    using T = typename E::element;
    if constexpr (E::kind == Kind::boolean) {
        return boolean_from_py(value, out, type_name);
    } else if constexpr (E::kind == Kind::real) {
        return real_from_py(value, out, type_name);
    } else if constexpr (E::kind == Kind::state) {
        int number = 0;
        if (!integer_from_py(value, number, type_name)) {
            return false;
        }
        if (number < Tango::ON || number > Tango::UNKNOWN) {
            PyErr_Format(PyExc_ValueError, "%R is not a valid DevState", value);
            return false;
        }
        out = static_cast<T>(number);
        return true;
    } else {
        return integer_from_py(value, out, type_name);
    }
}

} // namespace tangopy
