"""Configuration of attributes and commands, as a client sees it."""

from tango.enums import AttrDataFormat, AttrMemorizedType, AttrWriteType, CmdArgType, DispLevel
from tango.structs.base import Struct, TypedList, each_instance
from tango.structs.vectors import StdStringVector

__all__ = [
    "ArchiveEventInfo",
    "AttributeAlarmInfo",
    "AttributeDimension",
    "AttributeEventInfo",
    "AttributeInfo",
    "AttributeInfoEx",
    "AttributeInfoList",
    "AttributeInfoListEx",
    "ChangeEventInfo",
    "CommandInfo",
    "CommandInfoList",
    "DevCommandInfo",
    "DeviceAttributeConfig",
    "PeriodicEventInfo",
]


class AttributeDimension(Struct):
    """The size of an attribute value.

    Parameters
    ----------
    dim_x : int, optional
        Number of columns.
    dim_y : int, optional
        Number of rows; 0 unless the attribute is an image.
    """

    dim_x: int = 0
    dim_y: int = 0

    def __init__(self, dim_x: int = 0, dim_y: int = 0) -> None:
        self.__dict__.update(dim_x=dim_x, dim_y=dim_y)


# --- events ----------------------------------------------------------------------------------------------------------


class ChangeEventInfo(Struct):
    """When change events are sent.

    Attributes
    ----------
    abs_change : str
        Smallest absolute change, or ``"Not specified"``.
    rel_change : str
        Smallest relative change in per cent, or ``"Not specified"``.
    extensions : StdStringVector
        Reserved by Tango.
    """

    abs_change: str = ""
    extensions: StdStringVector = each_instance(StdStringVector)
    rel_change: str = ""


class PeriodicEventInfo(Struct):
    """When periodic events are sent.

    Attributes
    ----------
    period : str
        Time between two events in milliseconds.
    extensions : StdStringVector
        Reserved by Tango.
    """

    extensions: StdStringVector = each_instance(StdStringVector)
    period: str = ""


class ArchiveEventInfo(Struct):
    """When archive events are sent.

    Attributes
    ----------
    archive_abs_change : str
        Smallest absolute change, or ``"Not specified"``.
    archive_rel_change : str
        Smallest relative change in per cent, or ``"Not specified"``.
    archive_period : str
        Longest time between two events in milliseconds, or ``"Not specified"``.
    extensions : StdStringVector
        Reserved by Tango.
    """

    archive_abs_change: str = ""
    archive_period: str = ""
    archive_rel_change: str = ""
    extensions: StdStringVector = each_instance(StdStringVector)


class AttributeEventInfo(Struct):
    """When the events of an attribute are sent.

    Attributes
    ----------
    ch_event : ChangeEventInfo
        Change events.
    per_event : PeriodicEventInfo
        Periodic events.
    arch_event : ArchiveEventInfo
        Archive events.
    """

    arch_event: ArchiveEventInfo = each_instance(ArchiveEventInfo)
    ch_event: ChangeEventInfo = each_instance(ChangeEventInfo)
    per_event: PeriodicEventInfo = each_instance(PeriodicEventInfo)


# --- attributes ------------------------------------------------------------------------------------------------------


class AttributeAlarmInfo(Struct):
    """When an attribute is in alarm.

    Attributes
    ----------
    min_alarm, max_alarm : str
        Limits of the alarm range.
    min_warning, max_warning : str
        Limits of the warning range.
    delta_val : str
        Largest allowed difference of the read value from the set value.
    delta_t : str
        Time in milliseconds after which the difference is looked at.
    extensions : StdStringVector
        Reserved by Tango.
    """

    delta_t: str = ""
    delta_val: str = ""
    extensions: StdStringVector = each_instance(StdStringVector)
    max_alarm: str = ""
    max_warning: str = ""
    min_alarm: str = ""
    min_warning: str = ""


class DeviceAttributeConfig(Struct):
    """Configuration that all attributes have had since the first version of Tango.

    Attributes
    ----------
    name, label, description : str
        What the attribute is called and what it is.
    data_type : int
        A member of :class:`tango.CmdArgType`, as a number.
    data_format : AttrDataFormat
        Scalar, spectrum or image.
    writable : AttrWriteType
        Whether it can be read and written.
    max_dim_x, max_dim_y : int
        Largest number of columns and rows.
    unit, standard_unit, display_unit : str
        The unit of the value, the factor to SI units, and the factor to the unit for display.
    format : str
        How to print the value.
    min_value, max_value : str
        Limits for writing.
    min_alarm, max_alarm : str
        Limits of the alarm range.
    writable_attr_name : str
        The attribute to write, if this one is ``READ_WITH_WRITE``.
    extensions : StdStringVector
        Reserved by Tango.
    """

    data_format: AttrDataFormat = AttrDataFormat.SCALAR
    data_type: int = 0
    description: str = ""
    display_unit: str = ""
    extensions: StdStringVector = each_instance(StdStringVector)
    format: str = ""
    label: str = ""
    max_alarm: str = ""
    max_dim_x: int = 0
    max_dim_y: int = 0
    max_value: str = ""
    min_alarm: str = ""
    min_value: str = ""
    name: str = ""
    standard_unit: str = ""
    unit: str = ""
    writable: AttrWriteType = AttrWriteType.READ
    writable_attr_name: str = ""


class AttributeInfo(DeviceAttributeConfig):
    """Configuration of an attribute with its display level.

    Attributes
    ----------
    disp_level : DispLevel
        For whom generic user interfaces show the attribute.
    """

    disp_level: DispLevel = DispLevel.OPERATOR


class AttributeInfoEx(AttributeInfo):
    """The whole configuration of an attribute.

    Attributes
    ----------
    alarms : AttributeAlarmInfo
        When the attribute is in alarm.
    events : AttributeEventInfo
        When its events are sent.
    enum_labels : StdStringVector
        Names of the values of a ``DevEnum`` attribute.
    memorized : AttrMemorizedType
        Whether its set value is kept in the database.
    root_attr_name : str
        The attribute behind a forwarded attribute.
    sys_extensions : StdStringVector
        Reserved by Tango.
    """

    alarms: AttributeAlarmInfo = each_instance(AttributeAlarmInfo)
    enum_labels: StdStringVector = each_instance(StdStringVector)
    events: AttributeEventInfo = each_instance(AttributeEventInfo)
    memorized: AttrMemorizedType = AttrMemorizedType.NOT_KNOWN
    root_attr_name: str = ""
    sys_extensions: StdStringVector = each_instance(StdStringVector)


class AttributeInfoList(TypedList[AttributeInfo], item_type=AttributeInfo):
    """A list of :class:`AttributeInfo`."""


class AttributeInfoListEx(TypedList[AttributeInfoEx], item_type=AttributeInfoEx):
    """A list of :class:`AttributeInfoEx`."""


# --- commands --------------------------------------------------------------------------------------------------------


class DevCommandInfo(Struct):
    """Description of a command.

    Attributes
    ----------
    cmd_name : str
        Its name.
    cmd_tag : int
        The display level as a number, as it is sent.
    in_type, out_type : CmdArgType
        Types of the argument and of the result.
    in_type_desc, out_type_desc : str
        What they mean.
    """

    cmd_name: str = ""
    cmd_tag: int = 0
    in_type: CmdArgType = CmdArgType.DevVoid
    in_type_desc: str = ""
    out_type: CmdArgType = CmdArgType.DevVoid
    out_type_desc: str = ""


class CommandInfo(DevCommandInfo):
    """Description of a command with its display level.

    Attributes
    ----------
    disp_level : DispLevel
        For whom generic user interfaces show the command.
    """

    disp_level: DispLevel = DispLevel.OPERATOR


class CommandInfoList(TypedList[CommandInfo], item_type=CommandInfo):
    """A list of :class:`CommandInfo`."""
