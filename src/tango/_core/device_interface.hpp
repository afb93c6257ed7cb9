// Attributes and commands that a device gets and loses while it runs.
#pragma once

#include "device_polling.hpp"
#include "interface.hpp"
#include "interface_news.hpp"
#include "server_attr.hpp"
#include "server_lock.hpp"

#include <memory>

namespace tangopy {

// Cleaning a database that does not exist would crash.
inline bool uses_database() { return Tango::Util::_UseDb; }

// True if cppTango kept the object, false if it deleted it because the class knew such an attribute already.
inline bool has_attr(Tango::DeviceImpl &device, const Tango::Attr *attr) {
    for (const Tango::Attr *other : device.get_device_class()->get_class_attr()->get_attr_list()) {
        if (other == attr) {
            return true;
        }
    }
    return false;
}

inline Tango::Attribute *attribute_or_null(Tango::DeviceImpl &device, const std::string &name) {
    for (Tango::Attribute *attribute : device.get_device_attr()->get_attribute_list()) {
        if (TG_strcasecmp(attribute->get_name().c_str(), name.c_str()) == 0) {
            return attribute;
        }
    }
    return nullptr;
}

// The description that serves an attribute of a device; null if the device has no such attribute.
inline Tango::Attr *attr_behind(Tango::DeviceImpl &device, const std::string &name) {
    auto &attrs = device.get_device_class()->get_class_attr()->get_attr_list();
    Tango::Attribute *attribute = attribute_or_null(device, name);
    return attribute == nullptr ? nullptr : attrs[static_cast<std::size_t>(attribute->get_attr_idx())];
}

// All that must be held while the list of attributes of a device changes: what the library holds when it looks at the list,
// here or there.
class ListLock {
public:
    explicit ListLock(Tango::DeviceImpl &device, Interface &interface)
        : configuration_(&device.get_att_conf_monitor()), polling_(&device.get_poll_monitor()), classes_(class_lists()),
          lists_(interface.lists) {}

private:
    // Devices of one class share the list of descriptions, for which the library has no lock. Only this module may ask.
    static std::recursive_mutex &class_lists() {
        static auto *mutex = new std::recursive_mutex;
        return *mutex;
    }

    Tango::AutoTangoMonitor configuration_;
    Tango::AutoTangoMonitor polling_;
    std::lock_guard<std::recursive_mutex> classes_;
    std::lock_guard<std::recursive_mutex> lists_;
};

// The library compares a description with the one that the class has of that name, and deletes the new one: it must not be the same.
inline Tango::Attr *to_be_deleted(Tango::Attr &attr) {
    const char *name = attr.get_name().c_str();
    const long type = attr.get_type();
    const Tango::AttrWriteType access = attr.get_writable();
    if (attr.get_format() == Tango::SCALAR) {
        return new Tango::Attr(name, type, access, attr.get_assoc().c_str());
    }
    if (attr.get_format() == Tango::SPECTRUM) {
        return new Tango::SpectrumAttr(name, type, access, static_cast<Tango::SpectrumAttr &>(attr).get_max_x());
    }
    auto &image = static_cast<Tango::ImageAttr &>(attr);
    return new Tango::ImageAttr(name, type, access, image.get_max_x(), image.get_max_y());
}

// While a device gets an attribute that its class describes otherwise, the new description is in the place of the old one: the
// library would refuse it, but makes the attribute from what is there, and later looks there for nothing but the methods.
class OtherDescription {
public:
    OtherDescription(Tango::DeviceImpl &device, Tango::Attr &attr) {
        for (Tango::Attr *&present : device.get_device_class()->get_class_attr()->get_attr_list()) {
            if (present->get_name() == attr.get_name() && present->get_cl_name() == attr.get_cl_name() && differs(*present, attr)) {
                attr.get_class_properties() = present->get_class_properties();
                place_ = &present;
                old_ = present;
                present = &attr;
                return;
            }
        }
    }
    ~OtherDescription() {
        if (place_ != nullptr) {
            *place_ = old_;
        }
    }
    OtherDescription(const OtherDescription &) = delete;
    OtherDescription &operator=(const OtherDescription &) = delete;

private:
    static bool differs(Tango::Attr &one, Tango::Attr &other) {
        return one.get_type() != other.get_type() || one.get_format() != other.get_format() || one.get_writable() != other.get_writable();
    }

    Tango::Attr **place_ = nullptr;
    Tango::Attr *old_ = nullptr;
};

// What becomes of a description: the class keeps it, or its own object alone has it, or the library deletes it.
enum AttrFate { ATTR_KEPT, ATTR_APART, ATTR_DELETED };

inline AttrFate let_in(Tango::DeviceImpl &device, Tango::Attr *attr) {
    bool known = false;
    {
        OtherDescription other(device, *attr);
        known = has_attr(device, attr);
        device.add_attribute(known ? to_be_deleted(*attr) : attr);
    }
    return has_attr(device, attr) ? ATTR_KEPT : known ? ATTR_APART : ATTR_DELETED;
}

// Adds an attribute and returns its description, which is another one if the class had described it before. `asks` if the device is
// to be asked before each access. An attribute that is polled is polled when the locks are free again: the thread that polls may
// want them.
inline Tango::Attr *add_attribute(Tango::DeviceImpl &device, Interface &interface, Tango::Attr *attr, bool asks, AttrFate &fate) {
    KnownThread thread;
    const std::string name = attr->get_name();
    const long period = attr->get_polling_period();
    Tango::Attr *present = nullptr;
    {
        Interface::Change change = Interface::Change::adding(interface);
        DeviceLock lock(device);
        ListLock lists(device, interface);
        InterfaceNews::Change news(device, interface.news.get());
        attr->set_polling_period(0);
        try {
            fate = let_in(device, attr);
        } catch (...) {
            attr->set_polling_period(period);
            fate = has_attr(device, attr) ? ATTR_KEPT : ATTR_APART;
            throw;
        }
        if (fate != ATTR_DELETED) {
            attr->set_polling_period(period);
        }
        attribute_or_null(device, name)->set_polling_period(period);
        present = attr_behind(device, name);
        AttrBehind *behind = behind_of(present);
        if (asks && behind != nullptr) {
            behind->has_is_allowed = true;
        }
    }
    if (period != 0 && !is_attribute_polled(device, name)) {
        poll_attribute(device, interface, name, static_cast<int>(period));
    }
    return present;
}

// The removal of an attribute, in the two steps that let Python part with it in between: from the first one on, until this
// object goes, nobody uses the attribute.
class Removal {
public:
    Removal(Tango::DeviceImpl &device, Interface &interface, const std::string &name, bool clean_database)
        : device_(device), news_(interface.news.get()), name_(name), clean_database_(clean_database && uses_database()),
          change_(Interface::Change::removing(interface, device, name)) {
        interface.check_own_requests(device, name);
        stop_polling(interface);
        lock_ = std::make_unique<DeviceLock>(device);
        lists_ = std::make_unique<ListLock>(device, interface);
        attribute_ = attribute_or_null(device, name);
        description_ = attr_behind(device, name);
        if (attribute_ != nullptr && attribute_->get_attr_serial_model() == Tango::ATTR_BY_KERNEL) {
            SentLock nobody_sends_it(*attribute_);
        }
    }

    // Null if there is no such attribute.
    Tango::Attribute *attribute() const { return attribute_; }

    void finish() {
        InterfaceNews::Change news(device_, news_);
        device_.remove_attribute(name_, false, clean_database_);
        if (description_ != nullptr && !has_attr(device_, description_)) {
            unused_ = description_;
        }
    }
    // The description, if no device has it any longer.
    Tango::Attr *unused() const { return unused_; }

private:
    void stop_polling(Interface &interface) {
        std::string device_name = device_.get_name();
        Tango::Util *util = Tango::Util::instance(false);
        if (util->is_svr_shutting_down() || util->is_device_restarting(device_name)) {
            return;
        }
        for (const auto &[polled, period] : polled_now(device_, Tango::POLL_ATTR)) {
            if (TG_strcasecmp(polled.c_str(), name_.c_str()) == 0) {
                stop_polled(device_, interface, Tango::POLL_ATTR, name_, clean_database_);
            }
        }
    }

    Tango::DeviceImpl &device_;
    InterfaceNews *const news_;
    std::string name_;
    const bool clean_database_;
    KnownThread thread_; // before the locks
    Interface::Change change_;
    std::unique_ptr<DeviceLock> lock_;
    std::unique_ptr<ListLock> lists_;
    Tango::Attribute *attribute_ = nullptr;
    Tango::Attr *description_ = nullptr;
    Tango::Attr *unused_ = nullptr;
};

inline void add_command(Tango::DeviceImpl &device, Interface &interface, Tango::Command *command, bool device_level) {
    DeviceLock lock(device);
    InterfaceNews::Change news(device, interface.news.get());
    device.add_command(command, device_level);
}

inline void remove_command(Tango::DeviceImpl &device, Interface &interface, const std::string &name, bool clean_database) {
    DeviceLock lock(device);
    InterfaceNews::Change news(device, interface.news.get());
    device.remove_command(name, true, clean_database && uses_database());
}

inline bool has_command(Tango::DeviceImpl &device, const Tango::Command *command) {
    for (const Tango::Command *other : device.get_local_command_list()) {
        if (other == command) {
            return true;
        }
    }
    for (const Tango::Command *other : device.get_device_class()->get_command_list()) {
        if (other == command) {
            return true;
        }
    }
    return false;
}

} // namespace tangopy
