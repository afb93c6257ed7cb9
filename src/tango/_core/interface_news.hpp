// Events that tell which attributes and commands a device has got or lost.
//
// cppTango pushes them from a thread that waits 50 ms for further changes. Whoever makes one in the moment in which that thread wants to
// push waits for its answer, which does not come: with the device locked, which the thread needs, for three seconds, and then the
// change fails. The thread here gives no answers, and what it looks at changes under the lock of the device only.
#pragma once

#include "compat_server.hpp"
#include "life.hpp"
#include "native_thread.hpp"
#include "server_lock.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace tangopy {

class InterfaceNews : public std::enable_shared_from_this<InterfaceNews> {
public:
    explicit InterfaceNews(std::shared_ptr<Life<Tango::DeviceImpl>> life) : life_(std::move(life)) {}

    // While something is added or removed; the device is locked.
    class Change {
    public:
        Change(Tango::DeviceImpl &device, InterfaceNews *news) : device_(device), news_(news) {
            if (news_ != nullptr && is_heard(device)) {
                device.disable_intr_change_ev(); // the library is not to do it
                news_->begin(device);
            } else {
                news_ = nullptr;
            }
        }
        ~Change() {
            if (news_ != nullptr) {
                device_.enable_intr_change_ev();
                news_->tell();
            }
        }
        Change(const Change &) = delete;
        Change &operator=(const Change &) = delete;

    private:
        Tango::DeviceImpl &device_;
        InterfaceNews *news_;
    };

private:
    static constexpr auto pause = std::chrono::milliseconds(50);

    static bool is_heard(Tango::DeviceImpl &device) {
        auto *supplier = Tango::Util::instance(false)->get_zmq_event_supplier();
        return device.is_intr_change_ev_enable() && supplier != nullptr && supplier->any_dev_intr_client(&device);
    }

    void begin(Tango::DeviceImpl &device) {
        if (!going_) {
            before_.get_interface(&device);
        }
    }

    void tell() {
        more_ = true;
        if (!going_) {
            going_ = start_thread([news = shared_from_this()] { news->wait_and_push(); });
        }
    }

    void wait_and_push() {
        while (true) {
            while (more_.exchange(false)) {
                std::this_thread::sleep_for(pause);
            }
            std::shared_ptr<Tango::DeviceImpl> device = life_->use();
            if (device == nullptr) {
                return;
            }
            try {
                DeviceLock lock(*device);
                going_ = false;
                push(*device);
                return;
            } catch (...) {
                if (!going_) {
                    return; // the event cannot be sent, and there is nobody to tell
                }
                more_ = true; // the device is busy
            }
        }
    }

    void push(Tango::DeviceImpl &device) {
        if (before_.has_changed(&device)) {
            auto &latest = static_cast<LatestDevice &>(device);
            Tango::DevVarStringArray all;
            all.length(1);
            all[0] = Tango::AllAttr_3;
            std::unique_ptr<Tango::DevCmdInfoList_2> commands(latest.command_list_query_2());
            std::unique_ptr<Tango::AttributeConfigList_5> attributes(latest.get_attribute_config_5(all));
            auto *supplier = Tango::Util::instance(false)->get_zmq_event_supplier();
            supplier->push_dev_intr_change_event(&device, false, commands.release(), attributes.release());
        }
    }

    const std::shared_ptr<Life<Tango::DeviceImpl>> life_;
    Tango::DevIntr before_;
    std::atomic<bool> more_{false};
    bool going_ = false; // until it pushes
};

} // namespace tangopy
