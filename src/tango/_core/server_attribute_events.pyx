"""Events of attributes of running devices: which ones the device pushes, and who listens."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr

from tango._core.errors cimport exception_to_errors, translate
from tango._core.lib.except_ cimport CDevErrorList
from tango._core.lib.server cimport CAttribute, CDeviceImpl

import time

from tango.enums import AttrQuality, EventType

cdef extern from "server_attribute_events.hpp" namespace "tangopy" nogil:
    void set_event(CAttribute &, int event, cbool implemented, cbool detect) except +translate
    void fire_event(CDeviceImpl &, CAttribute *&, int event, const CDevErrorList &) except +translate
    cbool is_alarm_event(CAttribute &)
    cbool is_check_alarm_criteria(CAttribute &)
    cbool event_subscribed(CAttribute &, int event) except +translate

cdef int CHANGE = int(EventType.CHANGE_EVENT)
cdef int ALARM = int(EventType.ALARM_EVENT)
cdef int ARCHIVE = int(EventType.ARCHIVE_EVENT)
cdef int DATA_READY = int(EventType.DATA_READY_EVENT)
cdef int PERIODIC = int(EventType.PERIODIC_EVENT)
cdef int USER = int(EventType.USER_EVENT)
cdef object INVALID = AttrQuality.ATTR_INVALID


cdef class AttributeEvents(AttributeCore):
    """The events of an attribute of a running device."""

    # --- what the device pushes itself ---

    def set_change_event(self, bint implemented, bint detect=True) -> None:
        """Say that the device pushes change events of the attribute itself.

        Parameters
        ----------
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the change criteria.
        """
        set_event(deref(self.pointer()), CHANGE, implemented, detect)

    def is_change_event(self) -> bool:
        """Tell whether the device pushes change events of the attribute itself."""
        return self.pointer().is_change_event()

    def is_check_change_criteria(self) -> bool:
        """Tell whether only those pushed change events are sent that pass the change criteria."""
        return self.pointer().is_check_change_criteria()

    def set_archive_event(self, bint implemented, bint detect=True) -> None:
        """Say that the device pushes archive events of the attribute itself.

        Parameters
        ----------
        implemented
            Whether it does.
        detect
            Whether Tango sends only those that pass the archive criteria.
        """
        set_event(deref(self.pointer()), ARCHIVE, implemented, detect)

    def is_archive_event(self) -> bool:
        """Tell whether the device pushes archive events of the attribute itself."""
        return self.pointer().is_archive_event()

    def is_check_archive_criteria(self) -> bool:
        """Tell whether only those pushed archive events are sent that pass the archive criteria."""
        return self.pointer().is_check_archive_criteria()

    def set_alarm_event(self, bint implemented, bint detect=True) -> None:
        """Say that the device pushes alarm events of the attribute itself.

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
        set_event(deref(self.pointer()), ALARM, implemented, detect)

    def is_alarm_event(self) -> bool:
        """Tell whether the device pushes alarm events of the attribute itself."""
        return is_alarm_event(deref(self.pointer()))

    def is_check_alarm_criteria(self) -> bool:
        """Tell whether only those pushed alarm events are sent that change the alarm state."""
        return is_check_alarm_criteria(deref(self.pointer()))

    def set_data_ready_event(self, bint implemented) -> None:
        """Say that the device pushes data-ready events of the attribute.

        Parameters
        ----------
        implemented
            Whether it does.
        """
        set_event(deref(self.pointer()), DATA_READY, implemented, False)

    def is_data_ready_event(self) -> bool:
        """Tell whether the device pushes data-ready events of the attribute."""
        return self.pointer().is_data_ready_event()

    # --- pushing ---

    cdef int fire(self, int event, object exception) except -1:
        self.pointer()
        cdef shared_ptr[CDeviceImpl] device = self.device.use()
        cdef CDevErrorList errors
        if exception is not None:
            if not isinstance(exception, BaseException):
                raise TypeError(f"{self.where()}: an error is pushed as an exception, not {type(exception).__name__} {exception!r:.60}")
            exception_to_errors(exception, errors)
        if self.is_shared():
            self.push(event, exception)
            return 0
        self.fresh = False
        with nogil:
            fire_event(deref(device), self.ptr, event, errors)
        return 0

    # As the device pushes it: no reply that is being sent loses its value.
    cdef int push(self, int event, object exception) except -1:
        cdef tuple arguments = ()
        if exception is not None:
            arguments = (exception,)
        elif self.aside is not None:
            arguments = (self.aside.values, self.aside.seconds, self.aside.quality)
        elif self.get_quality() == INVALID:
            arguments = (None, time.time(), INVALID)
        self.aside = None
        self.device._push_event(event, self.get_name(), arguments, {})
        return 0

    def fire_change_event(self, exception: BaseException | None = None) -> None:
        """Push a change event with the value that was set last.

        Parameters
        ----------
        exception
            What to push instead of the value.

        Raises
        ------
        TypeError
            ``exception`` is no exception.
        DevFailed
            The event cannot be sent.
        """
        self.fire(CHANGE, exception)

    def fire_archive_event(self, exception: BaseException | None = None) -> None:
        """Push an archive event with the value that was set last.

        Parameters
        ----------
        exception
            What to push instead of the value.

        Raises
        ------
        TypeError
            ``exception`` is no exception.
        DevFailed
            The event cannot be sent.
        """
        self.fire(ARCHIVE, exception)

    def fire_alarm_event(self, exception: BaseException | None = None) -> None:
        """Push an alarm event with the value that was set last.

        Parameters
        ----------
        exception
            What to push instead of the value.

        Raises
        ------
        TypeError
            ``exception`` is no exception.
        NonSupportedFeature
            The library is older than 10.0.
        DevFailed
            The event cannot be sent.
        """
        self.fire(ALARM, exception)

    # --- who listens ---

    def is_event_subscribed(self, event_type: EventType) -> bool:
        """Tell whether a client has subscribed to events of a kind, within the last ten minutes.

        Parameters
        ----------
        event_type
            The kind of event.

        Returns
        -------
        bool
            Whether one has. Clients renew their subscriptions as long as they listen.
        """
        return event_subscribed(deref(self.pointer()), int(EventType(event_type)))

    def change_event_subscribed(self) -> bool:
        """Tell whether a client has subscribed to change events."""
        return event_subscribed(deref(self.pointer()), CHANGE)

    def alarm_event_subscribed(self) -> bool:
        """Tell whether a client has subscribed to alarm events."""
        return event_subscribed(deref(self.pointer()), ALARM)

    def archive_event_subscribed(self) -> bool:
        """Tell whether a client has subscribed to archive events."""
        return event_subscribed(deref(self.pointer()), ARCHIVE)

    def periodic_event_subscribed(self) -> bool:
        """Tell whether a client has subscribed to periodic events."""
        return event_subscribed(deref(self.pointer()), PERIODIC)

    def user_event_subscribed(self) -> bool:
        """Tell whether a client has subscribed to user events."""
        return event_subscribed(deref(self.pointer()), USER)

    def use_zmq_event(self) -> bool:
        """Tell whether events of the attribute are sent over ZMQ, which is so after the first subscription."""
        return self.pointer().use_zmq_event()

    def use_notifd_event(self) -> bool:
        """Tell whether events of the attribute are sent over the notification service, as before Tango 8."""
        return self.pointer().use_notifd_event()
