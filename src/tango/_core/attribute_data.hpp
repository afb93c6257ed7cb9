// DeviceAttribute: what it carries goes out as a block of elements, what Python gives goes in as a borrowed sequence.
#pragma once

#include "convert.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tangopy {

// The type of the value, also of an empty one; DATA_TYPE_UNKNOWN if the server did not say.
inline int attribute_type(Tango::DeviceAttribute &attribute) {
    if (attribute.d_state_filled) {
        return Tango::DEV_STATE;
    }
    int type = attribute.get_type();
    if (type == Tango::DATA_TYPE_UNKNOWN || row_of(type) == nullptr) {
        type = attribute.data_type;
    }
    const Row *row = row_of(type);
    if (row == nullptr) {
        // as 10.0 gives the records of State
        return attribute.StateSeq.operator->() != nullptr ? Tango::DEV_STATE : Tango::DATA_TYPE_UNKNOWN;
    }
    return row->type;
}

// Takes the elements out of the reply; null if there are none.
inline Block *take(Tango::DeviceAttribute &attribute, int type) {
    if (attribute.d_state_filled) {
        auto *state = new Tango::DevVarStateArray();
        state->length(1);
        (*state)[0] = attribute.d_state;
        return own(state);
    }
    Block *block = nullptr;
    visit(type, [&](auto element) {
        auto &member = member_of<decltype(element)::type>(attribute);
        if (member.operator->() != nullptr) {
            block = own(member._retn());
        }
    });
    return block;
}

// A scalar number of the reply without taking it out: the value at 0, the set point at 1. Null without an exception if it is
// not there.
inline PyObject *peek_number(Tango::DeviceAttribute &attribute, int type, unsigned index) {
    PyObject *result = nullptr;
    visit(type, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::is_number) {
            auto &member = member_of<E::type>(attribute);
            if (member.operator->() != nullptr && index < member->length()) {
                result = element_to_py(member.in()[index]);
            }
        }
    });
    return result;
}

// The reply is made where it stays: to make one and to assign another are as expensive as the rest of our work on it.
inline std::unique_ptr<Tango::DeviceAttribute> read_one(Tango::DeviceProxy &proxy, std::string &name) {
    return std::unique_ptr<Tango::DeviceAttribute>(new Tango::DeviceAttribute(proxy.read_attribute(name)));
}

// cppTango 9.3 does not tell the format of the values in a history, which the sizes may leave open: then the device is asked.
inline void complete_history(Tango::DeviceProxy &proxy, const std::string &name,
                             std::vector<Tango::DeviceAttributeHistory> &history) {
    auto format = Tango::FMT_UNKNOWN;
    bool told = true;
    for (Tango::DeviceAttributeHistory &record : history) {
        if (!record.has_failed() && record.quality != Tango::ATTR_INVALID) {
            told = told && record.data_format != Tango::FMT_UNKNOWN;
            format = record.dim_y > 0 ? Tango::IMAGE : record.dim_x > 1 && format != Tango::IMAGE ? Tango::SPECTRUM : format;
        }
    }
    if (told) {
        return;
    }
    if (format == Tango::FMT_UNKNOWN) {
        format = proxy.get_attribute_config(name).data_format;
    }
    for (Tango::DeviceAttributeHistory &record : history) {
        record.data_format = format;
    }
}

// cppTango 9.3 sends what lies in memory in place of a DevEncoded among others.
inline void write_attributes(Tango::DeviceProxy &proxy, std::vector<Tango::DeviceAttribute> &attributes) {
    if constexpr (writes_no_encoded_lists) {
        for (Tango::DeviceAttribute &attribute : attributes) {
            if (attribute.EncodedSeq.operator->() == nullptr) {
                continue;
            }
            if (attributes.size() == 1) {
                return proxy.write_attribute(attribute);
            }
            unsupported("Writing a DevEncoded together with other attributes", "9.4");
        }
    }
    proxy.write_attributes(attributes);
}

// Puts `count` elements in; they must stay alive until the call is over.
inline void put(Tango::DeviceAttribute &attribute, int type, const void *data, std::size_t count, int dim_x, int dim_y) {
    visit(type, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::kind == Kind::encoded) {
            member_of<E::type>(attribute) = borrow<E>(data, count); // which the library's operator drops
        } else {
            attribute << borrow<E>(data, count);
        }
    });
    attribute.dim_x = dim_x;
    attribute.dim_y = dim_y;
}

} // namespace tangopy
