// The properties of devices and classes, as a server reads them from its database, or from the file in its place.
#pragma once

#include "compat.hpp"

#include <string>
#include <vector>

namespace tangopy {

using Lines = std::vector<std::string>;

inline bool has_database() { return Tango::Util::_UseDb; }
inline bool uses_file() { return Tango::Util::_FileDb; }

// Null if there is none.
inline Tango::Database *database_of_server() {
    Tango::Util *util = Tango::Util::instance(false);
    return has_database() ? util->get_database() : nullptr;
}

// The values of each name; none where the database has none.
inline std::vector<Lines> read_properties(bool of_class, std::string owner, const Lines &names) {
    Tango::DbData data;
    for (const std::string &name : names) {
        data.emplace_back(name.c_str());
    }
    Tango::Util *util = Tango::Util::instance(false);
    if (of_class) {
        util->get_database()->get_class_property(owner, data, util->get_db_cache());
    } else {
        util->get_database()->get_device_property(owner, data, util->get_db_cache());
    }
    std::vector<Lines> values;
    for (size_t i = 0; i < names.size(); ++i) {
        // A file in place of the database answers for a class property that it does not have under the name of another one,
        // with no lines; so the answers are looked for by name, and those without lines left aside.
        Lines found;
        for (Tango::DbDatum &datum : data) {
            if (datum.name == names[i] && !datum.value_string.empty()) {
                found.assign(datum.value_string.begin(), datum.value_string.end());
            }
        }
        values.push_back(found);
    }
    return values;
}

inline void write_property(bool of_class, std::string owner, const std::string &name, Lines values) {
    Tango::DbDatum datum(name.c_str());
    datum << values;
    Tango::DbData data{datum};
    Tango::Database *database = Tango::Util::instance(false)->get_database();
    if (of_class) {
        database->put_class_property(owner, data);
    } else {
        database->put_device_property(owner, data);
    }
}

// A property of one attribute of a device, for example its memorised value.
inline void write_attribute_property(std::string device, const std::string &attribute, const std::string &name,
                                     Lines values) {
    Tango::DbDatum head(attribute.c_str());
    head << static_cast<Tango::DevShort>(1);
    Tango::DbDatum datum(name.c_str());
    datum << values;
    Tango::DbData data{head, datum};
    Tango::Util::instance(false)->get_database()->put_device_attribute_property(device, data);
}

} // namespace tangopy
