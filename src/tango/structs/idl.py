"""Configuration of attributes in the form that travels between client and server, for each interface version."""

from tango.enums import AttrDataFormat, AttrWriteType, DispLevel
from tango.structs.base import Struct, each_instance

__all__ = [
    "ArchiveEventProp",
    "AttributeAlarm",
    "AttributeConfig",
    "AttributeConfig_2",
    "AttributeConfig_3",
    "AttributeConfig_5",
    "ChangeEventProp",
    "EventProperties",
    "PeriodicEventProp",
]


class ChangeEventProp(Struct):
    """When change events are sent; the fields are those of :class:`tango.ChangeEventInfo`."""

    abs_change: str = ""
    extensions: list[str] = each_instance(list)
    rel_change: str = ""


class PeriodicEventProp(Struct):
    """When periodic events are sent; the fields are those of :class:`tango.PeriodicEventInfo`."""

    extensions: list[str] = each_instance(list)
    period: str = ""


class ArchiveEventProp(Struct):
    """When archive events are sent: smallest changes and longest period."""

    abs_change: str = ""
    extensions: list[str] = each_instance(list)
    period: str = ""
    rel_change: str = ""


class EventProperties(Struct):
    """When the events of an attribute are sent."""

    arch_event: ArchiveEventProp = each_instance(ArchiveEventProp)
    ch_event: ChangeEventProp = each_instance(ChangeEventProp)
    per_event: PeriodicEventProp = each_instance(PeriodicEventProp)


class AttributeAlarm(Struct):
    """When an attribute is in alarm; the fields are those of :class:`tango.AttributeAlarmInfo`."""

    delta_t: str = ""
    delta_val: str = ""
    extensions: list[str] = each_instance(list)
    max_alarm: str = ""
    max_warning: str = ""
    min_alarm: str = ""
    min_warning: str = ""


class _ConfigOfAllVersions(Struct):
    data_format: AttrDataFormat = AttrDataFormat.SCALAR
    data_type: int = 0
    description: str = ""
    display_unit: str = ""
    extensions: list[str] = each_instance(list)
    format: str = ""
    label: str = ""
    max_dim_x: int = 0
    max_dim_y: int = 0
    max_value: str = ""
    min_value: str = ""
    name: str = ""
    standard_unit: str = ""
    unit: str = ""
    writable: AttrWriteType = AttrWriteType.READ
    writable_attr_name: str = ""


class AttributeConfig(_ConfigOfAllVersions):
    """Configuration of an attribute of interface version 1."""

    max_alarm: str = ""
    min_alarm: str = ""


class AttributeConfig_2(_ConfigOfAllVersions):  # noqa: N801 (the public name)
    """Configuration of an attribute of interface version 2, which added the display level."""

    level: DispLevel = DispLevel.OPERATOR
    max_alarm: str = ""
    min_alarm: str = ""


class AttributeConfig_3(_ConfigOfAllVersions):  # noqa: N801 (the public name)
    """Configuration of an attribute of interface versions 3 and 4, which added events and alarms."""

    att_alarm: AttributeAlarm = each_instance(AttributeAlarm)
    event_prop: EventProperties = each_instance(EventProperties)
    level: DispLevel = DispLevel.OPERATOR
    sys_extensions: list[str] = each_instance(list)


class AttributeConfig_5(_ConfigOfAllVersions):  # noqa: N801 (the public name)
    """Configuration of an attribute of interface versions 5 and 6, which added memory, labels and forwarding."""

    att_alarm: AttributeAlarm = each_instance(AttributeAlarm)
    enum_labels: list[str] = each_instance(list)
    event_prop: EventProperties = each_instance(EventProperties)
    level: DispLevel = DispLevel.OPERATOR
    mem_init: bool = False
    memorized: bool = False
    root_attr_name: str = ""
    sys_extensions: list[str] = each_instance(list)
