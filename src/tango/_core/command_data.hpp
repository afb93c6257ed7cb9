// DeviceData and its Any.
#pragma once

#include "any.hpp"

#include <memory>
#include <string>

namespace tangopy {

inline CORBA::Any &any_of(Tango::DeviceData &data) { return data.any.inout(); }

// The type of what it holds; DEV_VOID if that is nothing, -1 if it is none of Tango's.
inline int type_of(Tango::DeviceData &data) {
    CORBA::TypeCode_var code = any_of(data).type();
    const CORBA::TCKind kind = code->kind();
    if (kind == CORBA::tk_null || kind == CORBA::tk_void) {
        return Tango::DEV_VOID;
    }
    // Unknown to DeviceData::get_type():
    if (kind == CORBA::tk_octet) {
        return Tango::DEV_UCHAR;
    }
    const Tango::DevVarStateArray *states = nullptr;
    if ((kind == CORBA::tk_alias || kind == CORBA::tk_sequence) && (any_of(data) >>= states)) {
        return Tango::DEVVAR_STATEARRAY;
    }
    int type = data.get_type();
    return type == Tango::DEV_VOID ? -1 : type;
}

// The reply is made where it stays (see read_one).
inline std::unique_ptr<Tango::DeviceData> run_command(Tango::Connection &connection, std::string &name, Tango::DeviceData &argument) {
    return std::unique_ptr<Tango::DeviceData>(new Tango::DeviceData(connection.command_inout(name, argument)));
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
