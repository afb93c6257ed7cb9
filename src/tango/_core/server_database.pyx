"""The properties of devices and classes, as a server reads them from its database, or from the file in its place."""
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.database cimport DatabaseCore
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.db cimport CDatabase

cdef extern from "server_database.hpp" namespace "tangopy" nogil:
    CDatabase *database_of_server() except +translate
    cbool uses_file()
    cbool c_has_database "tangopy::has_database"()
    vector[vector[string]] c_read_properties "tangopy::read_properties"(
        cbool, string, const vector[string] &) except +translate
    void c_write_property "tangopy::write_property"(
        cbool, string, const string &, vector[string]) except +translate
    void c_write_attribute_property "tangopy::write_attribute_property"(
        string, const string &, const string &, vector[string]) except +translate


cdef extern from "database.hpp" namespace "tangopy" nogil:
    shared_ptr[CDatabase] lent_database(CDatabase *)


cdef vector[string] to_lines(values) except *:
    cdef vector[string] lines
    for value in values:
        lines.push_back(to_cpp_str(value))
    return lines


def has_database() -> bool:
    """Whether the server of this process has a database, or a file in its place."""
    return c_has_database()


def lend_database(DatabaseCore database not None) -> bool:
    """Let a new, empty object use the connection that the server has to its database; False if it has none."""
    cdef CDatabase *own
    with nogil:
        own = database_of_server()
    if own == NULL:
        return False
    database.adopt(lent_database(own), False)
    database.is_file = uses_file()
    return True


def read_properties(bint of_class, str owner: str, names: list[str]) -> dict[str, list[str]]:
    """Read properties.

    Parameters
    ----------
    of_class
        Whether they belong to a class or to a device.
    owner
        Name of the class or device.
    names
        Names of the properties.

    Returns
    -------
    dict
        The lines of each; an empty list where the database has no value.

    Raises
    ------
    DevFailed
        The database does not answer.
    """
    cdef string cowner = to_cpp_str(owner)
    cdef vector[string] cnames = to_lines(names)
    cdef vector[vector[string]] values
    cdef vector[string] lines
    with nogil:
        values = c_read_properties(of_class, cowner, cnames)
    found = {}
    for i, name in enumerate(names):
        lines = values[<size_t>i]
        found[name] = [to_py_str(line) for line in lines]
    return found


def write_property(bint of_class, str owner: str, str name: str, values: list[str]) -> None:
    """Write a property.

    Parameters
    ----------
    of_class
        Whether it belongs to a class or to a device.
    owner
        Name of the class or device.
    name
        Name of the property.
    values
        Its lines.

    Raises
    ------
    DevFailed
        The database does not answer.
    """
    cdef string cowner = to_cpp_str(owner)
    cdef string cname = to_cpp_str(name)
    cdef vector[string] lines = to_lines(values)
    with nogil:
        c_write_property(of_class, cowner, cname, lines)


def write_attribute_property(str device, str attribute, str name, values: list[str]) -> None:
    """Write a property of an attribute of a device.

    Parameters
    ----------
    device
        Name of the device.
    attribute
        Name of the attribute.
    name
        Name of the property.
    values
        Its lines.

    Raises
    ------
    DevFailed
        The database does not answer.
    """
    cdef string cdevice = to_cpp_str(device)
    cdef string cattribute = to_cpp_str(attribute)
    cdef string cname = to_cpp_str(name)
    cdef vector[string] lines = to_lines(values)
    with nogil:
        c_write_attribute_property(cdevice, cattribute, cname, lines)
