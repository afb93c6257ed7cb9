// Pipes, which cppTango has had up to 10.0: blobs of named values, and the calls of clients. With a later version the types
// are there in name and every call raises the same error.
#pragma once

#include "convert.hpp"

#include <string>
#include <vector>

namespace tangopy {

#if TANGOPY_HAS_PIPES

using PipeElements = Tango::DevVarPipeDataEltArray;
using PipeInfo = Tango::PipeInfo;
using PipeInfoList = Tango::PipeInfoList;
using PipeWriteType = Tango::PipeWriteType;

// --- what a blob holds --------------------------------------------------------------------------------------------------

inline std::size_t element_count(const PipeElements &elements) { return elements.length(); }

inline std::string element_name(PipeElements &elements, std::size_t index) {
    return elements[static_cast<CORBA::ULong>(index)].name.in();
}

// The scalar code of the type that a value holds; DATA_TYPE_UNKNOWN if that is none.
inline int held_type(const Tango::AttrValUnion &value) {
    if (value._d() != Tango::ATT_NO_DATA) {
        for (const Row &row : rows) {
            bool found = false;
            visit(row.type, [&](auto element) {
                Tango::AttrValUnion example;
                fresh_member_of<decltype(element)::type>(example);
                found = example._d() == value._d();
            });
            if (found) {
                return row.type;
            }
        }
    }
    return Tango::DATA_TYPE_UNKNOWN;
}

// A scalar or array code; that of a blob also for what holds nothing, as an empty blob does.
inline int element_type(PipeElements &elements, std::size_t index) {
    const Tango::DevPipeDataElt &element = elements[static_cast<CORBA::ULong>(index)];
    const Row *row = element.inner_blob.length() == 0 ? row_of(held_type(element.value)) : nullptr;
    if (row == nullptr) {
        return Tango::DEV_PIPE_BLOB;
    }
    bool scalar = row->array == Tango::DATA_TYPE_UNKNOWN || std::strcmp(element.inner_blob_name, Tango::SCALAR_PIPE) == 0;
    return scalar ? row->type : row->array;
}

// Takes the values of an element out.
inline Block *take_element(PipeElements &elements, std::size_t index) {
    Tango::AttrValUnion &value = elements[static_cast<CORBA::ULong>(index)].value;
    Block *block = nullptr;
    visit(held_type(value), [&](auto element) {
        using Sequence = typename decltype(element)::sequence;
        Sequence &values = union_member_of<decltype(element)::type>(value);
        if (values.length() == 0 || !values.release()) {
            block = own(new Sequence(values));
            return;
        }
        CORBA::ULong maximum = values.maximum(), length = values.length();
        block = own(new Sequence(maximum, length, values.get_buffer(true), true));
    });
    return block;
}

inline PipeElements &inner_elements(PipeElements &elements, std::size_t index) {
    return elements[static_cast<CORBA::ULong>(index)].inner_blob;
}

inline std::string inner_name(PipeElements &elements, std::size_t index) {
    return elements[static_cast<CORBA::ULong>(index)].inner_blob_name.in();
}

// --- filling a blob -----------------------------------------------------------------------------------------------------

inline void set_element_count(PipeElements &elements, std::size_t count) {
    elements.length(static_cast<CORBA::ULong>(count));
    for (CORBA::ULong i = 0; i < elements.length(); ++i) {
        elements[i].value.union_no_data(true);
        elements[i].inner_blob.length(0);
    }
}

// `code` is that of a scalar or an array. What is not copied must stay alive until the request is over.
inline void put_element(PipeElements &elements, std::size_t index, const std::string &name, int code, const void *data,
                        std::size_t count, bool copied) {
    Tango::DevPipeDataElt &element = elements[static_cast<CORBA::ULong>(index)];
    const Row *row = row_of(code);
    element.name = CORBA::string_dup(name.c_str());
    element.inner_blob_name = CORBA::string_dup(row->type == code ? Tango::SCALAR_PIPE : Tango::ARRAY_PIPE);
    visit(row->type, [&](auto type) {
        using E = decltype(type);
        auto &values = fresh_member_of<E::type>(element.value);
        auto n = static_cast<CORBA::ULong>(count);
        if (copied) {
            std::unique_ptr<typename E::sequence> looking(borrow<E>(data, count));
            values = *looking;
        } else if (n != 0) {
            values.replace(n, n, static_cast<typename E::element *>(const_cast<void *>(data)), false);
        }
    });
}

// The blob inside, to be filled.
inline PipeElements &put_blob(PipeElements &elements, std::size_t index, const std::string &name, const std::string &blob_name) {
    Tango::DevPipeDataElt &element = elements[static_cast<CORBA::ULong>(index)];
    element.name = CORBA::string_dup(name.c_str());
    element.inner_blob_name = CORBA::string_dup(blob_name.c_str());
    return element.inner_blob;
}

// --- blobs of the library -----------------------------------------------------------------------------------------------

// Takes what was received out of a blob, as far as it is its own.
inline void take_blob(Tango::DevicePipeBlob &blob, std::string &name, PipeElements &elements) {
    name = blob.get_name();
    auto *received = const_cast<PipeElements *>(blob.get_extract_data());
    if (received == nullptr || received->length() == 0) {
        elements.length(0);
    } else if (received->release()) {
        CORBA::ULong maximum = received->maximum(), length = received->length();
        elements.replace(maximum, length, received->get_buffer(true), true);
    } else {
        elements = *received;
    }
}

// Copies the values that lie in memory of somebody else; says how many bytes there are, roughly.
inline std::size_t own_values(PipeElements &elements) {
    std::size_t bytes = 0;
    for (CORBA::ULong i = 0; i < elements.length(); ++i) {
        visit(held_type(elements[i].value), [&](auto element) {
            using E = decltype(element);
            using Sequence = typename E::sequence;
            Sequence &values = union_member_of<E::type>(elements[i].value);
            if (values.length() != 0 && !values.release()) {
                Sequence copy(values);
                CORBA::ULong maximum = copy.maximum(), length = copy.length();
                values.replace(maximum, length, copy.get_buffer(true), true);
            }
            bytes += values.length() * (E::is_number ? sizeof(typename E::element) : 64);
        });
        bytes += own_values(elements[i].inner_blob);
    }
    return bytes;
}

// Gives a blob what is to be sent; it must not have been sent before.
inline void give_blob(Tango::DevicePipeBlob &blob, const std::string &name, PipeElements &elements) {
    delete blob.get_insert_data();
    blob.reset_insert_data_ptr();
    blob.set_name(name);
    blob.set_data_elt_nb(0);
    if (elements.length() != 0) {
        CORBA::ULong maximum = elements.maximum(), length = elements.length();
        blob.get_insert_data()->replace(maximum, length, elements.get_buffer(true), true);
    }
}

// --- clients ------------------------------------------------------------------------------------------------------------

inline void read_pipe(Tango::DeviceProxy &proxy, const std::string &name, std::string &blob_name, PipeElements &elements) {
    Tango::DevicePipe pipe = proxy.read_pipe(name);
    take_blob(pipe.get_root_blob(), blob_name, elements);
}

inline void write_pipe(Tango::DeviceProxy &proxy, const std::string &name, const std::string &blob_name, PipeElements &elements) {
    Tango::DevicePipe pipe(name);
    give_blob(pipe.get_root_blob(), blob_name, elements);
    proxy.write_pipe(pipe);
}

inline std::vector<std::string> *get_pipe_list(Tango::DeviceProxy &proxy) { return proxy.get_pipe_list(); }

inline PipeInfoList *get_pipe_config(Tango::DeviceProxy &proxy, std::vector<std::string> &names) {
    return proxy.get_pipe_config(names);
}

inline void set_pipe_config(Tango::DeviceProxy &proxy, PipeInfoList &infos) { proxy.set_pipe_config(infos); }

#else

struct PipeElements {};

enum PipeWriteType { PIPE_READ, PIPE_READ_WRITE, PIPE_WT_UNKNOWN };

struct PipeInfo {
    std::string name;
    std::string description;
    std::string label;
    Tango::DispLevel disp_level{};
    PipeWriteType writable{};
    std::vector<std::string> extensions;
};

using PipeInfoList = std::vector<PipeInfo>;

inline std::size_t element_count(const PipeElements &) { return 0; }
inline std::string element_name(PipeElements &, std::size_t) { no_pipes(); }
inline int element_type(PipeElements &, std::size_t) { no_pipes(); }
inline Block *take_element(PipeElements &, std::size_t) { no_pipes(); }
inline PipeElements &inner_elements(PipeElements &, std::size_t) { no_pipes(); }
inline std::string inner_name(PipeElements &, std::size_t) { no_pipes(); }
inline void set_element_count(PipeElements &, std::size_t) { no_pipes(); }
inline void put_element(PipeElements &, std::size_t, const std::string &, int, const void *, std::size_t, bool) { no_pipes(); }
inline PipeElements &put_blob(PipeElements &, std::size_t, const std::string &, const std::string &) { no_pipes(); }

inline void read_pipe(Tango::DeviceProxy &, const std::string &, std::string &, PipeElements &) { no_pipes(); }
inline void write_pipe(Tango::DeviceProxy &, const std::string &, const std::string &, PipeElements &) { no_pipes(); }
inline std::vector<std::string> *get_pipe_list(Tango::DeviceProxy &) { no_pipes(); }
inline PipeInfoList *get_pipe_config(Tango::DeviceProxy &, std::vector<std::string> &) { no_pipes(); }
inline void set_pipe_config(Tango::DeviceProxy &, PipeInfoList &) { no_pipes(); }

#endif

} // namespace tangopy
