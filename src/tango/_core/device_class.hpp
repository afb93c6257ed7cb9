// The C++ device class behind a Python one.
#pragma once

#include "device.hpp"
#include "gate.hpp"
#include "life.hpp"
#include "server_pipe.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <vector>

namespace tangopy {

using DeviceLife = Life<Tango::DeviceImpl>;
using DeviceClassLife = Life<Tango::DeviceClass>;

// The rows of the hook table of device classes.
enum ClassHook {
    HOOK_COMMANDS,
    HOOK_ATTRIBUTES,
    HOOK_PIPES,
    HOOK_DEVICES,
    HOOK_DEVICE_NAMES,
    HOOK_CLASS_SIGNAL,
    HOOK_CLASS_ENDED,
    CLASS_HOOKS
};

// Base of PyDeviceClass that is destroyed last: cppTango's own destructor deletes the devices, which still ask for their class.
class ClassBehind {
public:
    PyObject *python;
    const Hook *hooks;
    std::shared_ptr<DeviceClassLife> life;

    // Needs the GIL. From now on cppTango owns the C++ class, which owns a reference to the Python one.
    void adopt() {
        Py_INCREF(python);
        adopted_ = true;
    }
    bool adopted() const noexcept { return adopted_; }

protected:
    ClassBehind(PyObject *self, const Hook *table) : python(self), hooks(table) {}
    ~ClassBehind() {
        life->end(3.0);
        if (adopted_) {
            tell_python(hooks[HOOK_CLASS_ENDED], python, nullptr);
        }
    }

private:
    bool adopted_ = false;
};

class PyDeviceClass final : public ClassBehind, public Tango::DeviceClass {
public:
    PyDeviceClass(const std::string &name, PyObject *self, const Hook *table, bool handles_signals)
        : ClassBehind(self, table), Tango::DeviceClass(lvalue(name)), handles_signals_(handles_signals) {
        life = std::make_shared<DeviceClassLife>(this);
    }

    void command_factory() override { call_python(hooks[HOOK_COMMANDS], python, &command_list); }
    void attribute_factory(std::vector<Tango::Attr *> &attributes) override {
        call_python(hooks[HOOK_ATTRIBUTES], python, &attributes);
    }
#if TANGOPY_HAS_PIPES
    // Called for each device that is made; the pipes of a device outlive it. With a file instead of a database the library
    // asks that for their properties, which it does not have, and nothing works any more: then complete_device() makes them.
    void pipe_factory() override {
        if (!Tango::Util::_FileDb && !keeps_pipes(*this, device_in_making_)) {
            call_python(hooks[HOOK_PIPES], python, &pipe_list);
        }
    }
#endif
    void device_factory(const Tango::DevVarStringArray *names) override {
        std::vector<std::string> list;
        for (CORBA::ULong i = 0; i < names->length(); ++i) {
            list.emplace_back((*names)[i].in());
        }
        wait_for_old(list);
        call_python(hooks[HOOK_DEVICES], python, &list);
    }
    void device_name_factory(std::vector<std::string> &names) override {
        call_python(hooks[HOOK_DEVICE_NAMES], python, &names);
    }
    void signal_handler(long signo) override {
        if (handles_signals_) {
            tell_python(hooks[HOOK_CLASS_SIGNAL], python, &signo);
        } else {
            Tango::DeviceClass::signal_handler(signo);
        }
    }

    // Before a device is made.
    void expect_device(const std::string &name) { device_in_making_ = name; }

    // Afterwards.
    void complete_device([[maybe_unused]] const std::string &name) {
#if TANGOPY_HAS_PIPES
        std::vector<Tango::Pipe *> &pipes = Tango::DeviceClass::get_pipe_list(name);
        if (Tango::Util::_FileDb && pipes.empty()) {
            call_python(hooks[HOOK_PIPES], python, &pipes);
        }
#endif
    }

    void add_device(Tango::DeviceImpl *device, const std::shared_ptr<DeviceLife> &life) {
        made_[device->get_name_lower()] = life;
        device_list.push_back(device);
    }

    // Protected in cppTango.
    using Tango::DeviceClass::export_device;

    void base_signal_handler(long signo) { Tango::DeviceClass::signal_handler(signo); }

private:
    // A device that is being replaced lives on until its last request is over; its delete_device() must come before the
    // init_device() of its successor. The wait is bounded: that request may be waiting for this thread.
    void wait_for_old(const std::vector<std::string> &names) {
        auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(3);
        for (const std::string &name : names) {
            std::string lower = name;
            std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
            auto found = made_.find(lower);
            if (found == made_.end()) {
                continue;
            }
            if (auto old = found->second->use()) {
                as_py_device(old.get())->refuse_requests();
            }
            while (found->second->alive() && std::chrono::steady_clock::now() < deadline) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
    }

    std::map<std::string, std::shared_ptr<DeviceLife>> made_;
    std::string device_in_making_;
    bool handles_signals_;
};

inline PyDeviceClass *as_py_class(Tango::DeviceClass *device_class) { return static_cast<PyDeviceClass *>(device_class); }

// The Python object of a class of ours, or null; see python_of() in device.hpp.
inline PyObject *python_of(Tango::DeviceClass *device_class) {
    auto *mine = dynamic_cast<PyDeviceClass *>(device_class);
    return mine == nullptr ? nullptr : mine->python;
}

// What a client would be told of a command.
struct CommandFacts {
    std::string name;
    int in_type;
    int out_type;
    std::string in_description;
    std::string out_description;
    int level;
    long polling_period;
};

inline CommandFacts facts_of(Tango::Command &command) {
    return {command.get_name(),         static_cast<int>(command.get_in_type()),    static_cast<int>(command.get_out_type()),
            command.get_in_type_desc(), command.get_out_type_desc(), static_cast<int>(command.get_disp_level()),
            command.get_polling_period()};
}

inline void add_wizard_property(Tango::DeviceClass &device_class, bool of_class, std::string name, std::string description,
                                std::string default_value, bool has_default) {
    if (of_class) {
        has_default ? device_class.add_wiz_class_prop(name, description, default_value)
                    : device_class.add_wiz_class_prop(name, description);
    } else {
        has_default ? device_class.add_wiz_dev_prop(name, description, default_value)
                    : device_class.add_wiz_dev_prop(name, description);
    }
}

// Without a database nothing sets how old a polled value may be, and then all of them count as too old.
inline void set_poll_defaults(Tango::DeviceImpl *device) {
    if (!Tango::Util::_UseDb && device->get_poll_old_factor() == 0) {
        device->set_poll_old_factor(Tango::DEFAULT_POLL_OLD_FACTOR);
    }
}

} // namespace tangopy
