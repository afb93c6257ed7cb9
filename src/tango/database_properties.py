"""The properties in the Tango database: of objects, devices, classes and their attributes."""

from __future__ import annotations

from functools import partial
from typing import Any

from tango.database_lists import DatabaseLists
from tango.properties import from_attribute_data, from_data, look_up, to_attribute_data, to_attribute_names, to_data
from tango.structs import DbHistoryList, StdStringVector

__all__ = ["DatabaseProperties"]


class DatabaseProperties(DatabaseLists):
    """The properties in the Tango database: of objects, devices, classes and their attributes."""

    # --- free objects -------------------------------------------------------------------------------------------------

    def get_property(self, obj_name: str, value: Any) -> dict[str, StdStringVector]:
        """Return properties of a free object.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_data(look_up(partial(self._get_property, obj_name), value))

    def get_property_forced(self, obj_name: str, value: Any) -> dict[str, StdStringVector]:
        """Return properties of a free object, also if a server holds others back.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_data(look_up(partial(self._get_property_forced, obj_name), value))

    def put_property(self, obj_name: str, value: Any) -> None:
        """Store properties of a free object.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        value : DbDatum, DbData, sequence of DbDatum, or dict
            Names and values.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_property(obj_name, to_data(value))

    def delete_property(self, obj_name: str, value: Any) -> None:
        """Delete properties of a free object.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._delete_property(obj_name, to_data(value, names_only=True))

    def get_property_history(self, obj_name: str, props: str) -> DbHistoryList:
        """Return the former values of a property of a free object.

        Parameters
        ----------
        obj_name : str
            Name of the object.
        props : str
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
        return self._get_property_history(obj_name, props)

    # --- devices ------------------------------------------------------------------------------------------------------

    def get_device_property(self, dev_name: str, value: Any) -> dict[str, StdStringVector]:
        """Return properties of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_data(look_up(partial(self._get_device_property, dev_name), value))

    def put_device_property(self, dev_name: str, value: Any) -> None:
        """Store properties of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : DbDatum, DbData, sequence of DbDatum, or dict
            Names and values.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_device_property(dev_name, to_data(value))

    def delete_device_property(self, dev_name: str, value: Any) -> None:
        """Delete properties of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._delete_device_property(dev_name, to_data(value, names_only=True))

    def get_device_property_history(self, dev_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
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
        return self._get_device_property_history(dev_name, prop_name)

    def get_device_attribute_property(self, dev_name: str, value: Any) -> dict[str, dict[str, StdStringVector]]:
        """Return all properties of attributes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names of the attributes.

        Returns
        -------
        dict of str to dict
            The properties of each attribute, as a dictionary of names and strings.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_attribute_data(look_up(partial(self._get_device_attribute_property, dev_name), value))

    def put_device_attribute_property(self, dev_name: str, value: Any) -> None:
        """Store properties of attributes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : dict, DbData or sequence of DbDatum
            ``{attribute: {name: value}}``; or, for each attribute, a datum with the number of its properties, then theirs.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_device_attribute_property(dev_name, to_attribute_data(value))

    def delete_device_attribute_property(self, dev_name: str, value: Any) -> None:
        """Delete properties of attributes of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        value : dict, DbDatum, or sequence of str or DbDatum
            ``{attribute: [name, ...]}``; or the name of an attribute, then those of its properties.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        for data in to_attribute_names(value):
            self._delete_device_attribute_property(dev_name, data)

    def get_device_attribute_property_history(self, dev_name: str, attr_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of an attribute of a device.

        Parameters
        ----------
        dev_name : str
            Name of the device.
        attr_name : str
            Name of the attribute.
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
        return named(self._get_device_attribute_property_history(dev_name, attr_name, prop_name), attr_name)

    # --- classes ------------------------------------------------------------------------------------------------------

    def get_class_property(self, class_name: str, value: Any) -> dict[str, StdStringVector]:
        """Return properties of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Returns
        -------
        dict of str to StdStringVector
            The strings of each property; none for one that is not defined.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_data(look_up(partial(self._get_class_property, class_name), value))

    def put_class_property(self, class_name: str, value: Any) -> None:
        """Store properties of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : DbDatum, DbData, sequence of DbDatum, or dict
            Names and values.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_class_property(class_name, to_data(value))

    def delete_class_property(self, class_name: str, value: Any) -> None:
        """Delete properties of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._delete_class_property(class_name, to_data(value, names_only=True))

    def get_class_property_history(self, class_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
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
        return self._get_class_property_history(class_name, prop_name)

    def get_class_attribute_property(self, class_name: str, value: Any) -> dict[str, dict[str, StdStringVector]]:
        """Return all properties of attributes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : str, DbDatum, DbData, sequence of str or DbDatum, or dict
            The names of the attributes.

        Returns
        -------
        dict of str to dict
            The properties of each attribute, as a dictionary of names and strings.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        return from_attribute_data(look_up(partial(self._get_class_attribute_property, class_name), value))

    def put_class_attribute_property(self, class_name: str, value: Any) -> None:
        """Store properties of attributes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : dict, DbData or sequence of DbDatum
            ``{attribute: {name: value}}``; or, for each attribute, a datum with the number of its properties, then theirs.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        self._put_class_attribute_property(class_name, to_attribute_data(value))

    def delete_class_attribute_property(self, class_name: str, value: Any) -> None:
        """Delete properties of attributes of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        value : dict, DbDatum, or sequence of str or DbDatum
            ``{attribute: [name, ...]}``; or the name of an attribute, then those of its properties.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        TypeError
            If `value` has another form.
        """
        for data in to_attribute_names(value):
            self._delete_class_attribute_property(class_name, data)

    def get_class_attribute_property_history(self, class_name: str, attr_name: str, prop_name: str) -> DbHistoryList:
        """Return the former values of a property of an attribute of a class.

        Parameters
        ----------
        class_name : str
            Name of the class.
        attr_name : str
            Name of the attribute.
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
        return named(self._get_class_attribute_property_history(class_name, attr_name, prop_name), attr_name)


def named(history: DbHistoryList, attr_name: str) -> DbHistoryList:
    """Put name and attribute of each entry in their places: cppTango before 9.4 has them the other way round.

    Parameters
    ----------
    history
        What the library returned; its entries are changed.
    attr_name
        The attribute, or pipe, that was asked for.

    Returns
    -------
    DbHistoryList
        The history.
    """
    for entry in history:
        if entry._name.lower() == attr_name.lower():
            entry._name, entry._attribute = entry._attribute, entry._name
            entry._value.name = entry._name
    return history
