// The C++ command behind a command of a Python device class.
#pragma once

#include "any.hpp"
#include "gate.hpp"

namespace tangopy {

// The rows of the hook table of commands.
enum CommandHook { HOOK_EXECUTE, HOOK_COMMAND_ALLOWED, HOOK_COMMAND_ENDED, COMMAND_HOOKS };

struct CommandFrame {
    Tango::DeviceImpl *device;
    const CORBA::Any *argument;
    CORBA::Any *result;
    bool allowed;
};

class PyCommand final : public Tango::Command {
public:
    // `python` is borrowed until adopt().
    PyCommand(const std::string &name, int in_type, int out_type, const std::string &in_description,
              const std::string &out_description, int level, bool asks, PyObject *python, const Hook *hooks)
        : Tango::Command(lvalue(name), static_cast<Tango::CmdArgType>(in_type), static_cast<Tango::CmdArgType>(out_type),
                         lvalue(in_description), lvalue(out_description), static_cast<Tango::DispLevel>(level)),
          python_(python), hooks_(hooks), asks_(asks) {}

    ~PyCommand() override {
        if (adopted_) {
            tell_python(hooks_[HOOK_COMMAND_ENDED], python_, nullptr);
        }
    }

    // Needs the GIL. From now on cppTango owns the C++ command, which owns a reference to the Python one.
    void adopt() {
        Py_INCREF(python_);
        adopted_ = true;
    }
    bool adopted() const noexcept { return adopted_; }

    // Needs the GIL: cppTango has let go of the C++ command, and the Python command owns it again.
    void give_back() {
        adopted_ = false;
        Py_DECREF(python_);
    }

    CORBA::Any *execute(Tango::DeviceImpl *device, const CORBA::Any &argument) override {
        CORBA::Any_var result = new CORBA::Any;
        CommandFrame frame{device, &argument, &result.inout(), true};
        call_python(hooks_[HOOK_EXECUTE], python_, &frame);
        return result._retn();
    }

    bool is_allowed(Tango::DeviceImpl *device, const CORBA::Any &argument) override {
        if (!asks_) {
            return true;
        }
        CommandFrame frame{device, &argument, nullptr, true};
        call_python(hooks_[HOOK_COMMAND_ALLOWED], python_, &frame);
        return frame.allowed;
    }

private:
    PyObject *python_;
    const Hook *hooks_;
    bool asks_;
    bool adopted_ = false;
};

} // namespace tangopy
