"""The commands of the database device: one row each."""

from __future__ import annotations

from typing import NamedTuple

from tango import CmdArgType

__all__ = ["COMMANDS", "READING_COMMANDS", "CommandRow"]

_VOID = CmdArgType.DevVoid
_TEXT = CmdArgType.DevString
_TEXTS = CmdArgType.DevVarStringArray
_BOTH = CmdArgType.DevVarLongStringArray


class CommandRow(NamedTuple):
    """What the world sees of a command."""

    dtype_in: CmdArgType
    doc_in: str
    dtype_out: CmdArgType
    doc_out: str


_PROPS = "number of properties, and for each: name, number of values, values"
_PROPS_OF = "and for each: name, number of properties, and for each of these: name, number of values, values"
_ONE_VALUE_OF = "and for each: name, number of properties, and for each of these: name, value (array values repeat it)"
_HIST = "name, date, number of values (0: deleted), values"
_WILD = "wildcard (* for any characters)"
_IMPORT = "long[0] exported (1 or 0), long[1] process id"

# name: (type of the argument, what it is, type of the result, what it is)
COMMANDS: dict[str, CommandRow] = {
    name: CommandRow(*row)
    for name, row in {
        # devices
        "DbAddDevice": (_TEXTS, "server (executable/instance), device, class[, alias]", _VOID, ""),
        "DbDeleteDevice": (_TEXT, "device", _VOID, ""),
        "DbExportDevice": (_TEXTS, "device, ior, host, process id (or null), version", _VOID, ""),
        "DbUnExportDevice": (_TEXT, "device", _VOID, ""),
        "DbImportDevice": (_TEXT, "device or alias", _BOTH, f"device, ior, version, server, host, class; {_IMPORT}"),
        "DbGetDeviceInfo": (
            *(_TEXT, "device or alias", _BOTH),
            f"device, ior, version, server, host, start and stop date (or ?), class; {_IMPORT}",
        ),
        "DbGetClassForDevice": (_TEXT, "device", _TEXT, "class"),
        "DbGetClassInheritanceForDevice": (_TEXT, "device", _TEXTS, "class and the classes that it inherits from"),
        "DbGetDeviceList": (_TEXTS, f"server and class, each a {_WILD}", _TEXTS, "devices"),
        "DbGetDeviceWideList": (_TEXT, f"device {_WILD}", _TEXTS, "devices"),
        "DbGetDeviceExportedList": (_TEXT, f"device {_WILD}", _TEXTS, "exported devices"),
        "DbGetExportdDeviceListForClass": (_TEXT, f"class {_WILD}", _TEXTS, "exported devices"),
        "DbGetDeviceDomainList": (_TEXT, f"device {_WILD}", _TEXTS, "first fields of the names"),
        "DbGetDeviceFamilyList": (_TEXT, f"device {_WILD}", _TEXTS, "second fields of the names"),
        "DbGetDeviceMemberList": (_TEXT, f"device {_WILD}", _TEXTS, "third fields of the names"),
        "DbGetClassList": (_TEXT, f"class {_WILD}", _TEXTS, "classes of devices"),
        # servers
        "DbAddServer": (_TEXTS, "server (executable/instance), then device and class for each device", _VOID, ""),
        "DbDeleteServer": (_TEXT, "server", _VOID, ""),
        "DbRenameServer": (_TEXTS, "old and new name of the server", _VOID, ""),
        "DbUnExportServer": (_TEXT, "server", _VOID, ""),
        "DbGetServerList": (_TEXT, f"server {_WILD}", _TEXTS, "servers"),
        "DbGetServerNameList": (_TEXT, f"server {_WILD}", _TEXTS, "executables"),
        "DbGetInstanceNameList": (_TEXT, "executable", _TEXTS, "instances"),
        "DbGetDeviceServerClassList": (_TEXT, f"server {_WILD}", _TEXTS, "classes"),
        "DbGetDeviceClassList": (_TEXT, "server", _TEXTS, "device and class for each device"),
        "DbGetHostList": (_TEXT, f"host {_WILD}", _TEXTS, "hosts"),
        "DbGetHostServerList": (_TEXT, f"host {_WILD}", _TEXTS, "servers"),
        "DbGetHostServersInfo": (_TEXT, f"host {_WILD}", _TEXTS, "server, mode and level for each server"),
        "DbGetServerInfo": (_TEXT, "server", _TEXTS, "server, host, mode, level"),
        "DbPutServerInfo": (_TEXTS, "server, host, mode (1: controlled by the Starter), level", _VOID, ""),
        "DbDeleteServerInfo": (_TEXT, "server", _VOID, ""),
        "DbGetDataForServerCache": (_TEXTS, "server, host[%%Tango version]", _TEXTS, "all data for its start"),
        # properties of devices
        "DbGetDeviceProperty": (_TEXTS, "device, then properties", _TEXTS, f"device, {_PROPS} (a space if none)"),
        "DbPutDeviceProperty": (_TEXTS, f"device, {_PROPS}", _VOID, ""),
        "DbDeleteDeviceProperty": (_TEXTS, "device, then properties", _VOID, ""),
        "DbGetDevicePropertyList": (_TEXTS, f"device, property {_WILD}", _TEXTS, "properties"),
        "DbGetDevicePropertyHist": (_TEXTS, f"device, property {_WILD}", _TEXTS, f"for each change: {_HIST}"),
        "DbGetDeviceAttributeProperty": (
            *(_TEXTS, "device, then attributes", _TEXTS),
            f"device, number of attributes, {_ONE_VALUE_OF}",
        ),
        "DbGetDeviceAttributeProperty2": (
            *(_TEXTS, "device, then attributes", _TEXTS),
            f"device, number of attributes, {_PROPS_OF}",
        ),
        "DbPutDeviceAttributeProperty": (_TEXTS, f"device, number of attributes, {_ONE_VALUE_OF}", _VOID, ""),
        "DbPutDeviceAttributeProperty2": (_TEXTS, f"device, number of attributes, {_PROPS_OF}", _VOID, ""),
        "DbDeleteDeviceAttribute": (_TEXTS, "device, attribute", _VOID, ""),
        "DbDeleteDeviceAttributeProperty": (_TEXTS, "device, attribute, then properties", _VOID, ""),
        "DbDeleteAllDeviceAttributeProperty": (_TEXTS, "device, then attributes", _VOID, ""),
        "DbGetDeviceAttributeList": (_TEXTS, f"device, attribute {_WILD}", _TEXTS, "attributes with properties"),
        "DbGetDeviceAttributePropertyHist": (
            *(_TEXTS, f"device, attribute and property, each a {_WILD}", _TEXTS),
            f"for each change: attribute, {_HIST}",
        ),
        "DbGetForwardedAttributeListForDevice": (
            *(_TEXT, "device", _TEXTS),
            "device, attribute and root attribute for each attribute that forwards to that device",
        ),
        "DbGetDevicePipeProperty": (_TEXTS, "device, then pipes", _TEXTS, f"device, number of pipes, {_PROPS_OF}"),
        "DbPutDevicePipeProperty": (_TEXTS, f"device, number of pipes, {_PROPS_OF}", _VOID, ""),
        "DbDeleteDevicePipe": (_TEXTS, "device, pipe", _VOID, ""),
        "DbDeleteDevicePipeProperty": (_TEXTS, "device, pipe, then properties", _VOID, ""),
        "DbDeleteAllDevicePipeProperty": (_TEXTS, "device, then pipes", _VOID, ""),
        "DbGetDevicePipeList": (_TEXTS, f"device, pipe {_WILD}", _TEXTS, "pipes with properties"),
        "DbGetDevicePipePropertyHist": (
            *(_TEXTS, f"device, pipe and property, each a {_WILD}", _TEXTS),
            f"for each change: pipe, {_HIST}",
        ),
        # properties of classes
        "DbGetClassProperty": (_TEXTS, "class, then properties", _TEXTS, f"class, {_PROPS}"),
        "DbPutClassProperty": (_TEXTS, f"class, {_PROPS}", _VOID, ""),
        "DbDeleteClassProperty": (_TEXTS, "class, then properties", _VOID, ""),
        "DbGetClassPropertyList": (_TEXT, f"class {_WILD}", _TEXTS, "properties"),
        "DbGetClassPropertyHist": (_TEXTS, f"class, property {_WILD}", _TEXTS, f"for each change: {_HIST}"),
        "DbGetClassAttributeProperty": (
            *(_TEXTS, "class, then attributes", _TEXTS),
            f"class, number of attributes, {_ONE_VALUE_OF}",
        ),
        "DbGetClassAttributeProperty2": (
            *(_TEXTS, "class, then attributes", _TEXTS),
            f"class, number of attributes, {_PROPS_OF}",
        ),
        "DbPutClassAttributeProperty": (_TEXTS, f"class, number of attributes, {_ONE_VALUE_OF}", _VOID, ""),
        "DbPutClassAttributeProperty2": (_TEXTS, f"class, number of attributes, {_PROPS_OF}", _VOID, ""),
        "DbDeleteClassAttribute": (_TEXTS, "class, attribute", _VOID, ""),
        "DbDeleteClassAttributeProperty": (_TEXTS, "class, attribute, then properties", _VOID, ""),
        "DbGetClassAttributeList": (_TEXTS, f"class, attribute {_WILD}", _TEXTS, "attributes with properties"),
        "DbGetClassAttributePropertyHist": (
            *(_TEXTS, f"class, attribute and property, each a {_WILD}", _TEXTS),
            f"for each change: attribute, {_HIST}",
        ),
        "DbGetClassPipeProperty": (_TEXTS, "class, then pipes", _TEXTS, f"class, number of pipes, {_PROPS_OF}"),
        "DbPutClassPipeProperty": (_TEXTS, f"class, number of pipes, {_PROPS_OF}", _VOID, ""),
        "DbDeleteClassPipe": (_TEXTS, "class, pipe", _VOID, ""),
        "DbDeleteClassPipeProperty": (_TEXTS, "class, pipe, then properties", _VOID, ""),
        "DbGetClassPipeList": (_TEXTS, f"class, pipe {_WILD}", _TEXTS, "pipes with properties"),
        "DbGetClassPipePropertyHist": (
            *(_TEXTS, f"class, pipe and property, each a {_WILD}", _TEXTS),
            f"for each change: pipe, {_HIST}",
        ),
        # properties of other objects
        "DbGetProperty": (_TEXTS, "object, then properties", _TEXTS, f"object, {_PROPS} (a space if none)"),
        "DbPutProperty": (_TEXTS, f"object, {_PROPS}", _VOID, ""),
        "DbDeleteProperty": (_TEXTS, "object, then properties", _VOID, ""),
        "DbGetPropertyList": (_TEXTS, f"object, property {_WILD}", _TEXTS, "properties"),
        "DbGetPropertyHist": (_TEXTS, f"object, property {_WILD}", _TEXTS, f"for each change: {_HIST}"),
        "DbGetObjectList": (_TEXT, f"object {_WILD}", _TEXTS, "objects"),
        # aliases
        "DbGetAliasDevice": (_TEXT, "alias", _TEXT, "device"),
        "DbGetDeviceAlias": (_TEXT, "device", _TEXT, "alias"),
        "DbGetDeviceAliasList": (_TEXT, f"alias {_WILD}", _TEXTS, "aliases of devices"),
        "DbPutDeviceAlias": (_TEXTS, "device, alias", _VOID, ""),
        "DbDeleteDeviceAlias": (_TEXT, "alias", _VOID, ""),
        "DbGetAliasAttribute": (_TEXT, "alias", _TEXT, "attribute with its device"),
        "DbGetAttributeAlias": (_TEXT, "alias", _TEXT, "attribute with its device"),
        "DbGetAttributeAlias2": (_TEXT, "attribute with its device", _TEXT, "alias"),
        "DbGetAttributeAliasList": (_TEXT, f"alias {_WILD}", _TEXTS, "aliases of attributes"),
        "DbPutAttributeAlias": (_TEXTS, "attribute with its device, alias", _VOID, ""),
        "DbDeleteAttributeAlias": (_TEXT, "alias", _VOID, ""),
        # event channels
        "DbExportEvent": (_TEXTS, "event, ior, host, process id (or null), version", _VOID, ""),
        "DbImportEvent": (_TEXT, "event", _BOTH, f"event, ior, version, host; {_IMPORT}"),
        "DbUnExportEvent": (_TEXT, "event", _VOID, ""),
        # the database itself
        "DbInfo": (_VOID, "", _TEXTS, "lines that sum up the database"),
        "DbMySqlSelect": (
            *(_TEXT, "SQL query that reads", _BOTH),
            "fields of all rows; for each field 0 if it is NULL or else 1, then the numbers of rows and columns",
        ),
        "DbGetCSDbServerList": (_VOID, "", _TEXTS, "host:port of each database server"),
        "ResetTimingValues": (_VOID, "", _VOID, ""),
    }.items()
}

READING_COMMANDS = tuple(
    name for name in COMMANDS if name.startswith(("DbGet", "DbImport")) or name in ("DbInfo", "DbMySqlSelect")
)
