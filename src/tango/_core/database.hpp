// The Tango database: what Cython cannot say.
#pragma once

#include "compat.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tangopy {

// A database file is read without any connection, so that nothing has started the ORB, but it works with CORBA::Any.
inline void start_orb() {
    Tango::ApiUtil *api = Tango::ApiUtil::instance();
    CORBA::ORB_var orb = api->get_orb();
    if (CORBA::is_nil(orb)) {
        api->create_orb();
    }
}

// The library keeps the databases of its proxies until the process ends.
inline std::shared_ptr<Tango::Database> lent_database(Tango::Database *database) {
    return std::shared_ptr<Tango::Database>(database, [](Tango::Database *) {});
}

inline void export_event(Tango::Database &database, const std::vector<std::string> &parts) {
    // The call takes the array over.
    auto *array = new Tango::DevVarStringArray;
    array->length(static_cast<CORBA::ULong>(parts.size()));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        (*array)[static_cast<CORBA::ULong>(i)] = CORBA::string_dup(parts[i].c_str());
    }
    database.export_event(array);
}

} // namespace tangopy
