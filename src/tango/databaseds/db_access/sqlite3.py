"""The Tango database on SQLite: every database call, as one transaction each.

Arguments and results are those of the commands of the same name (``get_device_info`` is ``DbGetDeviceInfo``), whose
layouts are in :mod:`tango.databaseds.commands`. Texts are stored as they arrive: the wire carries bytes, which Tango
for Python shows as latin-1, so that a client's UTF-8 comes back to it unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tango.databaseds.db_access import aliases, devices, events, queries, servers
from tango.databaseds.db_access.connection import regexp
from tango.databaseds.db_access.names import replace_wildcard, server_parts
from tango.databaseds.db_access.properties import CLASS
from tango.databaseds.db_access.property_calls import PropertyDatabase
from tango.databaseds.db_access.schema import create_statements
from tango.databaseds.db_access.server_cache import RELEASE, server_cache
from tango.databaseds.db_errors import (
    DB_DeviceNotDefined,
    DB_IncorrectArguments,
    DB_IncorrectServerName,
    DB_SQLError,
    fail,
)
from tango.databaseds.starter import StarterNotifier
from tango.server.ior import parse_ior

__all__ = [
    "DB_DeviceNotDefined",
    "DB_IncorrectArguments",
    "DB_IncorrectServerName",
    "DB_SQLError",
    "SqlDatabase",
    "Sqlite3Database",
    "get_create_db_statements",
    "get_db",
    "regexp",
    "replace_wildcard",
]

Texts = list[str]
LongsAndStrings = tuple[list[int], list[str]]


class SqlDatabase(PropertyDatabase):
    """All calls of a Tango database.

    Parameters
    ----------
    name : str
        Instance name of the database server; its device is ``sys/database/<name>``.
    db_name : str, optional
        File that holds the data, or ``":memory:"``; by default what the environment variable
        ``PYTANGO_DATABASE_NAME`` says, or else ``tango_database.db`` in the current directory.
    history_depth : int, optional
        How many changes of one property are remembered; by default what the class property ``historyDepth`` of the
        class ``DataBase`` says, or else 10.
    fire_to_starter : bool, optional
        Whether the Starters of hosts are told about changes of their servers.

    Raises
    ------
    tango.DevFailed
        ``DB_SQLError`` if the file cannot be used.
    """

    DB_API_NAME = ""

    def __init__(
        self, name: str, db_name: str | None = None, history_depth: int | None = None, fire_to_starter: bool = True
    ) -> None:
        super().__init__(name, db_name, history_depth)
        self.fire_to_starter = fire_to_starter
        self.is_stopping: Callable[[], bool] = bool  # never, unless the server says otherwise
        self._starters = StarterNotifier(self._is_exported)

    def close_db(self) -> None:
        """Close the file; further calls fail."""
        self._starters.stop()
        super().close_db()

    # ---- devices

    def add_device(
        self, server_name: str, dev_info: str | Sequence[str], klass_name: str, alias: str | None = None
    ) -> None:
        """Define a device; `dev_info` is its name, alone or with the fields of the name."""
        name = dev_info if isinstance(dev_info, str) else dev_info[0]
        with self._write() as cursor:
            devices.add(cursor, server_name, name, klass_name, alias, "AddDevice")

    def add_server(self, server_name: str, dev_and_class: Sequence[str]) -> None:
        """Define a server with all its devices, or nothing if one of them is wrong."""
        if not dev_and_class or len(dev_and_class) % 2:
            text = "incorrect no. of input arguments, needs at least 3 (server,device,class)"
            fail(DB_IncorrectArguments, text, "AddServer")
        with self._write() as cursor:
            for device, klass in zip(dev_and_class[::2], dev_and_class[1::2], strict=True):
                devices.add(cursor, server_name, device, klass, None, "AddServer")

    def delete_device(self, dev_name: str) -> None:
        """Delete a device and its properties."""
        with self._write() as cursor:
            devices.delete(cursor, dev_name)

    def export_device(self, dev_name: str, ior: str, host: str, pid: str, version: str) -> None:
        """Note that a device runs."""
        with self._write() as cursor:
            before = devices.export(cursor, dev_name, ior, host, str(pid), version)
        if dev_name.lower().startswith("dserver/") and before.lower() != host.lower():
            self._tell_starters(before, host)

    def uexport_device(self, dev_name: str) -> None:
        """Note that a device has stopped."""
        with self._write() as cursor:
            devices.unexport(cursor, "name", dev_name)

    def import_device(self, dev_name: str) -> LongsAndStrings:
        """Return the address of a device."""
        with self._read() as cursor:
            return devices.import_(cursor, dev_name)

    def get_device_info(self, dev_name: str) -> LongsAndStrings:
        """Return all about a device."""
        with self._read() as cursor:
            return devices.info(cursor, dev_name)

    def get_class_for_device(self, dev_name: str) -> str:
        """Return the class of a device."""
        with self._read() as cursor:
            return devices.class_of(cursor, dev_name)

    def get_class_inheritance_for_device(self, dev_name: str) -> Texts:
        """Return the class of a device and the classes that its property ``InheritedFrom`` lists."""
        with self._read() as cursor:
            klass = devices.class_of(cursor, dev_name)
            return [klass, *CLASS.values(cursor, (klass,), "InheritedFrom")]

    def get_device_list(self, server_name: str, class_name: str) -> Texts:
        """Return the devices of a class in a server."""
        return self._device_names("name", server=server_name, class_=class_name)

    def get_device_wide_list(self, wildcard: str) -> Texts:
        """Return devices."""
        return self._device_names("name", name=wildcard)

    def get_device_exported_list(self, wildcard: str) -> Texts:
        """Return devices that are exported."""
        return self._device_names("name", "exported = 1", name=wildcard)

    def get_exported_device_list_for_class(self, class_name: str) -> Texts:
        """Return devices of a class that are exported."""
        return self._device_names("name", "exported = 1", class_=class_name)

    def get_device_domain_list(self, wildcard: str) -> Texts:
        """Return first fields of device names."""
        return self._device_names("domain", name=wildcard)

    def get_device_family_list(self, wildcard: str) -> Texts:
        """Return second fields of device names."""
        return self._device_names("family", name=wildcard)

    def get_device_member_list(self, wildcard: str) -> Texts:
        """Return third fields of device names."""
        return self._device_names("member", name=wildcard)

    def get_class_list(self, server: str) -> Texts:
        """Return classes of devices."""
        return self._device_names("class", class_=server)

    # ---- servers

    def delete_server(self, server_instance: str) -> None:
        """Delete a server and its devices."""
        with self._write() as cursor:
            hosts = servers.hosts_of(cursor, server_instance)
            servers.delete(cursor, server_instance)
        self._tell_starters(*hosts)

    def rename_server(self, old_name: str, new_name: str) -> None:
        """Give a server another name."""
        with self._write() as cursor:
            servers.rename(cursor, old_name, new_name)
            hosts = servers.hosts_of(cursor, new_name)
        self._tell_starters(*hosts)

    def uexport_server(self, server_name: str) -> None:
        """Note that all devices of a server have stopped."""
        with self._write() as cursor:
            devices.unexport(cursor, "server", server_name)

    def get_server_list(self, wildcard: str) -> Texts:
        """Return servers."""
        return self._device_names("server", server=wildcard)

    def get_server_name_list(self, wildcard: str) -> Texts:
        """Return executables."""
        with self._read() as cursor:
            return servers.executables(cursor, wildcard)

    def get_instance_name_list(self, server_name: str) -> Texts:
        """Return the instances of an executable."""
        with self._read() as cursor:
            return servers.instances(cursor, server_name)

    def get_device_server_class_list(self, server_name: str) -> Texts:
        """Return the classes in servers."""
        return self._device_names("class", server=server_name)

    def get_device_class_list(self, server_name: str) -> Texts:
        """Return device and class for each device of a server."""
        with self._read() as cursor:
            rows = cursor.execute("SELECT name, class FROM device WHERE server = ? ORDER BY name", (server_name,))
            return [text for row in rows for text in row]

    def get_host_list(self, host_name: str) -> Texts:
        """Return hosts of devices."""
        return self._device_names("host", host=host_name)

    def get_host_server_list(self, host_name: str) -> Texts:
        """Return the servers on hosts."""
        with self._read() as cursor:
            return servers.on_host(cursor, host_name)

    def get_host_servers_info(self, host_name: str) -> Texts:
        """Return server, mode and level for each server on hosts."""
        with self._read() as cursor:
            return servers.infos_on_host(cursor, host_name)

    def get_server_info(self, server_name: str) -> Texts:
        """Return name, host, mode and level of a server."""
        with self._read() as cursor:
            return servers.info(cursor, server_name)

    def put_server_info(
        self, tmp_server: str, tmp_host: str, tmp_mode: str, tmp_level: str, tmp_extra: Sequence[str] = ()
    ) -> None:
        """Store host, mode and level of a server; what else a client may send has no meaning."""
        with self._write() as cursor:
            before = servers.info(cursor, tmp_server)[1]
            servers.put_info(cursor, tmp_server, tmp_host, tmp_mode, tmp_level)
        self._tell_starters(before, tmp_host)

    def delete_server_info(self, server_instance: str) -> None:
        """Forget host, mode and level of a server."""
        with self._write() as cursor:
            servers.delete_info(cursor, server_instance)

    def get_data_for_server_cache(self, server_name: str, host: str) -> Texts:
        """Return all data that a server needs for its start."""
        server_parts(server_name, "DbGetDataForServerCache")
        with self._read() as cursor:
            return server_cache(cursor, server_name, host)

    # ---- aliases

    def get_alias_device(self, dev_alias: str) -> str:
        """Return the device with an alias."""
        with self._read() as cursor:
            return aliases.device_of_alias(cursor, dev_alias)

    def get_device_alias(self, dev_name: str) -> str:
        """Return the alias of a device."""
        with self._read() as cursor:
            return aliases.alias_of_device(cursor, dev_name)

    def get_device_alias_list(self, alias: str) -> Texts:
        """Return aliases of devices."""
        return self._device_names("alias", "alias NOT NULL", alias=alias)

    def put_device_alias(self, device_name: str, device_alias: str) -> None:
        """Give a device an alias."""
        with self._write() as cursor:
            aliases.put_device_alias(cursor, device_name, device_alias)

    def delete_device_alias(self, dev_alias: str) -> None:
        """Take away an alias of a device."""
        with self._write() as cursor:
            aliases.delete_device_alias(cursor, dev_alias)

    def get_alias_attribute(self, alias: str) -> str:
        """Return the attribute with an alias."""
        return self._attribute_of_alias(alias, f"No device found for alias '{alias}'", "GetAliasAttribute")

    def get_attribute_alias(self, attr_alias: str) -> str:
        """Return the attribute with an alias: the older name of that call."""
        return self._attribute_of_alias(attr_alias, f"No attribute found for alias '{attr_alias}'", "GetAttributeAlias")

    def get_attribute_alias2(self, attr_name: str) -> str:
        """Return the alias of an attribute."""
        with self._read() as cursor:
            return aliases.alias_of_attribute(cursor, attr_name)

    def get_attribute_alias_list(self, attr_alias: str) -> Texts:
        """Return aliases of attributes."""
        with self._read() as cursor:
            return aliases.attribute_aliases(cursor, attr_alias)

    def put_attribute_alias(self, attribute_name: str, attribute_alias: str) -> None:
        """Give an attribute an alias."""
        with self._write() as cursor:
            aliases.put_attribute_alias(cursor, attribute_name, attribute_alias)

    def delete_attribute_alias(self, alias: str) -> None:
        """Take away an alias of an attribute."""
        with self._write() as cursor:
            aliases.delete_attribute_alias(cursor, alias)

    # ---- events

    def export_event(self, event: str, ior: str, host: str, pid: str, version: str) -> None:
        """Note that an event channel runs."""
        with self._write() as cursor:
            events.export(cursor, event, ior, host, str(pid), version)

    def uexport_event(self, event_name: str) -> None:
        """Note that an event channel has stopped."""
        with self._write() as cursor:
            events.unexport(cursor, event_name)

    def import_event(self, event_name: str) -> LongsAndStrings:
        """Return the address of an event channel."""
        with self._read() as cursor:
            return events.import_(cursor, event_name)

    # ---- the database itself

    def info(self) -> Texts:
        """Return lines that sum up the database."""
        with self._read() as cursor:
            return queries.summary(cursor, self.db_name, self.dev_name)

    def my_sql_select(self, cmd: str) -> LongsAndStrings:
        """Run a SQL query that reads."""
        with self._read() as cursor:
            return queries.select(cursor, cmd, self.is_stopping)

    def get_csdb_server_list(self) -> Texts:
        """Return host:port of each database server."""
        with self._read() as cursor:
            iors = devices.exported_iors(cursor)
        try:
            return [f"{ior.host.decode('latin-1')}:{ior.port}" for ior in map(parse_ior, iors)]
        except ValueError as error:
            fail("DB_WrongIORForDbServer", f"address of a database server: {error}", "DbGetCSDbServerList")

    def get_stored_procedure_release(self) -> str:
        """Return the release of the layout of :meth:`get_data_for_server_cache`."""
        return RELEASE

    # ---- helpers

    def _device_names(self, column: str, condition: str = "1", **wildcards: str) -> Texts:
        with self._read() as cursor:
            return devices.names(cursor, column, condition, **wildcards)

    def _attribute_of_alias(self, alias: str, if_missing: str, origin: str) -> str:
        with self._read() as cursor:
            attribute = aliases.attribute_of_alias(cursor, alias)
        if attribute is None:
            fail(DB_SQLError, if_missing, origin)
        return attribute

    def _is_exported(self, device: str) -> bool:
        with self._read() as cursor:
            return bool(devices.names(cursor, "name", "exported = 1", name=device))

    def _tell_starters(self, *hosts: str) -> None:
        if self.fire_to_starter:
            self._starters.notify(hosts)


class Sqlite3Database(SqlDatabase):
    """A Tango database in a SQLite file."""

    DB_API_NAME = "sqlite3"


def get_create_db_statements() -> Texts:
    """Return the SQL statements that make the tables of a new database."""
    return list(create_statements())


def get_db(personal_name: str = "2", db_name: str | None = None) -> Sqlite3Database:
    """Open the database for the server instance with that name.

    Parameters
    ----------
    personal_name : str, optional
        Instance name of the database server.
    db_name : str, optional
        File; see :class:`SqlDatabase` for the default.
    """
    return Sqlite3Database(personal_name, db_name)
