"""Imported before anything else of the package: is the cppTango that gets loaded the one it was built for?

A library of another version can be found by the loader and be wrong all the same, or not be found at all; either way
the interpreter's own words do not say what to do.
"""

import os
import sys

REMEDY = (
    "Install that version (Debian: apt-get install libtango-dev; conda: conda install -c conda-forge cpptango), "
    "or build this package again with the one that is here: pip install --force-reinstall --no-cache-dir "
    "--no-binary cytango cytango"
)


def add_dll_folders() -> None:
    """Let Windows find a Tango installed in the folder TANGO_ROOT, and from a virtual environment that of its conda environment."""
    folders = [os.path.join(sys.base_prefix, "Library", "bin")]
    if root := os.environ.get("TANGO_ROOT"):
        folders.insert(0, os.path.join(root, "bin"))
    if sys.platform == "win32":
        for folder in filter(os.path.isdir, folders):
            os.add_dll_directory(folder)


def explain(error: ImportError) -> ImportError:
    """Return the error to raise when the compiled part of the package could not be loaded."""
    if isinstance(error, ModuleNotFoundError):
        return ImportError(
            f"the compiled part of cytango is missing ({error}): a checkout is built by ./ci/build, and Python must not "
            "be started in its folder src; an installed package has to be installed again"
        )
    return ImportError(f"cytango could not load the cppTango that it was built with: {error}. {REMEDY}")


def check(built_for: str, loaded: str) -> None:
    """Refuse a library whose interface is another one; the last part of the version number does not change that.

    Parameters
    ----------
    built_for, loaded
        Versions of cppTango, such as "9.3.4".

    Raises
    ------
    ImportError
        If they differ in more than the last part.
    """
    if built_for.split(".")[:2] != loaded.split(".")[:2]:
        raise ImportError(f"cytango was built with cppTango {built_for}, and the library loaded is {loaded}. {REMEDY}")


add_dll_folders()
try:
    from tango._core import build_info
except ImportError as error:
    raise explain(error) from error
check(build_info.CPPTANGO, build_info.LIBRARY)
