// The door through which cppTango's threads enter Python.
//
// Every callback of the library (device hooks, events, replies, signals) comes in by call_python(): it takes the GIL with
// a thread state that is kept for the thread, runs one Cython handler, and only after the GIL is released again lets the
// outcome reach C++. An exit handler closes the door and waits for those inside; afterwards nobody enters any more.
#pragma once

#include <Python.h>

#include "compat.hpp"
#include "errors.hpp"

namespace tangopy {

// One instance exists, in the gate module; the other modules reach it through the pointer of their own copy of `door`.
class Gate {
public:
    // True with the GIL held, or false if the interpreter is ending (then leave() must not be called). Entries nest;
    // each gives back the `token` that it got.
    virtual bool enter(PyGILState_STATE &token) noexcept = 0;
    virtual void leave(PyGILState_STATE token) noexcept = 0;
    // Both need the GIL and a pending exception, which they take away.
    virtual void take_errors(Tango::DevErrorList &errors) noexcept = 0;
    virtual void report(PyObject *where) noexcept = 0;

protected:
    ~Gate() = default;
};

// Set once, when the module that includes this header is imported.
static Gate *door = nullptr;

// A handler is a Cython function: it reads the C++ arguments from the frame, calls the user's code, stores the result in the
// frame and returns 0, or returns -1 with a Python exception set.
using Handler = int (*)(PyObject *target, void *frame);

// One row of a hook table.
struct Hook {
    const char *name; // what it is called in messages
    Handler handler;
};

class Entry {
public:
    Entry() noexcept : inside_(door != nullptr && door->enter(token_)) {
        if (inside_) {
            // A caller that already has a Python error pending must find it again.
            PyErr_Fetch(&kind_, &value_, &trace_);
        }
    }
    ~Entry() {
        if (inside_) {
            PyErr_Restore(kind_, value_, trace_);
            door->leave(token_);
        }
    }
    Entry(const Entry &) = delete;
    Entry &operator=(const Entry &) = delete;
    explicit operator bool() const noexcept { return inside_; }

private:
    PyGILState_STATE token_ = PyGILState_UNLOCKED;
    bool inside_; // after the token, which it is made with
    PyObject *kind_ = nullptr;
    PyObject *value_ = nullptr;
    PyObject *trace_ = nullptr;
};

// For hooks with a remote caller: what Python raises reaches the caller as DevFailed.
inline void call_python(const Hook &hook, PyObject *target, void *frame) {
    Tango::DevErrorList errors;
    {
        Entry entry;
        if (!entry) {
            add_error(errors, "PyDs_InterpreterEnding", std::string("Python is ending; ") + hook.name + " was not called",
                      hook.name);
        } else if (hook.handler(target, frame) < 0) {
            door->take_errors(errors);
        }
    }
    if (errors.length() != 0) {
        throw Tango::DevFailed(errors);
    }
}

// For calls nobody waits for (events, replies, delete_device, signals): what Python raises goes to sys.unraisablehook.
inline void tell_python(const Hook &hook, PyObject *target, void *frame) noexcept {
    Entry entry;
    if (entry && hook.handler(target, frame) < 0) {
        door->report(target);
    }
}

} // namespace tangopy
