"""The lists of the Tango database: servers, devices, classes, objects."""

from __future__ import annotations

from typing import Any

from tango._core.database_pipes import DatabasePipesCore
from tango.connection import Connection
from tango.structs import DbDatum

__all__ = ["DatabaseLists"]


class DatabaseLists(DatabasePipesCore, Connection):
    """The lists of the Tango database: servers, devices, classes, objects."""

    # --- servers and hosts --------------------------------------------------------------------------------------------

    def get_host_list(self, wildcard: str = "*") -> DbDatum:
        """Return the hosts on which servers run.

        Parameters
        ----------
        wildcard : str, optional
            A pattern with ``*``; without it all.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_host_list(wildcard)

    def get_server_list(self, wildcard: str = "*") -> DbDatum:
        """Return the servers.

        Parameters
        ----------
        wildcard : str, optional
            A pattern with ``*``; without it all.

        Returns
        -------
        DbDatum
            Each as ``executable/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_server_list(wildcard)

    def get_server_name_list(self) -> DbDatum:
        """Return the executables of all servers.

        Returns
        -------
        DbDatum
            Their names, without instances.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_server_name_list()

    def get_instance_name_list(self, serv_name: str) -> DbDatum:
        """Return the instances of a server's executable.

        Parameters
        ----------
        serv_name : str
            Name of the executable.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_instance_name_list(serv_name)

    def get_host_server_list(self, host_name: str) -> DbDatum:
        """Return the servers of a host.

        Parameters
        ----------
        host_name : str
            Name of the host.

        Returns
        -------
        DbDatum
            Each as ``executable/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_host_server_list(host_name)

    def get_server_class_list(self, server: str) -> DbDatum:
        """Return the classes of a server, without ``DServer``.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_server_class_list(server)

    def get_device_class_list(self, server: str) -> DbDatum:
        """Return the devices of a server with their classes.

        Parameters
        ----------
        server : str
            The server, as ``executable/instance``.

        Returns
        -------
        DbDatum
            Device, class, device, class and so on.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_class_list(server)

    # --- devices ------------------------------------------------------------------------------------------------------

    def get_device_name(self, serv_name: str, class_name: str) -> DbDatum:
        """Return the devices of a class in a server.

        Parameters
        ----------
        serv_name : str
            The server, as ``executable/instance``.
        class_name : str
            Name of the class.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_name(serv_name, class_name)

    def get_device_exported(self, filter: str) -> DbDatum:
        """Return the devices whose server is running.

        Parameters
        ----------
        filter : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_exported(filter)

    def get_device_exported_for_class(self, class_name: str) -> DbDatum:
        """Return the devices of a class whose server is running.

        Parameters
        ----------
        class_name : str
            Name of the class.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_exported_for_class(class_name)

    def get_device_domain(self, wildcard: str) -> DbDatum:
        """Return the domains of device names.

        Parameters
        ----------
        wildcard : str
            A pattern, for example ``tango*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_domain(wildcard)

    def get_device_family(self, wildcard: str) -> DbDatum:
        """Return the families of device names.

        Parameters
        ----------
        wildcard : str
            A pattern, for example ``tango/*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_family(wildcard)

    def get_device_member(self, wildcard: str) -> DbDatum:
        """Return the members of device names.

        Parameters
        ----------
        wildcard : str
            A pattern, for example ``tango/database/*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_member(wildcard)

    def get_device_attribute_list(self, dev_name: str, att_list: Any) -> None:
        """Return the attributes of a device that have properties.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        att_list : Any
            A list, which is filled with the names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        att_list.extend(self._get_device_attribute_list(dev_name))

    # --- classes and objects ------------------------------------------------------------------------------------------

    def get_class_list(self, wildcard: str) -> DbDatum:
        """Return the classes.

        Parameters
        ----------
        wildcard : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_class_list(wildcard)

    def get_class_for_device(self, dev_name: str) -> str:
        """Return the class of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        str
            Its name.

        Raises
        ------
        DevFailed
            If there is no such device, or the database cannot be reached.
        """
        return self._get_class_for_device(dev_name)

    def get_class_inheritance_for_device(self, dev_name: str) -> DbDatum:
        """Return the class of a device and those that it inherits from.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_class_inheritance_for_device(dev_name)

    def get_class_property_list(self, class_name: str) -> DbDatum:
        """Return the names of a class's properties.

        Parameters
        ----------
        class_name : str
            Name of the class.

        Returns
        -------
        DbDatum
            The names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_class_property_list(class_name)

    def get_class_attribute_list(self, class_name: str, wildcard: str) -> DbDatum:
        """Return the attributes of a class that have properties.

        Parameters
        ----------
        class_name : str
            Name of the class.
        wildcard : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_class_attribute_list(class_name, wildcard)

    def get_object_list(self, wildcard: str) -> DbDatum:
        """Return the free objects that have properties.

        Parameters
        ----------
        wildcard : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_object_list(wildcard)

    def get_object_property_list(self, obj_name: str, wildcard: str) -> DbDatum:
        """Return the names of a free object's properties.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        wildcard : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            The names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_object_property_list(obj_name, wildcard)

    def get_device_property_list(
        self, dev_name: str, wildcard: str, array: list[Any] | None = None
    ) -> DbDatum | list[Any]:
        """Return the names of a device's properties.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        wildcard : str
            A pattern with ``*``.
        array : list, optional
            Is filled with the names.

        Returns
        -------
        DbDatum or list
            The names; `array` if it was given.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        names = self._get_device_property_list(dev_name, wildcard)
        if array is None:
            return names
        array.extend(names.value_string)
        return array
