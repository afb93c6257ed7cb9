// The C++ description of an attribute of a Python device class: cppTango calls it to read and write the attribute.
#pragma once

#include "gate.hpp"
#include "life.hpp"
#include "read_locks.hpp"
#include "types.hpp"

#include <utility>

namespace tangopy {

using AttrLife = Life<Tango::Attr>;

// The rows of the hook table of attributes.
enum AttrHook { HOOK_READ, HOOK_WRITE, HOOK_IS_ALLOWED, HOOK_ATTR_ENDED, ATTR_HOOKS };

struct AttrFrame {
    Tango::DeviceImpl *device;
    Tango::Attribute *attribute; // null for is_allowed
    int request;
    bool allowed;
    ReadLocks *locks; // of this request; null if cppTango has locked nothing
};

// Set once, when the module of attributes is imported: only that of devices knows.
static ReadLocks *(*present_locks)() = nullptr;

// What the three kinds of attributes have in common. `python` is the Python description, borrowed until adopt().
class AttrBehind {
public:
    PyObject *python = nullptr;
    const Hook *hooks = nullptr;
    bool has_is_allowed = false;
    std::shared_ptr<AttrLife> life;

    // Needs the GIL. From now on cppTango owns the C++ object, which owns a reference to the Python one.
    void adopt() {
        Py_INCREF(python);
        adopted_ = true;
    }
    bool adopted() const noexcept { return adopted_; }

    // Needs the GIL: cppTango has let go of the C++ object, and the Python object owns it again.
    void give_back() {
        adopted_ = false;
        Py_DECREF(python);
    }

protected:
    ~AttrBehind() {
        if (life == nullptr) {
            return; // cppTango refused the description
        }
        life->end(1.0);
        if (adopted_) {
            tell_python(hooks[HOOK_ATTR_ENDED], python, nullptr);
        }
    }

    void call(AttrHook hook, AttrFrame &frame) { call_python(hooks[hook], python, &frame); }

private:
    bool adopted_ = false;
};

template <class Base> class PyAttr final : public AttrBehind, public Base {
public:
    template <class... Args> explicit PyAttr(Args &&...args) : Base(std::forward<Args>(args)...) {
        life = std::make_shared<AttrLife>(this);
    }

    void read(Tango::DeviceImpl *device, Tango::Attribute &attribute) override {
        ReadLocks *locks = present_locks();
        if (locks != nullptr && !locks->applies(attribute)) {
            locks->begins(attribute);
            locks = nullptr;
        }
        AttrFrame frame{device, &attribute, Tango::READ_REQ, true, locks};
        try {
            call(HOOK_READ, frame);
        } catch (...) {
            if (locks != nullptr) {
                locks->restore(attribute);
            }
            throw;
        }
    }
    void write(Tango::DeviceImpl *device, Tango::WAttribute &attribute) override {
        AttrFrame frame{device, &attribute, Tango::WRITE_REQ, true, nullptr};
        call(HOOK_WRITE, frame);
    }
    bool is_allowed(Tango::DeviceImpl *device, Tango::AttReqType request) override {
        AttrFrame frame{device, nullptr, static_cast<int>(request), true, nullptr};
        if (has_is_allowed) {
            call(HOOK_IS_ALLOWED, frame);
        }
        ReadLocks *locks = request == Tango::READ_REQ && frame.allowed ? present_locks() : nullptr;
        if (locks != nullptr) {
            locks->before_next(*device, this->get_name());
        }
        return frame.allowed;
    }
};

// An attribute that stands for one of another device, which the library reads and writes.
class PyFwdAttr final : public AttrBehind, public Tango::FwdAttr {
public:
    PyFwdAttr(const std::string &name, const std::string &root) : Tango::FwdAttr(name, root) {
        life = std::make_shared<AttrLife>(this);
    }
};

// Without `root` the database says which attribute it stands for.
inline Tango::Attr *make_fwd_attr(const std::string &name, const std::string &root, PyObject *python, const Hook *hooks,
                                  AttrBehind *&behind) {
    auto *made = new PyFwdAttr(name, root.empty() ? std::string(Tango::RootAttNotDef) : root);
    made->python = python;
    made->hooks = hooks;
    behind = made;
    return made;
}

inline void set_forwarded_label(Tango::Attr &attr, const std::string &label) {
    Tango::UserDefaultFwdAttrProp properties;
    properties.set_label(label);
    static_cast<Tango::FwdAttr &>(attr).set_default_properties(properties);
}

// `format` is the number of dimensions.
inline Tango::Attr *make_attr(int format, const std::string &name, long type, int access, long dim_x, long dim_y,
                              PyObject *python, const Hook *hooks, AttrBehind *&behind) {
    auto finish = [&](auto *made) {
        made->python = python;
        made->hooks = hooks;
        behind = made;
        return static_cast<Tango::Attr *>(made);
    };
    auto writable = static_cast<Tango::AttrWriteType>(access);
    switch (format) {
    case 0:
        return finish(new PyAttr<Tango::Attr>(name.c_str(), type, writable));
    case 1:
        return finish(new PyAttr<Tango::SpectrumAttr>(name.c_str(), type, writable, dim_x));
    default:
        return finish(new PyAttr<Tango::ImageAttr>(name.c_str(), type, writable, dim_x, dim_y));
    }
}

// The description of an attribute of a device; null for State and Status.
inline Tango::Attr *find_attr(Tango::DeviceImpl &device, Tango::Attribute *attribute) {
    auto &attrs = device.get_device_class()->get_class_attr()->get_attr_list();
    const auto index = static_cast<std::size_t>(attribute->get_attr_idx());
    return index < attrs.size() ? attrs[index] : nullptr;
}

// The description of ours behind one of cppTango's, or null; see python_of() in device.hpp.
inline AttrBehind *behind_of(Tango::Attr *attr) { return dynamic_cast<AttrBehind *>(attr); }

} // namespace tangopy
