"""Old import path of the lists of device classes in this process."""

from tango.server.classic.registry import (
    class_factory,
    class_list,
    cleanup_classes,
    constructed_class,
    cpp_class_list,
    delete_class_list,
    get_class,
    get_class_by_class,
    get_classes,
    get_constructed_class,
    get_constructed_class_by_class,
    get_constructed_classes,
    get_cpp_class,
    get_cpp_classes,
)

__all__ = [
    "class_factory",
    "class_list",
    "cleanup_classes",
    "constructed_class",
    "cpp_class_list",
    "delete_class_list",
    "get_class",
    "get_class_by_class",
    "get_classes",
    "get_constructed_class",
    "get_constructed_class_by_class",
    "get_constructed_classes",
    "get_cpp_class",
    "get_cpp_classes",
]
