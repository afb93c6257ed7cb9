// Classes whose __getattr__ is called often.
//
// Up to Python 3.11 it is called for an AttributeError that was made for nobody to see, which costs as much as all else that Python
// does for the read of an attribute of a device. From 3.12 on none is made, and nothing is left to do here.
#pragma once

#include <Python.h>

namespace tangopy {

#if PY_VERSION_HEX < 0x030C0000

inline PyObject *get_quietly(PyObject *self, PyObject *name) {
    PyObject *found = _PyObject_GenericGetAttrWithDict(self, name, nullptr, 1);
    if (found != nullptr || PyErr_Occurred()) {
        return found;
    }
    static PyObject *const fallback = PyUnicode_InternFromString("__getattr__");
    PyObject *method = _PyType_Lookup(Py_TYPE(self), fallback);
    Py_INCREF(method);
    found = PyObject_CallFunctionObjArgs(method, self, name, nullptr);
    Py_DECREF(method);
    return found;
}

inline PyObject *method_of(PyTypeObject *type, const char *name) {
    PyObject *key = PyUnicode_InternFromString(name);
    PyObject *found = _PyType_Lookup(type, key);
    Py_DECREF(key);
    return found;
}

// Does so for a class whose __getattr__ is a plain method and whose __getattribute__ that of object. Python undoes it when either is
// replaced, and hands it down to no other class.
inline void look_up_quietly(PyTypeObject *type) {
    PyObject *own = method_of(type, "__getattr__");
    bool plain = own != nullptr && PyType_HasFeature(Py_TYPE(own), Py_TPFLAGS_METHOD_DESCRIPTOR);
    if (plain && method_of(type, "__getattribute__") == method_of(&PyBaseObject_Type, "__getattribute__")) {
        type->tp_getattro = get_quietly;
        PyType_Modified(type);
    }
}

#else

inline void look_up_quietly(PyTypeObject *) {}

#endif

} // namespace tangopy
