// The requests that the engine can run without Python.
#pragma once

#include "call.hpp"

#include <functional>
#include <vector>

namespace tangopy {

using DevicePtr = std::shared_ptr<Tango::DeviceProxy>;

// A request is what is done with the proxy and what that gives.
template <class Reply> class Request final : public Call {
public:
    using Work = std::function<Reply(Tango::DeviceProxy &)>;

    Request(DevicePtr device, Work work) : device_(std::move(device)), work_(std::move(work)) {}
    void run() override { reply = work_(*device_); }

    Reply reply{};

private:
    DevicePtr device_;
    Work work_;
};

// For requests that give nothing.
struct Nothing {};

inline std::shared_ptr<Request<int>> request_state(DevicePtr device) {
    return std::make_shared<Request<int>>(std::move(device), [](auto &proxy) { return static_cast<int>(proxy.state()); });
}

inline std::shared_ptr<Request<int>> request_ping(DevicePtr device) {
    return std::make_shared<Request<int>>(std::move(device), [](auto &proxy) { return proxy.ping(); });
}

inline std::shared_ptr<Request<std::string>> request_status(DevicePtr device) {
    return std::make_shared<Request<std::string>>(std::move(device), [](auto &proxy) { return proxy.status(); });
}

inline std::shared_ptr<Request<Tango::DeviceAttribute>> request_read(DevicePtr device, const std::string &name) {
    return std::make_shared<Request<Tango::DeviceAttribute>>(std::move(device), [name](auto &proxy) {
        std::string copy = name; // 9.3 wants to be able to change it
        return proxy.read_attribute(copy);
    });
}

using Attributes = std::shared_ptr<std::vector<Tango::DeviceAttribute>>;

inline std::shared_ptr<Request<Attributes>> request_reads(DevicePtr device, const std::vector<std::string> &names) {
    return std::make_shared<Request<Attributes>>(std::move(device), [names](auto &proxy) {
        std::vector<std::string> copy = names;
        return Attributes(proxy.read_attributes(copy));
    });
}

// What is written is shared with the request and belongs to C++.
using Value = std::shared_ptr<Tango::DeviceAttribute>;

inline std::shared_ptr<Request<Nothing>> request_write(DevicePtr device, Value value) {
    return std::make_shared<Request<Nothing>>(std::move(device), [value](auto &proxy) {
        proxy.write_attribute(*value);
        return Nothing();
    });
}

inline std::shared_ptr<Request<Nothing>> request_writes(DevicePtr device, Attributes values) {
    return std::make_shared<Request<Nothing>>(std::move(device), [values](auto &proxy) {
        proxy.write_attributes(*values);
        return Nothing();
    });
}

inline std::shared_ptr<Request<Tango::DeviceData>> request_command(DevicePtr device, const std::string &name,
                                                                  std::shared_ptr<Tango::DeviceData> argument) {
    return std::make_shared<Request<Tango::DeviceData>>(std::move(device), [name, argument](auto &proxy) {
        std::string copy = name;
        return proxy.command_inout(copy, *argument);
    });
}

// Making a proxy is a request without one.
class Connect final : public Call {
public:
    Connect(std::string name, bool check) : name_(std::move(name)), check_(check) {}
    void run() override { device.reset(new Tango::DeviceProxy(name_, check_)); }

    std::unique_ptr<Tango::DeviceProxy> device;

private:
    std::string name_;
    bool check_;
};

} // namespace tangopy
