"""Descriptions of attributes: what they say."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.string cimport string
from libcpp.utility cimport pair
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, to_py_str, translate
from tango._core.lib.server cimport CAttrProperty, CDispLevel

from tango.enums import AttrDataFormat, AttrWriteType, DispLevel
from tango.structs import AttrProperty, UserDefaultAttrProp

cdef extern from "server_attr_base.hpp" namespace "tangopy" nogil:
    void set_defaults(CAttr &, const vector[pair[string, string]] &) except +translate

cdef extern from "compat.hpp" namespace "tangopy" nogil:
    void set_alarm_event(CAttr &, bint implemented, bint detect) except +translate
    cbool is_alarm_event(CAttr &)

cdef extern from *:
    """
    static inline Tango::DispLevel tangopy_level(int level) { return static_cast<Tango::DispLevel>(level); }
    """
    CDispLevel display_level "tangopy_level"(int)


cdef list to_py_properties(vector[CAttrProperty] &properties):
    cdef size_t i
    return [AttrProperty(to_py_str(properties[i].get_name()), to_py_str(properties[i].get_value()))
            for i in range(properties.size())]


cdef class AttrBase:
    """What a description of an attribute says, whoever reads and writes it."""

    cdef CAttr *pointer(self) except NULL:
        cdef CAttr *attr = deref(self.life).peek() if self.life else NULL
        if attr == NULL:
            if not self.life:
                raise RuntimeError(f"this {type(self).__name__} is empty: its __init__ has not run or has failed")
            raise RuntimeError(f"attribute {self.name} has been removed from its device class")
        return attr

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name})"

    __str__ = __repr__

    # --- name and type ---

    def get_name(self) -> str:
        """Tell the name of the attribute."""
        return to_py_str(self.pointer().get_name())

    def get_type(self) -> int:
        """Tell the type of the value, as a number of CmdArgType."""
        return self.pointer().get_type()

    def get_format(self) -> AttrDataFormat:
        """Tell whether the value is a scalar, a spectrum or an image."""
        return AttrDataFormat(<int>self.pointer().get_format())

    def get_writable(self) -> AttrWriteType:
        """Tell whether the attribute can be read and written."""
        return AttrWriteType(<int>self.pointer().get_writable())

    def check_type(self) -> None:
        """Check that attributes can have the type.

        Raises
        ------
        DevFailed
            They cannot.
        """
        self.pointer().check_type()

    def is_assoc(self) -> bool:
        """Tell whether a read returns a set point too."""
        return self.pointer().is_assoc()

    def get_assoc(self) -> str:
        """Tell the name of the attribute that holds the set point; "None" if there is none."""
        return to_py_str(self.pointer().get_assoc())

    def get_cl_name(self) -> str:
        """Tell the name of the class that declares the attribute."""
        return to_py_str(self.pointer().get_cl_name())

    def set_cl_name(self, str class_name) -> None:
        """Set the name of the class that declares the attribute.

        Parameters
        ----------
        class_name
            The name.
        """
        self.pointer().set_cl_name(to_cpp_str(class_name))

    # --- properties ---

    def set_default_properties(self, attr_prop: UserDefaultAttrProp) -> None:
        """Set the properties that the attribute has if the database holds no others.

        Parameters
        ----------
        attr_prop
            The properties.

        Raises
        ------
        DevFailed
            They do not fit the type or each other.
        """
        cdef vector[pair[string, string]] texts
        for name, text in attr_prop._values.items():
            texts.push_back(pair[string, string](to_cpp_str(name), to_cpp_str(text)))
        set_defaults(deref(self.pointer()), texts)

    def get_user_default_properties(self) -> list[AttrProperty]:
        """Give what `set_default_properties` has set."""
        return to_py_properties(self.pointer().get_user_default_properties())

    def get_class_properties(self) -> list[AttrProperty]:
        """Give the properties that the database holds for all devices of the class."""
        return to_py_properties(self.pointer().get_class_properties())

    def set_class_properties(self, props: list[AttrProperty]) -> None:
        """Replace the properties that hold for all devices of the class; the database keeps what it has.

        Parameters
        ----------
        props
            The properties.
        """
        cdef vector[CAttrProperty] properties
        cdef string name
        cdef string text
        for item in props:
            name = to_cpp_str(item.get_name())
            text = to_cpp_str(item.get_value())
            properties.push_back(CAttrProperty(name, text))
        self.pointer().set_class_properties(properties)

    def set_disp_level(self, disp_level: DispLevel) -> None:
        """Set who the attribute is shown to.

        Parameters
        ----------
        disp_level
            Operators or experts.
        """
        self.pointer().set_disp_level(display_level(int(DispLevel(disp_level))))

    def get_disp_level(self) -> DispLevel:
        """Tell whom the attribute is shown to."""
        return DispLevel(<int>self.pointer().get_disp_level())

    def set_polling_period(self, long period_ms) -> None:
        """Have the attribute polled.

        Parameters
        ----------
        period_ms
            The period in ms.
        """
        self.pointer().set_polling_period(period_ms)

    def get_polling_period(self) -> int:
        """Tell the polling period in milliseconds; 0 if the attribute is not polled."""
        return self.pointer().get_polling_period()

    def set_memorized(self) -> None:
        """Have the database keep the value written last.

        Raises
        ------
        DevFailed
            The attribute is not a scalar, or cannot be written.
        """
        self.pointer().set_memorized()

    def get_memorized(self) -> bool:
        """Tell whether the database keeps the value written last."""
        return self.pointer().get_memorized()

    def set_memorized_init(self, bint write_on_init) -> None:
        """Say what happens with a kept value when the device starts.

        Parameters
        ----------
        write_on_init
            Whether it is written to the device; otherwise it is the set point only.
        """
        self.pointer().set_memorized_init(write_on_init)

    def get_memorized_init(self) -> bool:
        """Tell whether a kept value is written to the device when it starts."""
        return self.pointer().get_memorized_init()

    # --- events ---

    def set_change_event(self, bint implemented, bint detect) -> None:
        """Say that the device pushes change events itself.

        Parameters
        ----------
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the change criteria.
        """
        self.pointer().set_change_event(implemented, detect)

    def is_change_event(self) -> bool:
        """Tell whether the device pushes change events itself."""
        return self.pointer().is_change_event()

    def is_check_change_criteria(self) -> bool:
        """Tell whether only those pushed change events are sent that pass the change criteria."""
        return self.pointer().is_check_change_criteria()

    def set_archive_event(self, bint implemented, bint detect) -> None:
        """Say that the device pushes archive events itself.

        Parameters
        ----------
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the archive criteria.
        """
        self.pointer().set_archive_event(implemented, detect)

    def is_archive_event(self) -> bool:
        """Tell whether the device pushes archive events itself."""
        return self.pointer().is_archive_event()

    def is_check_archive_criteria(self) -> bool:
        """Tell whether only those pushed archive events are sent that pass the archive criteria."""
        return self.pointer().is_check_archive_criteria()

    def set_alarm_event(self, bint implemented, bint detect) -> None:
        """Say that the device pushes alarm events itself.

        Parameters
        ----------
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that change the alarm state.

        Raises
        ------
        NonSupportedFeature
            The library is older than 10.0.
        """
        set_alarm_event(deref(self.pointer()), implemented, detect)

    def is_alarm_event(self) -> bool:
        """Tell whether the device pushes alarm events itself."""
        return is_alarm_event(deref(self.pointer()))

    def set_data_ready_event(self, bint implemented) -> None:
        """Say that the device pushes data-ready events.

        Parameters
        ----------
        implemented
            Whether it does.
        """
        self.pointer().set_data_ready_event(implemented)

    def is_data_ready_event(self) -> bool:
        """Tell whether the device pushes data-ready events."""
        return self.pointer().is_data_ready_event()
