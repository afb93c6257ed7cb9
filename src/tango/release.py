"""What this package is: its own version, and the version of PyTango whose API it provides."""

from typing import ClassVar

__all__ = ["Release"]


class Release:
    """Release information.

    ``version`` and what is made from it name the PyTango version whose API this package provides, because that is
    what programs compare it with. ``cytango_version`` is the version of this package itself.

    Attributes
    ----------
    name, cytango_version : str
        Name and version of this package.
    version_info : tuple[int, int, int]
        Version of the API.
    version, version_long, release, separator : str
        The same as text; there are no pre-releases of an API, so the last two are empty.
    version_number : int
        The same as a number, hundreds, tens and ones.
    version_description, description, long_description : str
        What it is.
    license, author_lines, url, download_url : str
        Licence, authors, where to find it.
    authors : dict[str, tuple[str, str]]
        Name and address by short name.
    platform, keywords : list[str]
        Systems it runs on, and what it has to do with.
    """

    name = "cytango"
    cytango_version = "0.1.0"
    version_info = (10, 3, 1)
    version = "10.3.1"
    version_long = version
    release = ""
    separator = ""
    version_number = 1031
    version_description = "This version provides the API of PyTango 10.3."
    description = "A Python binding for the Tango control system"
    long_description = "A Cython binding of cppTango with the API of PyTango: clients and device servers in Python."
    license = "LGPL-3.0-or-later"
    authors: ClassVar[dict[str, tuple[str, str]]] = {"cytango": ("The cytango maintainers", "")}
    author_lines = "The cytango maintainers"
    url = "https://www.tango-controls.org"
    download_url = url
    platform: ClassVar[list[str]] = ["Linux", "Windows", "macOS"]
    keywords: ClassVar[list[str]] = ["Tango", "CORBA", "binding"]
