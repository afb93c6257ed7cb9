"""The description of one attribute of a device class.

`AttrData` is what both ways of writing a server end in: the dictionaries of the older API and the
``attribute`` declarations of `tango.server`. From it the compiled layer makes the attribute itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal, NoReturn

from tango._core.server_attr import Attr, FwdAttr, ImageAttr, SpectrumAttr
from tango._keywords import callable_name, enum_member, flag, integer, take
from tango.dtypes import EnumTypeError, get_attribute_type_format
from tango.enums import AttrDataFormat, AttrWriteType, CmdArgType, DispLevel
from tango.errors import Except
from tango.structs import UserDefaultAttrProp, UserDefaultFwdAttrProp
from tango.structs.base import decoded

__all__ = ("AttrData",)

#: Properties of numbers that bound the value, tell how much it may differ from the set one, and how much is an event.
LIMITS = ("min_value", "max_value", "min_alarm", "max_alarm", "min_warning", "max_warning")
DELTAS = ("delta_val", "delta_t")
CHANGES = tuple(f"{kind}{what}_change" for kind in ("", "archive_", "event_") for what in ("abs", "rel"))
_PERIODS = ("period", "archive_period", "event_period")
_TEXTS = ("label", "description", "unit", "standard_unit", "display_unit", "format")

#: Name of a property in a declaration -> name of the setter of `UserDefaultAttrProp`.
_PROPERTY_SETTERS: dict[str, str] = {
    name: f"set_{name}" for name in (*_TEXTS, *LIMITS, *DELTAS, *CHANGES, *_PERIODS)
} | {"doc": "set_description"}

_EVENT_FLAGS = (
    "alarm_event_implemented",
    "alarm_event_detect",
    "archive_event_implemented",
    "archive_event_detect",
    "change_event_implemented",
    "change_event_detect",
    "data_ready_event_implemented",
)

_MEMORIZED: dict[str, tuple[bool, bool]] = {
    "true": (True, True),
    "false": (False, False),
    "true_without_hard_applied": (True, False),
}


class AttrData:
    """Everything that a device class has to know of one of its attributes.

    Parameters
    ----------
    name
        Name of the attribute.
    class_name
        Name of the device class, for error texts.
    attr_info
        The older API's description: ``[[type, format, access, dim_x, dim_y], {option: value}]``.

    Raises
    ------
    DevFailed
        ``PyDs_WrongAttributeDefinition``: ``attr_info`` has not this form; the text says what is wrong.
    """

    DftAttrClassMap: ClassVar[dict[AttrDataFormat, type]] = {
        AttrDataFormat.SCALAR: Attr,
        AttrDataFormat.SPECTRUM: SpectrumAttr,
        AttrDataFormat.IMAGE: ImageAttr,
    }

    # How the server core calls user code without asking for a method by name; see `tango.server.describe`.
    read_green_mode = write_green_mode = isallowed_green_mode = True
    """False: called by cppTango's thread, whatever the green mode of the server."""

    _reader: Callable[..., Any] | None = None
    _writer: Callable[..., Any] | None = None
    _is_allowed: Callable[..., Any] | None = None
    _style: Literal["attr", "value"] = "attr"

    def __init__(self, name: str | None, class_name: str | None, attr_info: Sequence[Any] | None = None) -> None:
        self.class_name = class_name
        self.attr_name = name
        self.attr_type: CmdArgType = CmdArgType.DevVoid
        self.attr_format: AttrDataFormat = AttrDataFormat.SCALAR
        self.attr_write: AttrWriteType = AttrWriteType.READ
        self.dim_x = 1
        self.dim_y = 0
        self.display_level: DispLevel = DispLevel.OPERATOR
        self.polling_period = -1
        self.memorized = False
        self.hw_memorized = False
        self.alarm_event_implemented = False
        self.alarm_event_detect = True
        self.archive_event_implemented = False
        self.archive_event_detect = True
        self.change_event_implemented = False
        self.change_event_detect = True
        self.data_ready_event_implemented = False
        self.read_method_name: str | None = None
        self.write_method_name: str | None = None
        self.is_allowed_name: str | None = None
        self.attr_class: type | None = None
        self.attr_args: list[Any] | None = None
        self.att_prop: UserDefaultAttrProp | UserDefaultFwdAttrProp | None = None
        self.forward = False
        self.has_dtype_kword = False
        self.has_size_kword = False
        self._properties: dict[str, Any] = {}
        if name is not None:
            self._set_name(name)
        if attr_info is not None:
            self.from_attr_info(attr_info)

    def _set_name(self, name: str) -> None:
        self.attr_name = name
        if self.read_method_name is None:
            self.read_method_name = f"read_{name}"
        if self.write_method_name is None:
            self.write_method_name = f"write_{name}"
        if self.is_allowed_name is None:
            self.is_allowed_name = f"is_{name}_allowed"

    # ------------------------------------------------------------------ keywords of tango.server.attribute

    @staticmethod
    def from_dict(attr_dict: Mapping[str, Any]) -> AttrData:
        """Make the description from the keywords of `tango.server.attribute`.

        Parameters
        ----------
        attr_dict
            Keywords and values.

        Returns
        -------
        AttrData
            The description.

        Raises
        ------
        DevFailed
            ``PyDs_WrongAttributeDefinition``: a keyword does not exist.
        TypeError
            The value of a keyword has the wrong type.
        """
        keywords = dict(attr_dict)
        data = AttrData(keywords.pop("name", None), keywords.pop("class_name", None))
        data.build_from_dict(keywords)
        return data

    def build_from_dict(self, attr_dict: Mapping[str, Any]) -> None:
        """Take over the keywords of `tango.server.attribute`.

        Parameters
        ----------
        attr_dict
            Keywords and values.

        Raises
        ------
        DevFailed
            ``PyDs_WrongAttributeDefinition``: a keyword does not exist.
        TypeError
            The value of a keyword has the wrong type, or a forwarded attribute has more than a label.
        """
        keywords = dict(attr_dict)
        self.forward = take(keywords, "forwarded", False, flag)
        if self.forward:
            self._build_forwarded(keywords)
            return
        labels = self._take_type(keywords)
        self._take_access(keywords)
        self.display_level = take(keywords, "display_level", self.display_level, enum_member, DispLevel)
        self.polling_period = take(keywords, "polling_period", self.polling_period, integer)
        self.memorized = take(keywords, "memorized", False, flag)
        self.hw_memorized = take(keywords, "hw_memorized", False, flag)
        for name in _EVENT_FLAGS:
            setattr(self, name, take(keywords, name, getattr(self, name), flag))
        if "description" in keywords:
            keywords["doc"] = keywords.get("doc") or keywords["description"]
            del keywords["description"]
        if labels is not None:
            keywords["enum_labels"] = labels
        self._properties = keywords
        if keywords:
            self.att_prop = self._make_properties(keywords)

    def _take_type(self, keywords: dict[str, Any]) -> list[str] | None:
        self.has_dtype_kword = "dtype" in keywords
        self.has_size_kword = "max_dim_x" in keywords or "max_dim_y" in keywords
        dtype = keywords.pop("dtype", CmdArgType.DevDouble)
        dformat = take(keywords, "dformat", None, enum_member, AttrDataFormat)
        try:
            self.attr_type, self.attr_format, labels = get_attribute_type_format(
                dtype, dformat, keywords.pop("enum_labels", None)
            )
        except (EnumTypeError, RuntimeError, TypeError) as error:
            raise type(error)(f"dtype: {error}") from None
        self.dim_x = take(keywords, "max_dim_x", 1, integer)
        self.dim_y = take(keywords, "max_dim_y", 0, integer)
        return labels

    def _take_access(self, keywords: dict[str, Any]) -> None:
        readers = [keywords.pop(name, None) for name in ("fget", "fread")]
        writers = [keywords.pop(name, None) for name in ("fset", "fwrite")]
        reader = readers[0] if readers[0] is not None else readers[1]
        writer = writers[0] if writers[0] is not None else writers[1]
        is_allowed = keywords.pop("fisallowed", None)
        if reader is not None:
            self.read_method_name = callable_name(reader, "fget")
        if writer is not None:
            self.write_method_name = callable_name(writer, "fset")
        if is_allowed is not None:
            self.is_allowed_name = callable_name(is_allowed, "fisallowed")
        default = AttrWriteType.READ
        if writer is not None:
            default = AttrWriteType.WRITE if reader is None else AttrWriteType.READ_WRITE
        self.attr_write = take(keywords, "access", default, enum_member, AttrWriteType)

    def _build_forwarded(self, keywords: dict[str, Any]) -> None:
        keywords.pop("forwarded", None)
        label = keywords.pop("label", None)
        if any(value is not None for value in keywords.values()):
            raise TypeError("Forwarded attributes only support 'label' and 'name' arguments")
        self.attr_class = FwdAttr
        self.attr_args = [self.attr_name]
        if label is not None:
            self.att_prop = UserDefaultFwdAttrProp()
            self.att_prop.set_label(str(label))

    def _make_properties(self, keywords: Mapping[str, Any]) -> UserDefaultAttrProp:
        properties = UserDefaultAttrProp()
        for key, value in keywords.items():
            name = key.lower().replace(" ", "_")
            if name == "enum_labels":
                self.enum_labels = list(value)
                properties.set_enum_labels(self.enum_labels)
                continue
            setter = _PROPERTY_SETTERS.get(name)
            if setter is None:
                self._throw(
                    f"Wrong definition of attribute. The object extra information '{key}' is not recognized!",
                    "create_user_default_attr_prop()",
                )
            if value is not None:
                getattr(properties, setter)(_property_text(key, value))
        return properties

    def set_enum_labels_to_attr_prop(self, enum_labels: Sequence[str]) -> None:
        """Set the labels of an enumeration in the default properties.

        Parameters
        ----------
        enum_labels
            The labels, for the values 0, 1, 2 ...
        """
        self._properties = {**self._properties, "enum_labels": list(enum_labels)}
        self.att_prop = self._make_properties(self._properties)

    # ------------------------------------------------------------------ dictionaries of the older API

    def from_attr_info(self, attr_info: Sequence[Any]) -> None:
        """Take over the older API's description of an attribute.

        Parameters
        ----------
        attr_info
            ``[[type, format, access, dim_x, dim_y], {option: value}]``: no dimension for a scalar, one
            for a spectrum, two for an image; the options may be missing.

        Raises
        ------
        DevFailed
            ``PyDs_WrongAttributeDefinition``: something is wrong, and the text says what.
        """
        where = f"attribute {self.attr_name} in class {self.class_name}"
        if isinstance(attr_info, (str, bytes)) or not isinstance(attr_info, Sequence):
            self._throw(f"Wrong data type for value for describing {where}\nMust be a sequence with 1 or 2 elements")
        if len(attr_info) not in (1, 2):
            self._throw(f"Wrong number of argument for describing {where}\nMust be a sequence with 1 or 2 elements")
        self._take_mandatory(attr_info[0], where)
        self.has_dtype_kword = self.has_size_kword = True
        if len(attr_info) == 2:
            if not isinstance(attr_info[1], Mapping):
                self._throw(f"Wrong data type for options of {where}\nMust be a dictionary, not {attr_info[1]!r}")
            self._take_options(dict(attr_info[1]), where)

    def _take_mandatory(self, info: Any, where: str) -> None:
        wrong_type = f"Wrong data type in attribute argument for {where}\n"
        if isinstance(info, (str, bytes)) or not isinstance(info, Sequence) or not 3 <= len(info) <= 5:
            self._throw(
                f"Wrong data type for describing mandatory information for {where}\n"
                "Must be a sequence with 3, 4 or 5 elements"
            )
        try:
            self.attr_type = CmdArgType(info[0])
        except (TypeError, ValueError):
            self._throw(f"{wrong_type}Attribute data type (first element in first sequence) must be a tango.CmdArgType")
        try:
            self.attr_format = AttrDataFormat(info[1])
        except (TypeError, ValueError):
            self._throw(
                f"Wrong data format in attribute argument for {where}\nAttribute data format "
                "(second element in first sequence) must be a tango.AttrDataFormat"
            )
        dimensions = {AttrDataFormat.SCALAR: 0, AttrDataFormat.SPECTRUM: 1, AttrDataFormat.IMAGE: 2}
        if self.attr_format not in dimensions:
            self._throw(f"Wrong data format in attribute argument for {where}\nUnsupported AttrDataFormat {info[1]}")
        format_name = self.attr_format.name.lower()
        wanted = 3 + dimensions[self.attr_format]
        if len(info) != wanted:
            self._throw(
                f"{wrong_type}Sequence describing mandatory attribute parameters for {format_name} attribute "
                f"must have {wanted} elements"
            )
        try:
            self.attr_write = AttrWriteType(info[2])
        except (TypeError, ValueError):
            self._throw(
                f"Wrong data write type in attribute argument for {where}\n"
                "Attribute write type (third element in first sequence) must be a tango.AttrWriteType"
            )
        for position, name in ((3, "dim_x"), (4, "dim_y"))[: wanted - 3]:
            try:
                setattr(self, name, operator.index(info[position]))
            except TypeError:
                self._throw(
                    f"{wrong_type}{position + 1}th element in sequence describing mandatory {name} attribute "
                    f"parameter for {format_name} attribute must be an integer"
                )

    def _take_options(self, options: dict[str, Any], where: str) -> None:
        properties: dict[str, Any] = {}
        for key, value in options.items():
            name = str(key).lower().replace("_", " ")
            if name == "display level":
                try:
                    self.display_level = DispLevel(value)
                except (TypeError, ValueError):
                    self._throw(
                        f"Wrong display level in attribute information for {where}\n"
                        "Attribute information for display level is not a tango.DispLevel"
                    )
            elif name == "polling period":
                try:
                    self.polling_period = int(value)
                except (TypeError, ValueError):
                    self._throw(
                        f"Wrong polling period in attribute information for {where}\n"
                        "Attribute information for polling period is not an integer"
                    )
            elif name == "memorized":
                try:
                    self.memorized, self.hw_memorized = _MEMORIZED[str(value).lower()]
                except KeyError:
                    self._throw(
                        f'Wrong memorized value for {where}.Allowed valued are the strings "true", "false" and '
                        '"true_without_hard_applied" (case insensitive)'
                    )
            else:
                properties[str(key)] = value
        self._properties = properties
        if properties:
            self.att_prop = self._make_properties(properties)

    def _throw(self, description: str, method: str = "create_attribute()") -> NoReturn:
        Except.throw_exception("PyDs_WrongAttributeDefinition", description, method)
        raise AssertionError("throw_exception returned")

    # ------------------------------------------------------------------ to the compiled layer

    def to_attr(self) -> Attr | FwdAttr:
        """Make the object that stands for the attribute in its device class.

        Returns
        -------
        Attr
            An `Attr`, `SpectrumAttr` or `ImageAttr`, with its default properties set.

        Raises
        ------
        DevFailed
            cppTango does not accept the description, for example a memorised spectrum.
        """
        if self.forward:
            forwarded = FwdAttr(self.attr_name or "")
            if self.att_prop is not None:
                forwarded.set_default_properties(self.att_prop)
            return forwarded
        dimensions = (self.dim_x, self.dim_y)[: int(self.attr_format)]
        attr_class = self.attr_class or self.DftAttrClassMap[self.attr_format]
        attr: Any = attr_class(self.attr_name, self.attr_type, self.attr_write, *dimensions)
        if self.att_prop is not None:
            attr.set_default_properties(self.att_prop)
        attr.set_disp_level(self.display_level)
        if self.memorized:
            attr.set_memorized()
            attr.set_memorized_init(self.hw_memorized)
        if self.polling_period > 0:
            attr.set_polling_period(self.polling_period)
        if self.alarm_event_implemented:
            attr.set_alarm_event(True, self.alarm_event_detect)
        if self.change_event_implemented:
            attr.set_change_event(True, self.change_event_detect)
        if self.archive_event_implemented:
            attr.set_archive_event(True, self.archive_event_detect)
        if self.data_ready_event_implemented:
            attr.set_data_ready_event(True)
        made: Attr = attr
        return made


def _property_text(key: str, value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        value = decoded(bytes(value))
    if isinstance(value, (list, tuple, dict, set)) or callable(value):
        pair = "; two thresholds are given as text: '-1,2'" if key.endswith("_change") else ""
        raise TypeError(f"{key} must be text or a number, not {value!r}{pair}")
    text = str(value)
    if "\0" in text:
        raise ValueError(f"{key} holds a NUL character, which Tango's strings cannot: {text!r}")
    return text
