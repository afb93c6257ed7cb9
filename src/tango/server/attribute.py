"""The ``attribute`` declaration of the high-level API."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tango._keywords import callable_name
from tango.attr_data import AttrData
from tango.enums import AttrWriteType
from tango.server.declaration import (
    DECLARATION_ERRORS,
    current_declaration,
    declared_as,
    explain,
    tells_wrong_arguments,
)
from tango.server.values import set_complex_value

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ("attribute",)

Method = Callable[..., Any] | str

_NO_DOC = "TANGO attribute"


class attribute(AttrData):  # noqa: N801 (the public name)
    """Declare a Tango attribute in a `Device` class.

    It is used as a decorator of the read method, or as a value whose methods are found by their names
    (``read_<name>``, ``write_<name>``, ``is_<name>_allowed``)::

        class PowerSupply(Device):
            @attribute(unit="V")
            def voltage(self) -> float:
                "The voltage at the output."
                return self._voltage

            @voltage.write
            def voltage(self, value: float):
                self._voltage = value

            current: float = attribute(label="Current", unit="mA")

            def read_current(self):
                return 12.5

    A read method returns the value, or ``(value, time, quality)``. Within the device ``self.voltage`` is the
    attribute as cppTango knows it (an `Attribute`, with its alarms and properties); assigning a value, or a
    value with time and quality, sets its value; deleting it removes it from the device.

    Parameters
    ----------
    fget
        The read method, or its name.
    name : str
        Name of the attribute. Default: the variable's or the decorated method's name.
    dtype
        Type of the value (see `tango.dtypes.get_tango_type_format`); an `enum.IntEnum` class makes an
        enumeration with its labels. Default: the type hint of the variable, of the read method or of the
        write method, in this order; else ``float``.
    dformat : AttrDataFormat
        The format, where ``dtype`` gives only the type of the elements.
    max_dim_x, max_dim_y : int
        Largest dimensions of spectra and images.
    access : AttrWriteType
        Default: what the given methods allow.
    fread, fset, fwrite, fisallowed
        Methods or their names; ``fread`` is ``fget``, ``fwrite`` is ``fset``.
    doc, description : str
        Description; default: the docstring of the decorated read method.
    label, unit, standard_unit, display_unit, format : str
        How clients show the value.
    min_value, max_value, min_alarm, max_alarm, min_warning, max_warning, delta_val
        Limits: numbers, or their text; None for none.
    delta_t, period, archive_period
        Times in milliseconds.
    abs_change, rel_change, archive_abs_change, archive_rel_change
        Thresholds of change and archive events.
    change_event_implemented, archive_event_implemented, alarm_event_implemented, data_ready_event_implemented : bool
        The device pushes these events from its code.
    change_event_detect, archive_event_detect, alarm_event_detect : bool
        Compare pushed values with the thresholds.
    enum_labels : sequence of str
        Labels, for ``dtype=CmdArgType.DevEnum``.
    display_level : DispLevel
        For operators or experts.
    polling_period : int
        Milliseconds; the value stored in the database takes precedence.
    memorized, hw_memorized : bool
        Store the last written value in the database; write it to the hardware at start.
    green_mode, read_green_mode, write_green_mode, isallowed_green_mode : bool
        False: call the methods directly on cppTango's thread, whatever the server's green mode.
    forwarded : bool
        Forward another device's attribute; only ``name`` and ``label`` may be given besides.

    Raises
    ------
    DevFailed
        ``PyDs_WrongAttributeDefinition``: a keyword does not exist.
    RuntimeError
        No Tango type corresponds to ``dtype``.
    TypeError
        The value of a keyword has the wrong type.
    ValueError
        The value of a keyword is impossible.
    """

    @tells_wrong_arguments("attribute")
    def __init__(self, fget: Method | None = None, **kwargs: Any) -> None:
        keywords = dict(kwargs)
        self._kwargs = dict(kwargs) if fget is None else {"fget": fget, **kwargs}
        self.name: str | None = keywords.pop("name", None)
        self.fget: Callable[..., Any] | None = None
        self.fset: Callable[..., Any] | None = None
        self.fisallowed: Callable[..., Any] | None = None
        self._owner: type | None = None
        self._raw_writer: Callable[..., Any] | None = None
        if fget is not None:
            keywords["fget"] = fget
        self._keep_methods(keywords)
        try:
            self._check_name()
            super().__init__(self.name, keywords.pop("class_name", None))
            self._take_green_modes(keywords)
            self._take_docstring(keywords)
            self.build_from_dict(keywords)
        except DECLARATION_ERRORS as error:
            raise explain(error, current_declaration("attribute")) from None

    def _check_name(self) -> None:
        if self.name is not None and not isinstance(self.name, str):
            raise TypeError(f"name must be a str, not {self.name!r}")
        if self.name is not None and (not self.name or "\0" in self.name):
            raise ValueError(f"name must have at least one character and no NUL, not {self.name!r}")

    def _take_green_modes(self, keywords: dict[str, Any]) -> None:
        common = keywords.pop("green_mode", True)
        for name in ("read_green_mode", "write_green_mode", "isallowed_green_mode"):
            value = keywords.pop(name, common)
            if isinstance(value, str):
                raise TypeError(f"{name} must be True or False, not {value!r}: the mode is that of the server")
            setattr(self, name, bool(value))

    def _keep_methods(self, keywords: dict[str, Any]) -> None:
        for own, names in (("fget", ("fget", "fread")), ("fset", ("fset", "fwrite")), ("fisallowed", ("fisallowed",))):
            method = next((keywords[name] for name in names if keywords.get(name) is not None), None)
            if method is not None and not isinstance(method, str):
                setattr(self, own, method)

    def _take_docstring(self, keywords: dict[str, Any]) -> None:
        text = keywords.get("doc") or keywords.get("description")
        if text is None and self.fget is not None and not keywords.get("forwarded"):
            # that of a partial is one of all partials
            text = None if isinstance(self.fget, partial) else getattr(self.fget, "__doc__", None)
            if text:
                keywords["doc"] = text
        self.__doc__ = text or _NO_DOC

    # ------------------------------------------------------------------ decorators

    def __call__(self, fget: Callable[..., Any]) -> attribute:
        """Make an attribute with the same keywords that is read by a method.

        Parameters
        ----------
        fget
            The read method.

        Returns
        -------
        attribute
            The new attribute.
        """
        kwargs = {key: value for key, value in self._kwargs.items() if key not in ("fget", "fread")}
        if self.fget is None and len(kwargs) < len(self._kwargs):
            error = TypeError(
                f"'{self.read_method_name}' names its read method, but it decorates another one; a type is given as dtype=..."
            )
            raise explain(error, current_declaration("attribute"))
        return type(self)(fget=fget, **kwargs)

    def read(self, fget: Method) -> Self:
        """Set the read method; used as a decorator.

        Parameters
        ----------
        fget
            Method, function, or name of a method.

        Returns
        -------
        attribute
            The attribute; a copy of it in the body of a class that inherits it.
        """
        new = self._for_this_class()
        new.fget = None if isinstance(fget, str) else fget
        new.read_method_name = self._method_name(fget, "read")
        written = new.fset is not None or new.attr_write in (AttrWriteType.WRITE, AttrWriteType.READ_WRITE)
        new.attr_write = AttrWriteType.READ_WRITE if written else AttrWriteType.READ
        return new

    def write(self, fset: Method) -> Self:
        """Set the write method; used as a decorator.

        Parameters
        ----------
        fset
            Method, function, or name of a method; it takes the value.

        Returns
        -------
        attribute
            The attribute; a copy of it in the body of a class that inherits it.
        """
        new = self._for_this_class()
        new.fset = None if isinstance(fset, str) else fset
        new.write_method_name = self._method_name(fset, "write")
        new.attr_write = AttrWriteType.READ_WRITE if new._has_reader() else AttrWriteType.WRITE
        return new

    def is_allowed(self, fisallowed: Method) -> Self:
        """Set the method that says whether reading or writing is allowed now; used as a decorator.

        Parameters
        ----------
        fisallowed
            Method, function, or name of a method; it takes an `AttReqType` and returns a bool.

        Returns
        -------
        attribute
            The attribute; a copy of it in the body of a class that inherits it.
        """
        new = self._for_this_class()
        new.fisallowed = None if isinstance(fisallowed, str) else fisallowed
        new.is_allowed_name = self._method_name(fisallowed, "is_allowed")
        return new

    getter = read
    setter = write

    def _method_name(self, method: Any, decorator: str) -> str:
        try:
            return callable_name(method, f"what {decorator}() is given")
        except TypeError as error:
            raise explain(error, declared_as(self)) from None

    def _has_reader(self) -> bool:
        return self.fget is not None or self._kwargs.get("fget") is not None or self._kwargs.get("fread") is not None

    def _for_this_class(self) -> Self:
        """Give the attribute to change: a copy, once the class it was declared in is complete."""
        if self._owner is None:
            return self
        new = copy.copy(self)
        new._owner = None
        return new

    # ------------------------------------------------------------------ descriptor

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        if self.attr_name is None:
            self._set_name(name)

    def __get__(self, obj: Any, objtype: type | None = None) -> Any:
        if obj is None:
            return self
        return self.get_attribute(obj)

    def __set__(self, obj: Any, value: Any) -> None:
        set_complex_value(self.get_attribute(obj), value)

    def __delete__(self, obj: Any) -> None:
        obj.remove_attribute(self.attr_name)

    def get_attribute(self, obj: Any) -> Any:
        """Give the attribute of one device.

        Parameters
        ----------
        obj
            The device.

        Returns
        -------
        Attribute
            Its attribute of this name.

        Raises
        ------
        DevFailed
            ``API_AttrNotFound``: the device has no such attribute (any more).
        """
        return obj.get_device_attr().get_attr_by_name(self.attr_name)
