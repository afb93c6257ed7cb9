"""Who a device, a lock holder or a client is; and values given to a server from code."""

from typing import Any

from tango.enums import AttrQuality, LockerLanguage
from tango.structs.base import Struct, each_instance

__all__ = ["ClientAddr", "DeviceInfo", "LockerInfo", "MultiAttrProp", "PollDevice", "TimedAttrData", "TimedCmdData"]


class DeviceInfo(Struct):
    """What a device says about itself.

    Attributes
    ----------
    dev_class : str
        Name of its class.
    dev_type : str
        Type of the class, as set in the class property ``cvs_location`` or by the class.
    doc_url : str
        Where its documentation is.
    server_id : str
        Its server, as ``executable/instance``.
    server_host : str
        Host on which the server runs.
    server_version : int
        Interface version.
    version_info : dict[str, str]
        Versions of the device's parts; empty below interface version 6.
    """

    dev_class: str = ""
    dev_type: str = ""
    doc_url: str = ""
    server_host: str = ""
    server_id: str = ""
    server_version: int = 0
    version_info: dict[str, str] = each_instance(dict)


class LockerInfo(Struct):
    """Who has locked a device.

    Attributes
    ----------
    ll : LockerLanguage
        Language of the client.
    li : int or tuple[int, ...]
        Its process number; for Java the four parts of a UUID.
    locker_host : str
        Host on which it runs.
    locker_class : str
        Main class of a Java client.
    """

    li: Any = 0
    ll: LockerLanguage = LockerLanguage.CPP
    locker_class: str = ""
    locker_host: str = ""


class ClientAddr(Struct):
    """Who sent the request that a device is serving.

    Parameters
    ----------
    addr : str, optional
        The address as omniORB writes it, ``giop:tcp:host:port``.

    Attributes
    ----------
    client_ident : bool
        Whether the client has said who it is.
    client_ip : str
        Its address.
    client_lang : LockerLanguage
        Its language.
    client_pid : int
        Its process number.
    java_ident : tuple[int, int]
        UUID of a Java client.
    java_main_class : str
        Main class of a Java client.
    """

    client_ident: bool = False
    client_ip: str = ""
    client_lang: LockerLanguage = LockerLanguage.CPP
    client_pid: int = 0
    java_ident: Any = (0, 0)
    java_main_class: str = ""

    def __init__(self, addr: str = "") -> None:
        self.client_ip = addr

    def _host(self) -> str:
        """Take the host out of ``giop:tcp:host:port`` or ``giop:tcp:[IPv6 host]:port``."""
        parts = self.client_ip.split(":", 2)
        host = parts[2] if len(parts) == 3 and parts[0].startswith("giop") else self.client_ip
        if host.startswith("["):
            return host[1:].partition("]")[0]
        return host.rpartition(":")[0] or host

    def _is_here(self) -> bool:
        """Return whether the client is on this host: through a local socket, or in the same process."""
        return self.client_ip.startswith(("giop:unix", "collocated"))

    def get_client_hostname(self) -> str:
        """Return the name of the client's host.

        Returns
        -------
        str
            The name; the address as it is if it has no name.
        """
        import socket  # for this alone

        if self._is_here():
            return socket.gethostname()
        try:
            return socket.gethostbyaddr(self._host())[0]
        except OSError:
            return self._host()

    def __str__(self) -> str:
        if not self.client_ident:
            return "Client identification not available"
        if self.client_lang in (LockerLanguage.CPP, LockerLanguage.CPP_6):
            return f"CPP or Python client with PID {self.client_pid} from host {self.get_client_hostname()}"
        return f"JAVA client with main class {self.java_main_class} from host {self.get_client_hostname()}"


class PollDevice(Struct):
    """A device that a polling thread polls.

    Attributes
    ----------
    dev_name : str
        Name of the device.
    ind_list : list[int]
        What is polled.
    """

    dev_name: str = ""
    ind_list: list[int] = each_instance(list)


# --- given by servers ------------------------------------------------------------------------------------------------


class MultiAttrProp(Struct):
    """The properties of an attribute, as a server reads and sets them.

    Each field is a string, or for the limits and changes also a number of the attribute's type.

    Parameters
    ----------
    label, description, unit, standard_unit, display_unit, format : str, optional
        What the attribute is.
    min_value, max_value : str or number, optional
        Limits for writing.
    min_alarm, max_alarm, min_warning, max_warning : str or number, optional
        Limits of the alarm and of the warning range.
    delta_t, delta_val : str or number, optional
        After which time, and from which difference on, a read value that is not the set value is an alarm.
    event_period, archive_period : str or int, optional
        Periods of periodic and archive events in milliseconds.
    rel_change, abs_change, archive_rel_change, archive_abs_change : str, number or sequence of two, optional
        Changes from which on change and archive events are sent.
    """

    label: Any = ""
    description: Any = ""
    unit: Any = ""
    standard_unit: Any = ""
    display_unit: Any = ""
    format: Any = ""
    min_value: Any = ""
    max_value: Any = ""
    min_alarm: Any = ""
    max_alarm: Any = ""
    min_warning: Any = ""
    max_warning: Any = ""
    delta_t: Any = ""
    delta_val: Any = ""
    event_period: Any = ""
    archive_period: Any = ""
    rel_change: Any = ""
    abs_change: Any = ""
    archive_rel_change: Any = ""
    archive_abs_change: Any = ""

    def __init__(
        self,
        label: Any = "",
        description: Any = "",
        unit: Any = "",
        standard_unit: Any = "",
        display_unit: Any = "",
        format: Any = "",
        min_value: Any = "",
        max_value: Any = "",
        min_alarm: Any = "",
        max_alarm: Any = "",
        min_warning: Any = "",
        max_warning: Any = "",
        delta_t: Any = "",
        delta_val: Any = "",
        event_period: Any = "",
        archive_period: Any = "",
        rel_change: Any = "",
        abs_change: Any = "",
        archive_rel_change: Any = "",
        archive_abs_change: Any = "",
    ) -> None:
        given = locals()
        self.__dict__.update((name, given[name]) for name in self._fields)


class TimedAttrData(Struct):
    """One value for the polling buffer of an attribute.

    Parameters
    ----------
    value : object, optional
        The value.
    quality : AttrQuality, optional
        Its quality.
    w_value : object, optional
        The set value.
    error : Exception, optional
        What went wrong, instead of a value.
    time_stamp : float, optional
        When it was read, in seconds since 1970; None for now.
    """

    value: Any = None
    quality: Any = AttrQuality.ATTR_VALID
    w_value: Any = None
    error: Any = None
    time_stamp: Any = None

    def __init__(
        self,
        value: Any = None,
        quality: AttrQuality = AttrQuality.ATTR_VALID,
        w_value: Any = None,
        error: Exception | None = None,
        time_stamp: float | None = None,
    ) -> None:
        self.__dict__.update(value=value, quality=quality, w_value=w_value, error=error, time_stamp=time_stamp)

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]


class TimedCmdData(Struct):
    """One result for the polling buffer of a command.

    Parameters
    ----------
    value : object, optional
        The result.
    error : Exception, optional
        What went wrong, instead of a result.
    time_stamp : float, optional
        When the command was executed, in seconds since 1970; None for now.
    """

    value: Any = None
    error: Any = None
    time_stamp: Any = None

    def __init__(self, value: Any = None, error: Exception | None = None, time_stamp: float | None = None) -> None:
        self.__dict__.update(value=value, error=error, time_stamp=time_stamp)

    __eq__ = object.__eq__
    __hash__ = object.__hash__  # type: ignore[assignment]
