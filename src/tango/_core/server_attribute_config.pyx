"""The configuration of attributes of running devices: limits and properties."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string

from tango._core.convert cimport SCALAR, Values, element_to_py, to_values
from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CAttribute, CDeviceImpl
from tango._core.structs cimport (
    CAttributeConfig, CAttributeConfig_2, CAttributeConfig_3, CAttributeConfig_5, to_cpp_config, to_cpp_config_3, to_cpp_config_5,
    to_py_config, to_py_config_2, to_py_config_3, to_py_config_5,
)
from tango._core.types cimport type_name

from numbers import Number

from tango.enums import ErrSeverity, ExtractAs
from tango.errors import DevError, DevFailed
from tango.structs import AttributeConfig, AttributeConfig_2, AttributeConfig_3, AttributeConfig_5, MultiAttrProp

cdef extern from "server_attribute_config.hpp" namespace "tangopy" nogil:
    int limit_type(CAttribute &)
    void set_limit(CDeviceImpl &, CAttribute *&, int limit, const void *number, const string &text) except +translate
    void get_limit(CAttribute &, int limit, void *number) except +translate
    cbool check_alarm(CDeviceImpl &, CAttribute *&) except +translate
    cbool known_alarm(CAttribute &) except +translate
    void get_config[T](CDeviceImpl &, CAttribute *&, T &) except +translate
    void set_config[T](CDeviceImpl &, CAttribute *&, const T &, cbool tells) except +translate
    void remove_config(CDeviceImpl &, CAttribute *&) except +translate

cdef int NUMPY = int(ExtractAs.Numpy)
cdef tuple LIMITS = ("min_value", "max_value", "min_alarm", "max_alarm", "min_warning", "max_warning")

# Where an AttributeConfig_5 keeps what a MultiAttrProp calls by these names.
cdef dict FIELDS = {
    "label": ("label",),
    "description": ("description",),
    "unit": ("unit",),
    "standard_unit": ("standard_unit",),
    "display_unit": ("display_unit",),
    "format": ("format",),
    "min_value": ("min_value",),
    "max_value": ("max_value",),
    "min_alarm": ("att_alarm", "min_alarm"),
    "max_alarm": ("att_alarm", "max_alarm"),
    "min_warning": ("att_alarm", "min_warning"),
    "max_warning": ("att_alarm", "max_warning"),
    "delta_t": ("att_alarm", "delta_t"),
    "delta_val": ("att_alarm", "delta_val"),
    "event_period": ("event_prop", "per_event", "period"),
    "rel_change": ("event_prop", "ch_event", "rel_change"),
    "abs_change": ("event_prop", "ch_event", "abs_change"),
    "archive_period": ("event_prop", "arch_event", "period"),
    "archive_rel_change": ("event_prop", "arch_event", "rel_change"),
    "archive_abs_change": ("event_prop", "arch_event", "abs_change"),
}


cdef object holder_of(object config, tuple path):
    for name in path[:-1]:
        config = getattr(config, name)
    return config


cdef str property_text(str name, object value):
    """The text of a property: text, a number, or two numbers for the changes up and down."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return to_py_str(<bytes>value)
    if isinstance(value, Number):
        return str(value)
    if name.endswith("_change") and hasattr(value, "__len__") and len(value) in (1, 2):
        return ",".join([property_text("", item) for item in value])
    raise TypeError(f"the property {name} must be text or a number{' or two' if name.endswith('_change') else ''}, "
                    f"not {type(value).__name__} {value!r:.60}")


cdef object no_limits(str name, str what, int type):
    error = DevError()
    error.reason = "API_AttrOptProp"
    error.desc = f"{name} has no meaning for {what}: its type is {type_name(type)}"
    error.origin = "Attribute"
    error.severity = ErrSeverity.ERR
    return DevFailed(error)


cdef class AttributeConfigured(AttributeEvents):
    """The configuration of an attribute of a running device."""

    # --- limits ---

    cdef int set_limit(self, int limit, object value) except -1:
        cdef CAttribute *attribute = self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef Values number
        cdef const void *data = NULL
        cdef string text
        cdef int type = limit_type(deref(attribute))
        if type == 0:
            raise no_limits(LIMITS[limit], self.where(), self.type)
        if isinstance(value, (str, bytes)):
            text = to_cpp_str(value)
        else:
            number = to_values(value, type, SCALAR, f"{LIMITS[limit]} of {self.where()}")
            data = number.data
        with nogil:
            set_limit(deref(device), self.ptr, limit, data, text)
        return 0

    cdef object get_limit(self, int limit):
        cdef CAttribute *attribute = self.pointer()
        cdef int type = limit_type(deref(attribute))
        cdef char number[16]
        if type == 0:
            raise no_limits(LIMITS[limit], self.where(), self.type)
        get_limit(deref(attribute), limit, number)
        return element_to_py(type, number, 0, NUMPY)

    def set_min_alarm(self, value: object) -> None:
        """Set the value from which downwards the attribute is in alarm, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MIN_ALARM, value)

    def get_min_alarm(self) -> object:
        """Tell the value from which downwards the attribute is in alarm.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MIN_ALARM)

    def set_max_alarm(self, value: object) -> None:
        """Set the value from which upwards the attribute is in alarm, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MAX_ALARM, value)

    def get_max_alarm(self) -> object:
        """Tell the value from which upwards the attribute is in alarm.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MAX_ALARM)

    def set_min_warning(self, value: object) -> None:
        """Set the value from which downwards the attribute warns, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MIN_WARNING, value)

    def get_min_warning(self) -> object:
        """Tell the value from which downwards the attribute warns.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MIN_WARNING)

    def set_max_warning(self, value: object) -> None:
        """Set the value from which upwards the attribute warns, also in the database.

        Parameters
        ----------
        value
            A number of the attribute's type, or its text; "" and "Not specified" take the limit away.

        Raises
        ------
        DevFailed
            The type of the attribute has no limits, the text is no number, or the limits contradict each other.
        TypeError, OverflowError
            The number does not fit the type of the attribute.
        """
        self.set_limit(MAX_WARNING, value)

    def get_max_warning(self) -> object:
        """Tell the value from which upwards the attribute warns.

        Returns
        -------
        int or float
            The limit.

        Raises
        ------
        DevFailed
            There is no such limit.
        """
        return self.get_limit(MAX_WARNING)

    # --- alarms ---

    def check_alarm(self) -> bool:
        """Compare the value that has been set in this read with the limits, and set the quality accordingly.

        Returns
        -------
        bool
            Whether the attribute is in alarm or warns; without a new value, whether it was so the last time.

        Raises
        ------
        DevFailed
            The attribute has no limits.
        """
        cdef CAttribute *attribute = self.pointer()
        cdef shared_ptr[CDeviceImpl] device
        cdef cbool result
        if not self.fresh:
            # the C++ object looks at memory that has been sent and freed
            return known_alarm(deref(attribute))
        device = self.device.use()
        with nogil:
            result = check_alarm(deref(device), self.ptr)
        return result

    def is_min_alarm(self) -> bool:
        """Tell whether the last value was below the alarm range."""
        return self.pointer().is_min_alarm()

    def is_max_alarm(self) -> bool:
        """Tell whether the last value was above the alarm range."""
        return self.pointer().is_max_alarm()

    def is_min_warning(self) -> bool:
        """Tell whether the last value was below the warning range."""
        return self.pointer().is_min_warning()

    def is_max_warning(self) -> bool:
        """Tell whether the last value was above the warning range."""
        return self.pointer().is_max_warning()

    def is_rds_alarm(self) -> bool:
        """Tell whether the last value did not follow the set point: read different from set."""
        return self.pointer().is_rds_alarm()

    # --- properties ---

    cdef int put_config(self, object attr_cfg, cbool tells) except -1:
        self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef CAttributeConfig config
        cdef CAttributeConfig_3 config_3
        cdef CAttributeConfig_5 config_5
        if isinstance(attr_cfg, (AttributeConfig, AttributeConfig_2)):
            to_cpp_config(attr_cfg, config)
            with nogil:
                set_config(deref(device), self.ptr, config, tells)
        elif isinstance(attr_cfg, AttributeConfig_3):
            to_cpp_config_3(attr_cfg, config_3)
            with nogil:
                set_config(deref(device), self.ptr, config_3, tells)
        elif isinstance(attr_cfg, (MultiAttrProp, AttributeConfig_5)):
            if isinstance(attr_cfg, MultiAttrProp):
                wanted = self.get_properties(AttributeConfig_5())
                for name, path in FIELDS.items():
                    setattr(holder_of(wanted, path), path[-1], property_text(name, getattr(attr_cfg, name)))
                attr_cfg = wanted
            to_cpp_config_5(attr_cfg, config_5)
            with nogil:
                set_config(deref(device), self.ptr, config_5, tells)
        else:
            raise TypeError(f"attr_cfg must be an instance of MultiAttrProp (or an AttributeConfig), not {type(attr_cfg).__name__}")
        return 0

    def get_properties(self, attr_cfg: MultiAttrProp | AttributeConfig_5 | None = None) -> MultiAttrProp | AttributeConfig_5:
        """Read the configuration.

        Parameters
        ----------
        attr_cfg
            The object to fill, a MultiAttrProp or an AttributeConfig of any version; default: a new MultiAttrProp.

        Returns
        -------
        MultiAttrProp or AttributeConfig
            The same object.

        Raises
        ------
        TypeError
            ``attr_cfg`` is neither.
        """
        self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef CAttributeConfig config
        cdef CAttributeConfig_2 config_2
        cdef CAttributeConfig_3 config_3
        cdef CAttributeConfig_5 config_5
        if isinstance(attr_cfg, AttributeConfig):
            with nogil:
                get_config(deref(device), self.ptr, config)
            attr_cfg.__dict__.update(to_py_config(config).__dict__)
        elif isinstance(attr_cfg, AttributeConfig_2):
            with nogil:
                get_config(deref(device), self.ptr, config_2)
            attr_cfg.__dict__.update(to_py_config_2(config_2).__dict__)
        elif isinstance(attr_cfg, AttributeConfig_3):
            with nogil:
                get_config(deref(device), self.ptr, config_3)
            attr_cfg.__dict__.update(to_py_config_3(config_3).__dict__)
        elif attr_cfg is None or isinstance(attr_cfg, (MultiAttrProp, AttributeConfig_5)):
            with nogil:
                get_config(deref(device), self.ptr, config_5)
            result = to_py_config_5(config_5)
            if isinstance(attr_cfg, AttributeConfig_5):
                attr_cfg.__dict__.update(result.__dict__)
            else:
                if attr_cfg is None:
                    attr_cfg = MultiAttrProp()
                for name, path in FIELDS.items():
                    setattr(attr_cfg, name, getattr(holder_of(result, path), path[-1]))
        else:
            raise TypeError(f"attr_cfg must be an instance of MultiAttrProp (or an AttributeConfig), not {type(attr_cfg).__name__}")
        return attr_cfg

    def set_properties(self, attr_cfg: MultiAttrProp | AttributeConfig_5, dev: object = None) -> None:
        """Set the configuration, also in the database, and tell the clients that listen to it.

        Parameters
        ----------
        attr_cfg
            A MultiAttrProp, or an AttributeConfig of any version. A text "" goes back to what the code of the device says,
            "Not specified" to what Tango says.
        dev
            Kept for older programs.

        Raises
        ------
        TypeError
            ``attr_cfg`` is neither, or a property is neither text nor number.
        DevFailed
            A property does not fit the type of the attribute or contradicts another; nothing is changed.
        """
        self.put_config(attr_cfg, True)

    def set_upd_properties(self, attr_cfg: AttributeConfig_5, dev_name: str | None = None) -> None:
        """Set the configuration, also in the database, and tell nobody.

        Parameters
        ----------
        attr_cfg
            As for `set_properties`.
        dev_name
            Kept for older programs.

        Raises
        ------
        TypeError
            ``attr_cfg`` is no configuration, or a property is neither text nor number.
        DevFailed
            A property does not fit the type of the attribute or contradicts another; nothing is changed.
        """
        self.put_config(attr_cfg, False)

    def remove_configuration(self) -> None:
        """Delete the configuration of the attribute from the database.

        Raises
        ------
        DevFailed
            The database does not answer.
        """
        self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        with nogil:
            remove_config(deref(device), self.ptr)
