// Run while the build is configured: prints the version of cppTango's headers and that of its library.
#include "compat.hpp"

#include <iostream>

int main() {
    std::cout << tangopy::built_with_version() << ' ' << tangopy::library_version() << std::endl;
}
