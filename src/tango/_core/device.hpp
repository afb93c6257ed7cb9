// The C++ device behind a Python device.
#pragma once

#include "command_history.hpp"
#include "gate.hpp"
#include "interface.hpp"
#include "interface_news.hpp"
#include "life.hpp"
#include "request.hpp"
#include "signals.hpp"
#include "turn.hpp"

#include <algorithm>
#include <atomic>
#include <vector>

namespace tangopy {

using DeviceLife = Life<Tango::DeviceImpl>;

// The rows of the hook table of devices.
enum DeviceHook {
    HOOK_INIT,
    HOOK_DELETE,
    HOOK_ALWAYS,
    HOOK_READ_HARDWARE,
    HOOK_WRITE_HARDWARE,
    HOOK_STATE,
    HOOK_STATUS,
    HOOK_SIGNAL,
    HOOK_SERVER_INIT,
    HOOK_ENDED,
    DEVICE_HOOKS
};

class PyDevice final : public LatestDevice {
public:
    // `self` is borrowed until adopt(): the Python object owns a device that no class has taken yet. `defined` has a bit
    // for each hook that the Python class defines; the others are answered here, without Python.
    PyDevice(Tango::DeviceClass *device_class, const std::string &name, const std::string &description,
             Tango::DevState state, const std::string &status, PyObject *self, const Hook *hooks, unsigned defined,
             std::shared_ptr<Interface> interface)
        : LatestDevice(device_class, lvalue(name).c_str(), lvalue(description).c_str(), state, lvalue(status).c_str()),
          life_(std::make_shared<DeviceLife>(this)), interface_(std::move(interface)), self_(self), hooks_(hooks),
          defined_(defined) {
        interface_->news = std::make_shared<InterfaceNews>(life_);
    }

    ~PyDevice() override {
        if (adopted_ && Tango::Util::instance(false)->is_svr_shutting_down()) {
            end_once(*Tango::Util::instance(false));
        }
        if (adopted_ && defines(HOOK_DELETE)) {
            tell_python(hooks_[HOOK_DELETE], self_, nullptr);
        }
        life_->end(3.0);
        if (adopted_) {
            tell_python(hooks_[HOOK_ENDED], self_, nullptr);
        }
    }

    // Needs the GIL. From now on cppTango owns the device, and the device owns a reference to the Python object, which
    // the hook HOOK_ENDED gives back.
    void adopt() {
        Py_INCREF(self_);
        adopted_ = true;
    }
    bool adopted() const noexcept { return adopted_; }

    // Deletes a device that cppTango has not taken over and whose Python object is going away.
    static void drop(Tango::DeviceImpl *device) { static_cast<PyDevice *>(device)->_remove_ref(); }

    // From now on it answers as if it were gone. The ORB goes on giving requests to an object that is being deactivated as long
    // as others are under way: with many clients that would never end, and its successor waits for the end.
    void refuse_requests() noexcept { refuses_ = true; }

    PyObject *self() const noexcept { return self_; }
    const std::shared_ptr<DeviceLife> &life() const noexcept { return life_; }

    void init_device() override { call(HOOK_INIT, nullptr); }
    void delete_device() override {
        if (defines(HOOK_DELETE)) {
            call(HOOK_DELETE, nullptr);
        }
    }
    void always_executed_hook() override {
        interface_->polling.let_pass(*this);
        if (defines(HOOK_ALWAYS)) {
            call(HOOK_ALWAYS, nullptr);
        }
    }
    void read_attr_hardware(std::vector<long> &indexes) override {
        refuse_to_wait_for_itself(*this, indexes);
        if (defines(HOOK_READ_HARDWARE)) {
            call(HOOK_READ_HARDWARE, &indexes);
        }
    }
    void write_attr_hardware(std::vector<long> &indexes) override {
        if (defines(HOOK_WRITE_HARDWARE)) {
            call(HOOK_WRITE_HARDWARE, &indexes);
        }
    }
    Tango::DevState dev_state() override {
        if (!defines(HOOK_STATE)) {
            return base_state();
        }
        int state = Tango::UNKNOWN;
        call(HOOK_STATE, &state);
        return static_cast<Tango::DevState>(state);
    }
    Tango::ConstDevString dev_status() override {
        // The caller copies the text before its thread comes here again.
        static thread_local std::string text;
        if (defines(HOOK_STATUS)) {
            call(HOOK_STATUS, &text);
        } else {
            text = base_status();
        }
        return text.c_str();
    }
    void signal_handler(long signo) override {
        if (defines(HOOK_SIGNAL)) {
            tell_python(hooks_[HOOK_SIGNAL], self_, &signo);
        } else {
            LatestDevice::signal_handler(signo);
        }
    }
    void server_init_hook() TANGOPY_OVERRIDE_10 {
        if (defines(HOOK_SERVER_INIT)) {
            call(HOOK_SERVER_INIT, nullptr);
        }
    }

    // True if state and status are those that were set. Otherwise cppTango reads the attributes that have alarms, under the
    // monitor of the device, which a slow write holds in all serial models.
    bool has_plain_state() {
        bool may_alarm = device_state == Tango::ALARM ||
                         (device_state == Tango::ON && !get_device_attr()->get_alarm_list().empty());
        return !may_alarm && !run_att_conf_loop && !is_alarm_state_forced();
    }

    // Only requests that came as a message pass here.
    CORBA::Boolean _dispatch(omniCallHandle &call) override {
        if (refuses_) {
            throw CORBA::OBJECT_NOT_EXIST(0, CORBA::COMPLETED_NO);
        }
        request_arrives(call);
        if (!concerns_attributes(call)) {
            return LatestDevice::_dispatch(call);
        }
        // until the reply is sent
        Interface::Request request(*interface_, names_are_known(call));
        return LatestDevice::_dispatch(call);
    }
    Tango::AttributeValueList_5 *read_attributes_5(const Tango::DevVarStringArray &names, Tango::DevSource source,
                                                   const Tango::ClntIdent &client) override {
        Interface::Request request(*interface_);
        request.reads(names);
        ReadingScope reading(names);
        return reading.finished(LatestDevice::read_attributes_5(names, source, client));
    }
    Tango::AttributeValueList_5 *write_read_attributes_5(const Tango::AttributeValueList_4 &values,
                                                         const Tango::DevVarStringArray &names,
                                                         const Tango::ClntIdent &client) override {
        Turn turn(*this, writing_, "writes");
        Interface::Request request(*interface_);
        request.reads(names);
        request.writes(values);
        ReadingScope reading(names);
        return reading.finished(LatestDevice::write_read_attributes_5(values, names, client));
    }
    Tango::AttributeValueList_4 *write_read_attributes_4(const Tango::AttributeValueList_4 &values,
                                                         const Tango::ClntIdent &client) override {
        Turn turn(*this, writing_, "writes");
        return LatestDevice::write_read_attributes_4(values, client);
    }
    void write_attributes_4(const Tango::AttributeValueList_4 &values, const Tango::ClntIdent &client) override {
        Turn turn(*this, writing_, "writes");
        Interface::Request request(*interface_);
        request.writes(values);
        LatestDevice::write_attributes_4(values, client);
    }
    void write_attributes_3(const Tango::AttributeValueList &values) override {
        Turn turn(*this, writing_, "writes");
        LatestDevice::write_attributes_3(values);
    }
    void write_attributes(const Tango::AttributeValueList &values) override {
        Turn turn(*this, writing_, "writes");
        LatestDevice::write_attributes(values);
    }

#if TANGOPY_HAS_PIPES
    // cppTango stores label and description in the database even if there is none, or a file that cannot hold them.
    void set_pipe_config_5(const Tango::PipeConfigList &configs, const Tango::ClntIdent &client) override {
        if (Tango::Util::_UseDb && !Tango::Util::_FileDb) {
            LatestDevice::set_pipe_config_5(configs, client);
            return;
        }
        Tango::AutoTangoMonitor alone(this, true);
        Tango::AutoTangoMonitor configuring(&get_pipe_conf_monitor());
        check_lock("set_pipe_config_5");
        for (CORBA::ULong i = 0; i < configs.length(); ++i) {
            Tango::Pipe &pipe = get_device_class()->get_pipe_by_name(configs[i].name.in(), get_name_lower());
            std::vector<Tango::Attribute::AttPropDb> to_store;
            pipe.set_properties(configs[i], this, to_store);
        }
    }

    // All clients read and write one object of cppTango. Where no monitor keeps them apart, its mutex does, which reads have anyhow.
    void write_pipe_5(const Tango::DevPipeData &value, const Tango::ClntIdent &client) override {
        Turn turn(*this, writing_, "writes");
        std::unique_ptr<omni_mutex_lock> lock;
        if (Tango::Util::instance()->get_serial_model() == Tango::NO_SYNC) {
            Tango::Pipe &pipe = get_device_class()->get_pipe_by_name(value.name.in(), get_name_lower());
            lock = std::make_unique<omni_mutex_lock>(*pipe.get_pipe_mutex());
        }
        LatestDevice::write_pipe_5(value, client);
    }
    Tango::DevPipeData *write_read_pipe_5(const Tango::DevPipeData &value, const Tango::ClntIdent &client) override {
        Turn turn(*this, writing_, "writes");
        return LatestDevice::write_read_pipe_5(value, client);
    }
#endif

    Tango::DevCmdHistory_4 *command_inout_history_4(const char *name, CORBA::Long depth) override {
        int type = Tango::DATA_TYPE_UNKNOWN;
        try {
            Tango::DevCmdHistory_4_var last = LatestDevice::command_inout_history_4(name, 1);
            type = static_cast<int>(last->cmd_type);
        } catch (const Tango::DevFailed &error) {
            if (error.errors[0].reason.in() != std::string("API_CmdArgumentTypeNotSupported")) {
                throw;
            }
        }
        Tango::DevCmdHistoryList_var records = LatestDevice::command_inout_history_2(name, depth);
        return packed(records.in(), type == Tango::DATA_TYPE_UNKNOWN ? type_of_states(records.in()) : type);
    }

    // What a Python override reaches with super().
    Tango::DevState base_state() {
        if (has_plain_state()) {
            return device_state;
        }
        Turn turn(*this, asking_, "readings for the state");
        StateScope state;
        return LatestDevice::dev_state();
    }
    std::string base_status() {
        bool is_set = has_plain_state() && device_status != Tango::StatusNotSet;
        return is_set ? device_status : std::string(LatestDevice::dev_status());
    }
    void base_signal_handler(long signo) { LatestDevice::signal_handler(signo); }

private:
    bool defines(DeviceHook hook) const noexcept { return (defined_ & (1u << hook)) != 0; }
    void call(DeviceHook hook, void *frame) { call_python(hooks_[hook], self_, frame); }

    std::shared_ptr<DeviceLife> life_;
    std::shared_ptr<Interface> interface_;
    std::recursive_timed_mutex writing_;
    std::recursive_timed_mutex asking_;
    PyObject *self_;
    std::atomic<bool> refuses_{false};
    bool adopted_ = false;
    const Hook *hooks_;
    unsigned defined_;
};

inline PyDevice *as_py_device(Tango::DeviceImpl *device) { return static_cast<PyDevice *>(device); }

// The Python object of a device that is known to be ours.
inline PyObject *self_of(Tango::DeviceImpl *device) { return as_py_device(device)->self(); }

// The Python object of a device of ours, or null for one that was written in C++. Only the device module may ask: its copy
// of the class is the one that made them.
inline PyObject *python_of(Tango::DeviceImpl *device) {
    auto *mine = dynamic_cast<PyDevice *>(device);
    return mine == nullptr ? nullptr : mine->self();
}

// Whether a device that was written in C++ is still there: nothing tells when it goes.
inline bool is_served(const Tango::DeviceImpl *device) {
    Tango::Util *util = Tango::Util::instance(false);
    if (static_cast<Tango::DeviceImpl *>(util->get_dserver_device()) == device) {
        return true;
    }
    for (Tango::DeviceClass *device_class : *util->get_class_list()) {
        const auto &devices = device_class->get_device_list();
        if (std::find(devices.begin(), devices.end(), device) != devices.end()) {
            return true;
        }
    }
    return false;
}

} // namespace tangopy
