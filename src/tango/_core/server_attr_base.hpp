// What descriptions of attributes say.
#pragma once

#include "compat.hpp"

#include <utility>
#include <vector>

namespace tangopy {

// The default properties, by name; those that are not given stay unset.
inline void set_defaults(Tango::Attr &attr, const std::vector<std::pair<std::string, std::string>> &texts) {
    Tango::UserDefaultAttrProp properties;
    const std::pair<const char *, std::string Tango::UserDefaultAttrProp::*> members[] = {
        {"label", &Tango::UserDefaultAttrProp::label},
        {"description", &Tango::UserDefaultAttrProp::description},
        {"unit", &Tango::UserDefaultAttrProp::unit},
        {"standard_unit", &Tango::UserDefaultAttrProp::standard_unit},
        {"display_unit", &Tango::UserDefaultAttrProp::display_unit},
        {"format", &Tango::UserDefaultAttrProp::format},
        {"min_value", &Tango::UserDefaultAttrProp::min_value},
        {"max_value", &Tango::UserDefaultAttrProp::max_value},
        {"min_alarm", &Tango::UserDefaultAttrProp::min_alarm},
        {"max_alarm", &Tango::UserDefaultAttrProp::max_alarm},
        {"min_warning", &Tango::UserDefaultAttrProp::min_warning},
        {"max_warning", &Tango::UserDefaultAttrProp::max_warning},
        {"delta_val", &Tango::UserDefaultAttrProp::delta_val},
        {"delta_t", &Tango::UserDefaultAttrProp::delta_t},
        {"abs_change", &Tango::UserDefaultAttrProp::abs_change},
        {"rel_change", &Tango::UserDefaultAttrProp::rel_change},
        {"period", &Tango::UserDefaultAttrProp::period},
        {"archive_abs_change", &Tango::UserDefaultAttrProp::archive_abs_change},
        {"archive_rel_change", &Tango::UserDefaultAttrProp::archive_rel_change},
        {"archive_period", &Tango::UserDefaultAttrProp::archive_period},
        {"enum_labels", &Tango::UserDefaultAttrProp::enum_labels},
    };
    for (const auto &text : texts) {
        for (const auto &member : members) {
            if (text.first == member.first) {
                properties.*member.second = text.second;
            }
        }
    }
    attr.set_default_properties(properties);
}

} // namespace tangopy
