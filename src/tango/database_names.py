"""Services and aliases in the Tango database."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tango.database_pipes import DatabasePipes
from tango.structs import DbDatum

__all__ = ["DatabaseNames"]

# The object whose property lists the services of a control system.
CONTROL_SYSTEM = "CtrlSystem"
SERVICES = "Services"


class DatabaseNames(DatabasePipes):
    """Services and aliases in the Tango database."""

    # --- services and events ------------------------------------------------------------------------------------------

    def register_service(self, serv_name: str, inst_name: str, dev_name: str) -> None:
        """Enter a device as provider of a service.

        Parameters
        ----------
        serv_name : str
            Name of the service.
        inst_name : str
            Name of its instance.
        dev_name : str
            Name of the device.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._register_service(serv_name, inst_name, dev_name)

    def unregister_service(self, serv_name: str, inst_name: str) -> None:
        """Delete the entry of a service.

        Parameters
        ----------
        serv_name : str
            Name of the service.
        inst_name : str
            Name of its instance.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._unregister_service(serv_name, inst_name)

    def get_services(self, serv_name: str, inst_name: str) -> DbDatum:
        """Return the devices that provide a service.

        Parameters
        ----------
        serv_name : str
            Name of the service.
        inst_name : str
            Name of its instance; ``*`` for all.

        Returns
        -------
        DbDatum
            Their names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_services(serv_name, inst_name)

    def get_device_service_list(self, dev_name: str) -> DbDatum:
        """Return the instances of a service with their devices.

        Parameters
        ----------
        dev_name : str
            Name of the service.

        Returns
        -------
        DbDatum
            Instance, device, instance, device and so on.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_service_list(dev_name)

    def get_service_list(self, filter: str = ".*") -> dict[str, str]:
        """Return the services and their devices.

        Parameters
        ----------
        filter : str, optional
            A regular expression for ``service/instance``; without it all.

        Returns
        -------
        dict of str to str
            The device of each ``service/instance``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        pattern = re.compile(filter, re.IGNORECASE)
        entries = self.get_property(CONTROL_SYSTEM, SERVICES)[SERVICES]
        services = (entry.partition(":")[::2] for entry in entries)
        return {service: device for service, device in services if pattern.match(service)}

    def export_event(self, event_data: Sequence[str]) -> None:
        """Enter an event channel of the notification service of old servers.

        Parameters
        ----------
        event_data : sequence of str
            Name, address, host, process number and version.

        Raises
        ------
        DevFailed
            If the database refuses it or cannot be reached.
        TypeError
            If the data are no text.
        """
        self._export_event(event_data)

    def unexport_event(self, event: str) -> None:
        """Delete the entry of an event channel.

        Parameters
        ----------
        event : str
            Name of the channel.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._unexport_event(event)

    # --- aliases of devices -------------------------------------------------------------------------------------------

    def get_device_alias_list(self, filter: str) -> DbDatum:
        """Return the aliases of devices.

        Parameters
        ----------
        filter : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            The aliases.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_device_alias_list(filter)

    def get_device_from_alias(self, alias: str) -> str:
        """Return the device with an alias.

        Parameters
        ----------
        alias : str
            The alias.

        Returns
        -------
        str
            Its name.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_device_from_alias(alias)

    def get_device_alias(self, alias: str) -> str:
        """Return the device with an alias; the same as :meth:`get_device_from_alias`.

        Parameters
        ----------
        alias : str
            The alias.

        Returns
        -------
        str
            Its name.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_device_from_alias(alias)

    def get_alias_from_device(self, dev_name: str) -> str:
        """Return the alias of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        str
            The alias.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_alias_from_device(dev_name)

    def get_alias(self, dev_name: str) -> str:
        """Return the alias of a device; the same as :meth:`get_alias_from_device`.

        Parameters
        ----------
        dev_name : str
            Name of the device.

        Returns
        -------
        str
            The alias.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_alias_from_device(dev_name)

    def put_device_alias(self, dev_name: str, alias: str) -> None:
        """Give a device an alias.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        alias : str
            The alias.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._put_device_alias(dev_name, alias)

    def delete_device_alias(self, alias: str) -> None:
        """Delete the alias of a device.

        Parameters
        ----------
        alias : str
            The alias.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._delete_device_alias(alias)

    # --- aliases of attributes ----------------------------------------------------------------------------------------

    def get_attribute_alias_list(self, filter: str) -> DbDatum:
        """Return the aliases of attributes.

        Parameters
        ----------
        filter : str
            A pattern with ``*``.

        Returns
        -------
        DbDatum
            The aliases.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._get_attribute_alias_list(filter)

    def get_attribute_from_alias(self, alias: str) -> str:
        """Return the attribute with an alias.

        Parameters
        ----------
        alias : str
            The alias.

        Returns
        -------
        str
            The attribute, as ``domain/family/member/attribute``.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_attribute_from_alias(alias)

    def get_attribute_alias(self, alias: str) -> str:
        """Return the attribute with an alias; the same as :meth:`get_attribute_from_alias`.

        Parameters
        ----------
        alias : str
            The alias.

        Returns
        -------
        str
            The attribute, as ``domain/family/member/attribute``.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_attribute_from_alias(alias)

    def get_alias_from_attribute(self, attr_name: str) -> str:
        """Return the alias of an attribute.

        Parameters
        ----------
        attr_name : str
            The attribute, as ``domain/family/member/attribute``.

        Returns
        -------
        str
            The alias.

        Raises
        ------
        DevFailed
            If there is none, or the database cannot be reached.
        """
        return self._get_alias_from_attribute(attr_name)

    def put_attribute_alias(self, attr_name: str, alias: str) -> None:
        """Give an attribute an alias.

        Parameters
        ----------
        attr_name : str
            The attribute, as ``domain/family/member/attribute``.
        alias : str
            The alias.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._put_attribute_alias(attr_name, alias)

    def delete_attribute_alias(self, alias: str) -> None:
        """Delete the alias of an attribute.

        Parameters
        ----------
        alias : str
            The alias.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._delete_attribute_alias(alias)
