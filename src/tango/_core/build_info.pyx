"""What the package was compiled with."""
from libcpp.string cimport string


cdef extern from "build_info.hpp" namespace "tangopy" nogil:
    const int idl_version
    const bint has_telemetry
    string built_with_version()
    string library_version()

cdef extern from *:
    const char *PY_VERSION
    const int PY_VERSION_HEX
    const int CYTHON_HEX_VERSION
    const char *TANGOPY_NUMPY_VERSION

CPPTANGO: str = built_with_version().decode("ascii")
LIBRARY: str = library_version().decode("ascii")
IDL_VERSION: int = idl_version
TELEMETRY: bool = has_telemetry
PYTHON_VERSION: str = PY_VERSION.decode("ascii")
PYTHON_VERSION_HEX: int = PY_VERSION_HEX
NUMPY_VERSION: str = TANGOPY_NUMPY_VERSION.decode("ascii")
CYTHON_VERSION: str = f"{CYTHON_HEX_VERSION >> 24}.{CYTHON_HEX_VERSION >> 16 & 0xFF}.{CYTHON_HEX_VERSION >> 8 & 0xFF}"
