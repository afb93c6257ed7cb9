"""Properties, devices and servers as the Tango database knows them."""

from collections.abc import Iterable
from typing import Any

from tango.structs.base import Struct, TypedList, each_instance
from tango.structs.vectors import StdStringVector

__all__ = [
    "DbData",
    "DbDatum",
    "DbDevExportInfo",
    "DbDevExportInfos",
    "DbDevFullInfo",
    "DbDevImportInfo",
    "DbDevImportInfos",
    "DbDevInfo",
    "DbDevInfos",
    "DbHistory",
    "DbHistoryList",
    "DbServerInfo",
]


class DbDatum(Struct):
    """A named property value; it behaves as the list of its strings.

    Parameters
    ----------
    name : str or DbDatum, optional
        Name of the property, or a datum to copy.

    Attributes
    ----------
    name : str
        Name of the property.
    value_string : StdStringVector
        The value, as the strings that the database keeps.
    """

    name: str = ""
    value_string: StdStringVector = each_instance(StdStringVector)

    def __init__(self, name: "str | DbDatum | None" = None, *, db_datum: "DbDatum | None" = None) -> None:
        if isinstance(name, DbDatum):
            self._copy_from(name)
        elif db_datum is not None:
            self._copy_from(db_datum)
        elif name is not None:
            self.name = name

    def size(self) -> int:
        """Return the number of strings.

        Returns
        -------
        int
            Their number.
        """
        return len(self.value_string)

    def is_empty(self) -> bool:
        """Return whether the property has no value.

        Returns
        -------
        bool
            True if there is no string.
        """
        return not self.value_string

    def append(self, v: str) -> None:
        """Add a string.

        Parameters
        ----------
        v : str
            The string.
        """
        self.value_string.append(v)

    def extend(self, v: Iterable[str]) -> None:
        """Add several strings.

        Parameters
        ----------
        v : iterable of str
            The strings.
        """
        self.value_string.extend(v)

    def __len__(self) -> int:
        return len(self.value_string)

    def __getitem__(self, index: Any) -> Any:
        return self.value_string[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        self.value_string[index] = value

    def __delitem__(self, index: Any) -> None:
        del self.value_string[index]

    def __iter__(self) -> Any:
        return iter(self.value_string)

    def __contains__(self, item: object) -> bool:
        return item in self.value_string

    def __add__(self, other: Any) -> Any:
        return list(self.value_string) + list(other)

    def __mul__(self, count: int) -> list[str]:
        return list(self.value_string) * count

    def __imul__(self, count: int) -> Any:
        self.value_string[:] = list(self.value_string) * count
        return self


class DbData(TypedList[DbDatum], item_type=DbDatum):
    """A list of :class:`DbDatum`."""


# --- devices ---------------------------------------------------------------------------------------------------------


class DbDevInfo(Struct):
    """A device as it is registered.

    Attributes
    ----------
    name : str
        Name of the device.
    klass : str
        Name of its class.
    server : str
        Its server, as ``executable/instance``.
    """

    klass: str = ""
    name: str = ""
    server: str = ""

    @property
    def _class(self) -> str:
        """The name that `klass` has in C++ and in programs written against older bindings."""
        return self.klass

    @_class.setter
    def _class(self, value: str) -> None:
        self.klass = value


class DbDevImportInfo(Struct):
    """How to reach a device.

    Attributes
    ----------
    name : str
        Name of the device.
    exported : int
        1 if its server is running, else 0.
    ior : str
        Its CORBA address.
    version : str
        Its interface version.
    """

    exported: int = 0
    ior: str = ""
    name: str = ""
    version: str = ""


class DbDevFullInfo(DbDevImportInfo):
    """All that the database knows of a device.

    Attributes
    ----------
    class_name : str
        Name of its class.
    ds_full_name : str
        Its server, as ``executable/instance``.
    host : str
        Host on which the server runs.
    pid : int
        Process number of the server.
    started_date, stopped_date : str
        When the device was last started and stopped.
    """

    class_name: str = ""
    ds_full_name: str = ""
    host: str = ""
    pid: int = 0
    started_date: str = ""
    stopped_date: str = ""


class DbDevExportInfo(Struct):
    """What a server tells the database when it starts a device.

    Attributes
    ----------
    name : str
        Name of the device.
    ior : str
        Its CORBA address.
    host : str
        Host on which the server runs.
    version : str
        Interface version of the device.
    pid : int
        Process number of the server.
    """

    host: str = ""
    ior: str = ""
    name: str = ""
    pid: int = 0
    version: str = ""


class DbDevInfos(TypedList[DbDevInfo], item_type=DbDevInfo):
    """A list of :class:`DbDevInfo`."""


class DbDevImportInfos(TypedList[DbDevImportInfo], item_type=DbDevImportInfo):
    """A list of :class:`DbDevImportInfo`."""


class DbDevExportInfos(TypedList[DbDevExportInfo], item_type=DbDevExportInfo):
    """A list of :class:`DbDevExportInfo`."""


class DbServerInfo(Struct):
    """How a server is to be started.

    Attributes
    ----------
    name : str
        The server, as ``executable/instance``.
    host : str
        Host on which it is to run.
    mode : int
        1 if the starter looks after it, else 0.
    level : int
        Its place in the order of starting.
    """

    host: str = ""
    level: int = 0
    mode: int = 0
    name: str = ""


# --- history ---------------------------------------------------------------------------------------------------------


class DbHistory(Struct):
    """One former value of a property.

    Parameters
    ----------
    name : str
        Name of the property.
    *rest
        ``date, values``, or ``attribute, date, values`` for a property of an attribute; the date as the database
        writes it, ``YYYY-MM-DD HH:MM:SS``.

    Raises
    ------
    TypeError
        If there are too few or too many arguments.
    ValueError
        If the date has another form.
    """

    _name: str
    _attribute: str
    _date: str
    _value: DbDatum

    def __init__(self, name: str, *rest: Any) -> None:
        if len(rest) not in (2, 3):
            raise TypeError(f"DbHistory(name, [attribute,] date, values) got {len(rest) + 1} arguments")
        self._attribute = rest[0] if len(rest) == 3 else ""
        date, values = rest[-2:]
        if len(date) < 16:
            raise ValueError(f"a date of the database reads 'YYYY-MM-DD HH:MM:SS', not {date!r}")
        self._name = name
        self._date = f"{date[8:10]}/{date[5:7]}/{date[0:4]} {date[11:13]}:{date[14:16]}:{date[17:19]}"
        self._value = DbDatum(name)
        self._value.value_string = values

    def get_name(self) -> str:
        """Return the name of the property.

        Returns
        -------
        str
            Its name.
        """
        return self._name

    def get_attribute_name(self) -> str:
        """Return the name of the attribute.

        Returns
        -------
        str
            Its name; empty if the property is not one of an attribute.
        """
        return self._attribute

    def get_date(self) -> str:
        """Return when the value was set.

        Returns
        -------
        str
            The date as ``DD/MM/YYYY HH:MM:SS``.
        """
        return self._date

    def get_value(self) -> DbDatum:
        """Return the value.

        Returns
        -------
        DbDatum
            The value; empty if the property was deleted.
        """
        return self._value

    def is_deleted(self) -> bool:
        """Return whether the property was deleted on this date.

        Returns
        -------
        bool
            True if there is no value.
        """
        return not self._value.value_string

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if isinstance(other, DbHistory) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        of = f" of attribute {self._attribute!r}" if self._attribute else ""
        what = "deleted" if self.is_deleted() else repr(list(self._value))
        return f"<DbHistory {self._name!r}{of}, {self._date}: {what}>"

    __str__ = __repr__


class DbHistoryList(TypedList[DbHistory], item_type=DbHistory):
    """A list of :class:`DbHistory`."""
