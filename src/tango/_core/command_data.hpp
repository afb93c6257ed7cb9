// DeviceData and its Any.
#pragma once

#include "any.hpp"

namespace tangopy {

inline CORBA::Any &any_of(Tango::DeviceData &data) { return data.any.inout(); }

// The type of what it holds; DEV_VOID if that is nothing, -1 if it is none of Tango's.
inline int type_of(Tango::DeviceData &data) {
    CORBA::TypeCode_var code = any_of(data).type();
    if (code->kind() == CORBA::tk_null || code->kind() == CORBA::tk_void) {
        return Tango::DEV_VOID;
    }
    // Unknown to DeviceData::get_type():
    if (code->kind() == CORBA::tk_octet) {
        return Tango::DEV_UCHAR;
    }
    const Tango::DevVarStateArray *states = nullptr;
    if (any_of(data) >>= states) {
        return Tango::DEVVAR_STATEARRAY;
    }
    int type = data.get_type();
    return type == Tango::DEV_VOID ? -1 : type;
}

// cppTango's own is_empty() throws if there is no Any.
inline bool holds_nothing(Tango::DeviceData &data) {
    if (data.any.operator->() == nullptr) {
        return true;
    }
    CORBA::TypeCode_var type = data.any->type();
    return type->kind() == CORBA::tk_null || type->kind() == CORBA::tk_void;
}

// Takes the Any out of a reply, so that arrays may look at its memory.
inline CORBA::Any *take_any(Tango::DeviceData &data) { return data.any._retn(); }

} // namespace tangopy
