"""The database calls about properties of devices, classes and other objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tango.databaseds.db_access import arguments, queries
from tango.databaseds.db_access.file import DatabaseFile
from tango.databaseds.db_access.names import like
from tango.databaseds.db_access.properties import (
    CLASS,
    CLASS_ATTRIBUTE,
    CLASS_PIPE,
    DEVICE,
    DEVICE_ATTRIBUTE,
    DEVICE_PIPE,
    OBJECT,
    PropertyKind,
)

__all__ = ["PropertyDatabase"]

Texts = list[str]
Values = list[tuple[str, list[str]]]


class PropertyDatabase(DatabaseFile):
    """The part of a Tango database that holds properties."""

    # ---- devices

    def get_device_property(self, dev_name: str, properties: Sequence[str]) -> Texts:
        """Return properties of a device."""
        return self._get(DEVICE, dev_name, properties, if_empty=[" "])

    def put_device_property(self, device_name: str, nb_properties: str | int, prop_list: Sequence[str]) -> None:
        """Store properties of a device."""
        self._put(DEVICE, device_name, nb_properties, prop_list, "DbPutDeviceProperty")

    def delete_device_property(self, dev_name: str, *prop_name: str) -> None:
        """Delete properties of a device."""
        self._delete(DEVICE, (dev_name,), prop_name)

    def get_device_property_list(self, device_name: str, prop_filter: str) -> Texts:
        """Return the names of a device's properties."""
        with self._read() as cursor:
            return DEVICE.names(cursor, (device_name,), prop_filter)

    def get_device_property_hist(self, device_name: str, prop_name: str) -> Texts:
        """Return the changes of a device's properties."""
        return self._history(DEVICE, device_name, prop_name)

    def get_device_attribute_property(self, dev_name: str, attributes: Sequence[str]) -> Texts:
        """Return the properties of a device's attributes, one value each."""
        return self._get_of_members(DEVICE_ATTRIBUTE, dev_name, attributes, _one_value_each)

    def get_device_attribute_property2(self, dev_name: str, attributes: Sequence[str]) -> Texts:
        """Return the properties of a device's attributes."""
        return self._get_of_members(DEVICE_ATTRIBUTE, dev_name, attributes, _counted_values)

    def put_device_attribute_property(
        self, device_name: str, nb_attributes: str | int, attr_prop_list: Sequence[str]
    ) -> None:
        """Store properties of a device's attributes, one value each."""
        origin = "DbPutDeviceAttributeProperty"
        self._put_of_members(DEVICE_ATTRIBUTE, device_name, nb_attributes, attr_prop_list, origin, arrays=False)

    def put_device_attribute_property2(
        self, device_name: str, nb_attributes: str | int, attr_prop_list: Sequence[str]
    ) -> None:
        """Store properties of a device's attributes."""
        origin = "DbPutDeviceAttributeProperty2"
        self._put_of_members(DEVICE_ATTRIBUTE, device_name, nb_attributes, attr_prop_list, origin)

    def delete_device_attribute(self, dev_name: str, attr_name: str) -> None:
        """Delete all properties of a device's attribute."""
        self._delete(DEVICE_ATTRIBUTE, (dev_name, attr_name), ["*"])

    def delete_device_attribute_property(self, dev_name: str, attr_name: str, *prop_name: str) -> None:
        """Delete properties of a device's attribute."""
        self._delete(DEVICE_ATTRIBUTE, (dev_name, attr_name), prop_name)

    def delete_all_device_attribute_property(self, dev_name: str, attr_list: Sequence[str]) -> None:
        """Delete all properties of several attributes of a device."""
        self._delete_of_members(DEVICE_ATTRIBUTE, dev_name, attr_list)

    def get_device_attribute_list(self, dev_name: str, attribute: str) -> Texts:
        """Return the attributes for which a device has properties."""
        return self._members(DEVICE_ATTRIBUTE, dev_name, attribute)

    def get_device_attribute_property_hist(self, dev_name: str, attribute: str, prop_name: str) -> Texts:
        """Return the changes of properties of a device's attributes."""
        return self._history(DEVICE_ATTRIBUTE, dev_name, attribute, prop_name)

    def get_forwarded_attribute_list_for_device(self, dev_name: str) -> Texts:
        """Return device, attribute and root attribute of each attribute that forwards to a device."""
        condition, parameter = like("value", f"{dev_name}/*")
        with self._read() as cursor:
            rows = cursor.execute(
                f"SELECT device, attribute, value FROM {DEVICE_ATTRIBUTE.table} "
                f"WHERE name = '__root_att' AND {condition} ORDER BY device, attribute",
                (parameter,),
            )
            return [text for row in rows for text in row]

    def get_device_pipe_property(self, dev_name: str, pipes: Sequence[str]) -> Texts:
        """Return the properties of a device's pipes."""
        return self._get_of_members(DEVICE_PIPE, dev_name, pipes, _counted_values)

    def put_device_pipe_property(self, device_name: str, nb_pipes: str | int, pipe_prop_list: Sequence[str]) -> None:
        """Store properties of a device's pipes."""
        self._put_of_members(DEVICE_PIPE, device_name, nb_pipes, pipe_prop_list, "DbPutDevicePipeProperty")

    def delete_device_pipe(self, dev_name: str, pipe_name: str) -> None:
        """Delete all properties of a device's pipe."""
        self._delete(DEVICE_PIPE, (dev_name, pipe_name), ["*"])

    def delete_device_pipe_property(self, dev_name: str, pipe_name: str, *prop_name: str) -> None:
        """Delete properties of a device's pipe."""
        self._delete(DEVICE_PIPE, (dev_name, pipe_name), prop_name)

    def delete_all_device_pipe_property(self, dev_name: str, pipe_list: Sequence[str]) -> None:
        """Delete all properties of several pipes of a device."""
        self._delete_of_members(DEVICE_PIPE, dev_name, pipe_list)

    def get_device_pipe_list(self, dev_name: str, pipe: str) -> Texts:
        """Return the pipes for which a device has properties."""
        return self._members(DEVICE_PIPE, dev_name, pipe)

    def get_device_pipe_property_hist(self, dev_name: str, pipe: str, prop_name: str) -> Texts:
        """Return the changes of properties of a device's pipes."""
        return self._history(DEVICE_PIPE, dev_name, pipe, prop_name)

    # ---- classes

    def get_class_property(self, class_name: str, properties: Sequence[str]) -> Texts:
        """Return properties of a class."""
        return self._get(CLASS, class_name, properties, if_empty=[])

    def put_class_property(self, class_name: str, nb_properties: str | int, prop_list: Sequence[str]) -> None:
        """Store properties of a class."""
        self._put(CLASS, class_name, nb_properties, prop_list, "DbPutClassProperty")

    def delete_class_property(self, klass_name: str, *prop_name: str) -> None:
        """Delete properties of a class."""
        self._delete(CLASS, (klass_name,), prop_name)

    def get_class_property_list(self, class_name: str) -> Texts:
        """Return the names of the properties of classes."""
        condition, parameter = like("class", class_name)
        with self._read() as cursor:
            rows = cursor.execute(
                f"SELECT DISTINCT name FROM {CLASS.table} WHERE {condition} ORDER BY name", (parameter,)
            )
            return [row[0] for row in rows]

    def get_class_property_hist(self, class_name: str, prop_name: str) -> Texts:
        """Return the changes of a class's properties."""
        return self._history(CLASS, class_name, prop_name)

    def get_class_attribute_property(self, class_name: str, attributes: Sequence[str]) -> Texts:
        """Return the properties of a class's attributes, one value each."""
        return self._get_of_members(CLASS_ATTRIBUTE, class_name, attributes, _one_value_each)

    def get_class_attribute_property2(self, class_name: str, attributes: Sequence[str]) -> Texts:
        """Return the properties of a class's attributes."""
        return self._get_of_members(CLASS_ATTRIBUTE, class_name, attributes, _counted_values)

    def put_class_attribute_property(
        self, class_name: str, nb_attributes: str | int, attr_prop_list: Sequence[str]
    ) -> None:
        """Store properties of a class's attributes, one value each."""
        origin = "DbPutClassAttributeProperty"
        self._put_of_members(CLASS_ATTRIBUTE, class_name, nb_attributes, attr_prop_list, origin, arrays=False)

    def put_class_attribute_property2(
        self, class_name: str, nb_attributes: str | int, attr_prop_list: Sequence[str]
    ) -> None:
        """Store properties of a class's attributes."""
        origin = "DbPutClassAttributeProperty2"
        self._put_of_members(CLASS_ATTRIBUTE, class_name, nb_attributes, attr_prop_list, origin)

    def delete_class_attribute(self, klass_name: str, attr_name: str) -> None:
        """Delete all properties of a class's attribute."""
        self._delete(CLASS_ATTRIBUTE, (klass_name, attr_name), ["*"])

    def delete_class_attribute_property(self, klass_name: str, attr_name: str, *prop_name: str) -> None:
        """Delete properties of a class's attribute."""
        self._delete(CLASS_ATTRIBUTE, (klass_name, attr_name), prop_name)

    def get_class_attribute_list(self, class_name: str, wildcard: str) -> Texts:
        """Return the attributes for which a class has properties."""
        return self._members(CLASS_ATTRIBUTE, class_name, wildcard)

    def get_class_attribute_property_hist(self, class_name: str, attribute: str, prop_name: str) -> Texts:
        """Return the changes of properties of a class's attributes."""
        return self._history(CLASS_ATTRIBUTE, class_name, attribute, prop_name)

    def get_class_pipe_property(self, class_name: str, pipes: Sequence[str]) -> Texts:
        """Return the properties of a class's pipes."""
        return self._get_of_members(CLASS_PIPE, class_name, pipes, _counted_values)

    def put_class_pipe_property(self, class_name: str, nb_pipes: str | int, pipe_prop_list: Sequence[str]) -> None:
        """Store properties of a class's pipes."""
        self._put_of_members(CLASS_PIPE, class_name, nb_pipes, pipe_prop_list, "DbPutClassPipeProperty")

    def delete_class_pipe(self, klass_name: str, pipe_name: str) -> None:
        """Delete all properties of a class's pipe."""
        self._delete(CLASS_PIPE, (klass_name, pipe_name), ["*"])

    def delete_class_pipe_property(self, klass_name: str, pipe_name: str, *prop_name: str) -> None:
        """Delete properties of a class's pipe."""
        self._delete(CLASS_PIPE, (klass_name, pipe_name), prop_name)

    def get_class_pipe_list(self, class_name: str, wildcard: str) -> Texts:
        """Return the pipes for which a class has properties."""
        return self._members(CLASS_PIPE, class_name, wildcard)

    def get_class_pipe_property_hist(self, class_name: str, pipe: str, prop_name: str) -> Texts:
        """Return the changes of properties of a class's pipes."""
        return self._history(CLASS_PIPE, class_name, pipe, prop_name)

    # ---- other objects

    def get_property(self, object_name: str, properties: Sequence[str]) -> Texts:
        """Return properties of an object."""
        return self._get(OBJECT, object_name, properties, if_empty=[" "])

    def put_property(self, object_name: str, nb_properties: str | int, prop_list: Sequence[str]) -> None:
        """Store properties of an object."""
        self._put(OBJECT, object_name, nb_properties, prop_list, "DbPutProperty")

    def delete_property(self, obj_name: str, *prop_name: str) -> None:
        """Delete properties of an object."""
        self._delete(OBJECT, (obj_name,), prop_name)

    def get_property_list(self, object_name: str, wildcard: str) -> Texts:
        """Return the names of an object's properties."""
        with self._read() as cursor:
            return OBJECT.names(cursor, (object_name,), wildcard)

    def get_property_hist(self, object_name: str, prop_name: str) -> Texts:
        """Return the changes of an object's properties."""
        return self._history(OBJECT, object_name, prop_name)

    def get_object_list(self, name: str) -> Texts:
        """Return the objects that have properties."""
        with self._read() as cursor:
            return queries.objects(cursor, *like("object", name))

    # ---- all kinds alike

    def _get(self, kind: PropertyKind, owner: str, names: Sequence[str], if_empty: Texts) -> Texts:
        result = [owner, str(len(names))]
        with self._read() as cursor:
            for name in names:
                values = kind.values(cursor, (owner,), name)
                result += [name, str(len(values)), *(values or if_empty)]
        return result

    def _get_of_members(
        self, kind: PropertyKind, owner: str, members: Sequence[str], layout: Callable[[Values], Texts]
    ) -> Texts:
        result = [owner, str(len(members))]
        with self._read() as cursor:
            for member in members:
                result += [member, *layout(kind.of_member(cursor, owner, member))]
        return result

    def _put(self, kind: PropertyKind, owner: str, number: str | int, texts: Sequence[str], origin: str) -> None:
        properties = arguments.properties(number, texts, origin)
        with self._write() as cursor:
            for name, values in properties:
                kind.put(cursor, (owner,), name, values, self.history_depth)

    def _put_of_members(
        self,
        kind: PropertyKind,
        owner: str,
        number: str | int,
        texts: Sequence[str],
        origin: str,
        *,
        arrays: bool = True,
    ) -> None:
        members = arguments.attribute_properties(number, texts, origin, arrays=arrays)
        with self._write() as cursor:
            for member, properties in members:
                for name, values in properties:
                    kind.put(cursor, (owner, member), name, values, self.history_depth)

    def _delete(self, kind: PropertyKind, owner: Sequence[str], names: Sequence[str]) -> None:
        with self._write() as cursor:
            for name in names:
                kind.delete(cursor, owner, name, self.history_depth)

    def _delete_of_members(self, kind: PropertyKind, owner: str, members: Sequence[str]) -> None:
        with self._write() as cursor:
            for member in members:
                kind.delete(cursor, (owner, member), "*", self.history_depth)

    def _members(self, kind: PropertyKind, owner: str, wildcard: str) -> Texts:
        with self._read() as cursor:
            return kind.members(cursor, owner, wildcard)

    def _history(self, kind: PropertyKind, owner: str, *patterns: str) -> Texts:
        with self._read() as cursor:
            return kind.history(cursor, owner, *patterns)


def _counted_values(properties: Values) -> Texts:
    result = [str(len(properties))]
    for name, values in properties:
        result += [name, str(len(values)), *values]
    return result


def _one_value_each(properties: Values) -> Texts:
    pairs = [(name, value) for name, values in properties for value in values]
    return [str(len(pairs)), *(text for pair in pairs for text in pair)]
