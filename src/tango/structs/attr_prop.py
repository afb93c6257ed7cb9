"""Default properties of an attribute, as a device server declares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tango.structs.base import decoded

__all__ = ["AttrProperty", "UserDefaultAttrProp", "UserDefaultFwdAttrProp"]


class AttrProperty:
    """A property of an attribute: a name and a text.

    Parameters
    ----------
    name
        Name of the property.
    value
        Its text.
    """

    __slots__ = ("_name", "_value")

    def __init__(self, name: str, value: str) -> None:
        self._name = name
        self._value = value

    def get_name(self) -> str:
        """Tell the name.

        Returns
        -------
        str
            The name.
        """
        return self._name

    def get_value(self) -> str:
        """Tell the text.

        Returns
        -------
        str
            The text.
        """
        return self._value

    def get_lg_value(self) -> int:
        """Tell the number that the text is.

        Returns
        -------
        int
            The number; 0 if the text is none.
        """
        try:
            return int(self._value)
        except ValueError:
            return 0


class _Text:
    """A property that holds a text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: UserDefaultAttrProp | None, owner: type | None = None) -> str:
        if instance is None:
            return self  # type: ignore[return-value]
        return instance._values.get(self.name, "")

    def __set__(self, instance: UserDefaultAttrProp, value: Any) -> None:
        if isinstance(value, bytes):
            value = decoded(value)
        if not isinstance(value, str):
            raise TypeError(f"the default property {self.name} must be a str, not {type(value).__name__} {value!r:.80}")
        instance._values[self.name] = value


class UserDefaultAttrProp:
    """The properties that an attribute has if the database holds no others. All are texts.

    Attributes
    ----------
    label, description, unit, standard_unit, display_unit, format : str
        What the attribute is and how it is shown.
    min_value, max_value, min_alarm, max_alarm, min_warning, max_warning : str
        Limits.
    delta_t, delta_val : str
        Alarm on a read value that does not follow the set point: after this many ms, by this much.
    abs_change, rel_change, period : str
        When change and periodic events are sent.
    archive_abs_change, archive_rel_change, archive_period : str
        When archive events are sent.
    enum_labels : str
        Labels of an enumeration, with commas between them.
    """

    __slots__ = ("_values",)

    label = _Text()
    description = _Text()
    unit = _Text()
    standard_unit = _Text()
    display_unit = _Text()
    format = _Text()
    min_value = _Text()
    max_value = _Text()
    min_alarm = _Text()
    max_alarm = _Text()
    min_warning = _Text()
    max_warning = _Text()
    delta_val = _Text()
    delta_t = _Text()
    abs_change = _Text()
    rel_change = _Text()
    period = _Text()
    archive_abs_change = _Text()
    archive_rel_change = _Text()
    archive_period = _Text()
    enum_labels = _Text()

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def set_label(self, def_label: str) -> None:
        """Set the label.

        Parameters
        ----------
        def_label
            The text.
        """
        self.label = def_label

    def set_description(self, def_description: str) -> None:
        """Set the description.

        Parameters
        ----------
        def_description
            The text.
        """
        self.description = def_description

    def set_unit(self, def_unit: str) -> None:
        """Set the unit.

        Parameters
        ----------
        def_unit
            The text.
        """
        self.unit = def_unit

    def set_standard_unit(self, def_standard_unit: str) -> None:
        """Set the factor to the standard unit.

        Parameters
        ----------
        def_standard_unit
            The factor as text.
        """
        self.standard_unit = def_standard_unit

    def set_display_unit(self, def_display_unit: str) -> None:
        """Set the factor to the unit shown.

        Parameters
        ----------
        def_display_unit
            The factor as text.
        """
        self.display_unit = def_display_unit

    def set_format(self, def_format: str) -> None:
        """Set how a value is printed.

        Parameters
        ----------
        def_format
            A format as ``"%6.2f"``.
        """
        self.format = def_format

    def set_min_value(self, def_min_value: str) -> None:
        """Set the smallest value that can be written.

        Parameters
        ----------
        def_min_value
            The number as text.
        """
        self.min_value = def_min_value

    def set_max_value(self, def_max_value: str) -> None:
        """Set the largest value that can be written.

        Parameters
        ----------
        def_max_value
            The number as text.
        """
        self.max_value = def_max_value

    def set_min_alarm(self, def_min_alarm: str) -> None:
        """Set the limit below which the quality is ATTR_ALARM.

        Parameters
        ----------
        def_min_alarm
            The number as text.
        """
        self.min_alarm = def_min_alarm

    def set_max_alarm(self, def_max_alarm: str) -> None:
        """Set the limit above which the quality is ATTR_ALARM.

        Parameters
        ----------
        def_max_alarm
            The number as text.
        """
        self.max_alarm = def_max_alarm

    def set_min_warning(self, def_min_warning: str) -> None:
        """Set the limit below which the quality is ATTR_WARNING.

        Parameters
        ----------
        def_min_warning
            The number as text.
        """
        self.min_warning = def_min_warning

    def set_max_warning(self, def_max_warning: str) -> None:
        """Set the limit above which the quality is ATTR_WARNING.

        Parameters
        ----------
        def_max_warning
            The number as text.
        """
        self.max_warning = def_max_warning

    def set_delta_t(self, def_delta_t: str) -> None:
        """Set how long a read value may take to follow the set point.

        Parameters
        ----------
        def_delta_t
            The time in ms as text.
        """
        self.delta_t = def_delta_t

    def set_delta_val(self, def_delta_val: str) -> None:
        """Set how far a read value may be from the set point.

        Parameters
        ----------
        def_delta_val
            The number as text.
        """
        self.delta_val = def_delta_val

    def set_abs_change(self, def_abs_change: str) -> None:
        """Set the change of the value that makes a change event.

        Parameters
        ----------
        def_abs_change
            The number as text.
        """
        self.abs_change = def_abs_change

    def set_rel_change(self, def_rel_change: str) -> None:
        """Set the relative change of the value that makes a change event.

        Parameters
        ----------
        def_rel_change
            The number of percent as text.
        """
        self.rel_change = def_rel_change

    def set_period(self, def_period: str) -> None:
        """Set the period of periodic events.

        Parameters
        ----------
        def_period
            The time in ms as text.
        """
        self.period = def_period

    def set_archive_abs_change(self, def_archive_abs_change: str) -> None:
        """Set the change of the value that makes an archive event.

        Parameters
        ----------
        def_archive_abs_change
            The number as text.
        """
        self.archive_abs_change = def_archive_abs_change

    def set_archive_rel_change(self, def_archive_rel_change: str) -> None:
        """Set the relative change of the value that makes an archive event.

        Parameters
        ----------
        def_archive_rel_change
            The number of percent as text.
        """
        self.archive_rel_change = def_archive_rel_change

    def set_archive_period(self, def_archive_period: str) -> None:
        """Set the period of archive events.

        Parameters
        ----------
        def_archive_period
            The time in ms as text.
        """
        self.archive_period = def_archive_period

    def set_event_abs_change(self, def_abs_change: str) -> None:
        """Do the same as `set_abs_change`.

        Parameters
        ----------
        def_abs_change
            The number as text.
        """
        self.abs_change = def_abs_change

    def set_event_rel_change(self, def_rel_change: str) -> None:
        """Do the same as `set_rel_change`.

        Parameters
        ----------
        def_rel_change
            The number of percent as text.
        """
        self.rel_change = def_rel_change

    def set_event_period(self, def_period: str) -> None:
        """Do the same as `set_period`.

        Parameters
        ----------
        def_period
            The time in ms as text.
        """
        self.period = def_period

    def set_archive_event_abs_change(self, def_archive_abs_change: str) -> None:
        """Do the same as `set_archive_abs_change`.

        Parameters
        ----------
        def_archive_abs_change
            The number as text.
        """
        self.archive_abs_change = def_archive_abs_change

    def set_archive_event_rel_change(self, def_archive_rel_change: str) -> None:
        """Do the same as `set_archive_rel_change`.

        Parameters
        ----------
        def_archive_rel_change
            The number of percent as text.
        """
        self.archive_rel_change = def_archive_rel_change

    def set_archive_event_period(self, def_archive_period: str) -> None:
        """Do the same as `set_archive_period`.

        Parameters
        ----------
        def_archive_period
            The time in ms as text.
        """
        self.archive_period = def_archive_period

    def set_enum_labels(self, enum_labels: Iterable[str]) -> None:
        """Set the labels of an enumeration.

        Parameters
        ----------
        enum_labels
            The labels, for the values 0, 1, 2 ...
        """
        self.enum_labels = ",".join(enum_labels)


class UserDefaultFwdAttrProp:
    """The default properties of a forwarded attribute.

    Attributes
    ----------
    label : str
        The label.
    """

    __slots__ = ("label",)

    def __init__(self) -> None:
        self.label = ""

    def set_label(self, def_label: str) -> None:
        """Set the label.

        Parameters
        ----------
        def_label
            The text.
        """
        self.label = def_label
