// The one list of Tango types. A type that an attribute can have is one line here; all conversions follow from it.
#pragma once

#include "compat.hpp"

#include <cstddef>
#include <type_traits>

namespace tangopy {

enum class Kind { boolean, integer, real, state, enumeration, text, encoded };

// scalar code, code of its array, name, name of its array, C++ element, sequence, member of DeviceAttribute, member of
// AttrValUnion, kind
#define TANGOPY_TYPES(X)                                                                                                    \
    X(DEV_BOOLEAN, DEVVAR_BOOLEANARRAY, "DevBoolean", "DevVarBooleanArray", DevBoolean, DevVarBooleanArray, BooleanSeq, bool_att_value, boolean) \
    X(DEV_UCHAR, DEVVAR_CHARARRAY, "DevUChar", "DevVarCharArray", DevUChar, DevVarCharArray, UCharSeq, uchar_att_value, integer) \
    X(DEV_SHORT, DEVVAR_SHORTARRAY, "DevShort", "DevVarShortArray", DevShort, DevVarShortArray, ShortSeq, short_att_value, integer) \
    X(DEV_USHORT, DEVVAR_USHORTARRAY, "DevUShort", "DevVarUShortArray", DevUShort, DevVarUShortArray, UShortSeq, ushort_att_value, integer) \
    X(DEV_LONG, DEVVAR_LONGARRAY, "DevLong", "DevVarLongArray", DevLong, DevVarLongArray, LongSeq, long_att_value, integer)  \
    X(DEV_ULONG, DEVVAR_ULONGARRAY, "DevULong", "DevVarULongArray", DevULong, DevVarULongArray, ULongSeq, ulong_att_value, integer) \
    X(DEV_LONG64, DEVVAR_LONG64ARRAY, "DevLong64", "DevVarLong64Array", DevLong64, DevVarLong64Array, Long64Seq, long64_att_value, integer) \
    X(DEV_ULONG64, DEVVAR_ULONG64ARRAY, "DevULong64", "DevVarULong64Array", DevULong64, DevVarULong64Array, ULong64Seq, ulong64_att_value, integer) \
    X(DEV_FLOAT, DEVVAR_FLOATARRAY, "DevFloat", "DevVarFloatArray", DevFloat, DevVarFloatArray, FloatSeq, float_att_value, real) \
    X(DEV_DOUBLE, DEVVAR_DOUBLEARRAY, "DevDouble", "DevVarDoubleArray", DevDouble, DevVarDoubleArray, DoubleSeq, double_att_value, real) \
    X(DEV_STATE, DEVVAR_STATEARRAY, "DevState", "DevVarStateArray", DevState, DevVarStateArray, StateSeq, state_att_value, state) \
    X(DEV_ENUM, DATA_TYPE_UNKNOWN, "DevEnum", "", DevShort, DevVarShortArray, ShortSeq, short_att_value, enumeration)        \
    X(DEV_STRING, DEVVAR_STRINGARRAY, "DevString", "DevVarStringArray", DevString, DevVarStringArray, StringSeq, string_att_value, text) \
    X(DEV_ENCODED, DATA_TYPE_UNKNOWN, "DevEncoded", "", DevEncoded, DevVarEncodedArray, EncodedSeq, encoded_att_value, encoded)

// One row of the list at run time.
struct Row {
    int type;
    int array;
    const char *name;
    const char *array_name;
    Kind kind;
    std::size_t size; // of one element, in bytes
    char format;      // of one element, as in the buffer protocol; 0 for text and encoded data
};

// ... and at compile time: the argument that visit() hands to its visitor.
template <int code, class T, class Sequence, Kind of> struct Type {
    using element = T;
    using sequence = Sequence;
    static constexpr int type = code;
    static constexpr Kind kind = of;
    static constexpr bool is_number = of != Kind::text && of != Kind::encoded;
};

template <class T> constexpr char buffer_format() {
    if constexpr (std::is_same_v<T, bool>) {
        return '?';
    } else if constexpr (std::is_enum_v<T>) {
        return buffer_format<std::underlying_type_t<T>>();
    } else if constexpr (std::is_floating_point_v<T>) {
        return sizeof(T) == sizeof(float) ? 'f' : 'd';
    } else if constexpr (std::is_integral_v<T>) {
        // Named by size: `long` is 4 bytes on Windows and 8 elsewhere.
        constexpr char code = sizeof(T) == 1 ? 'b' : sizeof(T) == 2 ? 'h' : sizeof(T) == 4 ? 'i' : 'q';
        return std::is_signed_v<T> ? code : static_cast<char>(code - 'a' + 'A');
    } else {
        return 0;
    }
}

inline constexpr Row rows[] = {
#define TANGOPY_ROW(code, array, name, array_name, T, Sequence, member, union_member, kind)                                               \
    {Tango::code, Tango::array, name, array_name, Kind::kind, sizeof(Tango::T), buffer_format<Tango::T>()},
    TANGOPY_TYPES(TANGOPY_ROW)
#undef TANGOPY_ROW
};
inline constexpr int row_count = sizeof(rows) / sizeof(rows[0]);

// The row of a scalar or array code, or null.
inline const Row *row_of(int code) noexcept {
    if (code == Tango::CONST_DEV_STRING) {
        code = Tango::DEV_STRING;
    }
    if (code != Tango::DATA_TYPE_UNKNOWN) {
        for (const Row &row : rows) {
            if (row.type == code || row.array == code) {
                return &row;
            }
        }
    }
    return nullptr;
}

// Calls `visitor(Type<...>{})` for a scalar code; false if there is no such type.
template <class Visitor> bool visit(int code, Visitor &&visitor) {
    switch (code) {
#define TANGOPY_CASE(code, array, name, array_name, T, Sequence, member, union_member, kind)                                              \
    case Tango::code:                                                                                                       \
        visitor(Type<Tango::code, Tango::T, Tango::Sequence, Kind::kind>{});                                                \
        return true;
        TANGOPY_TYPES(TANGOPY_CASE)
#undef TANGOPY_CASE
    default:
        return false;
    }
}

// Has a sequence, and what its elements refer to, look at no memory but its own.
template <class Sequence> void own_memory(Sequence &sequence) {
    if (!sequence.release()) {
        Sequence copy(sequence);
        auto length = copy.length();
        sequence.replace(length, length, copy.get_buffer(true), true);
    } else if constexpr (std::is_same_v<Sequence, Tango::DevVarEncodedArray>) {
        for (CORBA::ULong i = 0; i < sequence.length(); ++i) {
            own_memory(sequence[i].encoded_data);
        }
    }
}

// The sequence member of DeviceAttribute that holds a type.
template <int code> auto &member_of(Tango::DeviceAttribute &attribute);
#define TANGOPY_MEMBER(code, array, name, array_name, T, Sequence, member, union_member, kind)                                            \
    template <> inline auto &member_of<Tango::code>(Tango::DeviceAttribute & attribute) { return attribute.member; }
TANGOPY_TYPES(TANGOPY_MEMBER)
#undef TANGOPY_MEMBER

// The sequence of a type inside the value of a reply; the first function makes it anew.
template <int code> auto &fresh_member_of(Tango::AttrValUnion &value);
template <int code> auto &member_of(Tango::AttrValUnion &value);
#define TANGOPY_UNION_MEMBER(code, array, name, array_name, T, Sequence, member, union_member, kind)                        \
    template <> inline auto &fresh_member_of<Tango::code>(Tango::AttrValUnion & value) {                                    \
        value.union_member(Tango::Sequence());                                                                              \
        return value.union_member();                                                                                        \
    }                                                                                                                       \
    template <> inline auto &member_of<Tango::code>(Tango::AttrValUnion & value) { return value.union_member(); }
TANGOPY_TYPES(TANGOPY_UNION_MEMBER)
#undef TANGOPY_UNION_MEMBER

// The same as it is; for a value that holds the type.
template <int code> auto &union_member_of(Tango::AttrValUnion &value);
#define TANGOPY_UNION_MEMBER(code, array, name, array_name, T, Sequence, member, union_member, kind)                        \
    template <> inline auto &union_member_of<Tango::code>(Tango::AttrValUnion & value) { return value.union_member(); }
TANGOPY_TYPES(TANGOPY_UNION_MEMBER)
#undef TANGOPY_UNION_MEMBER

} // namespace tangopy
