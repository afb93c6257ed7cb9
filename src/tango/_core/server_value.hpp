// Values of attributes in a server: into Tango::Attribute, out of Tango::WAttribute.
#pragma once

#include "convert.hpp"
#include "server_lock.hpp"

namespace tangopy {

// Elements that cppTango owns: a scalar it deletes with `delete`, unless dev_state() reads the attribute, all others with
// `delete[]`.
template <class E> typename E::element *copy_of(const void *data, std::size_t count, bool scalar) {
    using T = typename E::element;
    const auto *source = static_cast<const T *>(data);
    T *copies = scalar ? new T : new T[count];
    for (std::size_t i = 0; i < count; ++i) {
        if constexpr (E::kind == Kind::text) {
            copies[i] = CORBA::string_dup(source[i]);
        } else {
            copies[i] = source[i];
        }
    }
    return copies;
}

// Sets the value; `copied` says that C++ shall own a copy, otherwise the elements must stay alive until it has sent them.
inline void set_value(Tango::Attribute &attribute, int type, const void *data, std::size_t count, long dim_x, long dim_y,
                      bool copied) {
    visit(type, [&](auto element) {
        using E = decltype(element);
        using T = typename E::element;
        bool scalar = attribute.get_data_format() == Tango::SCALAR && attribute.get_wanted_date();
        T *values = copied ? copy_of<E>(data, count, scalar) : static_cast<T *>(const_cast<void *>(data));
        attribute.set_value(values, dim_x, dim_y, copied);
    });
}

inline void set_value_date_quality(Tango::Attribute &attribute, int type, const void *data, std::size_t count, long dim_x,
                                   long dim_y, bool copied, double seconds, int quality) {
    Timestamp time = timestamp(seconds);
    visit(type, [&](auto element) {
        using E = decltype(element);
        using T = typename E::element;
        bool scalar = attribute.get_data_format() == Tango::SCALAR && attribute.get_wanted_date();
        T *values = copied ? copy_of<E>(data, count, scalar) : static_cast<T *>(const_cast<void *>(data));
        attribute.set_value_date_quality(values, time, static_cast<Tango::AttrQuality>(quality), dim_x, dim_y, copied);
    });
}

// Time and quality without a value, which ATTR_INVALID allows.
inline void set_date_quality(Tango::Attribute &attribute, double seconds, int quality) {
    Timestamp time = timestamp(seconds);
    attribute.set_date(time);
    attribute.set_quality(static_cast<Tango::AttrQuality>(quality), false);
}

// A block with a copy of what a client wrote last. During the write the elements are in the request; `writing` says that
// this is so, and then the dimensions are those of the request too.
inline Block *written_value(Tango::WAttribute &attribute, int type, bool writing, std::size_t count) {
    Block *block = nullptr;
    visit(type, [&](auto element) {
        using E = decltype(element);
        using Sequence = typename E::sequence;
        if constexpr (E::kind == Kind::encoded) {
            auto *copy = new Sequence(1);
            copy->length(1);
            (*copy)[0] = attribute.get_last_written_encoded();
            block = own(copy);
        } else if (attribute.get_data_format() == Tango::SCALAR) {
            typename E::element value{};
            attribute.get_write_value(value);
            auto *copy = new Sequence(1);
            copy->length(1);
            if constexpr (E::kind == Kind::text) {
                (*copy)[0] = static_cast<const char *>(value);
            } else {
                (*copy)[0] = value;
            }
            block = own(copy);
        } else if (!writing) {
            block = own(new Sequence(last_written<Sequence>(attribute)));
        } else if constexpr (E::kind == Kind::text) {
            const Tango::ConstDevString *elements = nullptr;
            attribute.get_write_value(elements);
            std::unique_ptr<Sequence> looking(borrow<E>(elements, elements == nullptr ? 0 : count));
            block = own(new Sequence(*looking));
        } else {
            const typename E::element *elements = nullptr;
            attribute.get_write_value(elements);
            std::unique_ptr<Sequence> looking(borrow<E>(elements, elements == nullptr ? 0 : count));
            block = own(new Sequence(*looking));
        }
    });
    return block;
}

// Sets the set point.
inline void set_write_value(Tango::DeviceImpl &device, Tango::Attribute *const &attribute, int type, const void *data, long dim_x,
                            long dim_y) {
    with_attribute(device, attribute, [&](Tango::Attribute &present) {
        auto &writable = static_cast<Tango::WAttribute &>(present);
        visit(type, [&](auto element) {
            using E = decltype(element);
            using T = typename E::element;
            if constexpr (E::kind == Kind::encoded) {
                Tango::Except::throw_exception("PyDs_WrongPythonDataTypeForAttribute",
                                               "set_write_value() does not exist for DevEncoded attributes: " + present.get_name(),
                                               "WAttribute.set_write_value");
            } else {
                T none{};
                T *values = data == nullptr ? &none : static_cast<T *>(const_cast<void *>(data));
                if (present.get_data_format() == Tango::SCALAR) {
                    writable.set_write_value(*values);
                } else {
                    writable.set_write_value(values, dim_x, dim_y);
                }
            }
        });
    });
}

} // namespace tangopy
