// CORBA::Any, which carries the argument and the result of a command.
#pragma once

#include "convert.hpp"

namespace tangopy {

// Elements that live inside an Any; the Any stays with them.
struct AnyBlock final : Block {
    CORBA::Any_var any;
};

// The codes of commands that have no row of their own: an array of numbers with an array of strings.
inline bool is_mixed(int code) { return code == Tango::DEVVAR_LONGSTRINGARRAY || code == Tango::DEVVAR_DOUBLESTRINGARRAY; }

inline bool is_array(int code) {
    const Row *row = row_of(code);
    return row != nullptr && row->array == code;
}

// Whether its values have more than one form in Python.
inline bool has_form(int code) { return is_array(code) || is_mixed(code) || code == Tango::DEV_ENCODED; }

// --- out of an Any -----------------------------------------------------------------------------------------------------

// A scalar number; false if the Any holds something else.
template <class E> bool scalar_from_any(const CORBA::Any &any, typename E::element &value) {
    if constexpr (E::kind == Kind::boolean) {
        return any >>= CORBA::Any::to_boolean(value);
    } else if constexpr (E::type == Tango::DEV_UCHAR) {
        return any >>= CORBA::Any::to_octet(value);
    } else {
        return any >>= value;
    }
}

// Points `data` and `length` at the elements inside the Any, which stays their owner; false if it holds another type.
inline bool look_into_any(const CORBA::Any &any, int code, const void *&data, std::size_t &length) {
    bool found = false;
    const Row *row = row_of(code);
    if (row == nullptr) {
        return false;
    }
    visit(row->type, [&](auto element) {
        using E = decltype(element);
        if (row->array == code) {
            if constexpr (E::type != Tango::DEV_ENUM && E::type != Tango::DEV_ENCODED) {
                const typename E::sequence *sequence = nullptr;
                found = (any >>= sequence);
                if (found) {
                    length = sequence->length();
                    data = length == 0 ? nullptr : static_cast<const void *>(sequence->get_buffer());
                }
            }
        } else if constexpr (E::kind == Kind::encoded) {
            const Tango::DevEncoded *value = nullptr;
            found = (any >>= value);
            data = value;
            length = 1;
        }
    });
    return found;
}

// The two arrays of a mixed argument, in the same manner.
inline bool look_into_mixed(const CORBA::Any &any, int code, const void *&numbers, std::size_t &number_count,
                            const void *&texts, std::size_t &text_count) {
    auto take = [&](const auto *value, const auto &number_sequence) {
        number_count = number_sequence.length();
        numbers = number_count == 0 ? nullptr : static_cast<const void *>(number_sequence.get_buffer());
        text_count = value->svalue.length();
        texts = text_count == 0 ? nullptr : static_cast<const void *>(value->svalue.get_buffer());
    };
    if (code == Tango::DEVVAR_LONGSTRINGARRAY) {
        const Tango::DevVarLongStringArray *value = nullptr;
        if (any >>= value) {
            take(value, value->lvalue);
            return true;
        }
    } else if (code == Tango::DEVVAR_DOUBLESTRINGARRAY) {
        const Tango::DevVarDoubleStringArray *value = nullptr;
        if (any >>= value) {
            take(value, value->dvalue);
            return true;
        }
    }
    return false;
}

// A scalar of the Any as Python object; null without an exception if it holds another type. Needs the GIL.
inline PyObject *scalar_any_to_py(const CORBA::Any &any, int code) {
    PyObject *result = nullptr;
    if (code == Tango::DEV_STRING || code == Tango::CONST_DEV_STRING) {
        const char *text = nullptr;
        return (any >>= text) ? text_to_py(text) : nullptr;
    }
    visit(code, [&](auto element) {
        using E = decltype(element);
        if constexpr (E::is_number) {
            typename E::element value{};
            if (scalar_from_any<E>(any, value)) {
                result = element_to_py(value);
            }
        }
    });
    return result;
}

// A block with a copy of elements that belong to somebody else (the argument of a command in a server).
inline Block *copy_elements(int type, const void *data, std::size_t length) {
    Block *block = nullptr;
    visit(type, [&](auto element) {
        using E = decltype(element);
        std::unique_ptr<typename E::sequence> looking(borrow<E>(data, length));
        block = own(new typename E::sequence(*looking));
    });
    return block;
}

// A block over elements inside an Any, which it takes over.
inline Block *keep_in_any(CORBA::Any *any, const void *data, std::size_t length) {
    auto *block = new AnyBlock;
    block->any = any;
    block->data = const_cast<void *>(data);
    block->length = length;
    return block;
}

// --- into an Any: the elements are copied by the Any or marshalled while their owner is kept alive -----------------------

// `copied` says that the Any shall own a copy of an array.
inline void put_in_any(CORBA::Any &any, int code, const void *data, std::size_t count, bool copied) {
    const Row *row = row_of(code);
    if (row == nullptr) {
        return;
    }
    visit(row->type, [&](auto element) {
        using E = decltype(element);
        using T = typename E::element;
        if (row->array == code) {
            if constexpr (E::type != Tango::DEV_ENUM && E::type != Tango::DEV_ENCODED) {
                auto *looking = borrow<E>(data, count);
                if (copied) {
                    any <<= *looking;
                    delete looking;
                } else {
                    any <<= looking;
                }
            }
        } else if constexpr (E::kind == Kind::boolean) {
            any <<= CORBA::Any::from_boolean(*static_cast<const T *>(data));
        } else if constexpr (E::type == Tango::DEV_UCHAR) {
            any <<= CORBA::Any::from_octet(*static_cast<const T *>(data));
        } else if constexpr (E::kind == Kind::text) {
            any <<= *static_cast<const char *const *>(data);
        } else {
            any <<= *static_cast<const T *>(data);
        }
    });
}

inline void put_mixed_in_any(CORBA::Any &any, int code, const void *numbers, std::size_t number_count, const void *texts,
                             std::size_t text_count) {
    auto fill = [&](auto *value, auto &number_sequence, auto element) {
        using E = decltype(element);
        std::unique_ptr<typename E::sequence> looking(borrow<E>(numbers, number_count));
        number_sequence = *looking;
        value->svalue.length(static_cast<CORBA::ULong>(text_count));
        for (std::size_t i = 0; i < text_count; ++i) {
            value->svalue[static_cast<CORBA::ULong>(i)] = CORBA::string_dup(static_cast<const char *const *>(texts)[i]);
        }
        any <<= value;
    };
    if (code == Tango::DEVVAR_LONGSTRINGARRAY) {
        auto *value = new Tango::DevVarLongStringArray;
        visit(Tango::DEV_LONG, [&](auto element) {
            if constexpr (decltype(element)::type == Tango::DEV_LONG) {
                fill(value, value->lvalue, element);
            }
        });
    } else {
        auto *value = new Tango::DevVarDoubleStringArray;
        visit(Tango::DEV_DOUBLE, [&](auto element) {
            if constexpr (decltype(element)::type == Tango::DEV_DOUBLE) {
                fill(value, value->dvalue, element);
            }
        });
    }
}

} // namespace tangopy
