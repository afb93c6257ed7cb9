// Private members of cppTango's classes, for the few repairs and features that cannot do without.
//
// An explicit instantiation may name private members: `template struct Lent<Key, &Class::member>;` defines `lent(Key{})`, which
// gives the pointer to the member. Each use says why there is no other way.
#pragma once

namespace tangopy {

template <class Key, auto Member> struct Lent {
    friend auto lent(Key) { return Member; }
};

} // namespace tangopy
