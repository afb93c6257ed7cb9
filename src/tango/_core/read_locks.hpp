// The locks of attributes that a request reads.
//
// cppTango locks an attribute before it calls the user's method and keeps it locked until the reply is sent, since the value lies in
// the attribute. Where requests are not serialised (NO_SYNC) that has two consequences: one attribute is read by one client at
// a time however long its method waits, and two clients that read the same two attributes in different order wait for each
// other for ever.
//
// So here a request holds no lock of an attribute that has its value while it waits for the next one, nor, in green modes, while the
// user's method runs; at the end of each method it takes all of them together and sets the values again that others may have
// replaced. Only values that a method returned can be set again: one that the method has set itself stays locked, as in cppTango.
#pragma once

#include "compat.hpp"
#include "gil.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tangopy {

class ReadLocks {
public:
    // A request for `count` attributes; `free` says that nothing but these locks serialises the requests to the device. `outer` is
    // the request in which the user's method makes this one.
    explicit ReadLocks(bool free, std::size_t count, const ReadLocks *outer) : free_(free), several_(count > 1), outer_(outer) {}

    struct Read {
        Tango::Attribute *attribute;
        OwnedRef object; // of Python, for the attribute
        OwnedRef value;  // what its method returned; null if it cannot be set again
    };

    bool applies(Tango::Attribute &attribute) const {
        return free_ && attribute.get_attr_serial_model() == Tango::ATTR_BY_KERNEL;
    }

    // The user's method is about to be called; cppTango keeps the lock until the reply is sent.
    void begins(Tango::Attribute &attribute) {
        if (!free_ && attribute.get_attr_serial_model() == Tango::ATTR_BY_KERNEL) {
            held_.push_back(&attribute);
        }
    }

    bool is_inside_another() const noexcept { return outer_ != nullptr; }

    // Whether a request in which this one is made holds a lock that this one is going to wait for.
    bool waits_for_itself(Tango::Attribute &attribute) const {
        for (const ReadLocks *outer = outer_; outer != nullptr; outer = outer->outer_) {
            if (std::find(outer->held_.begin(), outer->held_.end(), &attribute) != outer->held_.end()) {
                return true;
            }
        }
        return false;
    }

    // Before cppTango locks the next attribute, unless it is going to refuse it.
    void before_next(Tango::DeviceImpl &device, std::string &name) {
        if (reads_.empty() || apart_) {
            return;
        }
        Tango::Attribute &next = device.get_device_attr()->get_attr_by_name(name.c_str());
        bool again = std::any_of(reads_.begin(), reads_.end(), [&](const Read &read) { return read.attribute == &next; });
        if (again || next.is_mem_exception() || !applies(next)) {
            return;
        }
        for (const Read &read : reads_) {
            if (read.value.get() != nullptr) {
                read.attribute->get_attr_mutex()->unlock();
            }
        }
        apart_ = true;
    }

    // Around the user's method, if it may run for several clients at a time.
    void let_go(Tango::Attribute &attribute) {
        attribute.get_attr_mutex()->unlock();
        own_ = false;
    }

    // All locks are held afterwards. True if the values that have been read have to be set again. With `keep`, the present attribute
    // has a value that must not get lost.
    bool take_all(Tango::Attribute &attribute, bool keep) {
        std::vector<omni_mutex *> wanted;
        if (!own_ || (apart_ && !keep)) {
            wanted.push_back(attribute.get_attr_mutex());
        }
        if (apart_) {
            for (const Read &read : reads_) {
                if (read.value.get() != nullptr) {
                    wanted.push_back(read.attribute->get_attr_mutex());
                }
            }
            if (own_ && !keep) {
                attribute.get_attr_mutex()->unlock();
            }
        }
        lock_together(wanted);
        own_ = true;
        return std::exchange(apart_, false);
    }

    // What cppTango needs even if Python could not be called at all.
    void restore(Tango::Attribute &attribute) {
        if (apart_) {
            take_all(attribute, true);
        }
    }

    // Needs the GIL.
    void has_read(Tango::Attribute &attribute, PyObject *object, PyObject *value) {
        if (several_) {
            reads_.push_back({&attribute, OwnedRef(object), OwnedRef(value)});
        }
    }
    const std::vector<Read> &reads() const { return reads_; }

private:
    // Never waits for one while it holds another.
    static void lock_together(const std::vector<omni_mutex *> &wanted) {
        for (std::size_t first = 0; !wanted.empty();) {
            wanted[first]->lock();
            std::size_t next = 0;
            while (next < wanted.size() && (next == first || wanted[next]->trylock() != 0)) {
                ++next;
            }
            if (next == wanted.size()) {
                return;
            }
            for (std::size_t taken = 0; taken < next; ++taken) {
                if (taken != first) {
                    wanted[taken]->unlock();
                }
            }
            wanted[first]->unlock();
            first = next;
        }
    }

    const bool free_;
    const bool several_;
    const ReadLocks *const outer_;
    std::vector<Tango::Attribute *> held_;
    bool own_ = true;
    bool apart_ = false;
    std::vector<Read> reads_;
};

// As cppTango does after a value has been set; it threw already if there is anything to throw.
inline void check_alarm(Tango::Attribute &attribute) {
    if (attribute.is_alarmed().any() && attribute.get_quality() != Tango::ATTR_INVALID) {
        attribute.check_alarm();
    }
}

} // namespace tangopy
