// The devices that the devices of this server use.
#pragma once

#include "compat.hpp"

#include <vector>

namespace tangopy {

inline Tango::SubDevDiag *sub_devices() { return &Tango::Util::instance(false)->get_sub_dev_diag(); }

inline std::vector<std::string> list_sub_devices(Tango::SubDevDiag &diagnostics) {
    Tango::DevVarStringArray_var names = diagnostics.get_sub_devices();
    std::vector<std::string> result;
    for (CORBA::ULong i = 0; i < names->length(); ++i) {
        result.emplace_back(names[i].in());
    }
    return result;
}

} // namespace tangopy
