// Ownership of Python objects by C++.
#pragma once

#include <Python.h>

namespace tangopy {

// A strong reference that C++ may drop on any thread, with or without the GIL, also after the interpreter ended
// (then the object is left alone: nobody is there to free it).
class OwnedRef {
public:
    OwnedRef() noexcept = default;
    explicit OwnedRef(PyObject *object) noexcept : object_(object) { Py_XINCREF(object_); } // GIL held
    OwnedRef(OwnedRef &&other) noexcept : object_(other.object_) { other.object_ = nullptr; }
    OwnedRef &operator=(OwnedRef &&other) noexcept {
        PyObject *mine = object_;
        object_ = other.object_;
        other.object_ = mine;
        return *this;
    }
    OwnedRef(const OwnedRef &) = delete;
    OwnedRef &operator=(const OwnedRef &) = delete;
    ~OwnedRef() { reset(); }

    PyObject *get() const noexcept { return object_; }

    void reset() noexcept {
        PyObject *object = object_;
        object_ = nullptr;
        if (object == nullptr || !Py_IsInitialized() || finalizing()) {
            return;
        }
        PyGILState_STATE state = PyGILState_Ensure();
        Py_DECREF(object);
        PyGILState_Release(state);
    }

private:
    static bool finalizing() noexcept {
#if PY_VERSION_HEX >= 0x030D0000
        return Py_IsFinalizing();
#else
        return _Py_IsFinalizing();
#endif
    }

    PyObject *object_ = nullptr;
};

} // namespace tangopy
