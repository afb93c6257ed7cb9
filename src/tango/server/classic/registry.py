"""The device classes of this process, as names of the older API know them.

cppTango has one server in a process, so these lists belong to the process too.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "class_factory",
    "class_list",
    "constructed_class",
    "cpp_class_list",
    "delete_class_list",
    "get_class",
    "get_classes",
    "get_constructed_class",
    "get_constructed_classes",
    "get_cpp_class",
    "get_cpp_classes",
]

class_list: list[tuple[type, type, str]] = []
"""The Python device classes: (DeviceClass class, device class, name)."""

cpp_class_list: list[tuple[str, str]] = []
"""The device classes written in C++: (class name, name of the shared library)."""

constructed_class: list[Any] = []
"""The DeviceClass objects of the running server."""


def get_classes() -> list[tuple[type, type, str]]:
    """Give the Python device classes of the server.

    Returns
    -------
    list
        (DeviceClass class, device class, name) of each.
    """
    return class_list


def get_class(name: str) -> tuple[type, type, str] | None:
    """Give a Python device class of the server.

    Parameters
    ----------
    name
        Name of the device class.

    Returns
    -------
    tuple or None
        (DeviceClass class, device class, name), or None if there is none of this name.
    """
    return next((row for row in class_list if row[2] == name), None)


def get_class_by_class(klass: type) -> tuple[type, type, str] | None:
    """Give the entry of a DeviceClass class, or None."""
    return next((row for row in class_list if row[0] is klass), None)


def get_cpp_classes() -> list[tuple[str, str]]:
    """Give the C++ device classes of the server.

    Returns
    -------
    list
        (class name, name of the shared library) of each.
    """
    return cpp_class_list


def get_cpp_class(name: str) -> tuple[str, str] | None:
    """Give a C++ device class of the server.

    Parameters
    ----------
    name
        Name of the device class.

    Returns
    -------
    tuple or None
        (class name, name of the shared library), or None if there is none of this name.
    """
    return next((row for row in cpp_class_list if row[0] == name), None)


def get_constructed_classes() -> list[Any]:
    """Give the DeviceClass objects of the running server.

    Returns
    -------
    list of DeviceClass
        The objects.
    """
    return constructed_class


def get_constructed_class(name: str) -> Any:
    """Give a DeviceClass object of the running server.

    Parameters
    ----------
    name
        Name of the device class.

    Returns
    -------
    DeviceClass or None
        The object, or None if there is none of this name.
    """
    return next((made for made in constructed_class if made.get_name() == name), None)


def get_constructed_class_by_class(klass: type) -> Any:
    """Give the DeviceClass object of a class, or None."""
    return next((made for made in constructed_class if type(made) is klass), None)


def class_factory() -> list[Any]:
    """Make the DeviceClass objects of the server: called when it starts and when it is restarted.

    Returns
    -------
    list of DeviceClass
        The objects.
    """
    delete_class_list()
    for device_class, device, name in class_list:
        made = device_class(name)
        made.device_impl_class = device
        constructed_class.append(made)
    return list(constructed_class)


def delete_class_list() -> None:
    """Forget the DeviceClass objects of a server that ended."""
    constructed_class.clear()


def cleanup_classes() -> None:
    """Forget all classes of a server that ended, so that another can have its own."""
    class_list.clear()
    cpp_class_list.clear()
    delete_class_list()
