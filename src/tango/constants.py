"""The constants of cppTango, and the versions this package was compiled with and runs on.

All but the versions are the same in every cppTango from 9.3 on.
"""
# ruff: noqa: N816 (the names are those of cppTango)

import platform
import sys

import numpy

from tango._core import build_info

# --- Versions --------------------------------------------------------------------------------------------------------

TgLibVers = build_info.CPPTANGO
TANGO_VERSION = TgLibVers
TANGO_VERSION_MAJOR, TANGO_VERSION_MINOR, TANGO_VERSION_PATCH = (int(part) for part in TgLibVers.split("."))
TANGO_VERSION_NB = TANGO_VERSION_MAJOR * 10000 + TANGO_VERSION_MINOR * 100 + TANGO_VERSION_PATCH
TANGO_VERSION_HEX = TANGO_VERSION_MAJOR << 24 | TANGO_VERSION_MINOR << 16 | TANGO_VERSION_PATCH << 8
TgLibMajorVers = str(TANGO_VERSION_MAJOR)
TgLibVersNb = TANGO_VERSION_NB
DevVersion = build_info.IDL_VERSION
TELEMETRY_SUPPORTED = build_info.TELEMETRY

PY_VERSION = build_info.PYTHON_VERSION
PY_VERSION_HEX = build_info.PYTHON_VERSION_HEX
PY_MAJOR_VERSION = PY_VERSION_HEX >> 24
PY_MINOR_VERSION = PY_VERSION_HEX >> 16 & 0xFF
PY_MICRO_VERSION = PY_VERSION_HEX >> 8 & 0xFF
NUMPY_VERSION = build_info.NUMPY_VERSION
CYTHON_VERSION = build_info.CYTHON_VERSION


class Compile:
    """What this package was compiled with."""

    CYTHON_VERSION = CYTHON_VERSION
    NUMPY_VERSION = NUMPY_VERSION
    PY_VERSION = PY_VERSION
    TANGO_VERSION = TANGO_VERSION


class Runtime:
    """What this package runs on."""

    NUMPY_VERSION = numpy.__version__
    PY_VERSION = "{}.{}.{}".format(*sys.version_info)
    TANGO_VERSION = TANGO_VERSION
    UNAME = platform.uname()


# --- What is not set -------------------------------------------------------------------------------------------------

AlrmValueNotSpec = "Not specified"
AssocWritNotSpec = "None"
DescNotSet = "Uninitialised"
DescNotSpec = "No description"
DispUnitNotSpec = "No display unit"
FormatNotSpec = "%6.2f"
FormatNotSpec_FL = "%6.2f"
FormatNotSpec_INT = "%d"
FormatNotSpec_STR = "%s"
LabelNotSpec = "No label"
MemNotUsed = "Not used yet"
NotANumber = "NaN"
NotSet = "Uninitialised"
ResNotDefined = "0"
RootAttNotDef = "Not defined"
StatusNotSet = "Not initialised"
StdUnitNotSpec = "No standard unit"
TangoHostNotSet = "Undef"
UnitNotSpec = ""

# --- Names -----------------------------------------------------------------------------------------------------------

ACCESS_SERVICE = "AccessControl"
AllAttr = "All attributes"
AllAttr_3 = "All attributes_3"
AllCmd = "All commands"
AllPipe = "All pipes"
CONTROL_SYSTEM = "CtrlSystem"
DATABASE_CLASS = "DataBase"
DSDeviceDomain = "dserver"
DbObjName = "database"
DefaultDocUrl = "http://www.tango-controls.org"
EnvVariable = "TANGO_HOST"
InitialOutput = "Initial Output"
LOCAL_POLL_REQUEST = "_local"
MemAttrPropName = "__value"
MessBoxTitle = "Tango Device Server"
NoClass = "noclass"
PollAttribute = "attribute"
PollCommand = "command"
SERVICE_PROP_NAME = "Services"
TANGO_PY_MOD_NAME = "_PyTango.pyd"
TG_LOCAL_HOST = "localhost"
USER_ENV_VAR_FILE = ".tangorc"
WindowsEnvVariable = "TANGO_ROOT"
kLogTargetConsole = "console"
kLogTargetDevice = "device"
kLogTargetFile = "file"
kLogTargetSep = "::"

# --- Events ----------------------------------------------------------------------------------------------------------

ALL_EVENTS = 0
CTRL_SOCK_ENDPOINT = "inproc://control"
DEFAULT_EVENT_PERIOD = 1000
EVENT_HEARTBEAT_PERIOD = 10
EVENT_METHOD_NAME = "push_zmq_event"
EVENT_RESUBSCRIBE_PERIOD = 600
HEARTBEAT = "Event heartbeat"
HEARTBEAT_EVENT_NAME = "heartbeat"
HEARTBEAT_METHOD_NAME = "push_heartbeat_event"
MAX_SOCKET_SUB = 10
MCAST_HOPS = 5
MCAST_PROT = "epgm://"
NOTIFD_CHANNEL = "notifd_channel"
PGM_IVL = 20000
PGM_RATE = 81920
PUB_HWM = 1000
SUB_HWM = 1000
SUB_SEND_HWM = 10000
ZMQ_EVENT_PROT_VERSION = 1

# --- Times in milliseconds; lock validities in seconds ---------------------------------------------------------------

CLNT_TIMEOUT = 3000
CLNT_TIMEOUT_STR = "3000"
DB_CONNECT_TIMEOUT = 25000
DB_RECONNECT_TIMEOUT = 20000
DB_TIMEOUT = 13000
DEFAULT_LOCK_VALIDITY = 10
DEFAULT_TIMEOUT = 3200
MIN_LOCK_VALIDITY = 2
MIN_POLL_PERIOD = 5
NARROW_CLNT_TIMEOUT = 100

# --- Sizes and numbers -----------------------------------------------------------------------------------------------

DB_START_PHASE_RETRIES = 3
DEFAULT_POLLING_THREADS_POOL_SIZE = 1
DEFAULT_POLL_OLD_FACTOR = 4
DefaultBlackBoxDepth = 50
DefaultMaxSeq = 20
DefaultPollRingDepth = 10
DefaultWritAttrProp = False
LOCAL_REQUEST_STR_SIZE = 6
MAX_GIOP_PER_SERVER = "128"
MAX_TRANSFER_SIZE = "268435456"
MIN_IDL_CONF5 = 5
MIN_IDL_DEV_INTR = 5
MaxDevPropLength = 255
MaxServerNameLength = 255
TANGO_FLOAT_PRECISION = 15
TG_IMP_MINOR_DEVFAILED = 11
TG_IMP_MINOR_NON_DEVFAILED = 12
TG_IMP_MINOR_TO = 10

# --- Reasons of errors -----------------------------------------------------------------------------------------------

API_AttrConfig = "API_AttrConfig"
API_AttrEventProp = "API_AttrEventProp"
API_AttrIncorrectDataNumber = "API_AttrIncorrectDataNumber"
API_AttrNoAlarm = "API_AttrNoAlarm"
API_AttrNotAllowed = "API_AttrNotAllowed"
API_AttrNotFound = "API_AttrNotFound"
API_AttrNotWritable = "API_AttrNotWritable"
API_AttrOptProp = "API_AttrOptProp"
API_AttrPropValueNotSet = "API_AttrPropValueNotSet"
API_AttrValueNotSet = "API_AttrValueNotSet"
API_AttrWrongDefined = "API_AttrWrongDefined"
API_AttrWrongMemValue = "API_AttrWrongMemValue"
API_BadConfigurationProperty = "API_BadConfigurationProperty"
API_BlackBoxArgument = "API_BlackBoxArgument"
API_BlackBoxEmpty = "API_BlackBoxEmpty"
API_CannotCheckAccessControl = "API_CannotCheckAccessControl"
API_CannotOpenFile = "API_CannotOpenFile"
API_CantActivatePOAManager = "API_CantActivatePOAManager"
API_CantCreateClassPoa = "API_CantCreateClassPoa"
API_CantCreateLockingThread = "API_CantCreateLockingThread"
API_CantFindLockingThread = "API_CantFindLockingThread"
API_CantGetClientIdent = "API_CantGetClientIdent"
API_CantGetDevObjectId = "API_CantGetDevObjectId"
API_CantInstallSignal = "API_CantInstallSignal"
API_CantRetrieveClass = "API_CantRetrieveClass"
API_CantRetrieveClassList = "API_CantRetrieveClassList"
API_CantStoreDeviceClass = "API_CantStoreDeviceClass"
API_ClassNotFound = "API_ClassNotFound"
API_CmdArgumentTypeNotSupported = "API_CmdArgumentTypeNotSupported"
API_CommandNotAllowed = "API_CommandNotAllowed"
API_CommandNotFound = "API_CommandNotFound"
API_CorbaSysException = "API_CorbaSysException"
API_CorruptedDatabase = "API_CorruptedDatabase"
API_DatabaseAccess = "API_DatabaseAccess"
API_DeviceLocked = "API_DeviceLocked"
API_DeviceNotFound = "API_DeviceNotFound"
API_DeviceNotLocked = "API_DeviceNotLocked"
API_DeviceUnlockable = "API_DeviceUnlockable"
API_DeviceUnlocked = "API_DeviceUnlocked"
API_EventSupplierNotConstructed = "API_EventSupplierNotConstructed"
API_IncoherentDbData = "API_IncoherentDbData"
API_IncoherentDevData = "API_IncoherentDevData"
API_IncoherentValues = "API_IncoherentValues"
API_IncompatibleAttrDataType = "API_IncompatibleAttrDataType"
API_IncompatibleCmdArgumentType = "API_IncompatibleCmdArgumentType"
API_InitMethodNotFound = "API_InitMethodNotFound"
API_InitNotPublic = "API_InitNotPublic"
API_InitThrowsException = "API_InitThrowsException"
API_JavaRuntimeSecurityException = "API_JavaRuntimeSecurityException"
API_MemoryAllocation = "API_MemoryAllocation"
API_MethodArgument = "API_MethodArgument"
API_MethodNotFound = "API_MethodNotFound"
API_MissedEvents = "API_MissedEvents"
API_NotSupportedFeature = "API_NotSupportedFeature"
API_NtDebugWindowError = "API_NtDebugWindowError"
API_OverloadingNotSupported = "API_OverloadingNotSupported"
API_PolledDeviceNotInPoolConf = "API_PolledDeviceNotInPoolConf"
API_PolledDeviceNotInPoolMap = "API_PolledDeviceNotInPoolMap"
API_PollingThreadNotFound = "API_PollingThreadNotFound"
API_ReadOnlyMode = "API_ReadOnlyMode"
API_SignalOutOfRange = "API_SignalOutOfRange"
API_SystemCallFailed = "API_SystemCallFailed"
API_WAttrOutsideLimit = "API_WAttrOutsideLimit"
API_WizardConfError = "API_WizardConfError"
API_WrongEventData = "API_WrongEventData"
API_WrongHistoryDataBuffer = "API_WrongHistoryDataBuffer"
API_WrongLockingStatus = "API_WrongLockingStatus"
API_ZmqInitFailed = "API_ZmqInitFailed"
DEVICE_UNLOCKED_REASON = API_DeviceUnlocked
