"""The properties of pipes in the Tango database."""

from __future__ import annotations

from functools import partial
from typing import Any

from tango.database_properties import DatabaseProperties, named
from tango.properties import from_attribute_data, look_up, to_attribute_data, to_attribute_names
from tango.structs import DbDatum, DbHistoryList, StdStringVector

__all__ = ["DatabasePipes"]


class DatabasePipes(DatabaseProperties):
    """The properties of pipes in the Tango database."""

    # --- pipes of devices ---------------------------------------------------------------------------------------

    def get_device_pipe_property(self, dev_name: str, value: Any) -> dict[str, dict[str, StdStringVector]]:
        """Return all properties of pipes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names of the pipes.

        Returns
        -------
        dict of str to dict
            The properties of each pipe, as a dictionary of names and strings.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_attribute_data(look_up(partial(self._get_pipe_property, False, dev_name), value))

    def put_device_pipe_property(self, dev_name: str, value: Any) -> None:
        """Store properties of pipes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : dict, DbData or sequence of DbDatum
            ``{pipe: {name: value}}``; or, for each pipe, a datum with the number of its properties, then theirs.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_pipe_property(False, dev_name, to_attribute_data(value))

    def delete_device_pipe_property(self, dev_name: str, value: Any) -> None:
        """Delete properties of pipes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : dict, DbDatum, or sequence of str or DbDatum
            ``{pipe: [name, ...]}``; or the name of a pipe, then those of its properties.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        for data in to_attribute_names(value):
            self._delete_pipe_property(False, dev_name, data)

    def get_device_pipe_property_history(self, dev_name: str, pipe_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of a pipe of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        pipe_name : str
            Name of the pipe.
        prop_name : str
            Name of the property.

        Returns
        -------
        DbHistoryList
            The values, the oldest first.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return named(self._get_pipe_property_history(False, dev_name, pipe_name, prop_name), pipe_name)

    def get_device_pipe_list(self, dev_name: str, pipe_list: Any) -> None:
        """Return the pipes of a device that have properties.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        pipe_list : list
            It is filled with the names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        pipe_list.extend(self._get_device_pipe_list(dev_name))

    # --- pipes of classes ---------------------------------------------------------------------------------------

    def get_class_pipe_property(self, class_name: str, value: Any) -> dict[str, dict[str, StdStringVector]]:
        """Return all properties of pipes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names of the pipes.

        Returns
        -------
        dict of str to dict
            The properties of each pipe, as a dictionary of names and strings.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_attribute_data(look_up(partial(self._get_pipe_property, True, class_name), value))

    def put_class_pipe_property(self, class_name: str, value: Any) -> None:
        """Store properties of pipes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : dict, DbData or sequence of DbDatum
            ``{pipe: {name: value}}``; or, for each pipe, a datum with the number of its properties, then theirs.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_pipe_property(True, class_name, to_attribute_data(value))

    def delete_class_pipe_property(self, class_name: str, value: Any) -> None:
        """Delete properties of pipes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : dict, DbDatum, or sequence of str or DbDatum
            ``{pipe: [name, ...]}``; or the name of a pipe, then those of its properties.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        for data in to_attribute_names(value):
            self._delete_pipe_property(True, class_name, data)

    def get_class_pipe_property_history(self, class_name: str, pipe_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of a pipe of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        pipe_name : str
            Name of the pipe.
        prop_name : str
            Name of the property.

        Returns
        -------
        DbHistoryList
            The values, the oldest first.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return named(self._get_pipe_property_history(True, class_name, pipe_name, prop_name), pipe_name)

    def get_class_pipe_list(self, class_name: str, wildcard: str) -> DbDatum:
        """Return the pipes of a class that have properties.

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
        return self._get_class_pipe_list(class_name, wildcard)
