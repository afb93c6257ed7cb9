"""The device server of the Tango database.

Started with ``python -m tango.databaseds.database [options] INSTANCE``, it needs no other database: it listens where
all clients expect it (``TANGO_HOST``), as the CORBA object ``database``, and keeps its data in a SQLite file.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

from tango import DevState
from tango.databaseds.commands import COMMANDS
from tango.databaseds.db_access.names import check_device_name, replace_wildcard
from tango.databaseds.db_access.sqlite3 import LongsAndStrings, SqlDatabase, get_db
from tango.databaseds.db_errors import (
    DB_IncorrectArguments,
    DB_IncorrectDeviceName,
    DB_IncorrectServerName,
    fail,
)
from tango.databaseds.timing import TimingStats
from tango.server import Device, attribute, command
from tango.server.classic import Util

__all__ = [
    "DB_IncorrectArguments",
    "DB_IncorrectDeviceName",
    "DB_IncorrectServerName",
    "DataBase",
    "DataBaseClass",
    "check_device_name",
    "main",
    "replace_wildcard",
]

OBJECT_KEY = "database"  # under this name clients look for a database at TANGO_HOST
_ROWS_SHOWN = 128

Method = TypeVar("Method", bound=Callable[..., Any])


@overload
def db_command(method: Method) -> Method: ...
@overload
def db_command(*, at_least: int) -> Callable[[Method], Method]: ...
def db_command(method: Any = None, *, at_least: int = 0) -> Any:
    """Make a method the command of its name, as its row says, and measure its calls.

    Parameters
    ----------
    method : callable
        Method of the device, named like a row of :data:`COMMANDS`.
    at_least : int, optional
        How many texts the command must be given; with fewer it answers ``DB_IncorrectArguments``.
    """
    if method is None:
        return functools.partial(db_command, at_least=at_least)
    name = method.__name__
    row = COMMANDS[name]

    @functools.wraps(method)
    def checked_and_measured(device: DataBase, *argin: Any) -> Any:
        if at_least and len(argin[0]) < at_least:
            text = f"insufficient number of arguments: {len(argin[0])}, needs at least {at_least}: {row.doc_in}"
            fail(DB_IncorrectArguments, text, name)
        start = time.perf_counter()
        try:
            return method(device, *argin)
        finally:
            device.timing.add(name, time.perf_counter() - start)

    checked_and_measured.__doc__ = f"{row.doc_in or 'nothing'} -> {row.doc_out or 'nothing'}"
    return command(  # type: ignore[call-overload]
        checked_and_measured, dtype_in=row.dtype_in, doc_in=row.doc_in, dtype_out=row.dtype_out, doc_out=row.doc_out
    )


class DataBase(Device):
    """Names, addresses and properties of all devices of a control system."""

    Timing_average = attribute(dtype=[float], max_dim_x=_ROWS_SHOWN, unit="ms", doc="mean duration of each command")
    Timing_minimum = attribute(dtype=[float], max_dim_x=_ROWS_SHOWN, unit="ms", doc="shortest duration")
    Timing_maximum = attribute(dtype=[float], max_dim_x=_ROWS_SHOWN, unit="ms", doc="longest duration")
    Timing_calls = attribute(dtype=[float], max_dim_x=_ROWS_SHOWN, doc="number of calls of each command")
    Timing_index = attribute(dtype=[str], max_dim_x=_ROWS_SHOWN, doc="names of the commands")
    Timing_info = attribute(dtype=[str], max_dim_x=_ROWS_SHOWN, doc="the durations as a table")
    StoredProcedureRelease = attribute(dtype=str, doc="release of the layout of DbGetDataForServerCache")

    db: SqlDatabase
    timing: TimingStats

    def init_device(self) -> None:
        """Open the database of this server, or take the one that was opened for it."""
        super().init_device()
        self.timing = TimingStats(COMMANDS)
        self.db = getattr(self.get_device_class(), "database", None) or get_db(self.get_name().rpartition("/")[2])
        # A server ends only after all running commands: do not let a long query hold it up.
        self.db.is_stopping = Util.instance().is_svr_shutting_down
        self.set_state(DevState.ON)

    def delete_device(self) -> None:
        """Close the file if the server ends; after a signal nothing else gets the chance."""
        super().delete_device()
        if self.db.is_stopping():
            self.db.close_db()

    def read_Timing_average(self) -> list[float]:
        return self.timing.column("average")

    def read_Timing_minimum(self) -> list[float]:
        return self.timing.column("minimum")

    def read_Timing_maximum(self) -> list[float]:
        return self.timing.column("maximum")

    def read_Timing_calls(self) -> list[float]:
        return self.timing.column("calls")

    def read_Timing_index(self) -> list[str]:
        return self.timing.names

    def read_Timing_info(self) -> list[str]:
        return self.timing.report()

    def read_StoredProcedureRelease(self) -> str:
        return self.db.get_stored_procedure_release()

    # ---- devices

    @db_command(at_least=3)
    def DbAddDevice(self, argin: list[str]) -> None:
        self.db.add_device(*argin[:4])

    @db_command
    def DbDeleteDevice(self, argin: str) -> None:
        self.db.delete_device(argin)

    @db_command(at_least=5)
    def DbExportDevice(self, argin: list[str]) -> None:
        self.db.export_device(*argin[:5])

    @db_command
    def DbUnExportDevice(self, argin: str) -> None:
        self.db.uexport_device(argin)

    @db_command
    def DbImportDevice(self, argin: str) -> LongsAndStrings:
        return self.db.import_device(argin)

    @db_command
    def DbGetDeviceInfo(self, argin: str) -> LongsAndStrings:
        return self.db.get_device_info(argin)

    @db_command
    def DbGetClassForDevice(self, argin: str) -> str:
        return self.db.get_class_for_device(argin)

    @db_command
    def DbGetClassInheritanceForDevice(self, argin: str) -> list[str]:
        return self.db.get_class_inheritance_for_device(argin)

    @db_command(at_least=2)
    def DbGetDeviceList(self, argin: list[str]) -> list[str]:
        return self.db.get_device_list(*argin[:2])

    @db_command
    def DbGetDeviceWideList(self, argin: str) -> list[str]:
        return self.db.get_device_wide_list(argin)

    @db_command
    def DbGetDeviceExportedList(self, argin: str) -> list[str]:
        return self.db.get_device_exported_list(argin)

    @db_command
    def DbGetExportdDeviceListForClass(self, argin: str) -> list[str]:
        return self.db.get_exported_device_list_for_class(argin)

    @db_command
    def DbGetDeviceDomainList(self, argin: str) -> list[str]:
        return self.db.get_device_domain_list(argin)

    @db_command
    def DbGetDeviceFamilyList(self, argin: str) -> list[str]:
        return self.db.get_device_family_list(argin)

    @db_command
    def DbGetDeviceMemberList(self, argin: str) -> list[str]:
        return self.db.get_device_member_list(argin)

    @db_command
    def DbGetClassList(self, argin: str) -> list[str]:
        return self.db.get_class_list(argin)

    # ---- servers

    @db_command(at_least=3)
    def DbAddServer(self, argin: list[str]) -> None:
        self.db.add_server(argin[0], argin[1:])

    @db_command
    def DbDeleteServer(self, argin: str) -> None:
        self.db.delete_server(argin)

    @db_command(at_least=2)
    def DbRenameServer(self, argin: list[str]) -> None:
        self.db.rename_server(*argin[:2])

    @db_command
    def DbUnExportServer(self, argin: str) -> None:
        self.db.uexport_server(argin)

    @db_command
    def DbGetServerList(self, argin: str) -> list[str]:
        return self.db.get_server_list(argin)

    @db_command
    def DbGetServerNameList(self, argin: str) -> list[str]:
        return self.db.get_server_name_list(argin)

    @db_command
    def DbGetInstanceNameList(self, argin: str) -> list[str]:
        return self.db.get_instance_name_list(argin)

    @db_command
    def DbGetDeviceServerClassList(self, argin: str) -> list[str]:
        return self.db.get_device_server_class_list(argin)

    @db_command
    def DbGetDeviceClassList(self, argin: str) -> list[str]:
        return self.db.get_device_class_list(argin)

    @db_command
    def DbGetHostList(self, argin: str) -> list[str]:
        return self.db.get_host_list(argin)

    @db_command
    def DbGetHostServerList(self, argin: str) -> list[str]:
        return self.db.get_host_server_list(argin)

    @db_command
    def DbGetHostServersInfo(self, argin: str) -> list[str]:
        return self.db.get_host_servers_info(argin)

    @db_command
    def DbGetServerInfo(self, argin: str) -> list[str]:
        return self.db.get_server_info(argin)

    @db_command(at_least=4)
    def DbPutServerInfo(self, argin: list[str]) -> None:
        self.db.put_server_info(argin[0], argin[1], argin[2], argin[3])

    @db_command
    def DbDeleteServerInfo(self, argin: str) -> None:
        self.db.delete_server_info(argin)

    @db_command(at_least=2)
    def DbGetDataForServerCache(self, argin: list[str]) -> list[str]:
        return self.db.get_data_for_server_cache(*argin[:2])

    # ---- properties of devices

    @db_command(at_least=1)
    def DbGetDeviceProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_device_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutDeviceProperty(self, argin: list[str]) -> None:
        self.db.put_device_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=1)
    def DbDeleteDeviceProperty(self, argin: list[str]) -> None:
        self.db.delete_device_property(*argin)

    @db_command(at_least=2)
    def DbGetDevicePropertyList(self, argin: list[str]) -> list[str]:
        return self.db.get_device_property_list(*argin[:2])

    @db_command(at_least=2)
    def DbGetDevicePropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_device_property_hist(*argin[:2])

    @db_command(at_least=1)
    def DbGetDeviceAttributeProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_device_attribute_property(argin[0], argin[1:])

    @db_command(at_least=1)
    def DbGetDeviceAttributeProperty2(self, argin: list[str]) -> list[str]:
        return self.db.get_device_attribute_property2(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutDeviceAttributeProperty(self, argin: list[str]) -> None:
        self.db.put_device_attribute_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbPutDeviceAttributeProperty2(self, argin: list[str]) -> None:
        self.db.put_device_attribute_property2(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbDeleteDeviceAttribute(self, argin: list[str]) -> None:
        self.db.delete_device_attribute(*argin[:2])

    @db_command(at_least=3)
    def DbDeleteDeviceAttributeProperty(self, argin: list[str]) -> None:
        self.db.delete_device_attribute_property(*argin)

    @db_command(at_least=2)
    def DbDeleteAllDeviceAttributeProperty(self, argin: list[str]) -> None:
        self.db.delete_all_device_attribute_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbGetDeviceAttributeList(self, argin: list[str]) -> list[str]:
        return self.db.get_device_attribute_list(*argin[:2])

    @db_command(at_least=3)
    def DbGetDeviceAttributePropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_device_attribute_property_hist(*argin[:3])

    @db_command
    def DbGetForwardedAttributeListForDevice(self, argin: str) -> list[str]:
        return self.db.get_forwarded_attribute_list_for_device(argin)

    @db_command(at_least=1)
    def DbGetDevicePipeProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_device_pipe_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutDevicePipeProperty(self, argin: list[str]) -> None:
        self.db.put_device_pipe_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbDeleteDevicePipe(self, argin: list[str]) -> None:
        self.db.delete_device_pipe(*argin[:2])

    @db_command(at_least=3)
    def DbDeleteDevicePipeProperty(self, argin: list[str]) -> None:
        self.db.delete_device_pipe_property(*argin)

    @db_command(at_least=2)
    def DbDeleteAllDevicePipeProperty(self, argin: list[str]) -> None:
        self.db.delete_all_device_pipe_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbGetDevicePipeList(self, argin: list[str]) -> list[str]:
        return self.db.get_device_pipe_list(*argin[:2])

    @db_command(at_least=3)
    def DbGetDevicePipePropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_device_pipe_property_hist(*argin[:3])

    # ---- properties of classes

    @db_command(at_least=1)
    def DbGetClassProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_class_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutClassProperty(self, argin: list[str]) -> None:
        self.db.put_class_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=1)
    def DbDeleteClassProperty(self, argin: list[str]) -> None:
        self.db.delete_class_property(*argin)

    @db_command
    def DbGetClassPropertyList(self, argin: str) -> list[str]:
        return self.db.get_class_property_list(argin)

    @db_command(at_least=2)
    def DbGetClassPropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_class_property_hist(*argin[:2])

    @db_command(at_least=1)
    def DbGetClassAttributeProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_class_attribute_property(argin[0], argin[1:])

    @db_command(at_least=1)
    def DbGetClassAttributeProperty2(self, argin: list[str]) -> list[str]:
        return self.db.get_class_attribute_property2(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutClassAttributeProperty(self, argin: list[str]) -> None:
        self.db.put_class_attribute_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbPutClassAttributeProperty2(self, argin: list[str]) -> None:
        self.db.put_class_attribute_property2(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbDeleteClassAttribute(self, argin: list[str]) -> None:
        self.db.delete_class_attribute(*argin[:2])

    @db_command(at_least=3)
    def DbDeleteClassAttributeProperty(self, argin: list[str]) -> None:
        self.db.delete_class_attribute_property(*argin)

    @db_command(at_least=2)
    def DbGetClassAttributeList(self, argin: list[str]) -> list[str]:
        return self.db.get_class_attribute_list(*argin[:2])

    @db_command(at_least=3)
    def DbGetClassAttributePropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_class_attribute_property_hist(*argin[:3])

    @db_command(at_least=1)
    def DbGetClassPipeProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_class_pipe_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutClassPipeProperty(self, argin: list[str]) -> None:
        self.db.put_class_pipe_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=2)
    def DbDeleteClassPipe(self, argin: list[str]) -> None:
        self.db.delete_class_pipe(*argin[:2])

    @db_command(at_least=3)
    def DbDeleteClassPipeProperty(self, argin: list[str]) -> None:
        self.db.delete_class_pipe_property(*argin)

    @db_command(at_least=2)
    def DbGetClassPipeList(self, argin: list[str]) -> list[str]:
        return self.db.get_class_pipe_list(*argin[:2])

    @db_command(at_least=3)
    def DbGetClassPipePropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_class_pipe_property_hist(*argin[:3])

    # ---- properties of other objects

    @db_command(at_least=1)
    def DbGetProperty(self, argin: list[str]) -> list[str]:
        return self.db.get_property(argin[0], argin[1:])

    @db_command(at_least=2)
    def DbPutProperty(self, argin: list[str]) -> None:
        self.db.put_property(argin[0], argin[1], argin[2:])

    @db_command(at_least=1)
    def DbDeleteProperty(self, argin: list[str]) -> None:
        self.db.delete_property(*argin)

    @db_command(at_least=2)
    def DbGetPropertyList(self, argin: list[str]) -> list[str]:
        return self.db.get_property_list(*argin[:2])

    @db_command(at_least=2)
    def DbGetPropertyHist(self, argin: list[str]) -> list[str]:
        return self.db.get_property_hist(*argin[:2])

    @db_command
    def DbGetObjectList(self, argin: str) -> list[str]:
        return self.db.get_object_list(argin)

    # ---- aliases

    @db_command
    def DbGetAliasDevice(self, argin: str) -> str:
        return self.db.get_alias_device(argin)

    @db_command
    def DbGetDeviceAlias(self, argin: str) -> str:
        return self.db.get_device_alias(argin)

    @db_command
    def DbGetDeviceAliasList(self, argin: str) -> list[str]:
        return self.db.get_device_alias_list(argin)

    @db_command(at_least=2)
    def DbPutDeviceAlias(self, argin: list[str]) -> None:
        self.db.put_device_alias(*argin[:2])

    @db_command
    def DbDeleteDeviceAlias(self, argin: str) -> None:
        self.db.delete_device_alias(argin)

    @db_command
    def DbGetAliasAttribute(self, argin: str) -> str:
        return self.db.get_alias_attribute(argin)

    @db_command
    def DbGetAttributeAlias(self, argin: str) -> str:
        return self.db.get_attribute_alias(argin)

    @db_command
    def DbGetAttributeAlias2(self, argin: str) -> str:
        return self.db.get_attribute_alias2(argin)

    @db_command
    def DbGetAttributeAliasList(self, argin: str) -> list[str]:
        return self.db.get_attribute_alias_list(argin)

    @db_command(at_least=2)
    def DbPutAttributeAlias(self, argin: list[str]) -> None:
        self.db.put_attribute_alias(*argin[:2])

    @db_command
    def DbDeleteAttributeAlias(self, argin: str) -> None:
        self.db.delete_attribute_alias(argin)

    # ---- event channels

    @db_command(at_least=5)
    def DbExportEvent(self, argin: list[str]) -> None:
        self.db.export_event(*argin[:5])

    @db_command
    def DbImportEvent(self, argin: str) -> LongsAndStrings:
        return self.db.import_event(argin)

    @db_command
    def DbUnExportEvent(self, argin: str) -> None:
        self.db.uexport_event(argin)

    # ---- the database itself

    @db_command
    def DbInfo(self) -> list[str]:
        return self.db.info()

    @db_command
    def DbMySqlSelect(self, argin: str) -> LongsAndStrings:
        return self.db.my_sql_select(argin)

    @db_command
    def DbGetCSDbServerList(self) -> list[str]:
        return self.db.get_csdb_server_list()

    @db_command
    def ResetTimingValues(self) -> None:
        self.timing.reset()


class DataBaseClass(DataBase.TangoClassClass):  # type: ignore[misc, name-defined]
    """Class of the database device, which puts the device where clients look for it."""

    database: SqlDatabase | None = None

    def export_device(self, device: DataBase, corba_dev_name: str = "Unused") -> None:
        """Make the device known to CORBA as ``database`` instead of by its name."""
        super().export_device(device, OBJECT_KEY)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the database server until it is told to end; return the exit code."""
    from tango.databaseds.serve import main as serve

    return serve(argv)


if __name__ == "__main__":
    sys.exit(main())
