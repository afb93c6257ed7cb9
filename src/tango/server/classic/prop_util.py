"""The properties of the older API: rows of dictionaries, and what the database has for them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, TypeAlias

from tango._core.server_database import has_database, read_properties
from tango.enums import CmdArgType
from tango.server.properties import convert_property
from tango.text_values import obj_2_str
from tango.type_checks import is_array_type

__all__ = ["PropUtil"]

Rows: TypeAlias = dict[str, list[Any]]
"""Name of a property -> type, description, value (and, for a device property, whether the database must have one)."""


class PropUtil:
    """What :class:`tango.DeviceClass` does with its dictionaries of properties."""

    scalar_int_types = (CmdArgType.DevShort, CmdArgType.DevUShort, CmdArgType.DevLong, CmdArgType.DevULong)
    """Types of integers of up to 32 bits."""
    scalar_long_types = (CmdArgType.DevLong64, CmdArgType.DevULong64)
    """Types of integers of 64 bits."""
    scalar_float_types = (CmdArgType.DevFloat, CmdArgType.DevDouble)
    """Types of floating-point numbers."""
    scalar_numerical_types = scalar_int_types + scalar_long_types + scalar_float_types
    """Types of numbers."""
    scalar_str_types = (CmdArgType.DevString, CmdArgType.ConstDevString)
    """Types of text."""
    scalar_types = (
        *scalar_numerical_types,
        *scalar_str_types,
        CmdArgType.DevBoolean,
        CmdArgType.DevEncoded,
        CmdArgType.DevUChar,
        CmdArgType.DevVoid,
    )
    """All types of single values."""

    def set_default_property_values(self, dev_class: Any, class_prop: Rows, dev_prop: Rows) -> None:
        """Tell tools such as the wizard of Jive which properties there are.

        Parameters
        ----------
        dev_class : DeviceClass
            The device class.
        class_prop
            The properties of the class.
        dev_prop
            The properties of its devices.
        """
        for rows, describe in ((class_prop, dev_class.add_wiz_class_prop), (dev_prop, dev_class.add_wiz_dev_prop)):
            for name in rows:
                value = self.get_property_values(name, rows)
                text = "" if self._has_no_value(value) else str(obj_2_str(value, self.get_property_type(name, rows)))
                describe(name, self.get_property_description(name, rows), text)

    def get_class_properties(self, dev_class: Any, class_prop: Rows) -> None:
        """Put what the database has of the properties of a class into their rows.

        Parameters
        ----------
        dev_class : DeviceClass
            The device class.
        class_prop
            Its properties, which are changed.

        Raises
        ------
        ValueError
            A value in the database is not of the declared type.
        DevFailed
            The database does not answer.
        """
        self._fill(True, dev_class.get_name(), class_prop)

    def _get_device_properties(self, dev: Any, class_prop: Rows, dev_prop: Rows) -> None:
        """Put what the database has of the properties of a device into their rows."""
        name = dev.get_name()
        self.merge_class_prop_to_dev_prop(dev, class_prop, dev_prop)
        self._fill(False, name, dev_prop)
        for prop_name, row in dev_prop.items():
            if len(row) > 3 and row[3] and self._has_no_value(row[2]):
                raise ValueError(f"Device property {prop_name} is mandatory: the database has no value of it for device '{name}'")

    @staticmethod
    def _has_no_value(value: Any) -> bool:
        return value is None or (isinstance(value, Sequence) and len(value) == 0)

    def merge_class_prop_to_dev_prop(self, dev: Any, class_prop: Rows, dev_prop: Rows) -> None:
        """Let the value of a class property be that of the device property of the same name.

        Parameters
        ----------
        dev : DeviceImpl
            The device.
        class_prop
            The properties of the class.
        dev_prop
            The properties of the device, which are changed.
        """
        for name, row in dev_prop.items():
            if name in class_prop and not self._has_no_value(class_prop[name][2]):
                row[2] = copy.copy(class_prop[name][2])

    def _fill(self, of_class: bool, owner: str, rows: Rows) -> None:
        stored = read_properties(of_class, owner, list(rows)) if rows and has_database() else {}
        for name, texts in stored.items():
            if texts:
                tango_type = self.get_property_type(name, rows)
                self.set_property_values(name, rows, convert_property(texts, tango_type, name, owner))

    def get_property_type(self, prop_name: str, properties: Rows) -> CmdArgType:
        """Tell the type of a property.

        Parameters
        ----------
        prop_name
            Its name.
        properties
            The rows.

        Returns
        -------
        CmdArgType
            The type; DevVoid if there is no such property.
        """
        try:
            return properties[prop_name][0]  # type: ignore[no-any-return]
        except (KeyError, IndexError, TypeError):
            return CmdArgType.DevVoid

    def get_property_description(self, prop_name: str, properties: Rows) -> str:
        """Tell the description of a property.

        Parameters
        ----------
        prop_name
            Its name.
        properties
            The rows.

        Returns
        -------
        str
            The description.

        Raises
        ------
        KeyError
            There is no such property.
        """
        return properties[prop_name][1]  # type: ignore[no-any-return]

    def get_property_values(self, prop_name: str, properties: Rows) -> Any:
        """Tell the value of a property.

        Parameters
        ----------
        prop_name
            Its name.
        properties
            The rows.

        Returns
        -------
        object
            One value, or a list if the type is an array; an empty list if there is no value, or no such property.
        """
        try:
            tango_type, _description, value = properties[prop_name][:3]
        except (KeyError, ValueError, TypeError):
            return []
        if is_array_type(tango_type) or not self.is_seq(value) or isinstance(value, str) or self.is_empty_seq(value):
            return value
        return value[0]

    def set_property_values(self, prop_name: str, properties: Rows, values: Any) -> None:
        """Put a value into the row of a property.

        Parameters
        ----------
        prop_name
            Its name.
        properties
            The rows.
        values
            The value.

        Raises
        ------
        KeyError
            There is no such property.
        """
        properties[prop_name][2] = values

    def is_seq(self, v: Any) -> bool:
        """Tell whether something is a sequence; text is one too.

        Parameters
        ----------
        v
            Anything.

        Returns
        -------
        bool
            Whether it is.
        """
        return isinstance(v, Sequence)

    def is_empty_seq(self, v: Any) -> bool:
        """Tell whether something is a sequence without elements.

        Parameters
        ----------
        v
            Anything.

        Returns
        -------
        bool
            Whether it is.
        """
        return self.is_seq(v) and not len(v)
