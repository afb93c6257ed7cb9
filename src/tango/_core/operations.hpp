// The requests that the engine can run without Python.
#pragma once

#include "attribute_data.hpp"
#include "attribute_proxy.hpp"
#include "call.hpp"
#include "state.hpp"

#include <functional>
#include <tuple>
#include <vector>

namespace tangopy {

using DevicePtr = std::shared_ptr<Tango::DeviceProxy>;

// A request is what is done with the proxy and what that gives.
template <class Reply, class Target = Tango::DeviceProxy> class Request final : public Call {
public:
    using Work = std::function<Reply(Target &)>;

    Request(std::shared_ptr<Target> target, Work work) : target_(std::move(target)), work_(std::move(work)) {}
    void run() override { reply = work_(*target_); }

    Reply reply{};

private:
    std::shared_ptr<Target> target_;
    Work work_;
};

// For requests that give nothing.
struct Nothing {};

inline std::shared_ptr<Request<int>> request_state(DevicePtr device) {
    return std::make_shared<Request<int>>(std::move(device), [](auto &proxy) { return static_cast<int>(state_of(proxy)); });
}

inline std::shared_ptr<Request<int>> request_ping(DevicePtr device) {
    return std::make_shared<Request<int>>(std::move(device), [](auto &proxy) { return proxy.ping(); });
}

inline std::shared_ptr<Request<std::string>> request_status(DevicePtr device) {
    return std::make_shared<Request<std::string>>(std::move(device), [](auto &proxy) { return status_of(proxy); });
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

// Several writes may fail one by one.
class Writes final : public Call {
public:
    Writes(DevicePtr device, Attributes values) : device_(std::move(device)), values_(std::move(values)) {}
    void run() override {
        try {
            write_attributes(*device_, *values_);
        } catch (const Tango::NamedDevFailedList &e) {
            failed = e.err_list;
            throw;
        }
    }

    std::vector<Tango::NamedDevFailed> failed;

private:
    DevicePtr device_;
    Attributes values_;
};

using Command = Request<Tango::DeviceData, Tango::Connection>;

inline std::shared_ptr<Command> request_command(std::shared_ptr<Tango::Connection> connection, const std::string &name,
                                                std::shared_ptr<Tango::DeviceData> argument) {
    return std::make_shared<Command>(std::move(connection), [name, argument](auto &proxy) {
        std::string copy = name;
        return proxy.command_inout(copy, *argument);
    });
}

// Making a proxy is a request without one.
template <class Proxy, class... Args> class Connect final : public Call {
public:
    explicit Connect(Args... args) : args_(std::move(args)...) {}
    void run() override {
        std::apply([this](auto &...args) { proxy.reset(new Proxy(args...)); }, args_);
    }

    std::unique_ptr<Proxy> proxy;

private:
    std::tuple<Args...> args_;
};

using ConnectDevice = Connect<Tango::DeviceProxy, std::string, bool>;

class ConnectAttribute final : public Call {
public:
    explicit ConnectAttribute(std::string name) : name_(std::move(name)) {}
    void run() override { proxy = attribute_named(name_); }

    AttributePtr proxy;

private:
    const std::string name_;
};

} // namespace tangopy
