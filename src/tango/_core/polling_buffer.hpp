// Values and results that a device itself puts where clients look for what was polled.
//
// cppTango's own functions for this pass each value through the attribute, where a request may be reading it at that moment,
// and keep the lock of the polling when they fail. Here the records are made directly.
#pragma once

#include "convert.hpp"
#include "server_lock.hpp"

#include <memory>
#include <vector>

namespace tangopy {

struct Elements {
    const void *data = nullptr;
    std::size_t count = 0;
    long dim_x = 0;
    long dim_y = 0;
};

// One value of an attribute. The elements must stay alive until it is in the buffer.
struct AttributeRecord {
    double seconds = 0;
    int quality = 0;
    Elements read;
    Elements written;
    Tango::DevErrorList errors;
};

struct CommandRecord {
    double seconds = 0;
    CORBA::Any result;
    Tango::DevErrorList errors;
};

// What is polled, if there is room for so many records. Needs the lock of the polling.
inline Tango::PollObj &polled_object(Tango::DeviceImpl &device, Tango::PollObjType type, std::string name, std::size_t records) {
    if (!device.is_polled()) {
        Tango::Except::throw_exception("API_DeviceNotPolled", "Device " + device.get_name() + " is not polled",
                                       "fill_polling_buffer");
    }
    auto depth = static_cast<std::size_t>(type == Tango::POLL_ATTR ? device.get_attr_poll_ring_depth(name)
                                                                   : device.get_cmd_poll_ring_depth(name));
    if (records > depth) {
        Tango::Except::throw_exception("API_DeviceNotPolled",
                                       "The polling buffer of " + name + " of device " + device.get_name() + " holds " +
                                           std::to_string(depth) + " records, which is less than " + std::to_string(records),
                                       "fill_polling_buffer");
    }
    std::transform(name.begin(), name.end(), name.begin(), ::tolower);
    return **device.get_polled_obj_by_type_name(type, name);
}

// Adds copies of elements to a sequence.
template <class E> void append(typename E::sequence &sequence, const Elements &elements) {
    auto start = sequence.length();
    sequence.length(start + static_cast<CORBA::ULong>(elements.count));
    for (std::size_t i = 0; i < elements.count; ++i) {
        const auto &source = static_cast<const typename E::element *>(elements.data)[i];
        auto &&target = sequence[start + static_cast<CORBA::ULong>(i)];
        if constexpr (E::kind == Kind::text) {
            target = static_cast<const char *>(source);
        } else {
            target = source;
        }
    }
}

inline std::unique_ptr<Tango::AttributeValueList_5> value_of(Tango::Attribute &attribute, int type,
                                                             const AttributeRecord &record) {
    auto list = std::make_unique<Tango::AttributeValueList_5>(1);
    list->length(1);
    Tango::AttributeValue_5 &value = (*list)[0];
    struct timeval time = timeval_of(record.seconds);
    value.time.tv_sec = static_cast<CORBA::Long>(time.tv_sec);
    value.time.tv_usec = static_cast<CORBA::Long>(time.tv_usec);
    value.time.tv_nsec = 0;
    value.quality = static_cast<Tango::AttrQuality>(record.quality);
    value.name = CORBA::string_dup(attribute.get_name().c_str());
    value.data_format = attribute.get_data_format();
    value.data_type = type;
    value.r_dim.dim_x = static_cast<CORBA::Long>(record.read.dim_x);
    value.r_dim.dim_y = static_cast<CORBA::Long>(record.read.dim_y);
    value.w_dim.dim_x = static_cast<CORBA::Long>(record.written.dim_x);
    value.w_dim.dim_y = static_cast<CORBA::Long>(record.written.dim_y);
    if (record.read.data == nullptr && record.read.count == 0 && record.quality == Tango::ATTR_INVALID) {
        value.value.union_no_data(true);
    } else if (attribute.get_name_lower() == "state") {
        value.value.dev_state_att(*static_cast<const Tango::DevState *>(record.read.data));
    } else {
        visit(type, [&](auto element) {
            using E = decltype(element);
            auto &sequence = fresh_member_of<E::type>(value.value);
            append<E>(sequence, record.read);
            append<E>(sequence, record.written);
        });
    }
    return list;
}

inline void fill_attribute(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, int type,
                           const std::vector<AttributeRecord> &records) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        Tango::AutoTangoMonitor lock(&device.get_poll_monitor());
        Tango::PollObj &polled = polled_object(device, Tango::POLL_ATTR, present.get_name(), records.size());
        for (const AttributeRecord &record : records) {
            if (record.errors.length() != 0) {
                add_polled(polled, new Tango::DevFailed(record.errors), record.seconds);
            } else {
                add_polled(polled, value_of(present, type, record).release(), record.seconds);
            }
        }
    });
}

// The type of what a command returns.
inline int result_type(Tango::DeviceImpl &device, const std::string &name) {
    DeviceLock lock(device);
    for (auto *commands : {&device.get_local_command_list(), &device.get_device_class()->get_command_list()}) {
        for (Tango::Command *command : *commands) {
            if (TG_strcasecmp(command->get_name().c_str(), name.c_str()) == 0) {
                return static_cast<int>(command->get_out_type());
            }
        }
    }
    Tango::Except::throw_exception("API_CommandNotFound", "Device " + device.get_name() + " has no command " + name,
                                   "fill_cmd_polling_buffer");
}

inline void fill_command(Tango::DeviceImpl &device, const std::string &name, const std::vector<CommandRecord> &records) {
    omni_thread::ensure_self known;
    Tango::AutoTangoMonitor lock(&device.get_poll_monitor());
    Tango::PollObj &polled = polled_object(device, Tango::POLL_CMD, name, records.size());
    for (const CommandRecord &record : records) {
        if (record.errors.length() != 0) {
            add_polled(polled, new Tango::DevFailed(record.errors), record.seconds);
        } else {
            add_polled(polled, new CORBA::Any(record.result), record.seconds);
        }
    }
}

} // namespace tangopy
