"""Every enumeration of the Tango API, with the integers that cppTango and the wire use.

The classes are ordinary :class:`enum.IntEnum` classes. Three things are added for code written against older
bindings: ``str()`` of a member is its bare name, and each class has the dictionaries ``names`` and ``values``.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar

__all__ = [
    "FMT_UNKNOWN",
    "IMAGE",
    "READ",
    "READ_WITH_WRITE",
    "READ_WRITE",
    "SCALAR",
    "SPECTRUM",
    "WRITE",
    "AccessControlType",
    "ArgType",
    "AttReqType",
    "AttrDataFormat",
    "AttrMemorizedType",
    "AttrQuality",
    "AttrSerialModel",
    "AttrWriteType",
    "CmdArgType",
    "ConstDevString",
    "DevBoolean",
    "DevDouble",
    "DevEncoded",
    "DevEnum",
    "DevFloat",
    "DevLong",
    "DevLong64",
    "DevShort",
    "DevSource",
    "DevState",
    "DevString",
    "DevUChar",
    "DevULong",
    "DevULong64",
    "DevUShort",
    "DevVarBooleanArray",
    "DevVarCharArray",
    "DevVarDoubleArray",
    "DevVarDoubleStringArray",
    "DevVarFloatArray",
    "DevVarLong64Array",
    "DevVarLongArray",
    "DevVarLongStringArray",
    "DevVarShortArray",
    "DevVarStringArray",
    "DevVarULong64Array",
    "DevVarULongArray",
    "DevVarUShortArray",
    "DevVoid",
    "DispLevel",
    "ErrSeverity",
    "EventReason",
    "EventSubMode",
    "EventType",
    "ExtractAs",
    "GreenMode",
    "KeepAliveCmdCode",
    "LockCmdCode",
    "LockerLanguage",
    "LogLevel",
    "LogTarget",
    "MessBoxType",
    "PipeSerialModel",
    "PipeWriteType",
    "PollCmdCode",
    "PollObjType",
    "SerialModel",
    "alarm_flags",
    "asyn_req_type",
    "cb_sub_model",
]


class _MemberTable:
    """Read-only class attribute that maps the name, or the number, of each member to the member."""

    def __init__(self, by_name: bool) -> None:
        self._by_name = by_name

    def __get__(self, instance: Any, owner: Any) -> dict[Any, Any]:
        # A new dictionary each time: nobody can change what other users see.
        return {(name if self._by_name else member): member for name, member in owner.__members__.items()}


class TangoEnum(IntEnum):
    """Base class of the Tango enumerations.

    Attributes
    ----------
    names : dict[str, TangoEnum]
        Maps each name to its member.
    values : dict[int, TangoEnum]
        Maps each number to its member.
    """

    if TYPE_CHECKING:  # type checkers take what is assigned in the body for members
        names: ClassVar[dict[str, Any]]
        values: ClassVar[dict[int, Any]]
    else:
        names = _MemberTable(by_name=True)
        values = _MemberTable(by_name=False)

    @classmethod
    def _missing_(cls, value: object) -> Any:
        members = ", ".join(cls.__members__)
        raise ValueError(f"{value!r:.60} is not a valid {cls.__qualname__}; these are: {members}")

    # Both are written out because the defaults of IntEnum changed between Python 3.10 and 3.12.
    def __str__(self) -> str:
        return self._name_

    def __format__(self, format_spec: str) -> str:
        return int.__format__(self, format_spec)


# --- data types and attributes ---------------------------------------------------------------------------------------


class CmdArgType(TangoEnum):
    """The Tango data types, for attributes, command arguments and properties.

    ``DevPipeBlob`` is the type of blobs in pipes, which cppTango has had up to 10.0.
    """

    DevVoid = 0
    DevBoolean = 1
    DevShort = 2
    DevLong = 3
    DevFloat = 4
    DevDouble = 5
    DevUShort = 6
    DevULong = 7
    DevString = 8
    DevVarCharArray = 9
    DevVarShortArray = 10
    DevVarLongArray = 11
    DevVarFloatArray = 12
    DevVarDoubleArray = 13
    DevVarUShortArray = 14
    DevVarULongArray = 15
    DevVarStringArray = 16
    DevVarLongStringArray = 17
    DevVarDoubleStringArray = 18
    DevState = 19
    ConstDevString = 20
    DevVarBooleanArray = 21
    DevUChar = 22
    DevLong64 = 23
    DevULong64 = 24
    DevVarLong64Array = 25
    DevVarULong64Array = 26
    DevEncoded = 28
    DevEnum = 29
    DevPipeBlob = 30
    DevVarStateArray = 31
    DevVarEncodedArray = 32
    Unknown = 100


class AttrDataFormat(TangoEnum):
    """Whether an attribute is a single value, a one-dimensional or a two-dimensional array."""

    SCALAR = 0
    SPECTRUM = 1
    IMAGE = 2
    FMT_UNKNOWN = 3


class AttrWriteType(TangoEnum):
    """Whether clients may read an attribute, write it, or both."""

    READ = 0
    READ_WITH_WRITE = 1
    WRITE = 2
    READ_WRITE = 3
    WT_UNKNOWN = 4


class AttrQuality(TangoEnum):
    """How far the value of an attribute can be trusted."""

    ATTR_VALID = 0
    ATTR_INVALID = 1
    ATTR_ALARM = 2
    ATTR_CHANGING = 3
    ATTR_WARNING = 4


class AttrMemorizedType(TangoEnum):
    """Whether the last written value of an attribute is kept in the database, and when it is written back."""

    NOT_KNOWN = 0
    NONE = 1
    MEMORIZED = 2
    MEMORIZED_WRITE_INIT = 3


class AttReqType(TangoEnum):
    """What a client wants to do with an attribute; the argument of ``is_<attribute>_allowed``."""

    READ_REQ = 0
    WRITE_REQ = 1


class ExtractAs(TangoEnum):
    """The Python form in which array values are delivered to the client."""

    Numpy = 0
    ByteArray = 1
    Bytes = 2
    Tuple = 3
    List = 4
    String = 5
    Nothing = 7


class PipeWriteType(TangoEnum):
    """Whether clients may write a pipe (cppTango 9.3 to 10.0)."""

    PIPE_READ = 0
    PIPE_READ_WRITE = 1
    PIPE_WT_UNKNOWN = 2


# --- devices ---------------------------------------------------------------------------------------------------------


class DevState(TangoEnum):
    """The state of a device."""

    ON = 0
    OFF = 1
    CLOSE = 2
    OPEN = 3
    INSERT = 4
    EXTRACT = 5
    MOVING = 6
    STANDBY = 7
    FAULT = 8
    INIT = 9
    RUNNING = 10
    ALARM = 11
    DISABLE = 12
    UNKNOWN = 13


class AttributeExceptFlags(TangoEnum):
    """Numbers of the bits by which C++ says when to raise; public as ``DeviceAttribute.except_flags``."""

    isempty_flag = 0
    wrongtype_flag = 1
    failed_flag = 2
    numFlags = 4  # noqa: N815 (the public name)


class DataExceptFlags(TangoEnum):
    """The same for commands; public as ``DeviceData.except_flags``."""

    isempty_flag = 0
    wrongtype_flag = 1
    numFlags = 2  # noqa: N815 (the public name)


class DevSource(TangoEnum):
    """Where an attribute or command value comes from: the device, the polling buffer, or the buffer first."""

    DEV = 0
    CACHE = 1
    CACHE_DEV = 2


class DispLevel(TangoEnum):
    """For whom an attribute or command is shown in generic user interfaces."""

    OPERATOR = 0
    EXPERT = 1
    DL_UNKNOWN = 2


class AccessControlType(TangoEnum):
    """What the access control service lets this client do with a device."""

    ACCESS_READ = 0
    ACCESS_WRITE = 1


class LockerLanguage(TangoEnum):
    """The language, and from IDL 6 on the interface version, of the client that holds a lock."""

    CPP = 0
    JAVA = 1
    CPP_6 = 2
    JAVA_6 = 3


class ErrSeverity(TangoEnum):
    """How grave one entry of an error stack is."""

    WARN = 0
    ERR = 1
    PANIC = 2


# --- events and asynchronous calls -----------------------------------------------------------------------------------


class EventType(TangoEnum):
    """The kinds of events.

    ``ALARM_EVENT`` needs cppTango 10.0. ``PIPE_EVENT`` needs cppTango 10.0 or older.
    """

    CHANGE_EVENT = 0
    PERIODIC_EVENT = 2
    ARCHIVE_EVENT = 3
    USER_EVENT = 4
    ATTR_CONF_EVENT = 5
    DATA_READY_EVENT = 6
    INTERFACE_CHANGE_EVENT = 7
    PIPE_EVENT = 8
    ALARM_EVENT = 9


class EventSubMode(TangoEnum):
    """How a subscription is made: while the caller waits or not, with a first read or not, retried or not."""

    Sync = 1
    SyncRead = 2
    Async = 3
    AsyncRead = 4
    Stateless = 5


class EventReason(TangoEnum):
    """Why an event callback was called."""

    Unknown = 0
    SubFail = 1
    SubSuccess = 2
    Update = 3


class asyn_req_type(TangoEnum):  # noqa: N801 (the public name)
    """Which asynchronous requests ``pending_asynch_call`` counts."""

    POLLING = 0
    CALLBACK = 1
    ALL_ASYNCH = 2


class cb_sub_model(TangoEnum):  # noqa: N801 (the public name)
    """Whether callbacks of asynchronous calls run by themselves or only inside ``get_asynch_replies``."""

    PUSH_CALLBACK = 0
    PULL_CALLBACK = 1


class GreenMode(TangoEnum):
    """How blocking calls wait: in the calling thread, as futures, as greenlets, or as awaitables."""

    Synchronous = 0
    Futures = 1
    Gevent = 2
    Asyncio = 3


# --- servers ---------------------------------------------------------------------------------------------------------


class SerialModel(TangoEnum):
    """How far requests to a device server are serialised."""

    BY_DEVICE = 0
    BY_CLASS = 1
    BY_PROCESS = 2
    NO_SYNC = 3


class AttrSerialModel(TangoEnum):
    """Who protects the value of an attribute while it is sent to a client."""

    ATTR_NO_SYNC = 0
    ATTR_BY_KERNEL = 1
    ATTR_BY_USER = 2


class PipeSerialModel(TangoEnum):
    """Who protects the value of a pipe while it is sent to a client (cppTango 9.3 to 10.0)."""

    PIPE_NO_SYNC = 0
    PIPE_BY_KERNEL = 1
    PIPE_BY_USER = 2


class alarm_flags(TangoEnum):  # noqa: N801 (the public name)
    """The alarms that an attribute can be in."""

    min_level = 0
    max_level = 1
    rds = 2
    min_warn = 3
    max_warn = 4
    numFlags = 5  # noqa: N815 (the public name)


class PollObjType(TangoEnum):
    """What a polling thread polls."""

    POLL_CMD = 0
    POLL_ATTR = 1
    EVENT_HEARTBEAT = 2
    STORE_SUBDEV = 3


class PollCmdCode(TangoEnum):
    """The orders that a polling thread understands."""

    POLL_ADD_OBJ = 0
    POLL_REM_OBJ = 1
    POLL_START = 2
    POLL_STOP = 3
    POLL_UPD_PERIOD = 4
    POLL_REM_DEV = 5
    POLL_EXIT = 6
    POLL_REM_EXT_TRIG_OBJ = 7
    POLL_ADD_HEARTBEAT = 8
    POLL_REM_HEARTBEAT = 9


class LockCmdCode(TangoEnum):
    """The orders that the thread which renews device locks understands."""

    LOCK_ADD_DEV = 0
    LOCK_REM_DEV = 1
    LOCK_UNLOCK_ALL_EXIT = 2
    LOCK_EXIT = 3


class KeepAliveCmdCode(TangoEnum):
    """The orders that the event keep-alive thread understands."""

    EXIT_TH = 0


class MessBoxType(TangoEnum):
    """The kinds of message boxes of a device server with a window."""

    STOP = 0
    INFO = 1


# --- logging and telemetry -------------------------------------------------------------------------------------------


class LogLevel(TangoEnum):
    """The level of a device's log."""

    LOG_OFF = 0
    LOG_FATAL = 1
    LOG_ERROR = 2
    LOG_WARN = 3
    LOG_INFO = 4
    LOG_DEBUG = 5


class LogTarget(TangoEnum):
    """Where a device's log goes."""

    LOG_CONSOLE = 0
    LOG_FILE = 1
    LOG_DEVICE = 2


class LevelLevel(TangoEnum):
    """The level of one :class:`tango.Logger`."""

    OFF = 100
    FATAL = 200
    ERROR = 300
    WARN = 400
    INFO = 500
    DEBUG = 600


class TelemetryExporter(TangoEnum):
    """How telemetry leaves the process."""

    GRPC = 0
    HTTP = 1
    CONSOLE = 2


class TelemetryTopic(TangoEnum):
    """The parts of cppTango whose telemetry can be switched."""

    DATABASE = 0
    EVENTS = 1
    POLLING = 2
    USER = 3
    ALL = 4


class TelemetryType(TangoEnum):
    """The telemetry signals."""

    TRACING = 0
    LOGGING = 1
    NONE = 2


# --- members under the names by which programs know them --------------------------------------------------------------

ArgType = CmdArgType

ConstDevString = CmdArgType.ConstDevString
DevBoolean = CmdArgType.DevBoolean
DevDouble = CmdArgType.DevDouble
DevEncoded = CmdArgType.DevEncoded
DevEnum = CmdArgType.DevEnum
DevFloat = CmdArgType.DevFloat
DevLong = CmdArgType.DevLong
DevLong64 = CmdArgType.DevLong64
DevShort = CmdArgType.DevShort
DevString = CmdArgType.DevString
DevUChar = CmdArgType.DevUChar
DevULong = CmdArgType.DevULong
DevULong64 = CmdArgType.DevULong64
DevUShort = CmdArgType.DevUShort
DevVarBooleanArray = CmdArgType.DevVarBooleanArray
DevVarCharArray = CmdArgType.DevVarCharArray
DevVarDoubleArray = CmdArgType.DevVarDoubleArray
DevVarDoubleStringArray = CmdArgType.DevVarDoubleStringArray
DevVarFloatArray = CmdArgType.DevVarFloatArray
DevVarLong64Array = CmdArgType.DevVarLong64Array
DevVarLongArray = CmdArgType.DevVarLongArray
DevVarLongStringArray = CmdArgType.DevVarLongStringArray
DevVarShortArray = CmdArgType.DevVarShortArray
DevVarStringArray = CmdArgType.DevVarStringArray
DevVarULong64Array = CmdArgType.DevVarULong64Array
DevVarULongArray = CmdArgType.DevVarULongArray
DevVarUShortArray = CmdArgType.DevVarUShortArray
DevVoid = CmdArgType.DevVoid

FMT_UNKNOWN = AttrDataFormat.FMT_UNKNOWN
IMAGE = AttrDataFormat.IMAGE
SCALAR = AttrDataFormat.SCALAR
SPECTRUM = AttrDataFormat.SPECTRUM

READ = AttrWriteType.READ
READ_WITH_WRITE = AttrWriteType.READ_WITH_WRITE
READ_WRITE = AttrWriteType.READ_WRITE
WRITE = AttrWriteType.WRITE
