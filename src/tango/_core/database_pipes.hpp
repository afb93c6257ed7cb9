// Properties of pipes in the Tango database, which all versions of cppTango keep; of a device or of a class.
#pragma once

#include "compat.hpp"

#include <string>
#include <vector>

namespace tangopy {

inline void get_pipe_property(Tango::Database &database, bool of_class, const std::string &owner, Tango::DbData &data) {
    of_class ? database.get_class_pipe_property(owner, data) : database.get_device_pipe_property(owner, data);
}

inline void put_pipe_property(Tango::Database &database, bool of_class, const std::string &owner, Tango::DbData &data) {
    of_class ? database.put_class_pipe_property(owner, data) : database.put_device_pipe_property(owner, data);
}

inline void delete_pipe_property(Tango::Database &database, bool of_class, const std::string &owner, Tango::DbData &data) {
    of_class ? database.delete_class_pipe_property(owner, data) : database.delete_device_pipe_property(owner, data);
}

inline std::vector<Tango::DbHistory> get_pipe_property_history(Tango::Database &database, bool of_class, std::string owner,
                                                               std::string pipe, std::string name) {
    return of_class ? database.get_class_pipe_property_history(owner, pipe, name)
                    : database.get_device_pipe_property_history(owner, pipe, name);
}

inline std::vector<std::string> get_device_pipe_list(Tango::Database &database, const std::string &device) {
    std::vector<std::string> names;
    database.get_device_pipe_list(device, names);
    return names;
}

inline Tango::DbDatum get_class_pipe_list(Tango::Database &database, const std::string &class_name, const std::string &wildcard) {
    return database.get_class_pipe_list(class_name, wildcard);
}

} // namespace tangopy
