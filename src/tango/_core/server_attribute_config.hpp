// The configuration of attributes of running devices: limits and properties.
#pragma once

#include "server_lock.hpp"
#include "types.hpp"

#include <sstream>

namespace tangopy {

enum Limit { MIN_VALUE, MAX_VALUE, MIN_ALARM, MAX_ALARM, MIN_WARNING, MAX_WARNING };

// The type of the limits of an attribute; 0 if its type has none.
inline int limit_type(Tango::Attribute &attribute) {
    int type = static_cast<int>(attribute.get_data_type());
    if (type == Tango::DEV_ENCODED) {
        return Tango::DEV_UCHAR;
    }
    const Row *row = row_of(type);
    return row != nullptr && (row->kind == Kind::integer || row->kind == Kind::real) ? type : 0;
}

template <class T> void put_limit(Tango::Attribute &attribute, int limit, const T &value) {
    switch (limit) {
    case MIN_VALUE:
        static_cast<Tango::WAttribute &>(attribute).set_min_value(value);
        break;
    case MAX_VALUE:
        static_cast<Tango::WAttribute &>(attribute).set_max_value(value);
        break;
    case MIN_ALARM:
        attribute.set_min_alarm(value);
        break;
    case MAX_ALARM:
        attribute.set_max_alarm(value);
        break;
    case MIN_WARNING:
        attribute.set_min_warning(value);
        break;
    default:
        attribute.set_max_warning(value);
    }
}

// `number` points to a number of the type of limits; where it is null, `text` is taken.
inline void set_limit(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, int limit, const void *number,
                      const std::string &text) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        if (number == nullptr) {
            put_limit(present, limit, text.c_str());
            return;
        }
        visit(limit_type(present), [&](auto element) {
            using E = decltype(element);
            if constexpr (E::kind == Kind::integer || E::kind == Kind::real) {
                put_limit(present, limit, *static_cast<const typename E::element *>(number));
            }
        });
    });
}

// Stores the limit at `number`; throws if none is set.
inline void get_limit(Tango::Attribute &attribute, int limit, void *number) {
    visit(limit_type(attribute), [&](auto element) {
        using E = decltype(element);
        if constexpr (E::kind == Kind::integer || E::kind == Kind::real) {
            auto &value = *static_cast<typename E::element *>(number);
            switch (limit) {
            case MIN_VALUE:
                static_cast<Tango::WAttribute &>(attribute).get_min_value(value);
                break;
            case MAX_VALUE:
                static_cast<Tango::WAttribute &>(attribute).get_max_value(value);
                break;
            case MIN_ALARM:
                attribute.get_min_alarm(value);
                break;
            case MAX_ALARM:
                attribute.get_max_alarm(value);
                break;
            case MIN_WARNING:
                attribute.get_min_warning(value);
                break;
            default:
                attribute.get_max_warning(value);
            }
        }
    });
}

inline bool check_alarm(Tango::DeviceImpl &device, Tango::Attribute *const &attribute) {
    return with_attribute(device, attribute, [](Tango::Attribute &present) { return present.check_alarm(); });
}

// Throws as check_alarm() does if no alarm is configured; otherwise says what the last check found.
inline bool known_alarm(Tango::Attribute &attribute) {
    if (attribute.is_alarmed().none()) {
        return attribute.check_alarm();
    }
    return attribute.is_min_alarm() || attribute.is_max_alarm() || attribute.is_min_warning() || attribute.is_max_warning() ||
           attribute.is_rds_alarm();
}

template <class Config> void get_config(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, Config &config) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        Tango::AutoTangoMonitor monitor(&device.get_att_conf_monitor());
        present.get_properties(config);
    });
}

// Sets the configuration in memory and in the database. `tells` also tells the clients that listen to it. A forwarded
// attribute keeps its label only; all else is its root attribute's.
template <class Config> void set_config(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, const Config &config, bool tells) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        Tango::Util *util = Tango::Util::instance();
        bool running = !util->is_svr_starting() && !util->is_device_restarting(device.get_name());
        Tango::TangoMonitor *none = nullptr;
        Tango::AutoTangoMonitor monitor(running ? &device.get_att_conf_monitor() : none);
        if constexpr (std::is_same_v<Config, Tango::AttributeConfig_5>) {
            if (present.is_fwd_att()) {
                auto &forward = static_cast<Tango::FwdAttribute &>(present);
                forward.upd_att_config_base(config.label.in());
                forward.upd_att_config(config);
                return;
            }
        }
        present.set_upd_properties(config, device.get_name(), tells);
        if (tells && running) {
            device.push_att_conf_event(&present);
        }
    });
}

// Deletes what the database holds of the configuration.
inline void remove_config(Tango::DeviceImpl &device, Tango::Attribute *const &attribute) {
    with_attribute(device, attribute, [](Tango::Attribute &present) {
        if (Tango::Util::_UseDb) {
            present.remove_configuration();
        }
    });
}

} // namespace tangopy
