"""The devices and groups that a group is made of."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from tango.database import Database
from tango.errors import DevFailed, NonDbDevice, make_error
from tango.proxy import NOT_INITIALIZED, DeviceProxy
from tango.structs import StdStringVector
from tango.trl import get_device_trl

__all__ = ["Element", "GroupTree", "Member"]

G = TypeVar("G", bound="GroupTree")


class Element:
    """A group or a device; its name is looked for in any case."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._enabled = True
        self._parent: Callable[[], GroupTree | None] = lambda: None

    def _full_name(self) -> str:
        parent = self._parent()
        return self._name if parent is None else f"{parent._full_name()}.{self._name}"

    def _is_called(self, name: str) -> bool:
        return name.lower() in (self._name.lower(), self._full_name().lower())

    def _matches(self, pattern: str) -> bool:
        """Whether the parts of a pattern between its stars are found in the name, in their order."""
        return any(_holds_parts(name.lower(), pattern.lower().split("*")) for name in (self._name, self._full_name()))

    def _is_meant(self, name: str) -> bool:
        return self._matches(name) if "*" in name else self._is_called(name)


def _holds_parts(name: str, parts: list[str]) -> bool:
    at = 0
    for part in parts:
        found = name.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


class Member(Element):
    """A device of a group; connected when it is first needed, if it was not there when it was added."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.timeout_ms = -1
        self._proxy: DeviceProxy | None = None

    def proxy(self) -> DeviceProxy:
        if self._proxy is None:
            proxy = DeviceProxy(self._name)
            if self.timeout_ms >= 0:
                proxy._set_timeout_millis(self.timeout_ms)
            self._proxy = proxy
        return self._proxy

    def is_reachable(self) -> bool:
        """Whether nothing is known against it."""
        return self._proxy is not None and self._proxy._has_connection()

    def set_timeout_millis(self, timeout_ms: int) -> None:
        if timeout_ms >= 0:
            self.timeout_ms = timeout_ms
            if self._proxy is not None:
                self._proxy._set_timeout_millis(timeout_ms)


class GroupTree(Element):
    """A group as a collection of devices and of other groups."""

    def __init__(self, name: str) -> None:
        if not isinstance(name, str):
            raise TypeError(f"the name of a group is a str, not {type(name).__name__} {name!r:.60}")
        super().__init__(name)
        self._elements: list[Element] = []

    def __repr__(self) -> str:
        return f"Group({self.__dict__.get('_name', NOT_INITIALIZED)})"

    def __len__(self) -> int:
        return self.get_size()

    def __bool__(self) -> bool:
        return len(self) > 0

    def __iter__(self) -> Iterator[str]:
        return iter(self.get_device_list())

    def __contains__(self, pattern: str) -> bool:
        return self.contains(pattern)

    def __getitem__(self, key: str | int | slice) -> Any:
        if isinstance(key, slice):
            return [self.get_device(number) for number in range(1, len(self) + 1)[key]]
        try:
            return self.get_device(key)
        except KeyError:
            group = self.get_group(key) if isinstance(key, str) else None
            if group is None:
                raise
            return group

    def __delitem__(self, key: str) -> None:
        self.remove(key)

    # --- its elements ---------------------------------------------------------------------------------------------------

    def add(self, pattern_subgroup: str | Sequence[str] | GroupTree, timeout_ms: int = -1) -> None:
        """Add devices or a group; what is in the group already is only given the timeout.

        Parameters
        ----------
        pattern_subgroup : str, sequence of str, or Group
            Name of a device; a pattern such as ``sys/gauge/*``; several of these; or a group.
        timeout_ms : int, optional
            How long requests to these devices may take, in milliseconds; -1 leaves it as it is.

        Raises
        ------
        TypeError
            If it is something else.
        ValueError
            If the group is part of another group.
        DevFailed
            If the database that is needed for a pattern cannot be reached.
        """
        if isinstance(pattern_subgroup, GroupTree):
            self._add_group(pattern_subgroup, timeout_ms)
            return
        for name in _names(pattern_subgroup, "a Group, a str or a sequence of str"):
            for device in _devices_of_pattern(name) if "*" in name else [get_device_trl(name)]:
                self._add_device(device, timeout_ms)

    def _add_device(self, name: str, timeout_ms: int) -> None:
        known = self._find(name)
        member = known if isinstance(known, Member) else Member(name)
        member.set_timeout_millis(timeout_ms)
        if known is None:
            self._adopt(member)
            with contextlib.suppress(DevFailed):  # it may be there when it is needed
                member.proxy()

    def _add_group(self, group: GroupTree, timeout_ms: int) -> None:
        parent = group._parent()
        if parent is not None and parent is not self and group not in self._all_groups():
            raise ValueError(f"group {group._full_name()} cannot be added to {self._name}: it is part of another group")
        if group is not self and self not in group._all_groups() and self._find(group._name) is None:
            self._adopt(group)
        group.set_timeout_millis(timeout_ms)

    def _adopt(self, element: Element) -> None:
        element._parent = weakref.ref(self)
        self._elements.append(element)

    def remove(self, patterns: str | Sequence[str], forward: bool = True) -> None:
        """Remove devices and groups.

        Parameters
        ----------
        patterns : str or sequence of str
            Names or patterns. Of a group that is called as another one also the full name, such as ``gauges.cell-1``.
        forward : bool, optional
            Whether they are removed from groups in the group, too.

        Raises
        ------
        TypeError
            If it is something else.
        """
        for name in _names(patterns, "a str or a sequence of str"):
            self._remove(name, forward)

    def _remove(self, name: str, forward: bool) -> None:
        leaving = [element for element in self._elements if element._is_meant(name) or element._is_called(get_device_trl(name))]
        for element in leaving:
            self._elements.remove(element)
            element._parent = lambda: None
        if forward:
            for group in self._groups():
                group._remove(name, forward)

    def remove_all(self) -> None:
        """Remove all elements."""
        for element in self._elements:
            element._parent = lambda: None
        self._elements = []

    def contains(self, pattern: str, forward: bool = True) -> bool:
        """Return whether there is a device or group with a name, the group itself included.

        Parameters
        ----------
        pattern : str
            A name or pattern.
        forward : bool, optional
            Whether to look into groups in the group.

        Returns
        -------
        bool
            True if there is one.
        """
        return self._find(pattern, forward) is not None

    def _find(self, name: str, forward: bool = True) -> Element | None:
        """Return the first element that is meant by a name or pattern, None if there is none."""
        if not isinstance(name, str):
            raise TypeError(f"a name or pattern is a str, not {type(name).__name__} {name!r:.60}")
        if self._is_meant(name):
            return self
        address = get_device_trl(name)
        for element in self._elements:
            if element._is_meant(name) or element._is_called(address):
                return element
        for group in self._groups() if forward else ():
            if (found := group._find(name)) is not None:
                return found
        return None

    def _groups(self) -> list[GroupTree]:
        return [element for element in self._elements if isinstance(element, GroupTree)]

    def _all_groups(self) -> list[GroupTree]:
        """Return the group and all below it."""
        return [self, *(below for group in self._groups() for below in group._all_groups())]

    def _members(self, forward: bool = True) -> list[tuple[Member, bool]]:
        """Return the devices in their order, each with whether it and the groups that it is in are enabled."""
        result = []
        for element in self._elements:
            if isinstance(element, Member):
                result.append((element, element._enabled and self._enabled))
            elif isinstance(element, GroupTree) and forward:
                result += [(member, enabled and self._enabled) for member, enabled in element._members()]
        return result

    def get_name(self) -> str:
        """Return the name of the group."""
        return self._name

    def get_fully_qualified_name(self) -> str:
        """Return the name of the group behind those of the groups that it is in, such as ``gauges.cell-1``."""
        return self._full_name()

    def name_equals(self, name: str) -> bool:
        """Return whether the group has this name, or this full name, in any case.

        Parameters
        ----------
        name : str
            The name.
        """
        return self._is_called(name)

    def name_matches(self, name: str) -> bool:
        """Return whether the name of the group, or its full name, is of this form.

        Parameters
        ----------
        name : str
            A pattern with ``*``.
        """
        return self._matches(name)

    def get_size(self, forward: bool = True) -> int:
        """Return the number of devices.

        Parameters
        ----------
        forward : bool, optional
            Whether those of groups in the group are counted.
        """
        return len(self._members(forward))

    def get_device_list(self, forward: bool = True) -> StdStringVector:
        """Return the names of the devices.

        Parameters
        ----------
        forward : bool, optional
            Whether those of groups in the group are in it, at the place of their group.

        Returns
        -------
        StdStringVector
            The names, in the order in which replies come.
        """
        return StdStringVector(member._name for member, _ in self._members(forward))

    def get_device(self, name_or_index: str | int) -> DeviceProxy:
        """Return a device.

        Parameters
        ----------
        name_or_index : str or int
            Its name; or its place in :meth:`get_device_list`, from 1 on.

        Returns
        -------
        DeviceProxy
            The proxy that the group uses.

        Raises
        ------
        KeyError
            If there is no such device.
        DevFailed
            If it cannot be reached.
        TypeError
            If it is something else.
        """
        members = [member for member, _ in self._members()]
        if isinstance(name_or_index, str):
            names = (name_or_index, get_device_trl(name_or_index))
            members = [member for member in members if any(member._is_called(name) for name in names)]
        elif hasattr(name_or_index, "__index__"):
            number = name_or_index.__index__()
            members = members[number - 1 : number] if number > 0 else []
        else:
            raise TypeError(
                f"a device of a group has a name or a number, not {type(name_or_index).__name__} {name_or_index!r:.60}"
            )
        if not members:
            raise KeyError(f"Group does not have device {name_or_index}")
        return members[0].proxy()

    def get_group(self: G, group_name: str) -> G | None:
        """Return a group in the group.

        Parameters
        ----------
        group_name : str
            Its name or full name; the name of the group itself is that, too.

        Returns
        -------
        Group or None
            The group; None if there is none with this name.
        """
        found = self._find(group_name)
        return found if isinstance(found, type(self)) else None

    def enable(self, dev_name: str | None = None, forward: bool = True) -> None:
        """Have devices take part in requests again.

        Parameters
        ----------
        dev_name : str, optional
            The device or group, by name or pattern, of several the first; without it the group itself.
        forward : bool, optional
            Whether to look into groups in the group.
        """
        self._set_enabled(dev_name, forward, True)

    def disable(self, dev_name: str | None = None, forward: bool = True) -> None:
        """Leave devices out of requests; there are replies for them, which say so.

        Parameters
        ----------
        dev_name : str, optional
            The device or group, by name or pattern, of several the first; without it the group itself.
        forward : bool, optional
            Whether to look into groups in the group.
        """
        self._set_enabled(dev_name, forward, False)

    def _set_enabled(self, name: str | None, forward: bool, enabled: bool) -> None:
        element = self if name is None else self._find(name, forward)
        if element is not None:
            element._enabled = enabled

    def is_enabled(self, device_name: str | None = None, forward: bool = True) -> bool:
        """Return whether a device takes part in requests.

        Parameters
        ----------
        device_name : str, optional
            The device or group, by name or pattern, of several the first; without it the group itself.
        forward : bool, optional
            Whether to look into groups in the group.

        Returns
        -------
        bool
            False if it does not, or there is none.
        """
        element = self if device_name is None else self._find(device_name, forward)
        return element is not None and element._enabled

    def set_timeout_millis(self, timeout_ms: int) -> None:
        """Set how long requests to the devices may take.

        Parameters
        ----------
        timeout_ms : int
            The time in milliseconds; a negative one leaves it as it is.
        """
        for member, _ in self._members():
            member.set_timeout_millis(timeout_ms)


def _names(value: Any, wanted: str) -> list[str]:
    names = [value] if isinstance(value, str) else value
    try:
        names = list(names)
    except TypeError:
        names = [None]
    if not all(isinstance(name, str) for name in names):
        raise TypeError(f"Parameter patterns_or_group: should be {wanted}, not {type(value).__name__} {value!r:.60}")
    return names


def _devices_of_pattern(pattern: str) -> list[str]:
    """Return the devices that a pattern stands for; on another host than that of TANGO_HOST they are named with it."""
    address = get_device_trl(pattern)
    if address.lower().partition("#")[2] == "dbase=no":
        raise NonDbDevice(
            make_error("API_NonDatabaseDevice", f"{address}: devices without a database cannot be found by a pattern", "Group.add")
        )
    _, _, rest = address.rpartition("//")
    host, _, names = rest.partition("/")
    if ":" not in host:
        return list(Database().get_device_exported(rest))
    name, _, port = host.partition(":")
    return [f"tango://{host}/{device}" for device in Database(name, int(port)).get_device_exported(names)]
