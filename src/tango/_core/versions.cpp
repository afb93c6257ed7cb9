// Run while the build is configured: prints the version of cppTango's headers and that of its library.
#include "compat.hpp"

#include <iostream>

int main() {
    // 10.3.3 is 1033 to the library; minor and patch numbers have one digit in all releases so far.
    long library = Tango::_convert_tango_lib_release();
    std::cout << tangopy::built_with_version() << ' ' << library / 100 << '.' << library / 10 % 10 << '.' << library % 10
              << std::endl;
}
