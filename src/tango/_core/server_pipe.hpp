// The C++ pipe behind a pipe of a Python device: cppTango calls it to read and write the pipe.
#pragma once

#include "compat_pipes.hpp"
#include "gate.hpp"
#include "life.hpp"

namespace tangopy {

// The rows of the hook table of pipes.
enum PipeHook { HOOK_READ_PIPE, HOOK_WRITE_PIPE, HOOK_PIPE_ALLOWED, HOOK_PIPE_ENDED, PIPE_HOOKS };

struct PipeFrame {
    Tango::DeviceImpl *device;
    int request;
    bool allowed;
};

// What a pipe is made of, and what can be changed.
struct PipeFacts {
    std::string name;
    int level;
    bool writable;
    std::string label;
    std::string description;
};

#if TANGOPY_HAS_PIPES

using Pipe = Tango::Pipe;
using PipeLife = Life<Pipe>;

// What both kinds of pipes have in common. `python` is the Python pipe, borrowed until adopt().
class PipeBehind {
public:
    PyObject *python = nullptr;
    const Hook *hooks = nullptr;
    bool has_is_allowed = false;
    std::shared_ptr<PipeLife> life;

    // Needs the GIL. From now on cppTango owns the C++ object, which owns a reference to the Python one.
    void adopt() {
        Py_INCREF(python);
        adopted_ = true;
    }
    bool adopted() const noexcept { return adopted_; }

protected:
    ~PipeBehind() {
        life->end(1.0);
        if (adopted_) {
            tell_python(hooks[HOOK_PIPE_ENDED], python, nullptr);
        }
    }

    void call(PipeHook hook, PipeFrame &frame) { call_python(hooks[hook], python, &frame); }

private:
    bool adopted_ = false;
};

template <class Base> class PyPipe : public PipeBehind, public Base {
public:
    template <class... Args> explicit PyPipe(Args &&...args) : Base(std::forward<Args>(args)...) {
        life = std::make_shared<PipeLife>(this);
    }

    void read(Tango::DeviceImpl *device) override {
        PipeFrame frame{device, Tango::READ_REQ, true};
        call(HOOK_READ_PIPE, frame);
    }
    bool is_allowed(Tango::DeviceImpl *device, Tango::PipeReqType request) override {
        PipeFrame frame{device, static_cast<int>(request), true};
        if (has_is_allowed) {
            call(HOOK_PIPE_ALLOWED, frame);
        }
        return frame.allowed;
    }
};

class PyWPipe final : public PyPipe<Tango::WPipe> {
public:
    using PyPipe<Tango::WPipe>::PyPipe;

    void write(Tango::DeviceImpl *device) override {
        PipeFrame frame{device, Tango::WRITE_REQ, true};
        call(HOOK_WRITE_PIPE, frame);
    }
};

inline void set_defaults(Pipe &pipe, const std::string &label, const std::string &description) {
    Tango::UserDefaultPipeProp properties;
    properties.label = label;
    properties.description = description;
    pipe.set_default_properties(properties);
}

inline PipeBehind *make_pipe(const PipeFacts &facts, PyObject *python, const Hook *hooks) {
    auto finish = [&](auto *made) -> PipeBehind * {
        made->python = python;
        made->hooks = hooks;
        set_defaults(*made, facts.label, facts.description);
        return made;
    };
    auto level = static_cast<Tango::DispLevel>(facts.level);
    if (facts.writable) {
        return finish(new PyWPipe(facts.name, level));
    }
    return finish(new PyPipe<Tango::Pipe>(facts.name, level, Tango::PIPE_READ));
}

inline void delete_pipe(PipeBehind *behind) { delete behind->life->peek(); }

inline PipeFacts facts_of(Pipe &pipe) {
    return {pipe.get_name(), static_cast<int>(pipe.get_disp_level()), pipe.get_writable() == Tango::PIPE_READ_WRITE, pipe.get_label(),
            pipe.get_desc()};
}

inline void set_name(Pipe &pipe, std::string name) { pipe.set_name(name); }
inline int serial_model_of(Pipe &pipe) { return static_cast<int>(pipe.get_pipe_serial_model()); }
inline void set_serial_model(Pipe &pipe, int model) { pipe.set_pipe_serial_model(static_cast<Tango::PipeSerialModel>(model)); }
inline std::string root_blob_name_of(Pipe &pipe) { return pipe.get_blob().get_name(); }
inline void set_root_blob_name(Pipe &pipe, const std::string &name) { pipe.set_root_blob_name(name); }
inline bool has_failed(Pipe &pipe) { return pipe.has_failed(); }

// The value that the read of a client waits for.
inline void set_pipe_value(Pipe &pipe, const std::string &blob_name, PipeElements &elements) {
    give_blob(pipe.get_blob(), blob_name, elements);
    pipe.set_value_flag(true);
}

// A copy of what a client writes; only while it does.
inline void get_written(Pipe &pipe, std::string &blob_name, PipeElements &elements) {
    blob_name = pipe.get_blob().get_name();
    const PipeElements *written = pipe.get_blob().get_extract_data();
    if (written != nullptr) {
        elements = *written;
    }
}

// --- pipes of a device --------------------------------------------------------------------------------------------------

// Whether a device that is being made had pipes in its former life: cppTango keeps them as long as the class.
inline bool keeps_pipes(Tango::DeviceClass &device_class, const std::string &device) {
    try {
        device_class.get_pipe_list(device);
        return true;
    } catch (const Tango::DevFailed &) {
        return false;
    }
}

inline std::vector<Pipe *> pipes_of(Tango::DeviceClass &device_class, const std::string &device) {
    return device_class.get_pipe_list(device);
}

inline Pipe *pipe_named(Tango::DeviceClass &device_class, const std::string &name, std::string device) {
    std::transform(device.begin(), device.end(), device.begin(), ::tolower);
    return &device_class.get_pipe_by_name(name, device);
}

// The Python object of a pipe; null if it was written in C++.
inline PyObject *python_of(Pipe *pipe) {
    auto *behind = dynamic_cast<PipeBehind *>(pipe);
    return behind == nullptr ? nullptr : behind->python;
}

// --- events -------------------------------------------------------------------------------------------------------------

// The elements must stay alive until this returns.
inline void push_pipe_value(Tango::DeviceImpl &device, const std::string &name, const std::string &blob_name, PipeElements &elements,
                            bool has_time, double seconds) {
    omni_thread::ensure_self known_to_omni;
    Tango::DevicePipeBlob blob;
    give_blob(blob, blob_name, elements);
    if (has_time) {
        auto time = timestamp(seconds);
        device.push_pipe_event(name, &blob, time, false);
    } else {
        device.push_pipe_event(name, &blob, false);
    }
}

inline void push_pipe_error(Tango::DeviceImpl &device, const std::string &name, Tango::DevErrorList &errors) {
    omni_thread::ensure_self known_to_omni;
    Tango::DevFailed failure(errors);
    device.push_pipe_event(name, &failure);
}

inline void need_pipes() {}

#else

struct Pipe {};
using PipeLife = Life<Pipe>;

struct PipeBehind {
    bool has_is_allowed = false;
    std::shared_ptr<PipeLife> life;
    void adopt() {}
    bool adopted() const noexcept { return false; }
};

inline PipeBehind *make_pipe(const PipeFacts &, PyObject *, const Hook *) { no_pipes(); }
inline void delete_pipe(PipeBehind *) {}
inline PipeFacts facts_of(Pipe &) { no_pipes(); }
inline void set_name(Pipe &, const std::string &) { no_pipes(); }
inline int serial_model_of(Pipe &) { no_pipes(); }
inline void set_serial_model(Pipe &, int) { no_pipes(); }
inline std::string root_blob_name_of(Pipe &) { no_pipes(); }
inline void set_root_blob_name(Pipe &, const std::string &) { no_pipes(); }
inline bool has_failed(Pipe &) { no_pipes(); }
inline void set_defaults(Pipe &, const std::string &, const std::string &) { no_pipes(); }
inline void set_pipe_value(Pipe &, const std::string &, PipeElements &) { no_pipes(); }
inline void get_written(Pipe &, std::string &, PipeElements &) { no_pipes(); }
inline std::vector<Pipe *> pipes_of(Tango::DeviceClass &, const std::string &) { no_pipes(); }
inline Pipe *pipe_named(Tango::DeviceClass &, const std::string &, const std::string &) { no_pipes(); }
inline PyObject *python_of(Pipe *) { no_pipes(); }
inline void push_pipe_value(Tango::DeviceImpl &, const std::string &, const std::string &, PipeElements &, bool, double) { no_pipes(); }
inline void push_pipe_error(Tango::DeviceImpl &, const std::string &, Tango::DevErrorList &) { no_pipes(); }
inline void need_pipes() { no_pipes(); }

#endif

} // namespace tangopy
